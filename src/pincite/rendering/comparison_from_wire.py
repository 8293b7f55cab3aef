"""A saved comparison read back: the wire format made a comparison again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pincite.answer import Provenance, Question, Verdict
from pincite.comparison import Cell, Column, Comparison, CoreFact, FactKind, Row, Standing
from pincite.errors import UsageError
from pincite.rendering.from_wire import coverage_of, source_of, statement_of, withheld_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.rendering.comparison_wire import CellWire, ColumnWire, ComparisonWire, FactWire


def comparison_from_wire(wire: ComparisonWire) -> Comparison:
    """What `comparison_to_wire` made this of. Raises UsageError for a value that means nothing."""
    try:
        return _comparison(wire)
    except (ValueError, KeyError) as error:
        raise UsageError(f"not a saved comparison: {error}") from error


def _comparison(wire: ComparisonWire) -> Comparison:
    ids = {
        column.jurisdiction: {source.label: source.id for source in column.sources}
        for column in wire.columns
    }
    return Comparison(
        question=Question(
            text=wire.question,
            as_of=date.fromisoformat(wire.as_of),
            asked_at=datetime.fromisoformat(wire.asked_at),
            jurisdictions=tuple(column.jurisdiction for column in wire.columns),
            facts=tuple(wire.facts),
        ),
        facts=tuple(wire.facts),
        columns=tuple(_column(column, ids[column.jurisdiction]) for column in wire.columns),
        rows=tuple(
            Row(
                kind=FactKind(row.kind),
                cells=tuple(_cell(cell, ids[cell.jurisdiction]) for cell in row.cells),
            )
            for row in wire.rows
        ),
        provenance=Provenance(
            library=wire.provenance.library,
            index=wire.provenance.index,
            writer=wire.provenance.writer,
            version=wire.provenance.version,
        ),
    )


def _column(column: ColumnWire, ids: Mapping[str, str]) -> Column:
    return Column(
        jurisdiction=column.jurisdiction,
        name=column.name,
        postal=column.postal,
        answered=column.answered,
        reason=column.reason,
        coverage=coverage_of(column.coverage),
        sources=tuple(source_of(source, ids) for source in column.sources),
        withheld=tuple(withheld_of(item, ids) for item in column.withheld),
    )


def _cell(cell: CellWire, ids: Mapping[str, str]) -> Cell:
    return Cell(
        jurisdiction=cell.jurisdiction,
        standing=Standing(cell.standing),
        facts=tuple(_fact(fact, ids) for fact in cell.facts),
        searched=tuple(cell.searched),
    )


def _fact(fact: FactWire, ids: Mapping[str, str]) -> CoreFact:
    return CoreFact(
        value=fact.value,
        compared=fact.compared,
        statement=statement_of(fact.statement, ids),
        section=fact.section,
        citation=fact.citation,
        verdict=Verdict(fact.verdict),
    )
