"""Where the libraries are that workspaces have for themselves, and how they are deleted."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.library.store import CACHE, LAW, open_file

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "workspaces"
_NAME = re.compile(r"[0-9a-z][0-9a-z-]{0,39}", re.ASCII)


def home_of(home: Path, workspace: str) -> Path:
    """Where a workspace's own library is. Raises UsageError for what is no workspace's name."""
    if not _NAME.fullmatch(workspace):
        raise UsageError(f"{workspace[:40]!r} is no name of a workspace")
    return home / FOLDER / workspace


def homes(home: Path) -> tuple[Path, ...]:
    """The own libraries of all workspaces: for who has the files."""
    return tuple(sorted(file.parent for file in home.glob(f"{FOLDER}/*/{LAW.name}")))


def purge(own: Path) -> bool:
    """Take what was removed out of the files of a workspace's library.

    Whether that was possible: somebody who reads at that moment may keep a log in use.
    """
    try:
        with closing(open_file(own, LAW, create=False)) as connection:
            whole = _rewritten(connection)
        with closing(open_file(own, CACHE, create=True)) as connection:
            connection.execute("DELETE FROM vectors")
            return _rewritten(connection) and whole
    except sqlite3.OperationalError:  # locked for longer than we wait
        return False


def forget(home: Path, workspace: str) -> None:
    """Delete all that a workspace put in for itself."""
    shutil.rmtree(home_of(home, workspace), ignore_errors=True)


def _rewritten(connection: sqlite3.Connection) -> bool:
    connection.execute("VACUUM")
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
