"""The words of a comparison that every rendering of it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.comparison import FactKind, Standing
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.comparison import Cell, Column, Comparison, CoreFact

HEADINGS: Mapping[FactKind, str] = {
    FactKind.WHO: "Who is bound",
    FactKind.MUST: "Must",
    FactKind.MUST_NOT: "Must not",
    FactKind.MAY: "May",
    FactKind.PERIOD: "By when, how long",
    FactKind.AMOUNT: "How much",
    FactKind.NUMBER: "How many",
    FactKind.PENALTY: "If not",
}
STANDINGS: Mapping[Standing, str] = {
    Standing.SAME: "same as most",
    Standing.DIFFERS: "differs",
    Standing.ONLY_HERE: "only here",
    Standing.NONE_FOUND: "none found",
    Standing.NOT_INSTALLED: "not installed",
}
_CODES = 6


def standing_of(cell: Cell, *, searched: int) -> str:
    """How the cell stands; of one jurisdiction alone nothing is said."""
    if cell.facts and searched == 1:
        return ""
    return STANDINGS[cell.standing]


def none_here(cell: Cell, column: Column) -> str:
    """What is told where a cell holds no fact: what was searched, or that nothing was."""
    if cell.standing is Standing.NOT_INSTALLED:
        return STANDINGS[cell.standing]
    found = f"none found in {_names(cell.searched)}"
    if any(item.excerpts for item in column.coverage.searched):
        found += " (excerpts only)"
    return shown(found)


def _names(codes: tuple[str, ...]) -> str:
    more = len(codes) - _CODES
    return ", ".join(codes[:_CODES]) + (f" and {more} more" if more > 0 else "")


def fact_words(fact: CoreFact) -> str:
    """The law's own words on one line, control characters made visible."""
    return " ".join(shown(fact.statement.text).split())


def fact_cite(fact: CoreFact) -> str:
    """The official citation, and a word where the law binds some askers only."""
    only = " (only if this is you)" if fact.verdict is Verdict.ONLY_IF else ""
    return shown(fact.citation) + only


def title(comparison: Comparison) -> str:
    return shown(" ".join(comparison.question.text.split()))


def under_title(comparison: Comparison) -> str:
    """As of which day, in how many jurisdictions, and what the asker told."""
    count = len(comparison.columns)
    parts = [
        f"{count} jurisdiction{'s' if count != 1 else ''}",
        f"as of {comparison.question.as_of.isoformat()}",
        *comparison.facts,
    ]
    return shown(" · ".join(parts))


def column_line(column: Column) -> str:
    """What was searched in a jurisdiction, how current it is, and why it has no answer."""
    searched = "; ".join(
        f"{item.code}, {item.sections:,} section{'s' if item.sections != 1 else ''}"
        f"{', excerpts only' if item.excerpts else ''}, current through {item.current_through}"
        for item in column.coverage.searched
    )
    parts = [column.reason or "", f"Searched: {searched}." if searched else ""]
    if column.coverage.missing:
        parts.append(f"Not installed: {_names(column.coverage.missing)}.")
    return shown(" ".join(part for part in parts if part))


def last_notes(comparison: Comparison) -> tuple[str, ...]:
    """What holds for the whole of it: how it was made, and that it is no advice."""
    withheld = sum(len(column.withheld) for column in comparison.columns)
    told = [
        (
            "Each fact is quoted from the section that is cited beside it; what has the mark "
            "“differs” is not as in most of the jurisdictions that have the fact. “None found” "
            "says what was searched, not that there is no such law."
        )
    ]
    if withheld:
        told.append(
            f"{withheld} fact{'s were' if withheld != 1 else ' was'} withheld because a check "
            "failed (see the JSON)."
        )
    return (*told, "This is not legal advice.")


def searched_count(comparison: Comparison) -> int:
    """In how many of the jurisdictions anything was searched."""
    return sum(1 for column in comparison.columns if column.coverage.searched)
