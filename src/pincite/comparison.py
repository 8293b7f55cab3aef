"""One question in several jurisdictions: the core facts of each answer, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.answer import (
        Coverage,
        Provenance,
        Question,
        Source,
        Statement,
        Verdict,
        Withheld,
    )

COMPARISON_VERSION = 1


class FactKind(StrEnum):
    """What a core fact tells; a row of the comparison, in the order in which they are read."""

    WHO = "who"
    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"
    PERIOD = "period"
    AMOUNT = "amount"
    NUMBER = "number"
    PENALTY = "penalty"


class Standing(StrEnum):
    """How a cell stands to the others of its row.

    `same`: as most, which are those with the value that more jurisdictions have than any other.
    `differs`: not as most, or there is no most. `only_here`: no other searched jurisdiction has
    the fact.
    """

    SAME = "same"
    DIFFERS = "differs"
    ONLY_HERE = "only_here"
    NONE_FOUND = "none_found"
    NOT_INSTALLED = "not_installed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreFact:
    """One fact of one jurisdiction's law, in the law's own words.

    `value` tells it short (`at most 45 days`, `$500`, `person or business`); it is empty for a
    duty, a prohibition and a permission. `compared` is what two jurisdictions must have alike to
    be the same. `statement` shows the words that both were read from and has passed every check;
    `citation` is the official one, with the pinpoint of its first quote. `verdict` says whether
    the document binds this asker.
    """

    value: str
    compared: str
    statement: Statement
    section: str
    citation: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one jurisdiction has of one kind of fact, the best first; none where `facts` is empty.

    `searched` names the codes in which none was found, or those that are not installed.
    """

    jurisdiction: str
    standing: Standing
    facts: tuple[CoreFact, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of fact in every jurisdiction, cells in the order of the columns."""

    kind: FactKind
    cells: tuple[Cell, ...]

    @property
    def found(self) -> bool:
        """Whether any jurisdiction has the fact."""
        return any(cell.facts for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One jurisdiction: whether there is an answer, what was searched, which law is cited.

    `reason` says why there is no answer. `sources` are the sections that the column's cells cite.
    """

    jurisdiction: str
    name: str
    postal: str
    answered: bool
    reason: str | None
    coverage: Coverage
    sources: tuple[Source, ...] = ()
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Rows of core facts over columns of jurisdictions, both in a fixed order."""

    question: Question
    facts: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    provenance: Provenance

    @property
    def answered(self) -> bool:
        """Whether any jurisdiction has an answer."""
        return any(column.answered for column in self.columns)
