"""Saved answers: the JSON of each, as it was shown."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from pincite.library.store import ANSWERS, open_file, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEFAULT_WORKSPACE = "default"  # the single user's


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """`body` is the answer's JSON, to the byte; `sha256` is of its UTF-8 bytes."""

    id: str
    question: str
    asked_at: datetime
    body: str
    sha256: str


class SavedAnswers:
    """The answers of one workspace, kept beside the library; those of others are not seen."""

    def __init__(self, home: Path, *, workspace: str = DEFAULT_WORKSPACE) -> None:
        self._db = open_file(home, ANSWERS, create=True)
        self._workspace = workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def save(self, *, question: str, asked_at: datetime, body: str) -> SavedAnswer:
        """Keep the answer; its id is the start of the hash of its JSON, so saving twice is once."""
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        saved = SavedAnswer(sha256[:16], question, asked_at, body, sha256)
        with transaction(self._db):
            self._db.execute(
                "INSERT OR IGNORE INTO answers (workspace, id, question, asked_at, body, sha256) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (self._workspace, saved.id, question, asked_at.isoformat(), body, sha256),
            )
        return saved

    def get(self, answer_id: str) -> SavedAnswer | None:
        row = self._db.execute(
            "SELECT id, question, asked_at, body, sha256 FROM answers "
            "WHERE workspace = ? AND id = ?",
            (self._workspace, answer_id),
        ).fetchone()
        return None if row is None else _saved(row)

    def all(self) -> tuple[SavedAnswer, ...]:
        """Every saved answer, the newest first."""
        rows = self._db.execute(
            "SELECT id, question, asked_at, body, sha256 FROM answers WHERE workspace = ? "
            "ORDER BY asked_at DESC, id",
            (self._workspace,),
        )
        return tuple(_saved(row) for row in rows)

    def recent(self, limit: int) -> tuple[tuple[str, str, datetime], ...]:
        """The id, question and time of the answers kept last, the newest first; no body is read."""
        rows = self._db.execute(
            "SELECT id, question, asked_at FROM answers WHERE workspace = ? "
            "ORDER BY asked_at DESC, id LIMIT ?",
            (self._workspace, limit),
        )
        return tuple((row[0], row[1], datetime.fromisoformat(row[2])) for row in rows)

    def listed(
        self, limit: int, *, after: tuple[str, str] | None = None
    ) -> tuple[tuple[str, str, str, str], ...]:
        """Id, question, time and hash, the newest first; `after` is the time and id to go on from.

        No body is read. The time is as it is stored, so that it can be given back as `after`.
        """
        begin = "" if after is None else "AND (asked_at < ? OR (asked_at = ? AND id > ?)) "
        values = () if after is None else (after[0], *after)
        rows = self._db.execute(
            "SELECT id, question, asked_at, sha256 FROM answers WHERE workspace = ? "  # noqa: S608 -- fixed words
            f"{begin}ORDER BY asked_at DESC, id LIMIT ?",
            (self._workspace, *values, limit),
        )
        return tuple((row[0], row[1], row[2], row[3]) for row in rows)

    def of_second(self, second: str) -> tuple[SavedAnswer, ...]:
        """The answers to what was asked in this second (`2026-11-21T10:00:00`)."""
        rows = self._db.execute(
            "SELECT id, question, asked_at, body, sha256 FROM answers "
            "WHERE workspace = ? AND substr(asked_at, 1, 19) = ? ORDER BY asked_at DESC, id",
            (self._workspace, second),
        )
        return tuple(_saved(row) for row in rows)

    def workspaces(self) -> tuple[str, ...]:
        """Every workspace that keeps any answer: for who has the files, and for nobody else."""
        rows = self._db.execute("SELECT DISTINCT workspace FROM answers ORDER BY workspace")
        return tuple(name for (name,) in rows)

    def remove(self, answers: Iterable[str]) -> int:
        """Delete these answers; how many there were. `purge` takes their text out of the file."""
        self._db.execute("PRAGMA secure_delete = ON")
        count = 0
        with transaction(self._db):
            for one in answers:
                whose = (self._workspace, one)
                self._db.execute(
                    "UPDATE watches SET last_answer = NULL WHERE workspace = ? AND last_answer = ?",
                    whose,
                )
                count += self._db.execute(
                    "DELETE FROM answers WHERE workspace = ? AND id = ?", whose
                ).rowcount
        return count

    def remove_watches(self) -> None:
        """Delete every watch of the workspace."""
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            self._db.execute("DELETE FROM watches WHERE workspace = ?", (self._workspace,))

    def purge(self) -> bool:
        """Rewrite the file and empty its log, so that nothing deleted is left in either.

        Whether that was possible: a reader of another process may keep the log in use.
        """
        try:
            self._db.execute("VACUUM")
            return not self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:  # locked for longer than we wait
            return False


def _saved(row: tuple[str, str, str, str, str]) -> SavedAnswer:
    return SavedAnswer(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4])
