"""Writes that came with a key: a write that is sent again makes nothing anew."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pincite.library.kept import Kept
from pincite.library.store import StoreFile, transaction

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

REQUESTS = StoreFile("requests.db", "requests.sql", 2)
_KEPT_SECONDS = 24 * 3600
# A process that dies while it answers leaves its request as running; it may be sent again then.
_RUNS_SECONDS = 900


def forget_replies(home: Path, workspace: str) -> bool:
    """Delete what a workspace's requests with a key were answered, where there are any."""
    if not (home / REQUESTS.name).is_file():
        return True
    with KeyedRequests(home, workspace=workspace) as requests:
        return requests.forget_replies()


class Before(StrEnum):
    """What is known of a key: nothing, that it runs, what it made, or that it was for another."""

    NOTHING = "nothing"
    RUNNING = "running"
    MADE = "made"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Begun:
    """`made` is the id of what the first such request made, where it has come to its end.

    `reply` is what was answered then, if that was kept and is not deleted.
    """

    before: Before
    made: str = ""
    reply: str | None = None


class KeyedRequests(Kept):
    """The keys of one workspace, for a day."""

    _file = REQUESTS

    def begin(self, key: str, sha256: str, *, now: datetime) -> Begun:
        """Begin the request, unless it was begun before."""
        at = int(now.timestamp())
        with transaction(self._db):
            self._db.execute("DELETE FROM requests WHERE begun_at < ?", (at - _KEPT_SECONDS,))
            row = self._db.execute(
                "SELECT sha256, made, begun_at, reply FROM requests "
                "WHERE workspace = ? AND key = ?",
                (self._workspace, key),
            ).fetchone()
            if row is not None and row[0] != sha256:
                return Begun(Before.OTHER)
            if row is not None and row[1] is not None:
                return Begun(Before.MADE, row[1], row[3])
            if row is not None and row[2] > at - _RUNS_SECONDS:
                return Begun(Before.RUNNING)
            self._db.execute(
                "INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, NULL, NULL)",
                (self._workspace, key, sha256, at),
            )
        return Begun(Before.NOTHING)

    def forget_replies(self) -> bool:
        """Delete what was answered, for good: something that it may repeat was deleted.

        The keys stay, so that no request is done again. Whether nothing is left in any file.
        """
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            self._db.execute(
                "UPDATE requests SET reply = NULL WHERE workspace = ?", (self._workspace,)
            )
        try:
            self._db.execute("VACUUM")
            return not self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:  # locked for longer than we wait
            return False

    def end(self, key: str, made: str | None, reply: str | None = None) -> None:
        """Keep what it made; `None` forgets the key, so that the request may be tried again."""
        with transaction(self._db):
            if made is None:
                self._db.execute(
                    "DELETE FROM requests WHERE workspace = ? AND key = ? AND made IS NULL",
                    (self._workspace, key),
                )
            else:
                self._db.execute(
                    "UPDATE requests SET made = ?, reply = ? WHERE workspace = ? AND key = ?",
                    (made, reply, self._workspace, key),
                )
