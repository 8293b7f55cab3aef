"""Saved comparisons: the JSON of each, as it was shown."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Self

from pincite.library.answers import DEFAULT_WORKSPACE, SavedAnswer
from pincite.library.store import ANSWERS, open_file, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_COLUMNS = "id, question, asked_at, body, sha256"


class SavedComparisons:
    """The comparisons of one workspace, kept beside its answers; those of others are not seen."""

    def __init__(self, home: Path, *, workspace: str = DEFAULT_WORKSPACE) -> None:
        self._db = open_file(home, ANSWERS, create=True)
        self._workspace = workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def save(self, *, question: str, asked_at: datetime, body: str) -> str:
        """Keep it; its id is the start of the hash of its JSON, so saving twice is once."""
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        row = (self._workspace, sha256[:16], question, asked_at.isoformat(), body, sha256)
        with transaction(self._db):
            self._db.execute("INSERT OR IGNORE INTO comparisons VALUES (?, ?, ?, ?, ?, ?)", row)
        return sha256[:16]

    def get(self, comparison: str) -> SavedAnswer | None:
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM comparisons WHERE workspace = ? AND id = ?",  # noqa: S608
            (self._workspace, comparison),
        ).fetchone()
        return None if row is None else _saved(row)

    def all(self) -> tuple[SavedAnswer, ...]:
        """Every saved comparison, the newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM comparisons WHERE workspace = ? "  # noqa: S608
            "ORDER BY asked_at DESC, id",
            (self._workspace,),
        )
        return tuple(map(_saved, rows))

    def recent(self, limit: int) -> tuple[tuple[str, str, datetime], ...]:
        """The id, question and time of those kept last, the newest first; no body is read."""
        rows = self._db.execute(
            "SELECT id, question, asked_at FROM comparisons WHERE workspace = ? "
            "ORDER BY asked_at DESC, id LIMIT ?",
            (self._workspace, limit),
        )
        return tuple((row[0], row[1], datetime.fromisoformat(row[2])) for row in rows)

    def workspaces(self) -> tuple[str, ...]:
        """Every workspace that keeps any: for who has the files, and for nobody else."""
        rows = self._db.execute("SELECT DISTINCT workspace FROM comparisons ORDER BY workspace")
        return tuple(name for (name,) in rows)

    def remove(self, comparisons: Iterable[str]) -> int:
        """Delete these; how many there were. `SavedAnswers.purge` takes them out of the file."""
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            return sum(
                self._db.execute(
                    "DELETE FROM comparisons WHERE workspace = ? AND id = ?",
                    (self._workspace, one),
                ).rowcount
                for one in comparisons
            )


def _saved(row: tuple[str, str, str, str, str]) -> SavedAnswer:
    return SavedAnswer(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4])
