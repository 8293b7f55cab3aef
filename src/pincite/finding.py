"""Findings: what is wrong with a row of law data, where, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """A serious finding makes a row unfit to answer from; a note is only worth knowing."""

    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"

    def reaches(self, least: Severity) -> bool:
        """Whether this is at least as grave as `least`."""
        order = tuple(Severity)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of one row.

    `id` stays the same from run to run as long as rule, pack, row and evidence do. `evidence` is
    an excerpt of what was found; with a span it is from `section.text[start:end]`, else both are
    `None`. `count` is how often it stands in the row.
    """

    id: str
    rule: str
    severity: Severity
    pack: str
    act_id: str
    identifier: str
    citation: str
    message: str
    evidence: str = ""
    start: int | None = None
    end: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """What the rules say of one pack. `ignored` counts findings that an ignore file excuses.

    `sections` is how many were read; `rules` has how many findings each rule that ran has.
    """

    pack: str
    sections: int
    findings: tuple[Finding, ...]
    rules: Mapping[str, int]
    ignored: int = 0
