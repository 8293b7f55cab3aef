"""What a workspace keeps beside the library: its file, and bodies of JSON as they were shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from pincite.library.store import ANSWERS, StoreFile, open_file, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEFAULT_WORKSPACE = "default"  # the single user's
_COLUMNS = "id, question, asked_at, body, sha256"


class Kept:
    """The open file of what workspaces keep, for one of them; those of others are not seen."""

    _file: ClassVar[StoreFile] = ANSWERS

    def __init__(self, home: Path, *, workspace: str = DEFAULT_WORKSPACE) -> None:
        self._db = open_file(home, self._file, create=True)
        self._workspace = workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()


@dataclass(frozen=True, slots=True)
class SavedBody:
    """`body` is the JSON of what was shown, to the byte; `sha256` is of its UTF-8 bytes."""

    id: str
    question: str
    asked_at: datetime
    body: str
    sha256: str


class SavedBodies(Kept):
    """What was shown to one workspace, of one kind: each kind has its table."""

    _table: ClassVar[str]

    def save(self, *, question: str, asked_at: datetime, body: str) -> SavedBody:
        """Keep it; its id is the start of the hash of its JSON, so saving twice is once."""
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        saved = SavedBody(sha256[:16], question, asked_at, body, sha256)
        with transaction(self._db):
            self._db.execute(
                f"INSERT OR IGNORE INTO {self._table} (workspace, {_COLUMNS}) "  # noqa: S608 -- ours
                "VALUES (?, ?, ?, ?, ?, ?)",
                (self._workspace, saved.id, question, asked_at.isoformat(), body, sha256),
            )
        return saved

    def get(self, saved_id: str) -> SavedBody | None:
        found = self._where("AND id = ?", saved_id)
        return found[0] if found else None

    def all(self) -> tuple[SavedBody, ...]:
        """Every one of the workspace, the newest first."""
        return self._where("ORDER BY asked_at DESC, id")

    def recent(self, limit: int) -> tuple[tuple[str, str, datetime], ...]:
        """The id, question and time of those kept last, the newest first; no body is read."""
        rows = self._db.execute(
            f"SELECT id, question, asked_at FROM {self._table} WHERE workspace = ? "  # noqa: S608
            "ORDER BY asked_at DESC, id LIMIT ?",
            (self._workspace, limit),
        )
        return tuple((row[0], row[1], datetime.fromisoformat(row[2])) for row in rows)

    def workspaces(self) -> tuple[str, ...]:
        """Every workspace that keeps any: for who has the files, and for nobody else."""
        rows = self._db.execute(
            f"SELECT DISTINCT workspace FROM {self._table} ORDER BY workspace"  # noqa: S608
        )
        return tuple(name for (name,) in rows)

    def remove(self, ids: Iterable[str]) -> int:
        """Delete these; how many there were. `SavedAnswers.purge` empties the file of them."""
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            return sum(map(self._remove, ids))

    def _remove(self, saved_id: str) -> int:
        return self._db.execute(
            f"DELETE FROM {self._table} WHERE workspace = ? AND id = ?",  # noqa: S608
            (self._workspace, saved_id),
        ).rowcount

    def _where(self, condition: str, *values: str) -> tuple[SavedBody, ...]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM {self._table} WHERE workspace = ? {condition}",  # noqa: S608
            (self._workspace, *values),
        )
        return tuple(
            SavedBody(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4])
            for row in rows
        )
