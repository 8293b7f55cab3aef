"""Installing packs, and reading what is installed."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import LibraryMissing
from pincite.index.build import Outcome, install, remove
from pincite.index.lexical import LexicalIndex, Term, tokens
from pincite.law.section import Kind, Status
from pincite.library import Library
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_what_was_installed_can_be_read_to_the_byte(franklin: Any) -> None:
    text = "(a)  Two  spaces, a\ttab, “quotes”, § 5–7\n\n  and white space at the end \n"
    franklin.write([franklin.row("1-2-3", text, source_note="[1890 c 4]")])
    result = franklin.install()
    assert (result.outcome, result.sections, result.skipped) == (Outcome.INSTALLED, 1, 0)
    with Library.open(franklin.home) as library:
        (found,) = library.by_act_id(None, "us/fr/statutes/1-2-3")
        assert found.text == text
        assert found.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert library.section(found.id) == found
        assert library.section(found.id.upper()) == found
        assert (found.jurisdiction, found.kind, found.status) == (
            "us-fr",
            Kind.STATUTE,
            Status.IN_FORCE,
        )
        assert found.number == "1-2-3"
        assert found.source_note == "[1890 c 4]"
        assert found.hierarchy == ("Franklin Statutes", "Title 1", "Chapter 1-2")
        assert found.document_name == "Chapter 1-2 Ferries"
        assert found.effective_date is None
        assert found.url is None
        assert found.pack == "us_fr_statutes"


def test_a_pack_says_what_it_holds_and_how_current_it_is(franklin: Any) -> None:
    rows = franklin.rows(30)
    rows[3]["act_status"] = "repealed"
    rows[4]["current_through"] = "2025 session"
    franklin.write(rows)
    franklin.list_packs(titles=["Title 1"], excerpts=True, sources=["The Franklin Reporter"])
    franklin.install()
    with Library.open(franklin.home) as library:
        (pack,) = library.packs()
    assert (pack.name, pack.jurisdiction, pack.kind) == ("us_fr_statutes", "us-fr", Kind.STATUTE)
    assert (pack.sections, pack.in_force, pack.current_through) == (30, 29, "2026 session")
    assert (pack.titles, pack.excerpts) == (("Title 1",), True)
    assert pack.attribution == "The Franklin Reporter"
    assert pack.installed_at == NOW
    assert pack.source == str(franklin.packs)
    assert LexicalIndex(pack.index).size == 30


def test_a_pack_whose_source_lists_no_titles_has_those_of_its_rows(franklin: Any) -> None:
    franklin.write(franklin.rows(801))
    franklin.install()
    with Library.open(franklin.home) as library:
        assert library.packs()[0].titles == ("Title 1 Waters", "Title 2 Waters", "Title 3 Waters")


def test_a_document_is_its_sections_in_order_and_a_section_has_neighbours(franklin: Any) -> None:
    franklin.write(franklin.rows(60))
    franklin.install()
    with Library.open(franklin.home) as library:
        second = library.by_act_id("us_fr_statutes", "us/fr/statutes/1-2-2")[0]
        whole = library.document(second.document)
        assert [section.number for section in whole] == [f"1-2-{n}" for n in range(1, 21)]
        lines = library.document_lines(second.document)
        assert [line.id for line in lines] == [section.id for section in whole]
        beside = library.neighbours(second.id)
        assert beside.before == lines[0]
        assert beside.after == lines[2]
        first = library.by_act_id(None, "us/fr/statutes/1-1-1")[0]
        assert library.neighbours(first.id).before is None
        assert library.neighbours("/us-fr/none/s1").after is None
        assert library.document("/us-fr/none") == ()


def test_the_index_and_the_library_speak_of_the_same_sections(franklin: Any) -> None:
    rows = franklin.rows(40)
    rows[7]["text"] = "The zebra keeper shall keep a ledger."
    franklin.write(rows)
    franklin.install()
    with Library.open(franklin.home) as library:
        index = LexicalIndex(library.packs()[0].index)
        ((key, _),) = index.search([Term("text", tokens("zebra")[0])], limit=5)
        found = library.by_keys([key, 10**9])
        assert list(found) == [key]
        assert found[key].number == "1-1-8"
        assert library.key_of(found[key].id) == key
        assert library.key_of("/us-fr/none/s1") is None


def test_installing_again_what_did_not_change_does_nothing(franklin: Any) -> None:
    franklin.write(franklin.rows(50))
    franklin.list_packs()
    franklin.install()
    before = _state(franklin.home)
    result = franklin.install()
    assert result.outcome is Outcome.UNCHANGED
    assert result.sections == 50
    assert _state(franklin.home) == before


def test_the_digest_is_of_the_law_installed_and_not_of_the_way_there(
    franklin: Any, tmp_path: Path
) -> None:
    franklin.write(franklin.rows(5))
    other = franklin.row("9-1-1", "Rule.", document_type="regulation")
    franklin.write([other], "us_fr_regulations")
    source = open_source(str(franklin.packs))
    install(tmp_path / "a", source, ["us_fr_statutes", "us_fr_regulations"], now=NOW)
    install(tmp_path / "b", source, ["us_fr_regulations"], now=NOW)
    with Library.open(tmp_path / "a") as one, Library.open(tmp_path / "b") as two:
        assert one.digest() != two.digest()
        install(tmp_path / "b", source, ["us_fr_statutes"], now=NOW)
        assert one.digest() == two.digest()


def test_a_pack_that_is_not_offered_fails_alone(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    source = open_source(str(franklin.packs))
    missing, there = install(franklin.home, source, ["us_xx_statutes", "US_FR_statutes"], now=NOW)
    assert missing.outcome is Outcome.FAILED
    assert "us_xx_statutes" in (missing.reason or "")
    assert there.outcome is Outcome.INSTALLED


def test_a_removed_pack_is_gone_with_its_index(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    franklin.install()
    assert remove(franklin.home, "us_fr_statutes", now=NOW)
    assert not remove(franklin.home, "us_fr_statutes", now=NOW)
    with Library.open(franklin.home) as library:
        assert library.packs() == ()
        assert library.by_act_id(None, "us/fr/statutes/1-1-1") == ()
    assert list((franklin.home / "index").iterdir()) == []


def test_a_key_is_never_given_to_another_section(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    franklin.install()
    with Library.open(franklin.home) as library:
        identifier = library.by_act_id(None, "us/fr/statutes/1-1-5")[0].id
        before = library.key_of(identifier)
        remove(franklin.home, "us_fr_statutes", now=NOW)
        franklin.install()
        after = library.key_of(identifier)
    assert before is not None
    assert after is not None
    assert after > before


def test_a_home_without_a_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing) as told:
        Library.open(tmp_path)
    assert "pincite library add" in told.value.at_console
    assert list(tmp_path.iterdir()) == []


def test_a_library_can_be_read_from_several_threads_while_a_pack_is_written(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    franklin.install()
    franklin.write(franklin.rows(3000, edition="second"), "us_fr_regulations")
    seen: list[int] = []
    stop = threading.Event()
    with Library.open(franklin.home) as library:

        def read() -> None:
            while not stop.is_set():
                assert library.by_act_id("us_fr_statutes", "us/fr/statutes/1-1-5")
                seen.append(len(library.packs()))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        franklin.install("us_fr_regulations")
        stop.set()
        for reader in readers:
            reader.join()
        assert len(library.packs()) == 2
    assert set(seen) <= {1, 2}
    assert len(seen) > 30


def test_skipped_rows_are_counted_by_reason_with_examples(franklin: Any) -> None:
    rows = franklin.rows(5)
    rows[1] |= {"text": " ", "section_title": ""}
    rows[2]["citation"] = ""
    rows[3]["state"] = "zz"
    rows[3]["jurisdiction"] = "Zembla"
    franklin.write([*rows, rows[0]])
    result = franklin.install()
    assert (result.sections, result.skipped) == (2, 4)
    assert dict(result.skipped_by_reason) == {
        "it has neither heading nor text": 1,
        "it has no citation": 1,
        "its jurisdiction is not known": 1,
        "the same section with the same text is there already": 1,
    }
    assert [skipped.row for skipped in result.skipped_examples] == [2, 3, 4, 6]


def test_one_identifier_with_two_texts_keeps_both(franklin: Any) -> None:
    first = franklin.row("1-1-1", "The ferry is free.")
    second = first | {"text": "The ferry is not free.", "act_id": "other"}
    franklin.write([first, second])
    result = franklin.install()
    assert (result.sections, result.skipped) == (2, 0)
    with Library.open(franklin.home) as library:
        one = library.by_act_id(None, "us/fr/statutes/1-1-1")[0]
        two = library.by_act_id(None, "other")[0]
        assert two.id == f"{one.id}~2"
        assert library.section(two.id) == two


def test_one_identifier_with_two_effective_dates_is_two_versions(franklin: Any) -> None:
    old = franklin.row("1-1-1", "The toll is one crown.", effective_date=None)
    new = old | {"text": "The toll is two crowns.", "effective_date": date(2026, 1, 1)}
    franklin.write([new, old])
    assert franklin.install().sections == 2
    with Library.open(franklin.home) as library:
        identifier = library.by_act_id(None, "us/fr/statutes/1-1-1")[0].id
        texts = [section.text for section in library.versions(identifier)]
        assert texts == ["The toll is one crown.", "The toll is two crowns."]
        assert _text(library, identifier, None) == "The toll is two crowns."
        assert _text(library, identifier, date(2025, 12, 31)) == "The toll is one crown."
        assert _text(library, identifier, date(2026, 1, 1)) == "The toll is two crowns."


def test_a_text_is_not_law_before_its_effective_date(franklin: Any) -> None:
    franklin.write([franklin.row("1-1-1", "Later.", effective_date="2027-07-01")])
    franklin.install()
    with Library.open(franklin.home) as library:
        identifier = library.by_act_id(None, "us/fr/statutes/1-1-1")[0].id
        assert library.section(identifier, date(2026, 1, 1)) is None
        assert library.section(identifier, date(2027, 7, 1)) is not None


def _text(library: Library, identifier: str, day: date | None) -> str | None:
    section = library.section(identifier, day)
    return None if section is None else section.text


def _state(home: Path) -> dict[str, bytes]:
    """Every file of the library but the journal, which opening may touch."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_pack_of_which_no_row_can_be_taken_is_not_installed(franklin: Any) -> None:
    franklin.write([row | {"citation": ""} for row in franklin.rows(3)])
    result = franklin.install()
    assert result.outcome is Outcome.FAILED
    assert "3 rows: it has no citation" in (result.reason or "")
    with Library.open(franklin.home) as library:
        assert library.packs() == ()


def test_what_cannot_be_written_is_told_and_changes_nothing(franklin: Any) -> None:
    franklin.write(franklin.rows(20))
    franklin.install()
    with closing(sqlite3.connect(franklin.home / "library.db")) as connection, connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON sections WHEN new.number = '1-1-15' "
            "BEGIN SELECT raise(ABORT, 'database or disk is full'); END"
        )
    franklin.write(franklin.rows(20, edition="second"))
    with Library.open(franklin.home) as library:
        before = library.packs(), library.document("/us-fr/fs/ch1-1")
        result = franklin.install()
        assert result.outcome is Outcome.FAILED
        assert "database or disk is full" in (result.reason or "")
        assert (library.packs(), library.document("/us-fr/fs/ch1-1")) == before
