"""answers.db of an older release is brought up to date, with what it holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pincite.library.answers import SavedAnswers

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# The file as release 0.1.0 before workspaces wrote it.
FIRST = """
CREATE TABLE answers (id TEXT PRIMARY KEY, question TEXT NOT NULL, asked_at TEXT NOT NULL,
    body TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE watches (id TEXT PRIMARY KEY, question TEXT NOT NULL, settings TEXT NOT NULL,
    created_at TEXT NOT NULL, last_run_at TEXT, last_answer TEXT REFERENCES answers (id));
INSERT INTO answers VALUES ('a1', 'May I?', '2026-11-20T12:00:00+00:00', '{}', 'f00');
INSERT INTO watches VALUES ('w1', 'May I?', '{}', '2026-11-20T12:00:00+00:00', NULL, 'a1');
PRAGMA user_version = 1;
"""


def test_answers_of_the_first_schema_are_the_single_users(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        connection.executescript(FIRST)
    with SavedAnswers(tmp_path) as own:
        assert [answer.id for answer in own.all()] == ["a1"]
    with SavedAnswers(tmp_path, workspace="north") as other:
        assert other.all() == ()
        assert other.get("a1") is None
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        watches = connection.execute("SELECT workspace, id, last_answer FROM watches").fetchall()
    assert watches == [("default", "w1", "a1")]


def test_two_workspaces_keep_the_same_answer_apart(tmp_path: Path) -> None:
    for workspace in ("north", "south"):
        with SavedAnswers(tmp_path, workspace=workspace) as saved:
            saved.save(question="May I?", asked_at=NOON, body="{}")
            assert len(saved.all()) == 1
