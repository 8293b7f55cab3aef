"""A comparison as Markdown: a table of what is compared, then every fact with its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.comparison import Standing
from pincite.rendering import comparison_words as words
from pincite.rendering.markdown import escaped

if TYPE_CHECKING:
    from pincite.comparison import Cell, Comparison, CoreFact, Row


def comparison_markdown(comparison: Comparison, *, quotes: bool = True) -> str:
    """The comparison, CommonMark with a table, ending in a newline; without `quotes` no more."""
    rows = [row for row in comparison.rows if row.found]
    lines = [f"# {escaped(words.title(comparison))}", ""]
    lines += [f"*{escaped(words.under_title(comparison))}*", ""]
    if rows:
        lines += [*_table(comparison, rows), ""]
    for row in rows if quotes else ():
        lines += [f"## {words.HEADINGS[row.kind]}", "", *_row(comparison, row), ""]
    lines += ["## What was searched", ""]
    lines += [f"- **{one.name}**: {escaped(words.column_line(one))}" for one in comparison.columns]
    lines += [f"- {escaped(note)}" for note in words.last_notes(comparison)]
    return "\n".join(lines).rstrip() + "\n"


def _table(comparison: Comparison, rows: list[Row]) -> list[str]:
    """Jurisdictions down and kinds of fact across: thirty of the first are read more easily so."""
    searched = words.searched_count(comparison)
    heads = ["", *(words.HEADINGS[row.kind] for row in rows)]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for place, column in enumerate(comparison.columns):
        cells = [_short(row.cells[place], searched) for row in rows]
        lines.append("| " + " | ".join([escaped(column.name), *cells]) + " |")
    return lines


def _short(cell: Cell, searched: int) -> str:
    if not cell.facts:
        return words.STANDINGS[cell.standing]
    fact = cell.facts[0]
    text = escaped(fact.value or "yes")
    if cell.standing in {Standing.DIFFERS, Standing.ONLY_HERE} and searched > 1:
        text = f"**{text}** ({words.STANDINGS[cell.standing]})"
    return f"{text} {escaped(f'[{fact.citation}]')}"


def _row(comparison: Comparison, row: Row) -> list[str]:
    lines: list[str] = []
    for cell, column in zip(row.cells, comparison.columns, strict=True):
        if not cell.facts:
            lines.append(f"- **{column.name}**: {escaped(words.none_here(cell, column))}")
        lines += [f"- **{column.name}**: {_fact(fact)}" for fact in cell.facts]
    return lines


def _fact(fact: CoreFact) -> str:
    value = f"*{escaped(fact.value)}*: " if fact.value else ""
    return f"{value}{escaped(words.fact_words(fact))} {escaped(f'[{words.fact_cite(fact)}]')}"
