"""A comparison as its page shows it: rows of facts over columns of jurisdictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.comparison import Standing
from pincite.rendering.comparison_words import HEADINGS, STANDINGS, fact_words, none_here
from pincite.web.pages.answer_view import VERDICTS, span_href

if TYPE_CHECKING:
    from pincite.answer import Source
    from pincite.comparison import Cell, Column, Comparison, CoreFact, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """`value` tells it short, or is empty; `href` opens the words that it was read from."""

    value: str
    text: str
    citation: str
    href: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """`standing` is empty where there is nothing to hold the cell up to."""

    standing: str
    told: str
    facts: tuple[FactView, ...]
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    heading: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    name: str
    reason: str
    current_through: tuple[str, ...]
    missing: tuple[str, ...]
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    question: str
    as_of: str
    facts: tuple[str, ...]
    places: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]


def comparison_view(compared: Comparison) -> ComparisonView:
    """Rows of which no jurisdiction has anything are left out."""
    columns = {column.jurisdiction: column for column in compared.columns}
    searched = sum(column.answered for column in compared.columns)
    return ComparisonView(
        question=compared.question.text,
        as_of=compared.question.as_of.isoformat(),
        facts=compared.facts,
        places=tuple(columns),
        columns=tuple(_column(column) for column in compared.columns),
        rows=tuple(_row(row, columns, searched) for row in compared.rows if row.found),
    )


def _column(column: Column) -> ColumnView:
    searched = column.coverage.searched
    return ColumnView(
        name=column.name,
        reason="" if column.answered else column.reason or "",
        current_through=tuple(
            dict.fromkeys(one.current_through for one in searched if one.current_through)
        ),
        missing=column.coverage.missing,
        withheld=len(column.withheld),
    )


def _row(row: Row, columns: dict[str, Column], searched: int) -> RowView:
    return RowView(
        heading=HEADINGS[row.kind],
        cells=tuple(_cell(cell, columns[cell.jurisdiction], searched) for cell in row.cells),
    )


def _cell(cell: Cell, column: Column, searched: int) -> CellView:
    alone = searched == 1 and bool(cell.facts)
    sources = {source.id: source for source in column.sources}
    plain = cell.standing in {Standing.SAME, Standing.NONE_FOUND, Standing.NOT_INSTALLED}
    return CellView(
        standing=cell.standing.value,
        told="" if alone or plain else STANDINGS[cell.standing],
        facts=tuple(_fact(fact, sources) for fact in cell.facts),
        none="" if cell.facts else none_here(cell, column),
    )


def _fact(fact: CoreFact, sources: dict[str, Source]) -> FactView:
    spans = [(one.start, one.end) for one in fact.statement.quotes if one.section == fact.section]
    source = sources.get(fact.section)
    verdict = fact.verdict.value
    return FactView(
        value=fact.value,
        text=fact_words(fact),
        citation=fact.citation,
        href=span_href(fact.section, spans, "" if source is None else source.text_sha256),
        verdict="" if verdict == "applies" else VERDICTS[verdict],
    )
