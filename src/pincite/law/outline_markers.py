"""Where a text may hold the marker of a subdivision, and how likely each place is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pincite.law.outline_labels import Reading, readings

MARKERS_MAX = 60_000
"""No real section comes near it (the longest of the packs has under 10,000); a hostile one does."""


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
    the words around it read like a reference to a subdivision rather than the mark of one.
    """

    start: int
    body: int
    form: str
    label: str
    readings: tuple[Reading, ...]
    setting: Setting
    doubtful: bool = False
    through: str | None = None


_PAREN = re.compile(r"\([ ]?([A-Za-z0-9][A-Za-z0-9.\-–]{0,6})[ ]?\)")
_LINE = re.compile(
    r"""(?mx)^[ \t]*(?:
      (?i:subdivision|subd\.|subpart|subp\.)[ ](?P<subd>\d{1,3}[a-z]{0,2})\.
    | (?P<word>(?i:article|section|part|rule))[ ](?P<item>[IVXL]{1,7}|\d{1,2}|[A-Z])
      (?=[ ]?[.:—–]|[ \t]*$)[.:—–]?
    | (?P<dot>\d{1,3}(?:\.\d{1,2}|-?[A-Za-z]|-\d{1,2})?|[ivxlIVXL]{1,7}|[A-Za-z](?:[A-Za-z]|-?\d)?)
      (?P<end>[.)])(?=\s*[A-Za-z"“‘'(\[$*§]|[ \t]*$)(?!\w\.)
    )"""
)
_CLAUSE_DOT = re.compile(r"(?<=[.:;—)][ ])(\d{1,2}|[A-Za-z])\.(?=[ ][A-Z\"“(])")
_STACKED_DOT = re.compile(r"[ ]?(\d{1,3}|[A-Za-z]|[ivx]{2,5})\.(?=[ ]|[A-Z\"“(\[])")
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
_RANGE_WORD = re.compile(r"[\s.,;:\[(—–-]*" + _GONE)
_REFERRED = re.compile(
    r"""(?x)(?:
      \b(?i:(?:sub)?(?:sections?|paragraphs?|divisions?|clauses?|parts?|chapters?|titles?|items?)
       | subsecs?\.? | subdivs?\.? | subds?\.? | secs?\.? | pars?\.? | art(?:icle)?s?\.? | rules?
       | class(?:es)? | category | categories | schedules? | tables? | exhibits? | forms? | acts?
       | types? | sentences? | exceptions? | requirements? | criteria | criterion | steps? | regs?\.?
       | regulations? | code | phases? | nos?\.? | columns? | conditions? | provisos? | options?
       | tiers? | levels? | notes? | prongs? | elements?)
      | §+
    )[ \n]*(?:[0-9][\w.:\-–]{0,14})?[ \n]*$"""
)
_NUMBER_WORD = re.compile(
    r"(?i)(?:\b|-)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|"
    r"first|second|third|fourth|fifth|sixth|\w+th|both|no|zero|percent|number)[ \n]*$"
)
_OF_THIS = re.compile(
    r"""(?x)(?:[ ]?(?:,|and|or|to|through|,[ ]and|,[ ]or|-|–)[ ]?\([\w.\-]{1,6}\)(?:\([\w.\-]{1,6}\))*)*
    (?:,?[ \n](?:of|above|below|hereof|herein|or[ ]of)(?:[ \n](?:this|that|such|the[ ](?:first|second|preceding|
    previous|same|definition)|sub|sec|par|clause|§|AS[ ]|art|rule|division|item|title|chapter)|[,.;])
    |[ ](?:above|below|hereof)\b)"""
)
_JOINED = re.compile(
    r"[ \n]*(?:,|;)?[ \n]*(?:and/or|and|or|to|through|thru|[-–—]|but[ ]not)?[ \n]*"
)
_AFTER_CLAUSE = re.compile(r"(?:[.;:,—–\-!?”\"’)\]]|[;:,.—][ \n](?:and|or|and/or|but|then))[ \n]*$")
_SPACES = re.compile(r"[ \t]*(?:\n[ \t]*)*")


