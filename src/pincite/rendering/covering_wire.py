"""A policy held against law, as the JSON of `covering_json` is described."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuoteWire(_Wire):
    """Words cut from a stored text: offsets in code points."""

    section: str
    pinpoint: str
    start: int
    end: int
    quote: str


class RequirementWire(QuoteWire):
    citation: str
    leads: list[QuoteWire]


class PassageWire(QuoteWire):
    citation: str
    heading: str
    pages: str


class DifferenceWire(_Wire):
    kind: Literal["number", "no_number", "force", "polarity", "words"]
    law: list[str]
    policy: list[str]
    detail: str


class CoveredWire(_Wire):
    """Something that the law requires, and what the policies say of it."""

    verdict: Literal["covered", "differs", "not_found"]
    kind: Literal["duty", "prohibition", "deadline", "content"]
    law: RequirementWire
    policy: list[PassageWire]
    differences: list[DifferenceWire]
    likeness: float


class CoveringWire(_Wire):
    """Each requirement of the law that was named, with both sides quoted."""

    schema_version: Literal[1]
    as_of: str
    laws: list[dict[str, Any]]
    policies: list[dict[str, Any]]
    counts: dict[str, int]
    items: list[CoveredWire]
    notes: list[str]
    model: str | None
