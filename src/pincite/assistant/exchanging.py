"""Two directories change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h


def exchange(fresh: Path, place: Path) -> None:
    """Put `fresh` at `place`; what was there is at `fresh` afterwards, if there was anything.

    On Linux it is one step (renameat2). Elsewhere there is a moment between two renames; a kill
    in it leaves the old directory under its name with `.before` at the end.
    """
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
    if not place.exists():
        fresh.rename(place)
    elif not _exchanged(fresh, place):
        before = place.with_name(f"{place.name}.before")
        place.rename(before)
        fresh.rename(place)
        before.rename(fresh)
    _sync(place.parent)


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = rename(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
    )
    return done == 0


def _sync(directory: Path) -> None:
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
