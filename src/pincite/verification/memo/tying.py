"""Which citation a quotation is attributed to: its note's, the next, or the last before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.parsing.memo_passages import Passage
    from pincite.verification.memo.mentions import Mention
    from pincite.verification.memo.quotations import Quotation

_NEAREST = 12  # citations on each side
# Between a quotation and the citation that follows it: punctuation, a signal, a short connection.
_LINK = re.compile(
    r"[\s.,;:()\[\]—–-]*(?:(?:see(?:\s+also)?|accord|cf\.|under|in|by|per|at|as\s+provided\s+in|as\s+required\s+by)\s+)?"
    r"[\s(\[]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?<![A-Z§])(?<!\b[A-Z][a-z])(?<!Stat)(?<!Rev)(?<!Code)(?<!Ann)(?<!Admin)[.!?][”\")\]]*\s+(?=[A-Z“\"])"
)
_STRING = re.compile(r"[\s,;]*(?:and|or|&|see(?:\s+also)?)?[\s,;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tied:
    """The citations that a quotation may be attributed to, the likeliest first.

    `firm` are the attribution: its own citation, and those strung to it. `beside` stand in the
    same passage or its note, and one of them may be meant all the same. `weak` says that
    nothing is cited in the passage, and `firm` is of the one before or after it.
    """

    firm: tuple[Mention, ...] = ()
    beside: tuple[Mention, ...] = ()
    weak: bool = False


class Ties:
    """Ties the quotations of one memo to its citations."""

    def __init__(self, passages: Sequence[Passage], found: Iterable[Mention]) -> None:
        self._passages = passages
        self._cited: dict[int, list[Mention]] = {}
        for one in found:
            self._cited.setdefault(one.passage, []).append(one)
        self._notes: dict[str, list[int]] = {}
        for number, passage in enumerate(passages):
            if passage.note:
                self._notes.setdefault(passage.note, []).append(number)

    def tie(self, quotation: Quotation) -> Tied:
        """No mentions where nothing is cited near."""
        passage = self._passages[quotation.passage]
        before, after = self._beside(quotation)
        noted = self._of_note(quotation, passage)
        text = passage.text
        firm: list[Mention] = []
        direct = after[:1] if _links(text, quotation.after, after) else []
        if direct:
            firm = _strung(after, text)
        elif noted:
            firm = noted
        elif before and not _SENTENCE_END.search(text, before[-1].end, quotation.start):
            firm = [before[-1]]
        elif after and not _SENTENCE_END.search(text, quotation.after, after[0].start):
            firm = _strung(after, text)
        beside = [*reversed(before), *noted, *after]
        weak = False
        if not firm or quotation.block:
            around = self._around(quotation)
            weak = not firm and not beside and not (quotation.block or self._led_in(quotation))
            firm = firm or beside[:1] or around[:1]
            beside += around if quotation.block else []
        others = tuple(one for one in dict.fromkeys(beside) if one not in firm)
        return Tied(tuple(firm), others, weak)

    def _beside(self, quotation: Quotation) -> tuple[list[Mention], list[Mention]]:
        """The nearest citations of the passage before and behind the quotation, in order."""
        here = self._cited.get(quotation.passage, [])
        first = bisect_left(here, quotation.start, key=lambda one: one.start)
        before = [
            one for one in here[max(0, first - _NEAREST) : first] if one.end <= quotation.start
        ]
        last = bisect_left(here, quotation.after - 1, key=lambda one: one.start)
        return before, here[last : last + _NEAREST]

    def _of_note(self, quotation: Quotation, passage: Passage) -> list[Mention]:
        """The citations of the first note that is referred to behind it, in the same sentence."""
        for at, name in sorted(passage.marks):
            if at < quotation.end:
                continue
            if _SENTENCE_END.search(passage.text, quotation.after, at):
                return []
            numbers = self._notes.get(name, [])
            return [one for number in numbers for one in self._cited.get(number, [])][:_NEAREST]
        return []

    def _led_in(self, quotation: Quotation) -> bool:
        """Whether the passage before ends as one does that leads in a quotation."""
        number = quotation.passage
        return number > 0 and self._passages[number - 1].text.rstrip().endswith(":")

    def _around(self, quotation: Quotation) -> list[Mention]:
        """The citation that the next passage starts with, and the last one of a passage before."""
        out: list[Mention] = []
        own = self._passages[quotation.passage].note
        following = self._cited.get(quotation.passage + 1, [])
        if following and not own:
            passage = self._passages[following[0].passage]
            if not passage.note and _links(passage.text, 0, following):
                out.append(following[0])
        for number in range(quotation.passage - 1, max(-1, quotation.passage - 3), -1):
            if self._passages[number].note != own:
                break
            if earlier := self._cited.get(number):
                out.append(earlier[-1])
                break
        return out


def _links(text: str, at: int, after: Sequence[Mention]) -> bool:
    """Whether nothing but signs and a signal stands between `at` and the first citation."""
    return bool(after) and _LINK.fullmatch(text, at, max(at, after[0].start)) is not None


def _strung(after: Sequence[Mention], text: str) -> list[Mention]:
    """The first citation and those that follow it with nothing between but `;` or "and"."""
    out = [after[0]]
    for one in after[1:]:
        if not _STRING.fullmatch(text, out[-1].end, one.start):
            break
        out.append(one)
    return out
