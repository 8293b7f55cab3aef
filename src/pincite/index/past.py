"""The words of law that a pack no longer holds: a small index beside that of what it holds.

It lies in the pack's index directory and comes, moves and goes with it. A version that is closed
never opens again, so that it only grows: an update shares its files and adds what it closed.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from pincite.index.directories import LITTLE_MEMORY_MB, share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pincite.law.section import Section

_NOTE = "past.json"


def past_directory(index: Path) -> Path:
    """Where the words of what the pack with this index directory no longer holds are."""
    return index / "past"


def past_size(index: Path) -> int:
    """How many versions stand there, as it says itself; none where it cannot be read."""
    return _note(index)[0]


def past_until(index: Path) -> date | None:
    """The latest day before which any of them was law by its own dates."""
    return _note(index)[1]


def add_past(index: Path, before: Path | None, closed: Iterable[tuple[int, Section]]) -> None:
    """Put into a new index what stands in the past of the index `before`, and `closed`."""
    from pincite.index.lexical import LexicalWriter

    directory = past_directory(index)
    count, until = 0, None
    if before is not None and past_directory(before).is_dir():
        count, until = _note(before)
        share(past_directory(before), directory)
    writer: LexicalWriter | None = None
    try:
        for key, section in closed:
            if writer is None:
                writer = LexicalWriter(directory, memory_mb=LITTLE_MEMORY_MB)
            writer.add(key, section)
            count += 1
            end = section.validity.end
            until = end if until is None or (end is not None and end > until) else until
        if writer is not None:
            writer.commit()
    finally:
        if writer is not None:
            writer.close()
    if count:
        note = {"count": count, "until": None if until is None else until.isoformat()}
        (directory / _NOTE).write_text(json.dumps(note), "utf-8")


def _note(index: Path) -> tuple[int, date | None]:
    try:
        note = json.loads((past_directory(index) / _NOTE).read_text("utf-8"))
        until = note["until"]
        return int(note["count"]), None if until is None else date.fromisoformat(until)
    except (OSError, ValueError, KeyError, TypeError):
        # Not there, or nobody knows what is: the next update builds it whole.
        return 0, None
