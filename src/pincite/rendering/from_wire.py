"""A saved answer read back: the wire format made an answer again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pincite.answer import (
    Answer,
    Applicability,
    Block,
    Coverage,
    Fault,
    FaultKind,
    JurisdictionFound,
    Provenance,
    Question,
    Quote,
    Searched,
    Source,
    Statement,
    StatementKind,
    Verdict,
    Withheld,
)
from pincite.errors import UsageError
from pincite.law.section import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pincite.rendering.wire import (
        AnswerWire,
        BlockWire,
        CiteWire,
        CoverageWire,
        SourceWire,
        StatementWire,
        WithheldWire,
    )


def from_wire(wire: AnswerWire) -> Answer:
    """The answer that `to_wire` made this of. Raises UsageError for a value that means nothing.

    The jurisdictions that were given beside the question are not part of the wire format.
    """
    ids = {source.label: source.id for source in wire.sources}
    try:
        return _answer(wire, ids)
    except ValueError as error:
        raise UsageError(f"not a saved answer: {error}") from error


def _answer(wire: AnswerWire, ids: Mapping[str, str]) -> Answer:
    return Answer(
        question=Question(
            text=wire.question,
            as_of=date.fromisoformat(wire.as_of),
            asked_at=datetime.fromisoformat(wire.asked_at),
            facts=tuple(wire.facts),
        ),
        jurisdictions=tuple(
            JurisdictionFound(id=one.id, name=one.name, how=one.how) for one in wire.jurisdictions
        ),
        facts=tuple(wire.facts),
        summary=_statements(wire.summary, ids),
        blocks=tuple(_block(block, ids) for block in wire.blocks),
        withheld=tuple(withheld_of(item, ids) for item in wire.withheld),
        sources=tuple(source_of(source, ids) for source in wire.sources),
        coverage=coverage_of(wire.coverage),
        abstained=wire.abstained,
        reason=wire.reason,
        choices=tuple(wire.choices),
        provenance=Provenance(
            library=wire.provenance.library,
            index=wire.provenance.index,
            writer=wire.provenance.writer,
            version=wire.provenance.version,
        ),
    )


def _statements(items: Iterable[StatementWire], ids: Mapping[str, str]) -> tuple[Statement, ...]:
    return tuple(statement_of(item, ids) for item in items)


def statement_of(item: StatementWire, ids: Mapping[str, str]) -> Statement:
    """The statement that this was made of; `ids` are identifiers by label."""
    quotes = tuple(_quote(cite, ids) for cite in item.cites)
    return Statement(text=item.text, kind=StatementKind(item.kind), quotes=quotes)


def _quote(cite: CiteWire, ids: Mapping[str, str]) -> Quote:
    # What only a withheld statement rests on has no label: its identifier stands there.
    return Quote(
        section=ids.get(cite.source, cite.source),
        pinpoint=cite.pinpoint,
        start=cite.start,
        end=cite.end,
        text=cite.quote,
    )


def _block(block: BlockWire, ids: Mapping[str, str]) -> Block:
    return Block(heading=block.heading, statements=_statements(block.statements, ids))


def withheld_of(item: WithheldWire, ids: Mapping[str, str]) -> Withheld:
    """What was withheld, with its faults."""
    faults = tuple(Fault(kind=FaultKind(one.kind), detail=one.detail) for one in item.faults)
    return Withheld(statement=statement_of(item.statement, ids), faults=faults)


def source_of(source: SourceWire, ids: Mapping[str, str]) -> Source:
    """The source that this was made of."""
    effective = source.effective_date
    bound = source.applicability
    return Source(
        label=source.label,
        id=source.id,
        citation=source.citation,
        local_citation=source.local_citation,
        heading=source.heading,
        code=source.code,
        hierarchy=tuple(source.hierarchy),
        document=source.document,
        document_name=source.document_name,
        status=Status(source.status),
        effective_date=None if effective is None else date.fromisoformat(effective),
        current_through=source.current_through,
        url=source.url,
        text_sha256=source.text_sha256,
        applicability=Applicability(
            binds=bound.binds,
            verdict=Verdict(bound.verdict),
            basis=tuple(_quote(cite, ids) for cite in bound.basis),
        ),
    )


def coverage_of(coverage: CoverageWire) -> Coverage:
    """The coverage that this was made of."""
    return Coverage(
        searched=tuple(
            Searched(
                code=item.code,
                pack=item.pack,
                sections=item.sections,
                current_through=item.current_through,
                titles_missing=tuple(item.titles_missing),
                excerpts=item.excerpts,
            )
            for item in coverage.searched
        ),
        missing=tuple(coverage.missing),
        notes=tuple(coverage.notes),
    )
