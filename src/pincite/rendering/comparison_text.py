"""A comparison as plain text: a row of facts after another, jurisdictions below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.comparison import Standing
from pincite.rendering import comparison_words as words
from pincite.rendering.page import Page

if TYPE_CHECKING:
    from pincite.comparison import Cell, Column, Comparison, CoreFact

_MARKS = {Standing.DIFFERS: "≠ ", Standing.ONLY_HERE: "! ", Standing.SAME: "= "}


def comparison_text(comparison: Comparison, *, width: int = 100, colour: bool = False) -> str:
    """The whole comparison, lines no wider than `width` where words allow."""
    page = Page(width, colour=colour)
    page.heading(words.title(comparison))
    page.quiet(words.under_title(comparison))
    searched = words.searched_count(comparison)
    told: set[tuple[str, ...]] = set()
    for row in comparison.rows:
        if not row.found:
            continue
        page.heading(words.HEADINGS[row.kind])
        for cell, column in zip(row.cells, comparison.columns, strict=True):
            _cell(page, cell, column, searched, told)
    nowhere = [words.HEADINGS[row.kind] for row in comparison.rows if not row.found]
    if nowhere and comparison.answered:
        page.heading("Found in none of them")
        page.paragraph("; ".join(nowhere) + ".")
    page.heading("What was searched")
    for column in comparison.columns:
        page.item(words.column_line(column), bullet=f"{column.postal}  ")
    for note in words.last_notes(comparison):
        page.item(note)
    return page.text()


def _cell(
    page: Page, cell: Cell, column: Column, searched: int, told: set[tuple[str, ...]]
) -> None:
    """One jurisdiction's line; words that stand above already are not told again."""
    if not cell.facts:
        page.item(words.none_here(cell, column), bullet=f"{column.postal}    ")
        return
    mark = _MARKS.get(cell.standing, "") if searched > 1 else ""
    for place, fact in enumerate(cell.facts):
        bullet = f"{column.postal}  {mark}" if place == 0 else "      "
        page.item(_fact(fact, (column.postal, fact.statement.text) in told), bullet=bullet)
        told.add((column.postal, fact.statement.text))


def _fact(fact: CoreFact, told: bool) -> str:  # noqa: FBT001
    parts = [f"{fact.value}:" if fact.value and not told else fact.value]
    if not told:
        parts.append(words.fact_words(fact))
    parts.append(f"[{words.fact_cite(fact)}]")
    return " ".join(part for part in parts if part)
