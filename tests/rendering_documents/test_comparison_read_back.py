"""A saved comparison read back is the comparison that was saved."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pincite import Assistant, Settings
from pincite.rendering.comparison_from_wire import comparison_from_wire
from pincite.rendering.comparison_wire import ComparisonWire, comparison_json
from pincite.sample import PACKS, sample_packs

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_reading_back_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path / "home", packs=str(sample_packs(tmp_path / "packs")), vectors=False
    )
    helper = Assistant(settings, now=NOON)
    helper.add(PACKS)
    question = "How soon must a business give notice of a breach of security?"
    made = asyncio.run(helper.compare(question, ["FR", "MO"], as_of=NOON.date(), facts=["insurer"]))
    body = comparison_json(made)
    again = comparison_from_wire(ComparisonWire.model_validate_json(body))
    assert comparison_json(again) == body
    assert (again.rows, again.columns) == (made.rows, made.columns)
    assert any(row.found for row in again.rows)
