"""Watches and marks: questions that are asked again, and saved answers whose law has changed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pincite.library.kept import Kept
from pincite.library.store import transaction
from pincite.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.watching import Became

_SELECT = (
    "SELECT id, question, settings, created_at, last_run_at, last_answer FROM watches "
    "WHERE workspace = ?"
)


class SavedWatches(Kept):
    """The watches and marks of one workspace; those of others are not seen."""

    def add(
        self,
        question: str,
        *,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        webhook: str = "",
        created_at: datetime,
    ) -> Watch:
        """Keep the watch. One with the same question, places and facts is that watch again."""
        asked = {"jurisdictions": list(jurisdictions), "facts": list(facts)}
        key = json.dumps([question, asked], ensure_ascii=False, sort_keys=True)
        identifier = hashlib.sha256(key.encode()).hexdigest()[:10]
        settings = json.dumps(asked | {"webhook": webhook}, ensure_ascii=False)
        with transaction(self._db):
            self._db.execute(
                "INSERT INTO watches (workspace, id, question, settings, created_at) "
                "VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (workspace, id) DO UPDATE SET settings = excluded.settings",
                (self._workspace, identifier, question, settings, created_at.isoformat()),
            )
        found = self.get(identifier)
        if found is None:
            raise AssertionError("a watch that was kept is there")
        return found

    def get(self, watch_id: str) -> Watch | None:
        row = self._db.execute(f"{_SELECT} AND id = ?", (self._workspace, watch_id)).fetchone()
        return None if row is None else _watch(row)

    def all(self) -> tuple[Watch, ...]:
        """Every watch, the oldest first."""
        rows = self._db.execute(f"{_SELECT} ORDER BY created_at, id", (self._workspace,))
        return tuple(_watch(row) for row in rows)

    def remove(self, watch_id: str) -> bool:
        with transaction(self._db):
            return bool(
                self._db.execute(
                    "DELETE FROM watches WHERE workspace = ? AND id = ?",
                    (self._workspace, watch_id),
                ).rowcount
            )

    def ran(self, watch_id: str, *, at: datetime, answer: str) -> None:
        """Note that the watch was asked, and the answer that now stands for it."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE watches SET last_run_at = ?, last_answer = ? "
                "WHERE workspace = ? AND id = ?",
                (at.isoformat(), answer, self._workspace, watch_id),
            )

    def mark(
        self, marks: Mapping[str, Iterable[tuple[str, Became]]], *, noted_at: datetime
    ) -> None:
        """Set the marks of these answers, by section; answers without changes lose theirs.

        A mark that was there keeps the time at which it was first noted.
        """
        with transaction(self._db):
            for answer, changes in marks.items():
                now = {section: became.value for section, became in changes}
                self._db.execute(
                    "DELETE FROM marks WHERE workspace = ? AND answer = ? "
                    "AND section NOT IN (SELECT value FROM json_each(?))",
                    (self._workspace, answer, json.dumps(list(now))),
                )
                self._db.executemany(
                    "INSERT INTO marks (workspace, answer, section, became, noted_at) "
                    "SELECT ?, ?, ?, ?, ? WHERE EXISTS "
                    "(SELECT 1 FROM answers WHERE workspace = ?1 AND id = ?2) "
                    "ON CONFLICT DO UPDATE SET became = excluded.became",
                    [
                        (self._workspace, answer, section, became, noted_at.isoformat())
                        for section, became in now.items()
                    ],
                )

    def marks(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """By answer, the cited sections that have changed since, each with what became of it."""
        rows = self._db.execute(
            "SELECT answer, section, became FROM marks WHERE workspace = ? "
            "ORDER BY answer, section",
            (self._workspace,),
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for answer, section, became in rows:
            found.setdefault(answer, []).append((section, became))
        return {answer: tuple(changes) for answer, changes in found.items()}


def _watch(row: Sequence[Any]) -> Watch:
    identifier, question, settings, created_at, last_run_at, last_answer = row
    told = json.loads(settings)
    return Watch(
        id=identifier,
        question=question,
        jurisdictions=tuple(told.get("jurisdictions", ())),
        facts=tuple(told.get("facts", ())),
        webhook=told.get("webhook", ""),
        created_at=datetime.fromisoformat(created_at),
        last_run_at=None if last_run_at is None else datetime.fromisoformat(last_run_at),
        last_answer=last_answer,
    )
