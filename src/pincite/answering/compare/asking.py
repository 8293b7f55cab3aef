"""Ask a question in each jurisdiction by the one pipeline, and set the core facts side by side."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pincite import citations
from pincite.answer import Provenance
from pincite.answering.ask import ask
from pincite.answering.compare.candidates import Heard, candidates, enforcing
from pincite.answering.compare.core_facts import Facts, core_facts, each_section
from pincite.answering.compare.standings import standings
from pincite.answering.numbering import sources
from pincite.comparison import Cell, Column, Comparison, FactKind, Row
from pincite.law.jurisdiction import by_id
from pincite.reading.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answer import Answer, Applicability, Question
    from pincite.answering.ask import Desk
    from pincite.library.read import InstalledPack

_AT_ONCE = 2  # more gain nothing: the embedding model and the index use the cores by themselves


class Asked(Protocol):
    """Told how many jurisdictions are done, of how many, and which one was the last."""

    def __call__(self, done: int, total: int, name: str, /) -> None: ...


def unheard(done: int, total: int, name: str, /) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One jurisdiction's answer and its core facts."""

    jurisdiction: str
    answer: Answer
    facts: Facts


async def compare(question: Question, desk: Desk, told: Asked = unheard) -> Comparison:
    """The core facts of the law of each jurisdiction of `question.jurisdictions`, in that order.

    Law that is lacking is installed first, where the source has it. No language model writes: a
    comparison is made of the law's own words. Cancelled, it begins no further jurisdiction.
    """
    places = question.jurisdictions
    await asyncio.to_thread(desk.need, list(places))
    quiet = replace(desk, writer=None, need=_nothing, need_floor=None)
    told(0, len(places), "")
    sides: dict[str, Side] = {}
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(place: str) -> None:
        async with turns:
            sides[place] = await asyncio.to_thread(_asked, question, place, quiet)
        told(len(sides), len(places), by_id(place).name)

    tasks = [asyncio.create_task(one(place)) for place in places]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return _together(question, desk, [sides[place] for place in places])


def _nothing(jurisdictions: Sequence[str]) -> None:
    """What the comparison needs was installed before its first question."""


def _asked(question: Question, place: str, desk: Desk) -> Side:
    heard = Heard()
    # Without a model writer nothing in the pipeline waits: its loop ends as soon as it began.
    answer = asyncio.run(ask(replace(question, jurisdictions=(place,)), desk, heard))
    if answer.abstained:
        facts = Facts(jurisdiction=place, as_of=question.as_of)
        return Side(jurisdiction=place, answer=answer, facts=facts)
    known = {source.id: source.applicability for source in answer.sources}
    readings = Readings()
    facts = core_facts(
        candidates(answer.statements, known, heard.findings),
        jurisdiction=place,
        as_of=question.as_of,
        asks=() if heard.understanding is None else heard.understanding.asks,
        enforcing=lambda lead: enforcing(lead, known, desk.shelf.library, readings, question.as_of),
    )
    return Side(jurisdiction=place, answer=answer, facts=facts)


def _together(question: Question, desk: Desk, sides: Sequence[Side]) -> Comparison:
    installed = [bool(desk.shelf.packs(side.jurisdiction)) for side in sides]
    rows = tuple(_row(kind, sides, installed) for kind in FactKind)
    packs = [pack for side in sides for pack in desk.shelf.packs(side.jurisdiction)]
    return Comparison(
        question=question,
        facts=sides[0].answer.facts if sides else question.facts,
        columns=tuple(_column(side, desk) for side in sides),
        rows=rows,
        provenance=Provenance(
            library=desk.shelf.library.digest(),
            index=",".join(pack.index.name for pack in packs),
            writer="extractive",
            version=desk.version,
        ),
    )


def _row(kind: FactKind, sides: Sequence[Side], installed: Sequence[bool]) -> Row:
    found = [tuple(side.facts.found.get(kind, ())) for side in sides]
    values = [facts[0].compared if facts else None for facts in found]
    stand = standings(values, installed)
    return Row(
        kind=kind,
        cells=tuple(
            Cell(
                jurisdiction=side.jurisdiction,
                standing=standing,
                facts=facts,
                searched=() if facts else _searched(side, here=here),
            )
            for side, facts, standing, here in zip(sides, found, stand, installed, strict=True)
        ),
    )


def _searched(side: Side, *, here: bool) -> tuple[str, ...]:
    """The codes that were searched, or that would have been."""
    coverage = side.answer.coverage
    return tuple(item.code for item in coverage.searched) if here else coverage.missing


def _column(side: Side, desk: Desk) -> Column:
    place = by_id(side.jurisdiction)
    answer = side.answer
    bound: dict[str, Applicability] = {
        key: source.applicability
        for source in answer.sources
        for key in (source.document, source.id)
    }
    sections = {section.id: section for section in each_section(side.facts)}
    statements = [fact.statement for kept in side.facts.found.values() for fact in kept]
    return Column(
        jurisdiction=side.jurisdiction,
        name=place.name,
        postal=place.postal,
        answered=not answer.abstained,
        reason=answer.reason,
        coverage=answer.coverage,
        sources=sources(statements, sections, bound, _code_names(desk.shelf.packs(place.id))),
        withheld=tuple(side.facts.withheld),
    )


def _code_names(packs: Iterable[InstalledPack]) -> dict[str, str]:
    return {
        slug: code.name
        for pack in packs
        for slug in pack.codes
        if (code := citations.code(pack.jurisdiction, slug)) is not None
    }
