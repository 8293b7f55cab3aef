"""Writes that came with a key: a write that is sent again makes nothing anew."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from pincite.library.store import StoreFile, open_file, transaction

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

REQUESTS = StoreFile("requests.db", "requests.sql", 1)
_KEPT_SECONDS = 24 * 3600
# A process that dies while it answers leaves its request as running; it may be sent again then.
_RUNS_SECONDS = 900


class Before(StrEnum):
    """What is known of a key: nothing, that it runs, what it made, or that it was for another."""

    NOTHING = "nothing"
    RUNNING = "running"
    MADE = "made"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Begun:
    """`made` is the id of what the first such request made, where it has come to its end."""

    before: Before
    made: str = ""


class KeyedRequests:
    """The keys of one workspace, for a day."""

    def __init__(self, home: Path, *, workspace: str) -> None:
        self._db = open_file(home, REQUESTS, create=True)
        self._workspace = workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def begin(self, key: str, sha256: str, *, now: datetime) -> Begun:
        """Begin the request, unless it was begun before."""
        at = int(now.timestamp())
        with transaction(self._db):
            self._db.execute("DELETE FROM requests WHERE begun_at < ?", (at - _KEPT_SECONDS,))
            row = self._db.execute(
                "SELECT sha256, made, begun_at FROM requests WHERE workspace = ? AND key = ?",
                (self._workspace, key),
            ).fetchone()
            if row is not None and row[0] != sha256:
                return Begun(Before.OTHER)
            if row is not None and row[1] is not None:
                return Begun(Before.MADE, row[1])
            if row is not None and row[2] > at - _RUNS_SECONDS:
                return Begun(Before.RUNNING)
            self._db.execute(
                "INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, NULL)",
                (self._workspace, key, sha256, at),
            )
        return Begun(Before.NOTHING)

    def end(self, key: str, made: str | None) -> None:
        """Keep what it made; `None` forgets the key, so that the request may be tried again."""
        with transaction(self._db):
            if made is None:
                self._db.execute(
                    "DELETE FROM requests WHERE workspace = ? AND key = ? AND made IS NULL",
                    (self._workspace, key),
                )
            else:
                self._db.execute(
                    "UPDATE requests SET made = ? WHERE workspace = ? AND key = ?",
                    (made, self._workspace, key),
                )
