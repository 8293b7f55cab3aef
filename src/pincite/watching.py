"""Watches: questions that are asked again, what became of the law they rest on, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from pincite.change import SectionChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A question that is asked again. `last_answer` is the id of the answer that is held up to it.

    `webhook` is the address that is told of changes, or empty.
    """

    id: str
    question: str
    jurisdictions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    webhook: str = ""
    created_at: datetime
    last_run_at: datetime | None = None
    last_answer: str | None = None


class Became(StrEnum):
    """What became of a section that an answer cites."""

    AMENDED = "amended"
    RENUMBERED = "renumbered"
    REPEALED = "repealed"  # or reserved, expired, omitted: no longer law
    REMOVED = "removed"
    ADDED = "added"
    NOT_INSTALLED = "not_installed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChange:
    """A cited section and what became of it.

    `id` and `citation` are those of the answer. `change` has the section before and after, with the
    words that differ; it is `None` where nothing of it is installed any more. `touched` are those
    quotes of the answer whose own words changed.
    """

    id: str
    citation: str
    became: Became
    change: SectionChange | None = None
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A saved answer whose cited law has changed since it was given."""

    answer: str
    question: str
    asked_at: datetime
    changes: tuple[LawChange, ...]


class WatchOutcome(StrEnum):
    """What asking again gave."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One watch that was asked again.

    `law` is why: cited sections that changed, and new law that is now cited. `gone` and `new` are
    statements that the answer no longer makes and now makes. `currency` names codes with what they
    were and are current through. `causes` are reasons that are no change of law. `answer` is the id
    of the answer that now stands for the watch, `before` of the one that stood.
    """

    watch: Watch
    outcome: WatchOutcome
    law: tuple[LawChange, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    currency: tuple[tuple[str, str, str], ...] = ()
    causes: tuple[str, ...] = ()
    answer: str | None = None
    before: str | None = None
    abstained: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message to a webhook; `problem` is empty where it was taken."""

    url: str
    tries: int = 0
    status: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRun:
    """All watches asked again, the saved answers whose law has changed, and who was told."""

    ran_at: datetime
    as_of: date
    results: tuple[Watched, ...]
    marked: tuple[Mark, ...] = ()
    deliveries: tuple[Delivery, ...] = ()

    @property
    def changed(self) -> tuple[Watched, ...]:
        return tuple(one for one in self.results if one.outcome is WatchOutcome.CHANGED)

    @property
    def failed(self) -> bool:
        """Whether a watch could not be asked, or a webhook did not take its message."""
        return any(one.outcome is WatchOutcome.FAILED for one in self.results) or any(
            one.problem for one in self.deliveries
        )
