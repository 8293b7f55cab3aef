"""One writer at a time: a file lock that the system lets go of when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pincite.errors import LibraryBusy, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

NAME = "library.lock"
HOLDER = "library.lock.holder"
_STEP_SECONDS = 0.1


@contextmanager
def writing(
    home: Path,
    what: str,
    *,
    now: datetime,
    wait_seconds: float = 0.0,
    waiting: Callable[[str], None] = lambda _: None,
) -> Iterator[None]:
    """Hold the library's write lock. Raises LibraryBusy, naming the holder, after the wait.

    `waiting` is told once, in words, if there is somebody to wait for.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(home / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LibraryError(f"{home} cannot be written to ({error})") from error
    try:
        _wait_for(handle, home, wait_seconds, waiting)
        # Beside the lock, not in it: on Windows nobody else can read a locked file.
        holder = home / HOLDER
        holder.write_text(
            f"{what} (process {os.getpid()}, since {now.isoformat(timespec='seconds')})"
        )
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink()
            _unlock(handle)
    finally:
        os.close(handle)


def _wait_for(handle: int, home: Path, seconds: float, waiting: Callable[[str], None]) -> None:
    deadline = time.monotonic() + seconds
    told = False
    while not _try_lock(handle):
        if time.monotonic() >= deadline:
            raise LibraryBusy(
                f"another process is writing to the library: {_holder(home)}; try again later"
            )
        if not told:
            waiting(f"waiting for another process: {_holder(home)}")
            told = True
        time.sleep(_STEP_SECONDS)


def _holder(home: Path) -> str:
    try:
        return (home / HOLDER).read_text() or "not known which"
    except OSError:
        return "not known which"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
