"""Rate limits: a bucket of tokens for each caller, in a file that all workers share."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pincite.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "limits.db"
_SWEPT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a minute for good."""

    burst: int
    a_minute: float

    @property
    def a_second(self) -> float:
        return self.a_minute / 60.0


class Buckets:
    """Token buckets. Nothing here must last: a loss of power may forget the last moments."""

    def __init__(self, home: Path) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                home / _NAME, timeout=10.0, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS buckets (who TEXT PRIMARY KEY, tokens REAL NOT NULL, "
                "at REAL NOT NULL, full_at REAL NOT NULL) WITHOUT ROWID"
            )
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"{home / _NAME} cannot be used ({error})") from error
        self._guard = threading.Lock()
        self._taken = 0

    def close(self) -> None:
        with self._guard:
            self._db.close()

    def take(self, who: str, rate: Rate, *, at: float) -> float:
        """Take a token: 0 if there was one, else the seconds until there is.

        `at` is the time in seconds; a clock that goes back gives nothing and takes nothing.
        """
        name = sha256(who.encode("utf-8", "replace")).hexdigest()
        with self._guard:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                wait = self._take(name, rate, at)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
        return wait

    def _take(self, name: str, rate: Rate, at: float) -> float:
        row = self._db.execute("SELECT tokens, at FROM buckets WHERE who = ?", (name,)).fetchone()
        tokens, last = (float(rate.burst), at) if row is None else row
        tokens = min(rate.burst, tokens + max(0.0, at - last) * rate.a_second)
        allowed = tokens >= 1.0
        wait = 0.0 if allowed else (1.0 - tokens) / rate.a_second
        left = tokens - 1.0 if allowed else tokens
        full_at = max(at, last) + (rate.burst - left) / rate.a_second
        self._db.execute(
            "INSERT OR REPLACE INTO buckets VALUES (?, ?, ?, ?)",
            (name, left, max(at, last), full_at),
        )
        self._taken += 1
        if self._taken % _SWEPT_EVERY == 0:
            # A full bucket is as good as none.
            self._db.execute("DELETE FROM buckets WHERE full_at < ?", (at,))
        return wait
