"""The doctor finds what is wrong with a library and mends what can be mended."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import LibraryMissing
from pincite.index.doctor import Trouble, examine
from pincite.index.lexical import LexicalIndex, Term, tokens
from pincite.library import Library

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def installed(franklin: Any) -> Any:
    franklin.write(franklin.rows(200))
    franklin.install()
    return franklin


def test_a_sound_library_has_no_problems(installed: Any) -> None:
    assert examine(installed.home, now=NOW, texts=True) == ()


def test_an_index_that_is_gone_is_built_again(installed: Any) -> None:
    shutil.rmtree(installed.home / "index")
    assert _troubles(installed) == [Trouble.NO_INDEX]
    assert [problem.mended for problem in examine(installed.home, now=NOW, fix=True)] == [True]
    assert examine(installed.home, now=NOW) == ()


def test_an_index_that_cannot_be_opened_is_built_again(installed: Any) -> None:
    (directory,) = (installed.home / "index").iterdir()
    (directory / "meta.json").write_text("{", encoding="utf-8")
    assert _troubles(installed) == [Trouble.BROKEN_INDEX]
    examine(installed.home, now=NOW, fix=True)
    assert examine(installed.home, now=NOW) == ()


def test_an_index_that_holds_another_number_of_sections_is_built_again(installed: Any) -> None:
    with closing(sqlite3.connect(installed.home / "library.db")) as connection, connection:
        connection.execute("DELETE FROM sections WHERE position = 7")
    assert _troubles(installed) == [Trouble.STALE_INDEX]
    examine(installed.home, now=NOW, fix=True)
    assert examine(installed.home, now=NOW) == ()


def test_a_rebuilt_index_ranks_alike(installed: Any) -> None:
    queries = ["ferry keeper", "ledger notice penalty", "miller charter", "harvest"]
    before = [_ranks(installed.home, query) for query in queries]
    shutil.rmtree(installed.home / "index")
    examine(installed.home, now=NOW, fix=True)
    assert [_ranks(installed.home, query) for query in queries] == before
    assert all(before)


def test_what_a_stopped_writer_left_is_found_and_removed(installed: Any) -> None:
    (installed.home / "index" / ".tmp-1-us_fr_statutes").mkdir()
    (installed.home / "index" / "us_xx_statutes-abc").mkdir()
    downloads = installed.home / "downloads"
    downloads.mkdir(exist_ok=True)
    (downloads / "us_xx_statutes.parquet.part").write_bytes(b"half")
    assert sorted(_troubles(installed)) == [
        Trouble.STRAY,
        Trouble.STRAY,
        Trouble.UNFINISHED_DOWNLOAD,
    ]
    examine(installed.home, now=NOW, fix=True)
    assert examine(installed.home, now=NOW) == ()


def test_a_text_that_was_changed_in_the_file_is_found_but_not_mended(installed: Any) -> None:
    with closing(sqlite3.connect(installed.home / "library.db")) as connection, connection:
        connection.execute("UPDATE sections SET text = text || '!' WHERE position = 7")
    assert _troubles(installed) == []
    (problem,) = examine(installed.home, now=NOW, fix=True, texts=True)
    assert (problem.trouble, problem.mended) == (Trouble.CHANGED_TEXT, False)
    assert problem.where.endswith("1-1-7")


def test_a_damaged_file_is_told_and_left_alone(installed: Any) -> None:
    path = installed.home / "library.db"
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    assert _troubles(installed) == [Trouble.DAMAGED_FILE]
    (problem,) = examine(installed.home, now=NOW, fix=True)
    assert not problem.mended
    assert path.read_bytes()[8192:8200] == b"\xff" * 8
    path.write_bytes(b"this is not a database at all, whatever its name says" * 100)
    assert _troubles(installed) == [Trouble.DAMAGED_FILE]


def test_where_there_is_no_library_the_doctor_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        examine(tmp_path, now=NOW)


def _troubles(franklin: Any) -> list[Trouble]:
    return [problem.trouble for problem in examine(franklin.home, now=NOW)]


def _ranks(home: Path, query: str) -> list[tuple[str, float]]:
    with Library.open(home) as library:
        index = LexicalIndex(library.packs()[0].index)
        hits = index.search([Term("text", token) for token in tokens(query)], limit=50)
        sections = library.by_keys(key for key, _ in hits)
        return [(sections[key].id, score) for key, score in hits]
