"""A new snapshot of a pack opens what is new, closes what is gone and leaves the rest alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pincite.index.build import Outcome
from pincite.index.lexical import LexicalIndex
from pincite.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def test_only_what_changed_gets_a_new_version(franklin: Any) -> None:
    rows = franklin.rows(100)
    franklin.write(rows)
    franklin.install()
    keys = _keys(franklin.home)
    rows[10] = rows[10] | {"text": "Wholly new words."}
    del rows[20]
    rows.append(franklin.row("7-7-7", "An added section."))
    franklin.write(rows)
    result = franklin.install()
    assert result.outcome is Outcome.UPDATED
    change = result.change
    assert (change.added, change.changed, change.removed, change.unchanged) == (1, 1, 1, 98)
    assert result.sections == 100
    now = _keys(franklin.home)
    assert len(keys.items() & now.items()) == 98
    with Library.open(franklin.home) as library:
        changed = library.by_act_id(None, "us/fr/statutes/1-1-11")[0]
        assert changed.text == "Wholly new words."
        assert [section.text[:12] for section in library.versions(changed.id)] == [
            "(a) The " + rows_word(franklin, 10),
            "Wholly new w",
        ]
        assert library.by_act_id(None, "us/fr/statutes/1-2-1") == ()
        assert library.packs()[0].sections == 100
        assert LexicalIndex(library.packs()[0].index).size == 100


def rows_word(franklin: Any, index: int) -> str:
    return franklin.rows(index + 1)[index]["text"][8:12]


def test_a_section_that_was_dropped_can_still_be_read_as_it_was(franklin: Any) -> None:
    rows = franklin.rows(3)
    franklin.write(rows)
    franklin.install()
    with Library.open(franklin.home) as library:
        gone = library.by_act_id(None, "us/fr/statutes/1-1-3")[0]
        franklin.write(rows[:2])
        franklin.install()
        assert library.section(gone.id) is not None
        assert library.key_of(gone.id) is None
        assert gone not in library.document(gone.document)


def test_another_order_of_the_rows_is_no_change_of_the_law(franklin: Any) -> None:
    rows = franklin.rows(50)
    franklin.write(rows)
    franklin.install()
    keys = _keys(franklin.home)
    franklin.write(list(reversed(rows)))
    change = franklin.install().change
    assert (change.added, change.changed, change.removed, change.unchanged) == (0, 0, 0, 50)
    assert _keys(franklin.home) == keys
    with Library.open(franklin.home) as library:
        first = library.by_act_id(None, "us/fr/statutes/1-1-1")[0]
        after = library.neighbours(library.by_act_id(None, "us/fr/statutes/1-1-2")[0].id).after
        assert after is not None
        assert after.id == first.id


def test_a_new_currency_alone_makes_no_new_version(franklin: Any) -> None:
    rows = franklin.rows(50)
    franklin.write(rows)
    franklin.install()
    with Library.open(franklin.home) as library:
        index = library.packs()[0].index
    franklin.write([row | {"current_through": "2027 session"} for row in rows])
    change = franklin.install().change
    assert (change.changed, change.unchanged) == (0, 50)
    with Library.open(franklin.home) as library:
        # The words are the same: the index stays.
        assert library.packs()[0].index == index
        assert library.packs()[0].current_through == "2027 session"
        section = library.by_act_id(None, "us/fr/statutes/1-1-1")[0]
        assert section.current_through == "2027 session"


def test_a_corrected_link_makes_no_new_version(franklin: Any) -> None:
    rows = franklin.rows(10)
    franklin.write(rows)
    franklin.install()
    keys = _keys(franklin.home)
    rows[4]["source_url"] = "https://law.franklin.example/1-1-5"
    franklin.write(rows)
    change = franklin.install().change
    assert (change.added, change.changed, change.removed, change.unchanged) == (0, 0, 0, 10)
    assert _keys(franklin.home) == keys
    with Library.open(franklin.home) as library:
        section = library.by_act_id(None, "us/fr/statutes/1-1-5")[0]
        assert section.url == "https://law.franklin.example/1-1-5"


def test_a_text_that_comes_back_is_a_third_version(franklin: Any) -> None:
    row = franklin.row("1-1-1", "One.")
    for text in ("One.", "Two.", "One."):
        franklin.write([row | {"text": text}])
        franklin.install()
    with Library.open(franklin.home) as library:
        identifier = library.by_act_id(None, "us/fr/statutes/1-1-1")[0].id
        assert [section.text for section in library.versions(identifier)] == [
            "One.",
            "Two.",
            "One.",
        ]
        section = library.section(identifier)
        assert section is not None
        assert section.text == "One."


def test_an_updated_library_equals_a_clean_one(franklin: Any, tmp_path: Path) -> None:
    franklin.write(franklin.rows(60))
    franklin.install()
    rows = franklin.rows(60, edition="second")
    rows[5:30] = franklin.rows(30)[5:30]
    franklin.write(rows)
    franklin.install()
    clean = type(franklin)(franklin.packs, tmp_path / "clean")
    clean.install()
    with Library.open(franklin.home) as one, Library.open(clean.home) as two:
        assert one.digest() == two.digest()
        for number in range(60):
            act = f"us/fr/statutes/1-{number // 20 + 1}-{number % 20 + 1}"
            assert one.by_act_id(None, act) == two.by_act_id(None, act)


def test_the_old_index_goes_when_the_new_one_is_there(franklin: Any) -> None:
    franklin.write(franklin.rows(20))
    franklin.install()
    with Library.open(franklin.home) as library:
        reader = LexicalIndex(library.packs()[0].index)
        franklin.write(franklin.rows(25))
        franklin.install()
        (directory,) = (franklin.home / "index").iterdir()
        assert library.packs()[0].index == directory
        # A reader that had the old one open goes on with it.
        assert reader.size == 20


def _keys(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "library.db")) as connection:
        rows = connection.execute("SELECT act_id, key FROM sections WHERE seen_to IS NULL")
        return dict(rows.fetchall())
