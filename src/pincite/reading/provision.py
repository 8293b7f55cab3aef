"""What a provision is: one operative unit of a section, and what reading it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

Span = tuple[int, int]


class Role(StrEnum):
    """What a provision does."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    DEFINITION = "definition"
    SCOPE = "scope"
    EXEMPTION = "exemption"
    EXCEPTION = "exception"
    CONSTRUCTION = "construction"
    PENALTY = "penalty"
    REMEDY = "remedy"
    DEADLINE = "deadline"
    EFFECTIVE = "effective"
    DELEGATION = "delegation"
    PROCEDURE = "procedure"
    FINDING = "finding"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts: `kind` is money, percent, period, date, time, count or number.

    `unit` is `usd`, `percent`, a singular unit of time (`day`), or the singular noun counted
    (`employee`); empty for a bare number. `qualifier` is `calendar` or `business` before a unit
    of time. A date's value is yyyymmdd, with zeros for the parts that are not given.
    """

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Words that point at law: `kind` is internal, section or act."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A sentence, or a subdivision's words with the lead-ins that they complete.

    `start` and `end` are offsets into the section's text, as are all spans. `leads` are the
    lead-ins from the outermost to the nearest ("The notice shall include:" for item (1)).
    `opens` says that this provision is itself a lead-in: its items follow. `path` is the deepest
    subdivision that is sure. Role, modal verb, negation and actor of an item come from its lead-in
    where the item's own words have no modal verb. `subject` is the grammatical subject; `actor`
    the words naming who is bound, where it is somebody.
    """

    start: int
    end: int
    path: tuple[str, ...] = ()
    leads: tuple[Span, ...] = ()
    opens: bool = False
    role: Role = Role.OTHER
    also: tuple[Role, ...] = ()
    modal: str | None = None
    modal_at: Span | None = None
    negated: bool = False
    subject: Span | None = None
    actor: Span | None = None
    actor_class: str = ""
    conditions: tuple[Span, ...] = ()
    exceptions: tuple[Span, ...] = ()
    amounts: tuple[Quantity, ...] = ()
    periods: tuple[Quantity, ...] = ()
    term: str | None = None
    references: tuple[Reference, ...] = ()

    @property
    def lead(self) -> Span | None:
        """The nearest lead-in that this provision completes."""
        return self.leads[-1] if self.leads else None

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.role, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A defined term: `how` is means, includes, does not include, does not mean or same as.

    `start` and `end` span the whole definition; `term_at` spans the term without its marks.
    """

    term: str
    term_at: Span
    start: int
    end: int
    how: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRule:
    """Words that say whom law binds or does not: `kind` is applies, exempt or actor.

    `of` is the unit whose scope it is (section, chapter, act ...). `binds` spans the words naming
    who is bound or exempt. `sector` is government, licensee, insurer ... where the rule is for
    that sector alone, and empty where it is for anybody.
    """

    kind: str
    of: str
    start: int
    end: int
    binds: Span
    path: tuple[str, ...] = ()
    actor_class: str = ""
    sector: str = ""
    thresholds: tuple[Quantity, ...] = ()
