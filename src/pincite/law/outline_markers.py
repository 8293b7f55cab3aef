"""Where a text may hold the marker of a subdivision, and how likely each place is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from pincite.law.outline_labels import Reading, readings

WORD_FORMS = frozenset({"article", "section", "part", "rule"})
"""Forms of marker that are a word, as in the articles of an interstate compact."""
MARKERS_MAX = 20_000
"""No real section comes near it (the fullest of the packs has under 2,000); a hostile one does."""


class Setting(IntEnum):
    """What a marker stands after."""

    LINE = 0
    """Nothing else on its line."""
    STACK = 1
    """Another marker: `(a) (1)`."""
    CLAUSE = 2
    """Punctuation, or "and" and "or" after punctuation."""
    WORD = 3
    """Any other word of a sentence."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A place that may be a marker: `text[start:body]` is its label, punctuation and spaces.

    `through` is the last label of a range such as `(4) to (6) Repealed`. `doubtful` is set where
    the words around it read like a reference to a subdivision rather than the mark of one,
    `after_paragraph` where a paragraph without a label stands between it and the marker before.
    """

    start: int
    body: int
    form: str
    label: str
    readings: tuple[Reading, ...]
    setting: Setting
    doubtful: bool = False
    through: str | None = None
    after_paragraph: bool = False


_PAREN = re.compile(r"\([ ]?([A-Za-z0-9][A-Za-z0-9.\-–]{0,6})[ ]?\)")
_LINE = re.compile(
    r"""(?mx)^[ \t]*(?:
      (?i:subdivision|subd\.|subpart|subp\.)[ ](?P<subd>\d{1,3}[a-z]{0,2})\.
    | (?P<word>(?i:article|section|part|rule))[ ](?P<item>[IVXL]{1,7}|\d{1,3}[a-zA-Z]?|[A-Z])
      (?:[ ]?[.:—–\-]|(?=[ \t]*$)|(?=[ ][A-Z][^\n]{0,70}(?<![;,])$)|(?=[A-Z][a-z]))
    | (?P<dot>\d{1,3}(?:\.\d{1,2}|-?[A-Za-z]|-\d{1,2})?|[ivxlIVXL]{1,7}|[A-Za-z](?:[A-Za-z]|-?\d)?)
      (?P<end>[.)])(?=[A-Za-z"“‘'(\[$*§]|\s+\S|[ \t]*$)(?!\w\.)
    )"""
)
_CLAUSE_DOT = re.compile(r"(?:(?<=[.:;—)][ ])|(?<=—))(\d{1,2}|[A-Za-z])\.(?=[ ]?[A-Z\"“(])(?!\w\.)")
_STACKED_DOT = re.compile(r"[ ]?(\d{1,3}|[A-Za-z]|[ivx]{2,5})\.(?=[ ]|[A-Z\"“(\[])(?!\s?[A-Z]\.)")
_GONE = (
    r"(?i:repealed|reserved|deleted|omitted|expired|vacant|blank|void|unassigned|unused|"
    r"rescinded|stricken|superseded|executed|obsolete|renumbered|redesignated|revoked|removed)"
)
_RANGE = re.compile(
    rf"\([\w.\-–]{{1,7}}\)(?:\s*(?:,|;|to|through|thru|and|-|–|—|&)\s*(?:and\s*)?"
    rf"\(?([\w.\-–]{{1,7}})\)){{1,12}}[\s.,;:\[(—–-]*{_GONE}"
)
_DOT_RANGE = re.compile(
    rf"[\w]{{1,4}}\.?(?:\s*(?:,|to|through|thru|and|-|–|—|&)\s*([\w]{{1,4}})\.?){{1,12}}"
    rf"[\s.,;:\[(—–-]*{_GONE}"
)
_REFERRED = re.compile(
    r"""(?x)(?:
      (?<!this[ ])(?<!such[ ])(?<!each[ ])(?<!same[ ])
      \b(?i:(?:sub)?(?:sections?|paragraphs?|divisions?|clauses?|parts?|chapters?|titles?|items?)
       | subsecs?\.? | subdivs?\.? | subds?\.? | secs?\.? | pars?\.? | art(?:icle)?s?\.? | rules?
       | schedules? | tables? | exhibits? | sentences? | regs?\.? | regulations? | nos?\.?
       | columns? | tiers?)
      | §+
      | (?:U\.?\ ?S\.?\ ?C\.?(?:A\.?)?|C\.?F\.?R\.?|[PL]\.\ ?L\.|Stat\.|I\.?R\.?C\.?)
    )[ \n]*(?:[0-9][\w.:\-–]{0,14})?[ \n]*$
    | (?<![\w.])\d\w*[.:\-–][\w.:\-–]*\d\w?[ \n]*$"""
)
"""What comes before a reference: a word such as "subsections", or the number of a section."""
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million half first second third both no zero
    percent number""".split()  # noqa: SIM905 -- a list of forty quoted words is harder to read
)
_OF_THIS = re.compile(
    r"""(?x)
    (?:[ ]?(?:,|and|or|to|through|,[ ]and|,[ ]or|-|–)[ ]?\([\w.\-]{1,6}\)(?:\([\w.\-]{1,6}\))*)*
    (?:
      ,?[ \n](?:of|above|below|hereof|herein|or[ ]of)
      (?:[ \n](?:this|that|such|the[ ](?:first|second|preceding|previous|same|definition)
        |sub|sec|par|clause|§|AS[ ]|art|rule|division|item|title|chapter)
      |[,.;])
    | [ ](?:above|below|hereof)\b
    )"""
)
_JOINED = re.compile(
    r"[ \n]*(?:,|;)?[ \n]*(?:and/or|and|or|to|through|thru|[-–—]|but[ ]not)?[ \n]*"
)
_WRAPPED = re.compile(r" (?:and|or|to|through|and/or) ?\n *")
_AFTER_CLAUSE = re.compile(r"(?:[.;:,—–\-!?”\"’)\]]|[;:,.—][ \n](?:and|or|and/or|but|then))[ \n]*$")
_GLUED_AFTER = ("; or", ";or", ", or", ",or", ".]")
"""What a marker may follow without a space: Hawaii prints `[See note.](a) The board ...`."""
_SPACES = re.compile(r"[ \t]*(?:\n[ \t]*)*")
_LINE_ENDS = '.;:—–-!?”"’)]'
_PARAGRAPH_ENDS = '.;:!?)”"—]'
_BEFORE = 60
_INDENT_MAX = 40
_NEAR = 16


