"""Changes of law data: which sections came, went, changed or moved, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.law.section import Section


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that became other words: `old[start:end]` became `new[new_start:new_end]`.

    Either side may be empty. Offsets count Unicode code points.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    old: str
    new: str


class ChangeKind(StrEnum):
    """What became of a section."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """A section before and after; `None` where there is none.

    `edits` are between the two texts, in order; `fields` name what else differs (heading, status,
    number, source note), each with its old and new value. `how` says how a renumbering is known.
    """

    kind: ChangeKind
    before: Section | None
    after: Section | None
    edits: tuple[Edit, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that differs between two states of law data, in the order of the newer one."""

    before: str
    after: str
    unchanged: int
    changes: tuple[SectionChange, ...]

    def of(self, kind: ChangeKind) -> tuple[SectionChange, ...]:
        return tuple(one for one in self.changes if one.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A section's versions with what changed from each to the next, the oldest first.

    `moved_to` and `moved_from` are identifiers of the sections that a renumbering names.
    """

    versions: tuple[Section, ...]
    steps: tuple[SectionChange, ...]
    moved_to: tuple[str, ...] = ()
    moved_from: tuple[str, ...] = ()
