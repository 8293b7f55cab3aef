"""Codes: bodies of law, each with one form of citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.law.section import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a jurisdiction. `slug` stands in identifiers: `rsmo` in `/us-mo/rsmo/s407.1500`.

    `short` is what the jurisdiction's own lawyers call it (`RSMo`); it may equal `name`.
    """

    slug: str
    jurisdiction: str
    kind: Kind
    name: str
    short: str
