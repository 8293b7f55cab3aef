"""The passages of a policy: its sentences and list items with the words that lead to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.cover.counted import marks
from pincite.answering.cover.stems import stems
from pincite.reading.clauses import main_clause
from pincite.reading.modals import Force, modals
from pincite.reading.quantities import quantities
from pincite.reading.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pincite.law.section import Section
    from pincite.reading.provision import Quantity, Span

_ITEM = re.compile(r"(?:•|[-–*]|\(?[0-9]{1,2}[.)]|\(?[A-Za-z][.)]|\(?[ivx]{1,4}[.)])\s")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
CONTENT = re.compile(
    r"\b(?:includ\w+|contain\w*|consist\w*|(?<!this )(?<!the )(?<!a )stat(?:e|es|ing)|"
    r"descri\w+|compris\w+|specif\w+|"
    r"set\s+forth|list\w*|tells?|explains?|names?|says?|disclos\w+|gives?|provid\w+|shows?|"
    r"with\s+the\s+following)\b",
    re.IGNORECASE,
)
"""Verbs that say what a notice, contract or program holds."""
_TOGETHER = 2  # sentences that stand beside each other may say one thing
_NEGATIONS = frozenset((Force.MUST_NOT,))
# A limit forbids what is beyond it: "at most one month".
_NEVER = re.compile(
    r"\b(?:never|do(?:es)?\s+not|don['’]t|no|nobody|none|neither|nor|nothing|without|not|at\s+most|"
    r"only|up\s+to|unless|until|except)\b",
    re.IGNORECASE,
)
_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span of a policy's section. `lead` spans the words that lead to it.

    `stems` are the words as the index knows them, those of its lead-in and heading apart.
    """

    section: Section
    start: int
    end: int
    lead: Span | None
    stems: frozenset[str]
    lead_stems: frozenset[str]
    heading_stems: frozenset[str]
    numbers: tuple[Quantity, ...]
    may: bool
    negated: bool

    @property
    def known(self) -> frozenset[str]:
        """Every stem that it has, in whatever way, and what stands for its numbers."""
        return self.stems | self.lead_stems | self.heading_stems | self.marks

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(mark for one in self.numbers for mark in marks(one))

    @property
    def lists(self) -> bool:
        """Whether it says what something includes or describes, by itself or by its lead-in."""
        start, _ = self.lead or (self.start, self.end)
        return CONTENT.search(self.section.text, start, self.end) is not None

    @property
    def text(self) -> str:
        return self.section.text[self.start : self.end]

    @property
    def whole(self) -> str:
        """The words with those that lead to them, for a reader without the rest."""
        lead = self.section.text[slice(*self.lead)] + " " if self.lead else ""
        return lead + self.text


def passages(sections: Iterable[Section]) -> tuple[Passage, ...]:
    """Every sentence and item of the policy's sections, and neighbouring sentences together."""
    found: list[Passage] = []
    for section in sections:
        for one in _of_section(section):
            found.append(one)
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def _of_section(section: Section) -> Iterator[Passage]:
    heading = stems(" ".join((section.heading, *section.hierarchy[-1:])))
    text = section.text
    lead: Span | None = None
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        item = _ITEM.match(text, start) is not None
        if not item:
            lead = None
        spans = sentences(text, start, end) or ((start, end),)
        for place, span in enumerate(spans):
            own = _without_label(text, span) if item and place == 0 else span
            yield _passage(section, own, lead if item else None, heading)
        for first, last in zip(spans, spans[_TOGETHER - 1 :], strict=False):
            yield _passage(section, (first[0], last[1]), lead if item else None, heading)
        if text[start:end].rstrip().endswith(":"):
            lead = spans[-1]


def _without_label(text: str, span: Span) -> Span:
    label = _ITEM.match(text, span[0])
    return (label.end() if label else span[0], span[1])


def _passage(section: Section, span: Span, lead: Span | None, heading: frozenset[str]) -> Passage:
    start, end = span
    text = section.text
    found = (*modals(text, start, end), *(modals(text, *lead) if lead else ()))
    # The verb that governs an item stands in its lead-in.
    _, main = main_clause(text, *(lead or span))
    return Passage(
        section=section,
        start=start,
        end=end,
        lead=lead,
        stems=stems(text[start:end]),
        lead_stems=stems(text[slice(*lead)]) if lead else frozenset(),
        heading_stems=heading,
        numbers=quantities(text, start, end) + (quantities(text, *lead) if lead else ()),
        may=main is not None
        and main.force is Force.MAY
        and not any(one.force in (Force.MUST, Force.MUST_NOT) for one in found),
        negated=any(one.force in _NEGATIONS for one in found)
        or _NEVER.search(text, start, end) is not None,
    )