_Place = tuple[int, int, str, str, bool]
"""Start, end, form, label, and whether nothing stands before it on its line."""


def markers(text: str, stop: int, begin: int = 0) -> list[Marker]:
    """Candidates in `text[begin:stop]`, in order; at most `MARKERS_MAX`."""
    found: list[Marker] = []
    reference_end = -_NEAR
    done = begin
    for place in sorted(_line_places(text, stop, begin) + _inline_places(text, stop, begin)):
        start, end, _, label, at_line = place
        if len(found) >= MARKERS_MAX:
            break
        meant = readings(label) if start >= done else ()
        if not meant:
            continue
        if at_line:
            made = _at_line(text, stop, place, meant, since=found[-1].body if found else begin)
            if start - reference_end < _NEAR and _WRAPPED.fullmatch(text, reference_end, start):
                made = replace(made, doubtful=True)
        else:
            stacked = bool(found) and found[-1].body == start
            if not stacked and _is_reference(text, place, reference_end):
                reference_end = end
                continue
            made = _inline(text, stop, place, meant, stacked=stacked)
        found.append(made)
        done = _add_stacked_dots(text, stop, found)
    return found


def unlabelled_paragraph(text: str, start: int, end: int) -> int:
    """Where the break before the first paragraph in `text[start:end]` without a label is, or -1.

    A line that follows a heading is none: in the US Code's text headings end in " ." or a word.
    """
    at = text.find("\n", start, end)
    while at >= 0:
        following = _skip(text, at, end)
        words = text[max(start, at - 3) : at].rstrip(" \t")
        ended = bool(words) and words[-1] in _PARAGRAPH_ENDS and not words.endswith(" .")
        if ended and following < end and (text[following].isupper() or text[following] in '“"‘'):
            return at
        at = text.find("\n", following, end)
    return -1


def _line_places(text: str, stop: int, begin: int) -> list[_Place]:
    places: list[_Place] = []
    for match in _LINE.finditer(text, begin, stop):
        start = match.end() - len(match[0].lstrip())
        if match["subd"]:
            places.append((start, match.end(), "subd", match["subd"], True))
        elif match["word"]:
            places.append((start, match.end(), match["word"].lower(), match["item"], True))
        else:
            places.append((start, match.end(), match["end"], match["dot"], True))
    return places


