"""Whether a server works with a home: nobody puts another home in its place meanwhile."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pincite.errors import LibraryBusy, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "serving.lock"


class Served:
    """Held by each process of a server while it lives, and let go of by the system."""

    def __init__(self, home: Path) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(home / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LibraryError(f"{home} cannot be written to ({error})") from error
        _lock(self._handle, alone=False)


def refuse_served(home: Path) -> None:
    """Raise LibraryBusy while a server works with this home."""
    if not (home / _NAME).exists():
        return
    handle = os.open(home / _NAME, os.O_RDWR)
    try:
        if not _lock(handle, alone=True):
            raise LibraryBusy(f"a server works with {home}; stop it first")
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _lock(handle: int, *, alone: bool) -> bool:  # noqa: ARG001
        # A directory whose files are open cannot be renamed there.
        return True

else:
    import fcntl

    def _lock(handle: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
