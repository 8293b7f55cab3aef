"""Failed logins: each makes the next one wait, whether or not there is such an account."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from pincite.accounts.store import Store

_FORGOTTEN_AFTER = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """So many failures are free; each further one doubles the wait, up to the longest."""

    free: int
    first_seconds: float
    longest_seconds: float

    def wait(self, failures: int) -> float:
        """Seconds from the last failure until the next attempt is heard."""
        if failures < self.free:
            return 0.0
        return min(self.first_seconds * 2.0 ** min(failures - self.free, 30), self.longest_seconds)


# From one address, a quarter of an hour at most. From everywhere together only half a minute: a
# stranger shall not be able to keep somebody out of their own account.
_HERE = Backoff(free=5, first_seconds=2.0, longest_seconds=900.0)
_EVERYWHERE = Backoff(free=20, first_seconds=1.0, longest_seconds=30.0)


class Attempts:
    """Counts attempts by name and address, and by name alone, in the file that workers share."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, name: str, address: str, *, now: datetime) -> float:
        """Count an attempt as failed beforehand, so that many at once gain nothing.

        Returns 0 if it may be made, else the seconds to wait, and then it is not counted.
        """
        at = now.timestamp()
        with self._store.writing() as db:
            db.execute("DELETE FROM attempts WHERE last_at < ?", (at - _FORGOTTEN_AFTER,))
            waits = [_left(db, who, backoff, at) for who, backoff in _keys(name, address)]
            if (longest := max(waits)) > 0:
                return longest
            for who, _ in _keys(name, address):
                db.execute(
                    "INSERT INTO attempts VALUES (?, 1, ?) ON CONFLICT (who) DO UPDATE SET "
                    "failures = failures + 1, last_at = excluded.last_at",
                    (who, at),
                )
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        with self._store.writing() as db:
            for who, _ in _keys(name, address):
                db.execute("DELETE FROM attempts WHERE who = ?", (who,))


def _left(db: sqlite3.Connection, who: str, backoff: Backoff, at: float) -> float:
    row = db.execute("SELECT failures, last_at FROM attempts WHERE who = ?", (who,)).fetchone()
    return 0.0 if row is None else max(0.0, row[1] + backoff.wait(row[0]) - at)


def _keys(name: str, address: str) -> tuple[tuple[str, Backoff], ...]:
    name = name.strip().lower()
    return (
        (hashlib.sha256(f"{name}\0{address}".encode()).hexdigest(), _HERE),
        (hashlib.sha256(name.encode()).hexdigest(), _EVERYWHERE),
    )
