"""The corpus that every peer reads: its jurisdictions, their sections, their vectors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def places(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.iterdir() if path.is_dir())


def rows(place: Path) -> Iterator[dict[str, str]]:
    with (place / "rows.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def words(row: dict[str, str]) -> str:
    """A section as one text, for a peer that knows no fields."""
    return f"{row['heading']}\n{row['text']}"
