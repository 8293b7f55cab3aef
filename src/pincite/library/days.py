"""Which version of a section was law on a day: by its dates, and by the snapshots that held it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.currency import current_date, is_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.law.section import Section


@dataclass(frozen=True, slots=True)
class Gone:
    """The snapshot that no longer had a version: its number, its currency, when it was taken."""

    snapshot: int
    current_through: str
    taken_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """A version, and which snapshot no longer had it: `None` while its pack does."""

    section: Section
    gone: Gone | None = None


def version_on(versions: Sequence[Held], day: date) -> Section | None:
    """The version that was law on the day; `None` where none was.

    A version with a first day goes before one without, and a later first day before an earlier.
    Of those that begin alike, the one counts that the pack held until it was current through a
    day after this one: it was law until then, so far as the pack tells. What went out while the
    currency stayed the same was a mistake of the pack's, and what went out of a pack that does
    not tell its currency may have been law until the day on which that was seen: either counts
    only where there is nothing else.
    """
    covering = [one for one in versions if one.section.validity.covers(day)]
    ranked = [(rank, one.section) for one in covering if (rank := _rank(one, day)) is not None]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(one: Held, day: date) -> tuple[bool, bool, str, int, int] | None:
    """How surely the version, whose dates cover the day, was law on it; `None`: it was not."""
    start, gone = one.section.validity.start, one.gone
    first = start is not None, "" if start is None else start.isoformat()
    if gone is None:
        return (True, *first, 1, 0)
    last = current_date(one.section.current_through)
    if last is not None and is_before(last, gone.current_through):
        if is_before(day, gone.current_through):
            return (True, *first, 2, -gone.snapshot)
    elif one.section.validity.end is None:
        return (False, *first, 0, gone.snapshot) if day < gone.taken_on else None
    return None if one.section.validity.end is None else (True, *first, 0, gone.snapshot)