def _inline_places(text: str, stop: int, begin: int) -> list[_Place]:
    places: list[_Place] = [
        (match.start(), match.end(), "(", match[1], _starts_line(text, match.start()))
        for match in _PAREN.finditer(text, begin, stop)
    ]
    places += [
        (match.start(), match.end(), ".", match[1], False)
        for match in _CLAUSE_DOT.finditer(text, begin, stop)
        if not _starts_line(text, match.start())
    ]
    return places


def _starts_line(text: str, start: int) -> bool:
    before = text[max(0, start - _INDENT_MAX) : start].rstrip(" \t")
    return before.endswith("\n") or (not before and start <= _INDENT_MAX)


def _at_line(
    text: str, stop: int, place: _Place, meant: tuple[Reading, ...], *, since: int
) -> Marker:
    start, end, form, label, _ = place
    through = None
    pattern = {"(": _RANGE, ".": _DOT_RANGE}.get(form)
    ranged = pattern.match(text, start, min(stop, start + 200)) if pattern else None
    if ranged is not None:
        through = ranged[1]
        end = ranged.end(1) + (text[ranged.end(1)] in ").")
    doubtful = _is_wrapped(text, start) and (
        _REFERRED.search(text[max(0, start - _BEFORE) : start]) is not None
        or _OF_THIS.match(text, end, end + _BEFORE) is not None
        or (form != "(" and text[end : end + 1] in {"", "\n"})
    )
    body = _skip(text, end, stop)
    flush = unlabelled_paragraph(text, since, start) >= 0
    return Marker(start, body, form, label, meant, Setting.LINE, doubtful, through, flush)


def _is_wrapped(text: str, start: int) -> bool:
    """Whether the line before may run on into this one, as in California's hard-wrapped text."""
    before = text[max(0, start - _BEFORE) : start]
    words = before.rstrip()
    return bool(words) and words[-1] not in _LINE_ENDS and not before.endswith("\n\n")


def _is_reference(text: str, place: _Place, reference_end: int) -> bool:
    """Whether a label inside a line is plainly a reference, or a number in figures: `two (2)`."""
    start, end, form, label, _ = place
    before = text[max(0, start - _BEFORE) : start]
    if before and (before[-1].isalnum() or before[-1] in "]’'\"”§-/$)"):
        return not before.endswith(_GLUED_AFTER)
    if form != "(":
        return False
    if label[0].isdigit() and _ends_in_number_word(before):
        return True
    if start - reference_end < _NEAR and _JOINED.fullmatch(text, reference_end, start):
        return True
    return bool(_REFERRED.search(before) or _OF_THIS.match(text, end, end + 80))


def _ends_in_number_word(before: str) -> bool:
    words = before.rstrip().replace("-", " ").rsplit(None, 1)
    last = words[-1].lower() if words else ""
    return last in _NUMBER_WORDS or last.endswith(("teen", "th"))


def _inline(
    text: str, stop: int, place: _Place, meant: tuple[Reading, ...], *, stacked: bool
) -> Marker:
    start, end, form, label, _ = place
    before = text[max(0, start - _BEFORE) : start]
    setting = Setting.WORD
    if stacked:
        setting = Setting.STACK
    elif _AFTER_CLAUSE.search(before) or before.endswith(_GLUED_AFTER):
        setting = Setting.CLAUSE
    return Marker(start, _skip(text, end, stop), form, label, meant, setting)


def _add_stacked_dots(text: str, stop: int, found: list[Marker]) -> int:
    """Add markers such as the `1.` of `(f)1.` behind the last one; returns where they end."""
    while len(found) < MARKERS_MAX:
        last = found[-1]
        if last.setting > Setting.STACK or last.form in WORD_FORMS:
            break
        match = _STACKED_DOT.match(text, last.body, min(stop, last.body + 12))
        if match is None or "\n" in text[last.start : match.start(1)]:
            break
        meant = readings(match[1])
        if not meant:
            break
        body = _skip(text, match.end(), stop)
        found.append(Marker(match.start(1), body, ".", match[1], meant, Setting.STACK))
    return found[-1].body


def _skip(text: str, end: int, stop: int) -> int:
    match = _SPACES.match(text, end, stop)
    return end if match is None else match.end()
