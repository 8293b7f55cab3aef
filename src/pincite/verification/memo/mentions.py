"""The citations of a memo: in full, "id.", a number alone, a further pinpoint, and cases."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.citations import pinpoint
from pincite.citations.listed import items as items_of
from pincite.citations.load import code_form
from pincite.citations.matcher import bare
from pincite.citations.number import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.citations import Citation
    from pincite.parsing.memo_passages import Passage

_SIGN = r"(?:§\s?§?|\b(?:[Ss]ections?|[Ss]ecs?\.|SECTIONS?))"
_ID = re.compile(r"\b(?:[Ii]d\.|[Ii]bid\b\.?)(?P<tail>,?\s*(?:at\s+)?)")
_SHORT = re.compile(rf"{_SIGN}\s*(?=[\dA-Z(])")
_UNIT = re.compile(
    r"\b(?P<word>[Ss]ub(?:section|division|part|paragraph|sec\.|d\.|p\.)s?|[Pp]aragraphs?|[Pp]ara\.|[Cc]lauses?)"
    r"\s*(?=\(?[\dA-Za-z]{1,4}\b)"
)
_BARE_LABEL = re.compile(r"(\d{1,3}[a-z]?|[A-Z])(?=[(\s,;.:)\]]|$)")
_MORE = re.compile(r"\s*(?:,\s*(?:and|or|&)?|(?:and|or|&|;))\s*(?=\([\dA-Za-z]{1,5}\))")
_LABELS = re.compile(r"(?:\([\dA-Za-z]{1,5}(?:[.-]\d{1,2})?\))+")
_OF_OTHER = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)*(?:,\s*)?of\s+(?:this|the|that|our|such|said|its|your|these|any)\s+\w*\s*"
    r"(?:agreement|contract|lease|policy|memo\w*|brief|exhibit|appendix|plan|order|complaint|bylaws|"
    r"constitution|treaty|manual|report|schedule|bill)",
    re.IGNORECASE,
)
# Reporters as their abbreviations go: 123 F.3d 456, 598 U.S. 471, 12 S.W.3d 34, 5 Cal. 5th 1.
_CASE = re.compile(
    r"\b\d{1,4}\s+(?:U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.(?:\s?(?:2d|3d|4th)|\s?Supp\.(?:\s?[23]d)?"
    r"|\s?App['’]x)?|[NS]\.[EW]\.(?:\s?[23]d)?|[AP]\.(?:\s?[23]d)|So\.(?:\s?[23]d)?|N\.Y\.S\.(?:\s?[23]d)?|"
    r"Cal\.\s?(?:App\.\s?)?(?:Rptr\.\s?)?(?:[2-5](?:d|th))|WL|B\.R\.|Fed\.\s?Cl\.)\s+\d{1,8}\b"
)
_OPENING = "([{“\"‘'— "
_ID_TAIL = 40  # characters
_HEADS = frozenset({"subsection", "subdivision", "subpart", "subsec.", "subd.", "subp."})


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation in a passage: `text[start:end]` names it.

    `candidates` are what it may mean, the likeliest first; none where it is a case, or a number
    that nothing says whose it is. `short` says that it leans on one before it, `loose` that
    its words ("paragraph (2)") are too common to find fault with.
    """

    passage: int
    start: int
    end: int
    text: str
    candidates: tuple[Citation, ...]
    short: bool = False
    case: bool = False
    loose: bool = False


def home_of(passages: Sequence[Passage], given: str | None) -> str | None:
    """Whose law a bare number is: what is given, else the one state that the memo cites."""
    if given is not None:
        return given
    named = {
        found.citation.jurisdiction
        for passage in passages
        for found in citations.find(passage.text)
    }
    states = named - {"us"}
    if len(states) == 1:
        return next(iter(states))
    return "us" if named == {"us"} else None


def cited_spans(text: str, home: str | None) -> tuple[tuple[int, int], ...]:
    """Where citations seem to stand in a text by itself; an "id." at its end goes to the end."""
    spans = [(one.start, one.end) for one in _Scan(0, text, home, None).all()]
    spans += [(m.start(), len(text)) for m in _ID.finditer(text) if len(text) - m.end() < _ID_TAIL]
    return tuple(sorted(spans))


