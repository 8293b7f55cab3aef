"""Which citation a quotation is attributed to: its note's, the next, or the last before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.parsing.memo_passages import Passage
    from pincite.verification.memo.mentions import Mention
    from pincite.verification.memo.quotations import Quotation

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


def tie(quotation: Quotation, passages: Sequence[Passage], found: Sequence[Mention]) -> Tied:
    """Never raises; no mentions where nothing is cited near."""
    passage = passages[quotation.passage]
    here = [one for one in found if one.passage == quotation.passage]
    before = [one for one in here if one.end <= quotation.start]
    after = [one for one in here if one.start >= quotation.after - 1]
    noted = _of_note(quotation, passage, passages, found)
    text = passage.text
    firm: list[Mention] = []
    direct = after[0] if after and _LINK.fullmatch(text, quotation.after, after[0].start) else None
    if direct is not None:
        firm = _strung(after, text)
    elif noted:
        firm = noted
    elif same := _same_sentence(before, text, quotation.start):
        firm = [same]
    elif after and not _SENTENCE_END.search(text, quotation.after, after[0].start):
        firm = _strung(after, text)
    beside = [*reversed(before), *noted, *after]
    weak = False
    if not firm or quotation.block:
        around = _around(quotation, passages, found)
        weak = not firm and not beside and not (quotation.block or _led_in(quotation, passages))
        firm = firm or beside[:1] or around[:1]
        beside += around if quotation.block else []
    others = tuple(one for one in dict.fromkeys(beside) if one not in firm)
    return Tied(tuple(firm), others, weak)


def _led_in(quotation: Quotation, passages: Sequence[Passage]) -> bool:
    """Whether the passage before ends as one does that leads in a quotation."""
    return quotation.passage > 0 and passages[quotation.passage - 1].text.rstrip().endswith(":")


def _strung(after: Sequence[Mention], text: str) -> list[Mention]:
    """The first citation and those that follow it with nothing between but `;` or "and"."""
    out = [after[0]]
    for one in after[1:]:
        if not _STRING.fullmatch(text, out[-1].end, one.start):
            break
        out.append(one)
    return out


def _of_note(
    quotation: Quotation,
    passage: Passage,
    passages: Sequence[Passage],
    found: Sequence[Mention],
) -> list[Mention]:
    """The citations of the first note that is referred to behind it, in the same sentence."""
    for at, name in sorted(passage.marks):
        if at < quotation.end:
            continue
        if _SENTENCE_END.search(passage.text, quotation.after, at):
            return []
        numbers = {n for n, one in enumerate(passages) if one.note == name}
        return [one for one in found if one.passage in numbers]
    return []


def _same_sentence(before: Sequence[Mention], text: str, start: int) -> Mention | None:
    if not before or _SENTENCE_END.search(text, before[-1].end, start):
        return None
    return before[-1]


def _around(
    quotation: Quotation, passages: Sequence[Passage], found: Sequence[Mention]
) -> list[Mention]:
    """The citation that the next passage starts with, and the last one of the passage before."""
    out: list[Mention] = []
    own = passages[quotation.passage].note
    if not own:
        following = [one for one in found if one.passage == quotation.passage + 1]
        if following and quotation.passage + 1 < len(passages):
            first = following[0]
            text = passages[first.passage].text
            if not passages[first.passage].note and _LINK.fullmatch(text, 0, first.start):
                out.append(first)
    for number in range(quotation.passage - 1, max(-1, quotation.passage - 3), -1):
        if passages[number].note != own:
            break
        earlier = [one for one in found if one.passage == number]
        if earlier:
            out.append(earlier[-1])
            break
    return out
