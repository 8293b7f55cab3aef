"""What a statement rests on: its quotes with their sections, sentences and lead-ins."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.answer import StatementKind
from pincite.law.outline import Outline, outline
from pincite.reading.clauses import main_clause
from pincite.reading.modals import Modal, with_subject
from pincite.reading.units import Unit, units
from pincite.verification.words import stems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from pincite.answer import Quote, Statement
    from pincite.law.section import Section
    from pincite.reading.provision import Span

_MARKS = re.compile(r"[\"“”]")
_OMISSION = re.compile(r"\s*(?:…|\.\s?\.\s?\.)\s*")
_FEW_WORDS = 3
_LEADS_ON = ":—- "


class Readings:
    """Outlines and units of sections, read once however many statements cite them."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Outline, tuple[Unit, ...], list[int]]] = {}

    def _of(self, text: str) -> tuple[Outline, tuple[Unit, ...], list[int]]:
        if text not in self._known:
            tree = outline(text)
            all_units = units(text, tree)
            self._known[text] = (tree, all_units, [unit.start for unit in all_units])
        return self._known[text]

    def outline(self, text: str) -> Outline:
        return self._of(text)[0]

    def units(self, text: str, start: int, end: int) -> tuple[Unit, ...]:
        """The units that share a character with `[start, end)`, in order."""
        _, every, starts = self._of(text)
        first = max(bisect_right(starts, start) - 1, 0)
        last = bisect_right(starts, max(end - 1, start))
        return tuple(unit for unit in every[first:last] if unit.end > start and unit.start < end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the checks may know beside the statement: the readings, and the answer's documents.

    `documents` are those that the answer's duties are quoted from; a definition must come from
    one of them.
    """

    readings: Readings = field(default_factory=Readings)
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of law that a quote shows in whole or in part, with its lead-ins."""

    section: Section
    unit: Unit
    shown: Span
    words: frozenset[str]

    @property
    def text(self) -> str:
        return self.section.text[self.unit.start : self.unit.end]

    @property
    def with_leads(self) -> str:
        """The lead-ins and the sentence, in reading order, run together."""
        return self._joined((*self.unit.leads, (self.unit.start, self.unit.end)))

    @property
    def sentence(self) -> str:
        """The sentence with the lead-ins whose sentence it is a part of."""
        return self._joined(self.governing)

    def _joined(self, spans: tuple[Span, ...]) -> str:
        """The spans as one sentence: the colon of a lead-in ends nothing."""
        *leads, own = (self.section.text[start:end] for start, end in spans)
        return " ".join((*(lead.rstrip(_LEADS_ON) for lead in leads), own))

    @property
    def governing(self) -> tuple[Span, ...]:
        """The sentence, before it the lead-ins whose sentence it is a part of.

        An item that has a main verb of its own is a sentence of its own.
        """
        own = (self.unit.start, self.unit.end)
        if self.unit.leads and main_clause(self.section.text, *own)[1] is None:
            return (*self.unit.leads, own)
        return (own,)

    def main(self) -> tuple[str, Modal | None]:
        """The subject's words and the main verb: the nearest lead-in's that has one, or its own."""
        text = self.section.text
        for start, end in (*reversed(self.unit.leads), (self.unit.start, self.unit.end)):
            subject, modal = main_clause(text, start, end)
            if modal is not None:
                words = text[subject[0] : subject[1]] if subject else ""
                return words, with_subject(modal, words)
        return "", None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A statement and the law that it rests on, prepared once for all checks.

    `own` is the statement without the pieces that it shows verbatim; `told` says that it speaks in
    its own words. `clauses` are the sentences that the quotes show, those nearest to the
    statement's words first.
    """

    statement: Statement
    sections: Mapping[str, Section]
    as_of: date
    jurisdictions: Collection[str]
    context: Context
    own: str
    told: bool
    quoted: str
    clauses: tuple[Clause, ...]

    def section_of(self, quote: Quote) -> Section | None:
        return self.sections.get(quote.section)

    @property
    def cited(self) -> tuple[Section, ...]:
        """The sections of the quotes, each once."""
        found = (self.section_of(quote) for quote in self.statement.quotes)
        return tuple(dict.fromkeys(section for section in found if section is not None))


def prepare(
    statement: Statement,
    sections: Mapping[str, Section],
    as_of: date,
    jurisdictions: Collection[str],
    context: Context,
) -> Grounds:
    own = own_words(statement)
    told = statement.kind is StatementKind.PARAPHRASE or len(stems(own)) > _FEW_WORDS
    return Grounds(
        statement=statement,
        sections=sections,
        as_of=as_of,
        jurisdictions=jurisdictions,
        context=context,
        own=own,
        told=told and statement.kind is not StatementKind.NOTE,
        quoted="\n".join(quote.text for quote in statement.quotes),
        clauses=_clauses(statement, sections, context),
    )


def own_words(statement: Statement) -> str:
    """The statement's text without the pieces of law that it shows, quotation marks included."""
    text = statement.text
    if statement.kind is StatementKind.QUOTE:
        for quote in statement.quotes:
            shown = quote.text if quote.text in text else " ".join(quote.text.split())
            if shown:
                text = text.replace(shown, " ", 1)
    text = _OMISSION.sub(" ", text)
    for segment in quoted_segments(text):
        text = text.replace(segment, " ", 1)
    return _MARKS.sub(" ", text)


def quoted_segments(text: str) -> tuple[str, ...]:
    """What stands between quotation marks, in order; one never closed runs to the end."""
    parts = _MARKS.split(text)
    return tuple(part for part in parts[1::2] if part.strip())


def _clauses(
    statement: Statement, sections: Mapping[str, Section], context: Context
) -> tuple[Clause, ...]:
    claims = set(stems(statement.text))
    found: list[tuple[float, Clause]] = []
    for quote in statement.quotes:
        section = sections.get(quote.section)
        if section is None or not 0 <= quote.start < quote.end <= len(section.text):
            continue
        for unit in context.readings.units(section.text, quote.start, quote.end):
            shown = (max(unit.start, quote.start), min(unit.end, quote.end))
            spans = (*unit.leads, (unit.start, unit.end))
            words = frozenset(w for a, b in spans for w in stems(section.text[a:b]))
            found.append((-len(claims & words), Clause(section, unit, shown, words)))
    found.sort(key=lambda scored: scored[0])
    return tuple(clause for _, clause in found)
