"""The library's files: older ones are brought up, newer ones refused, the cache kept apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pincite.errors import LibraryError, LibraryOutdated
from pincite.library import Library
from pincite.library.answers import SavedAnswers
from pincite.library.store import ANSWERS, CACHE, LAW, open_file
from pincite.library.vectors import PassageVector, VectorCache

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


def test_a_library_of_the_first_schema_is_brought_up_with_everything_in_it(tmp_path: Path) -> None:
    _first_schema(tmp_path)
    with Library.open(tmp_path) as library:
        (pack,) = library.packs()
        assert (pack.name, pack.sections, pack.attribution) == (
            "us_fr_statutes",
            2,
            "The Franklin Reporter",
        )
        texts = [section.text for section in library.versions("/us-fr/fs/s1-2-3")]
        assert texts == ["The toll of a ferry is one crown.", "The toll of a ferry is two crowns."]
        section = library.section("/us-fr/fs/s1-2-4")
        assert section is not None
        assert section.document_name == "Chapter 1-2 Ferries"
        assert pack.codes == ("fs",)
        assert library.installed_codes() == {"fs"}
    with closing(sqlite3.connect(tmp_path / LAW.name)) as connection:
        sources = connection.execute("SELECT key, source FROM snapshots").fetchall()
        assert sources == [(1, ""), (2, "packs")]


def test_a_library_brought_up_has_the_schema_of_a_new_one(tmp_path: Path) -> None:
    _first_schema(tmp_path / "old")
    old = open_file(tmp_path / "old", LAW, create=False)
    new = open_file(tmp_path / "new", LAW, create=True)
    with closing(old), closing(new):
        assert _shape(old) == _shape(new)


def test_a_migration_that_is_broken_off_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first_schema(tmp_path)

    def broken(_file: object, _version: int) -> str:
        return "ALTER TABLE snapshots ADD COLUMN x TEXT; SELECT no_such_column;"

    monkeypatch.setattr("pincite.library.store._migration", broken)
    with pytest.raises(LibraryError, match="no_such_column"):
        Library.open(tmp_path)
    monkeypatch.undo()
    with Library.open(tmp_path) as library:
        assert library.section("/us-fr/fs/s1-2-4") is not None


def _first_schema(home: Path) -> None:
    home.mkdir(exist_ok=True)
    script = Path(__file__).with_name("old") / "library_0001.sql"
    with closing(sqlite3.connect(home / LAW.name)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))


def _shape(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Tables with their columns, indexes with theirs."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: [
            connection.execute(f"PRAGMA {pragma}({name})").fetchall()
            for pragma in ("table_info", "index_xinfo", "foreign_key_list")
        ]
        for (name,) in names
    }