def markers(text: str, stop: int) -> list[Marker]:
    """Candidates in `text[:stop]`, in order; at most `MARKERS_MAX`."""
    found: list[Marker] = []
    places = _line_places(text, stop) + _inline_places(text, stop)
    places.sort()
    reference_end = -1
    done = 0
    for start, end, form, label, at_line in places:
        if start < done or len(found) >= MARKERS_MAX:
            continue
        meant = readings(label)
        if not meant:
            continue
        if at_line:
            made = _at_line(text, stop, (start, end, form, label), meant)
        else:
            made = _inline(text, stop, (start, end, form, label), meant, found, reference_end)
            if made is None:
                reference_end = end
                continue
        found.append(made)
        done = made.body
        while made.setting <= Setting.STACK and made.form != "word":
            stacked = _stacked_dot(text, made, stop)
            if stacked is None:
                break
            found.append(stacked)
            made = stacked
            done = made.body
    return found


def _line_places(text: str, stop: int) -> list[tuple[int, int, str, str, bool]]:
    places = []
    for match in _LINE.finditer(text, 0, stop):
        if match["subd"]:
            form, group = "subd", "subd"
        elif match["word"]:
            form, group = match["word"].lower(), "item"
        else:
            form, group = match["end"], "dot"
        start = match.start("word") if form not in {"subd", ".", ")"} else match.start(group)
        if form == "subd":
            start = match.start() + len(match[0]) - len(match[0].lstrip())
        places.append((start, match.end(), form, match[group], True))
    return places


def _inline_places(text: str, stop: int) -> list[tuple[int, int, str, str, bool]]:
    places = [
        (match.start(), match.end(), "(", match[1], _starts_line(text, match.start()))
        for match in _PAREN.finditer(text, 0, stop)
    ]
    places += [
        (match.start(), match.end(), ".", match[1], False)
        for match in _CLAUSE_DOT.finditer(text, 0, stop)
        if not _starts_line(text, match.start())
    ]
    return places


def _starts_line(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " \t":
        at -= 1
        if start - at > 40:
            return False
    return at < 0 or text[at] == "\n"


def _at_line(
    text: str, stop: int, place: tuple[int, int, str, str], meant: tuple[Reading, ...]
) -> Marker:
    start, end, form, label = place
    through = None
    ranged = None
    if form == "(":
        ranged = _RANGE.match(text, start, min(stop, start + 200))
    elif form == ".":
        ranged = _DOT_RANGE.match(text, start, min(stop, start + 120))
    if ranged is not None:
        through = ranged[1]
        end = ranged.end(1) + (text[ranged.end(1)] in ").")
    before = text[max(0, start - 60) : start].rstrip()
    wrapped = (
        bool(before)
        and before[-1] not in '.;:—–-!?”"’)]'
        and not text[max(0, start - 2) : start].endswith("\n\n")
    )
    doubtful = wrapped and (
        _REFERRED.search(before) is not None
        or before[-1] in "("
        or _OF_THIS.match(text, end, end + 60) is not None
    )
    if form in ".)" and text[end : end + 1] in {"", "\n"} and wrapped:
        doubtful = True
    return Marker(
        start, _skip(text, end, stop), form, label, meant, Setting.LINE, doubtful, through
    )


def _inline(
    text: str,
    stop: int,
    place: tuple[int, int, str, str],
    meant: tuple[Reading, ...],
    found: list[Marker],
    reference_end: int,
) -> Marker | None:
    """The marker inside a line, or None where it is plainly a reference or a number in figures."""
    start, end, form, label = place
    body = _skip(text, end, stop)
    if found and found[-1].body == start:
        return Marker(start, body, form, label, meant, Setting.STACK)
    glued = text[start - 1]
    if glued.isalnum() or (glued in ")]’'\"”§-/.,$" and glued not in ".,;:" and glued != ")"):
        return None
    if form == "(" and reference_end >= 0 and start - reference_end < 16:
        if _JOINED.fullmatch(text, reference_end, start):
            return None
    if glued == ")" and reference_end == start:
        return None
    before = text[max(0, start - 48) : start]
    if form == "(":
        if _REFERRED.search(before) or (label[0].isdigit() and _NUMBER_WORD.search(before)):
            return None
        if _OF_THIS.match(text, end, end + 80):
            return None
    setting = Setting.CLAUSE if _AFTER_CLAUSE.search(before) else Setting.WORD
    return Marker(start, body, form, label, meant, setting)


def _stacked_dot(text: str, before: Marker, stop: int) -> Marker | None:
    match = _STACKED_DOT.match(text, before.body, min(stop, before.body + 12))
    if match is None or "\n" in text[before.start : match.start(1)]:
        return None
    meant = readings(match[1])
    if not meant:
        return None
    body = _skip(text, match.end(), stop)
    return Marker(match.start(1), body, ".", match[1], meant, Setting.STACK)


def _skip(text: str, end: int, stop: int) -> int:
    match = _SPACES.match(text, end, stop)
    return end if match is None else match.end()
