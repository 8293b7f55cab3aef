"""The library's files: older ones are brought up, newer ones refused, the cache kept apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import LibraryError, LibraryOutdated
from pincite.library import Library
from pincite.library.answers import SavedAnswers
from pincite.library.store import ANSWERS, CACHE, LAW, open_file
from pincite.library.vectors import PassageVector, VectorCache

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("file", [LAW, ANSWERS, CACHE], ids=lambda file: file.name)
def test_a_file_of_a_newer_release_is_refused_and_left_alone(tmp_path: Path, file: Any) -> None:
    with closing(sqlite3.connect(tmp_path / file.name)) as connection:
        connection.execute("CREATE TABLE law (text)")
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryOutdated, match=r"schema 99.*newer release"):
        open_file(tmp_path, file, create=True)
    with closing(sqlite3.connect(tmp_path / file.name)) as connection:
        assert connection.execute("SELECT count(*) FROM law").fetchone() == (0,)


def test_a_file_that_is_no_database_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / LAW.name).write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryError, match=r"library\.db"):
        Library.open(tmp_path)


def test_a_file_whose_making_was_broken_off_is_finished(tmp_path: Path) -> None:
    (tmp_path / LAW.name).touch()
    with Library.open(tmp_path) as library:
        assert library.packs() == ()


def test_a_saved_answer_comes_back_to_the_byte(tmp_path: Path) -> None:
    body = '{"text": "“§ 5”\\n"}'
    with SavedAnswers(tmp_path) as answers:
        saved = answers.save(question="May I?", asked_at=NOW, body=body)
        assert answers.save(question="May I?", asked_at=NOW, body=body) == saved
    with SavedAnswers(tmp_path) as answers:
        assert answers.get(saved.id) == saved
        assert answers.all() == (saved,)
        assert answers.get("none") is None
    assert saved.body == body


def test_an_answer_can_be_saved_while_a_pack_is_being_written(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    franklin.install()
    with closing(sqlite3.connect(franklin.home / LAW.name)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with SavedAnswers(franklin.home) as answers:
            assert answers.save(question="May I?", asked_at=NOW, body="{}").id


def test_vectors_are_found_by_model_and_text(tmp_path: Path) -> None:
    one, two = "1a" * 32, "2b" * 32
    vectors = [PassageVector(one, 40, 90, b"\x02"), PassageVector(one, 0, 40, b"\x01")]
    with VectorCache(tmp_path) as cache:
        cache.put("small", vectors)
        cache.put("small", vectors)
        cache.put("large", [PassageVector(two, 0, 4, b"\x03")])
        assert cache.get("small", [one, two, one]) == {one: (vectors[1], vectors[0])}
        assert cache.get("large", [one]) == {}
        assert cache.get("small", []) == {}


def test_a_cache_that_is_busy_lets_vectors_go(tmp_path: Path) -> None:
    with VectorCache(tmp_path, wait_seconds=0.01) as cache:
        with closing(sqlite3.connect(tmp_path / CACHE.name)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            cache.put("small", [PassageVector("1a" * 32, 0, 4, b"\x03")])
        assert cache.get("small", ["1a" * 32]) == {}
