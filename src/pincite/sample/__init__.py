"""The invented State of Franklin: a small source of law that is always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.errors import SourceError, UsageError
from pincite.sample.law import SNAPSHOTS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PACKS", "SNAPSHOTS", "sample_packs"]

PACKS = ("us_fr_statutes", "us_fr_regulations")
"""The packs that the source offers."""


def sample_packs(into: Path, *, snapshot: int = 1) -> Path:
    """Write the packs of Franklin and their `index.json` into a directory, and return it.

    The directory is made where it is missing; `open_source(str(into))` offers the packs. The same
    snapshot gives the same bytes with the same release of pyarrow. Snapshot 2 is the law one
    session later. Raises UsageError for another snapshot, SourceError where nothing can be written.
    """
    from pincite.sample.pack import write_packs

    if snapshot not in SNAPSHOTS:
        known = " and ".join(str(number) for number in SNAPSHOTS)
        raise UsageError(f"there is no snapshot {snapshot} of Franklin; there are {known}")
    try:
        write_packs(into, snapshot)
    except OSError as error:
        raise SourceError(
            f"{into}: the packs of Franklin cannot be written here ({error}); "
            "give a directory that can be written to"
        ) from error
    return into