def mentions(passages: Sequence[Passage], home: str | None) -> tuple[Mention, ...]:
    """Every citation, in the order of the passages; those of notes lean on those of notes."""
    found: list[Mention] = []
    body: Mention | None = None
    noted: Mention | None = None
    marked: dict[str, Mention] = {}
    for number, passage in enumerate(passages):
        before = noted or marked.get(passage.note) if passage.note else body
        here = list(_Scan(number, passage.text, home, before).all())
        found += here
        last = here[-1] if here else before
        if passage.note:
            noted = last
        else:
            body = last
            for at, name in passage.marks:
                earlier = [one for one in here if one.end <= at]
                if (one := earlier[-1] if earlier else before) is not None:
                    marked[name] = one
    return tuple(found)


class _Scan:
    """Reads one passage from left to right; `last` is the citation that a short form leans on."""

    def __init__(self, number: int, text: str, home: str | None, before: Mention | None) -> None:
        self._number, self._text, self._home = number, text, home
        self._last = before
        self._in_passage = False

    def all(self) -> Iterator[Mention]:
        full = {one.start: one for one in self._full()}
        leaning = (m.start() for form in (_ID, _SHORT, _UNIT) for m in form.finditer(self._text))
        starts = sorted({*full, *leaning})
        at = 0
        for start in starts:
            if start < at:
                continue
            one = full.get(start) or self._short(start, full)
            if one is None:
                continue
            yield one
            at = one.end
            self._note(one)
            for more in self._further(one):
                yield more
                at = more.end
                self._note(more)

    def _note(self, one: Mention) -> None:
        if one.candidates or one.case:
            self._last, self._in_passage = one, True

    def _full(self) -> Iterator[Mention]:
        spans: list[tuple[int, int]] = []
        for found in citations.find(self._text, jurisdiction=self._home):
            if _OF_OTHER.match(self._text, found.end):
                continue
            start = found.start
            while self._text[start] in _OPENING:
                start += 1
            spans.append((start, found.end))
            words = self._text[start : found.end]
            yield Mention(self._number, start, found.end, words, (found.citation,))
        for match in _CASE.finditer(self._text):
            if not any(a < match.end() and match.start() < b for a, b in spans):
                yield Mention(self._number, *match.span(), match[0], (), case=True)

    def _short(self, start: int, full: dict[int, Mention]) -> Mention | None:
        text = self._text
        if (match := _ID.match(text, start)) is not None:
            return self._id(match, full)
        if (match := _SHORT.match(text, start)) is not None:
            return self._number_alone(match)
        match = _UNIT.match(text, start)
        return None if match is None else self._unit(match)

    def _id(self, match: re.Match[str], full: dict[int, Mention]) -> Mention | None:
        """`Id.`, `Id. § 5`, `Id. at (b)(2)`: the citation before, perhaps with another place."""
        beyond = next((full[at] for at in (match.end(),) if at in full), None)
        if beyond is not None:
            words = self._text[match.start() : beyond.end]
            return replace(beyond, start=match.start(), text=words, short=True)
        last = self._last
        if last is None:
            return None
        if last.case:
            return replace(last, passage=self._number, start=match.start(), end=match.end(),
                           text=match[0].strip(), short=True)  # fmt: skip
        sign = _SHORT.match(self._text, match.end())
        after = self._number_alone(sign) if sign is not None else None
        if after is not None and after.candidates:
            words = self._text[match.start() : after.end]
            return replace(after, start=match.start(), text=words, short=True)
        found = last.candidates
        end = match.start() + len(match[0].rstrip(", ").removesuffix(" at"))
        if found:
            path, stop = self._labels(match.end(), found[0])
            if path:
                end = stop
                found = tuple(dict.fromkeys(replace(c, path=path, through=None) for c in found))
        words = self._text[match.start() : end]
        return Mention(self._number, match.start(), end, words, found, short=True)

    def _number_alone(self, match: re.Match[str]) -> Mention | None:
        """`§ 12-3-402(b)` or `§ 2(1)(a)` after a full one: of its code, or a place in it."""
        last = self._last
        found: list[tuple[Citation, int]] = []
        if last is not None and last.candidates:
            found += self._of_code(match.start(), last.candidates[0])
            path, end = self._labels(match.end(), last.candidates[0])
            if path:
                found.append((replace(last.candidates[0], path=path, through=None), end))
        if found:
            # What reads the most of it is meant.
            end = max(stop for _, stop in found)
            kept = tuple(citation for citation, stop in found if stop == end)
            if _OF_OTHER.match(self._text, end):
                return None
            words = self._text[match.start() : end]
            return Mention(self._number, match.start(), end, words, kept, short=True)
        return self._nobodys(match)

    def _of_code(self, start: int, last: Citation) -> list[tuple[Citation, int]]:
        form = code_form(last.jurisdiction, last.code)
        if form is None:
            return []
        matcher = bare(form, form.number)
        named = matcher.pattern.match(self._text, start)
        if named is None:
            return []
        found = list(items_of(self._text, named, matcher, form))[:1]
        return [
            (replace(last, number=plain(one.number), path=one.path, through=one.through,
                     unit="section", sure=True), one.end)
            for one in found
        ]  # fmt: skip

    def _labels(self, at: int, last: Citation) -> tuple[tuple[str, ...], int]:
        """The pinpoint that stands at `at`, its first label perhaps without parentheses."""
        form = code_form(last.jurisdiction, last.code)
        style = "parentheses" if form is None else form.reading
        while at < len(self._text) and self._text[at] == " ":
            at += 1
        path, end = pinpoint.read(self._text, at, style)
        if path:
            return path, end
        first = _BARE_LABEL.match(self._text, at)
        if first is None:
            return (), at
        path, end = pinpoint.read(self._text, first.end(), style)
        return (first[1], *path), max(end, first.end())

    def _nobodys(self, match: re.Match[str]) -> Mention | None:
        """A number with a section sign, with nothing that says whose it is."""
        number = re.compile(r"\d[\w.:\-–]*\w(?:\([\w.-]{1,5}\))*").match(self._text, match.end())
        if number is None or _OF_OTHER.match(self._text, number.end()):
            return None
        # "Section 5" alone is more often one of a contract than of a code.
        if not re.search(r"[.:\-–]\d|\d{3}", number[0]):
            return None
        words = self._text[match.start() : number.end()]
        return Mention(self._number, match.start(), number.end(), words, ())

    def _unit(self, match: re.Match[str]) -> Mention | None:
        """`subsection (b)(3)` of the section cited before it in the same passage."""
        last = self._last
        if last is None or not last.candidates or not self._in_passage:
            return None
        own = last.candidates[0]
        path, end = self._labels(match.end(), own)
        if not path or own.unit != "section" or own.through is not None:
            return None
        if re.match(
            r"\s*(?:,\s*)?(?:of|to)\s+(?:§|[Ss]ec|[Ss]ub|[Pp]ara|this|the|that)",
            self._text[end : end + 24],
        ):
            return None
        head = match["word"].lower().rstrip("s") in _HEADS
        paths = [path] if head else []
        paths += [(*own.path[:depth], *path) for depth in range(len(own.path), -1, -1)]
        found = tuple(dict.fromkeys(replace(own, path=one) for one in paths))
        words = self._text[match.start() : end]
        return Mention(self._number, match.start(), end, words, found, short=True, loose=not head)

    def _further(self, one: Mention) -> Iterator[Mention]:
        """`(b)(3) and (c)` after `§ 12-3-402(a),`: further places of the same section."""
        if not one.candidates or not one.candidates[0].path or one.case:
            return
        own, at = one.candidates[0], one.end
        while (more := _MORE.match(self._text, at)) is not None:
            labels = _LABELS.match(self._text, more.end())
            if labels is None or not re.match(
                r"[\s,.;:)\]”\"]|$", self._text[labels.end() :][:1] or " "
            ):
                return
            path = tuple(re.findall(r"\(([^()]+)\)", labels[0]))
            paths = [(*own.path[:depth], *path) for depth in range(len(own.path) - 1, -1, -1)]
            found = tuple(dict.fromkeys(replace(own, path=p, through=None) for p in paths))
            yield Mention(self._number, more.end(), labels.end(), labels[0], found, short=True)
            at = labels.end()
