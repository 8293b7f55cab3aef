"""The one wire format of an answer, as JSON; its JSON Schema is published beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from pincite.answer import (
    SCHEMA_VERSION,
    Answer,
    Applicability,
    Coverage,
    Quote,
    Source,
    Statement,
    Withheld,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CiteWire(_Wire):
    """A span of a source: `stored text[start:end] == quote`, in Unicode code points."""

    source: str = Field(description="The label of a source, such as 1.2.")
    pinpoint: str = Field(description="The subdivision, as printed after the citation, or empty.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class StatementWire(_Wire):
    text: str
    kind: Literal["quote", "paraphrase", "note"]
    cites: list[CiteWire]


class BlockWire(_Wire):
    heading: str
    statements: list[StatementWire]


class FaultWire(_Wire):
    kind: str
    detail: str


class WithheldWire(_Wire):
    statement: StatementWire
    faults: list[FaultWire]


class ApplicabilityWire(_Wire):
    binds: str
    verdict: Literal["applies", "only_if", "not_you", "unclear"]
    basis: list[CiteWire]


class SourceWire(_Wire):
    label: str
    id: str
    citation: str
    local_citation: str
    heading: str
    code: str
    hierarchy: list[str]
    document: str
    document_name: str
    status: str
    effective_date: str | None
    current_through: str
    url: str | None
    text_sha256: str
    applicability: ApplicabilityWire


class JurisdictionWire(_Wire):
    id: str
    name: str
    how: str


class SearchedWire(_Wire):
    code: str
    pack: str
    sections: int
    current_through: str
    titles_missing: list[str]
    excerpts: bool


class CoverageWire(_Wire):
    searched: list[SearchedWire]
    missing: list[str]
    notes: list[str]


class ProvenanceWire(_Wire):
    library: str
    index: str
    writer: str
    version: str


class AnswerWire(_Wire):
    """An answer of Pincite."""

    schema_version: Literal[1] = SCHEMA_VERSION
    question: str
    as_of: str
    asked_at: str
    jurisdictions: list[JurisdictionWire]
    facts: list[str]
    summary: list[StatementWire]
    blocks: list[BlockWire]
    withheld: list[WithheldWire]
    sources: list[SourceWire]
    coverage: CoverageWire
    abstained: bool
    reason: str | None
    choices: list[str]
    provenance: ProvenanceWire


def to_wire(answer: Answer) -> AnswerWire:
    labels = {source.id: source.label for source in answer.sources}
    return AnswerWire(
        question=answer.question.text,
        as_of=answer.question.as_of.isoformat(),
        asked_at=answer.question.asked_at.isoformat(timespec="seconds"),
        jurisdictions=[
            JurisdictionWire(id=found.id, name=found.name, how=found.how)
            for found in answer.jurisdictions
        ],
        facts=list(answer.facts),
        summary=[statement_wire(statement, labels) for statement in answer.summary],
        blocks=[
            BlockWire(
                heading=block.heading,
                statements=[statement_wire(statement, labels) for statement in block.statements],
            )
            for block in answer.blocks
        ],
        withheld=[withheld_wire(item, labels) for item in answer.withheld],
        sources=[source_wire(source, labels) for source in answer.sources],
        coverage=coverage_wire(answer.coverage),
        abstained=answer.abstained,
        reason=answer.reason,
        choices=list(answer.choices),
        provenance=ProvenanceWire(
            library=answer.provenance.library,
            index=answer.provenance.index,
            writer=answer.provenance.writer,
            version=answer.provenance.version,
        ),
    )


def render_json(answer: Answer) -> str:
    """The answer in the wire format, keys in the published order, ending in a newline."""
    return json.dumps(to_wire(answer).model_dump(), ensure_ascii=False, indent=2) + "\n"


def json_schema() -> str:
    """The JSON Schema of the wire format."""
    schema = AnswerWire.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def statement_wire(statement: Statement, labels: Mapping[str, str]) -> StatementWire:
    return StatementWire(
        text=statement.text,
        kind=statement.kind.value,
        cites=[_cite(quote, labels) for quote in statement.quotes],
    )


def _cite(quote: Quote, labels: Mapping[str, str]) -> CiteWire:
    # A withheld statement may rest on a section that no shown statement cites: it has no label.
    return CiteWire(
        source=labels.get(quote.section, quote.section),
        pinpoint=quote.pinpoint,
        start=quote.start,
        end=quote.end,
        quote=quote.text,
    )


def withheld_wire(item: Withheld, labels: Mapping[str, str]) -> WithheldWire:
    return WithheldWire(
        statement=statement_wire(item.statement, labels),
        faults=[FaultWire(kind=fault.kind.value, detail=fault.detail) for fault in item.faults],
    )


def source_wire(source: Source, labels: Mapping[str, str]) -> SourceWire:
    date = source.effective_date
    return SourceWire(
        label=source.label,
        id=source.id,
        citation=source.citation,
        local_citation=source.local_citation,
        heading=source.heading,
        code=source.code,
        hierarchy=list(source.hierarchy),
        document=source.document,
        document_name=source.document_name,
        status=source.status.value,
        effective_date=None if date is None else date.isoformat(),
        current_through=source.current_through,
        url=source.url,
        text_sha256=source.text_sha256,
        applicability=_applicability(source.applicability, labels),
    )


def _applicability(item: Applicability, labels: Mapping[str, str]) -> ApplicabilityWire:
    return ApplicabilityWire(
        binds=item.binds,
        verdict=item.verdict.value,
        basis=[_cite(quote, labels) for quote in item.basis],
    )


def coverage_wire(coverage: Coverage) -> CoverageWire:
    return CoverageWire(
        searched=[
            SearchedWire(
                code=item.code,
                pack=item.pack,
                sections=item.sections,
                current_through=item.current_through,
                titles_missing=list(item.titles_missing),
                excerpts=item.excerpts,
            )
            for item in coverage.searched
        ],
        missing=list(coverage.missing),
        notes=list(coverage.notes),
    )
