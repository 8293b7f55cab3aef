"""Sentences of law picked by plain patterns, apart from the reader that the checks use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.answer import Quote

if TYPE_CHECKING:
    from pincite.law.section import Section

_LABEL = re.compile(r"(?:\([A-Za-z0-9]{1,4}\)\s*|(?:[A-Z]|\d{1,3})\.\s+){1,3}")
_BREAK = re.compile(r"(?<=[a-z)][.])\s+(?=[A-Z][a-z])")
_MODAL = re.compile(r"\b(?:shall|must|may)\b")
_DIRT = re.compile(
    r"[\u00ad\[\]*_|]|\.\s?\.\s?\.|…|\bAm\.|\bLaws\b|\bStats?\.|\bP\.L\.|\bEff\.|\bp\."
)
_DEFINITION = re.compile(r"[\"“]([A-Za-z][^\"“”]{1,60})[\"”]\s+means\s")
_SHORTEST, _LONGEST = 50, 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, whole, or a lead-in with one of its items (`item`)."""

    section: Section
    start: int
    end: int
    item: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return self.section.text[self.start : self.end]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        spans = [(self.start, self.end), *([self.item] if self.item else [])]
        return tuple(quote(self.section, start, end) for start, end in spans)


def quote(section: Section, start: int, end: int) -> Quote:
    text = section.text[start:end]
    return Quote(section=section.id, pinpoint="", start=start, end=end, text=text)


def sentences(section: Section) -> list[Sentence]:
    """Clean sentences with a modal verb, of a length that an answer would show."""
    found = []
    for start, end in _paragraphs(section.text):
        at = start
        cuts = [m.start() for m in _BREAK.finditer(section.text, start, end)] + [end]
        for cut in cuts:
            begin = at + len(section.text[at:cut]) - len(section.text[at:cut].lstrip())
            words = section.text[begin:cut]
            at = cut
            if _SHORTEST <= len(words) <= _LONGEST and _is_clean(words) and words.endswith("."):
                found.append(Sentence(section, begin, cut))
    return found


def items(section: Section) -> list[Sentence]:
    """Lead-ins that end with a colon, each with its first item."""
    found = []
    paragraphs = _paragraphs(section.text)
    for (start, end), (first, last) in pairwise(paragraphs):
        lead, item = section.text[start:end], section.text[first:last]
        whole = lead.endswith(":") and _MODAL.search(lead) and lead[:1].isupper()
        if whole and ". " not in lead and len(lead) > _SHORTEST and len(item) > _SHORTEST // 2:
            plain = not _DIRT.search(lead + item) and not item.endswith((":", "—"))
            if plain and ". " not in item and len(lead + item) < _LONGEST:
                found.append(Sentence(section, start, end, (first, last)))
    return found


def definitions(section: Section) -> list[tuple[str, Sentence]]:
    """Terms in quotation marks with the paragraph that says what they mean."""
    found = []
    for start, end in _paragraphs(section.text):
        term = _DEFINITION.match(section.text, start, end)
        words = section.text[start:end]
        if term and _SHORTEST <= len(words) <= _LONGEST and not _DIRT.search(words):
            found.append((term[1], Sentence(section, start, end)))
    return found


def _is_clean(words: str) -> bool:
    opens = words[:1].isupper()
    marks = words.count("(") == words.count(")") and '"' not in words and "“" not in words
    return bool(opens and marks and _MODAL.search(words) and not _DIRT.search(words))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the lines without their labels."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        label = _LABEL.match(text, line.start(), line.end())
        start = label.end() if label else line.start()
        end = line.start() + len(line[0].rstrip())
        if start < end:
            found.append((start, end))
    return found
