"""Saved answers: the JSON of each, as it was shown."""

from __future__ import annotations

import sqlite3

from typing_extensions import override

from pincite.library.kept import SavedBodies, SavedBody
from pincite.library.store import transaction


class SavedAnswers(SavedBodies):
    """The answers of one workspace, kept beside the library."""

    _table = "answers"

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

    def of_second(self, second: str) -> tuple[SavedBody, ...]:
        """The answers to what was asked in this second (`2026-11-21T10:00:00`)."""
        return self._where("AND substr(asked_at, 1, 19) = ? ORDER BY asked_at DESC, id", second)

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

    @override
    def _remove(self, saved_id: str) -> int:
        self._db.execute(
            "UPDATE watches SET last_answer = NULL WHERE workspace = ? AND last_answer = ?",
            (self._workspace, saved_id),
        )
        return super()._remove(saved_id)
