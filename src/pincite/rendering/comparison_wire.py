"""The wire format of a comparison, as JSON; its JSON Schema is published beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from pincite.comparison import COMPARISON_VERSION
from pincite.rendering.wire import (
    CoverageWire,
    ProvenanceWire,
    SourceWire,
    StatementWire,
    WithheldWire,
    coverage_wire,
    source_wire,
    statement_wire,
    withheld_wire,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.comparison import Cell, Column, Comparison, CoreFact


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactWire(_Wire):
    """One fact of one jurisdiction's law; its statement's cites name the column's sources."""

    value: str = Field(description="The fact told short; empty for must, must_not and may.")
    compared: str = Field(description="What must be alike for two jurisdictions to be the same.")
    citation: str = Field(description="The official citation, with the pinpoint.")
    section: str = Field(description="The section's identifier.")
    verdict: Literal["applies", "only_if", "not_you", "unclear"]
    statement: StatementWire


class CellWire(_Wire):
    jurisdiction: str
    standing: Literal["same", "differs", "only_here", "none_found", "not_installed"]
    facts: list[FactWire]
    searched: list[str] = Field(
        description="Where none was found: the codes that were searched, or are not installed."
    )


class RowWire(_Wire):
    kind: Literal["who", "must", "must_not", "may", "period", "amount", "number", "penalty"]
    cells: list[CellWire]


class ColumnWire(_Wire):
    jurisdiction: str
    name: str
    postal: str
    answered: bool
    reason: str | None
    coverage: CoverageWire
    sources: list[SourceWire]
    withheld: list[WithheldWire]


class ComparisonWire(_Wire):
    """A comparison of Pincite: one question in several jurisdictions."""

    schema_version: Literal[1] = COMPARISON_VERSION
    question: str
    as_of: str
    asked_at: str
    facts: list[str]
    columns: list[ColumnWire]
    rows: list[RowWire]
    provenance: ProvenanceWire


def comparison_to_wire(comparison: Comparison) -> ComparisonWire:
    labels = {
        column.jurisdiction: {source.id: source.label for source in column.sources}
        for column in comparison.columns
    }
    provenance = comparison.provenance
    return ComparisonWire(
        question=comparison.question.text,
        as_of=comparison.question.as_of.isoformat(),
        asked_at=comparison.question.asked_at.isoformat(timespec="seconds"),
        facts=list(comparison.facts),
        columns=[_column(column, labels[column.jurisdiction]) for column in comparison.columns],
        rows=[
            RowWire(
                kind=row.kind.value,
                cells=[_cell(cell, labels[cell.jurisdiction]) for cell in row.cells],
            )
            for row in comparison.rows
        ],
        provenance=ProvenanceWire(
            library=provenance.library,
            index=provenance.index,
            writer=provenance.writer,
            version=provenance.version,
        ),
    )


def comparison_json(comparison: Comparison) -> str:
    """The comparison in the wire format, keys in the published order, ending in a newline."""
    wire = comparison_to_wire(comparison).model_dump()
    return json.dumps(wire, ensure_ascii=False, indent=2) + "\n"


def comparison_schema() -> str:
    """The JSON Schema of the wire format."""
    schema = ComparisonWire.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _column(column: Column, labels: Mapping[str, str]) -> ColumnWire:
    return ColumnWire(
        jurisdiction=column.jurisdiction,
        name=column.name,
        postal=column.postal,
        answered=column.answered,
        reason=column.reason,
        coverage=coverage_wire(column.coverage),
        sources=[source_wire(source, labels) for source in column.sources],
        withheld=[withheld_wire(item, labels) for item in column.withheld],
    )


def _cell(cell: Cell, labels: Mapping[str, str]) -> CellWire:
    return CellWire(
        jurisdiction=cell.jurisdiction,
        standing=cell.standing.value,
        facts=[_fact(fact, labels) for fact in cell.facts],
        searched=list(cell.searched),
    )


def _fact(fact: CoreFact, labels: Mapping[str, str]) -> FactWire:
    return FactWire(
        value=fact.value,
        compared=fact.compared,
        citation=fact.citation,
        section=fact.section,
        verdict=fact.verdict.value,
        statement=statement_wire(fact.statement, labels),
    )
