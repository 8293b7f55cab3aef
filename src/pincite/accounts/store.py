"""accounts.db, audit.db and workspaces.db: one connection a process, one writer at a time."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from pincite.library.store import StoreFile, open_file, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNTS = StoreFile("accounts.db", "accounts.sql", 1, "pincite.accounts")
AUDIT = StoreFile("audit.db", "audit.sql", 1, "pincite.accounts")
KEPT = StoreFile("workspaces.db", "workspaces.sql", 1, "pincite.accounts")


class Store:
    """One of the files, for several threads: reads and writes wait for each other."""

    def __init__(self, home: Path, file: StoreFile) -> None:
        path = home / file.name
        fresh = not path.exists()
        self._db = open_file(home, file, create=True)
        # What is deleted is overwritten with zeros, in the file and in its log.
        self._db.execute("PRAGMA secure_delete = ON")
        if fresh:
            path.chmod(0o600)
        self._guard = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._guard:
            self._db.close()

    def rows(self, statement: str, *values: object) -> list[Any]:
        with self._guard:
            return self._db.execute(statement, values).fetchall()

    def row(self, statement: str, *values: object) -> Any | None:  # noqa: ANN401 (as SQLite has it)
        with self._guard:
            return self._db.execute(statement, values).fetchone()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees and writes with no other writer in between."""
        with self._guard, transaction(self._db):
            yield self._db

    def purge(self) -> bool:
        """Rewrite the file without what was deleted, and empty its log.

        Whether that was possible: a reader of another process may keep the log in use.
        """
        with self._guard:
            try:
                self._db.execute("VACUUM")
                (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:  # locked for longer than we wait
                return False
            return not busy
