"""The same section in two packs is told once; law of a past day is found as it was."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Pincite

from pincite.law.currency import current_date, is_before
from pincite.library import Library
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How soon must a business give notice of a breach of security?"
CITATION, ID = "Frank. Stat. § 12-4-103", "/us-fr/fs/s12-4-103"


def title_pack(packs: Path, *, snapshot: int = 1) -> None:
    """Title 12 as a pack of its own beside the whole code; of snapshot 2 it is a session newer."""
    source = sample_packs(packs.parent / f"of-{snapshot}", snapshot=snapshot)
    path = source / "us_fr_statutes.parquet"
    rows = [row for row in pq.read_table(path).to_pylist() if row["title"] == "Title 12"]
    table = pa.Table.from_pylist(rows, schema=pq.read_schema(path))
    pq.write_table(table, packs / "us_fr_statutes_12.parquet")
    (packs / "index.json").unlink(missing_ok=True)


@pytest.fixture(params=[1, 2], ids=["as current", "newer"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Pincite, int]:
    """The whole code and one title of it installed, the title as current or a session newer."""
    packs = sample_packs(tmp_path / "packs")
    title_pack(packs, snapshot=request.param)
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    assert pincite("library", "add", "--all").code == 0
    return pincite, request.param


def test_the_same_section_in_two_packs_is_told_once(both: tuple[Pincite, int]) -> None:
    pincite, snapshot = both
    wanted = "thirty days" if snapshot == 2 else "forty-five days"
    opened = pincite("read", CITATION, "-f", "json").json
    assert wanted in opened["section"]["text"] if "section" in opened else wanted in str(opened)
    history = pincite("read", CITATION, "--history", "-f", "json").json
    assert len(history["versions"]) == 1
    hits = pincite("search", "breach of security notice", "-f", "json").json["hits"]
    ids = [hit["id"] for hit in hits]
    assert len(ids) == len(set(ids))
    answer = pincite("ask", QUESTION, "--in", "FR", "-f", "json").json
    ids = [source["id"] for source in answer["sources"]]
    assert ID in ids
    assert len(ids) == len(set(ids))
    assert wanted in json.dumps([answer["summary"], answer["blocks"]])


def test_the_library_gives_each_section_of_one_pack(both: tuple[Pincite, int]) -> None:
    pincite, snapshot = both
    with Library.open(pincite.home) as library:
        section = library.section(ID)
        assert section is not None
        whose = library.section(ID)
        assert whose is not None
        if snapshot == 2:
            assert section.pack == "us_fr_statutes_12"
        ids = [one.id for one in library.document_lines(section.document)]
        assert len(ids) == len(set(ids)) > 3
        assert ids == [one.id for one in library.document(section.document)]
        key = library.key_of(ID)
        assert key is not None
        assert library.by_keys([key])[key] == section
        beside = library.neighbours(ID)
        assert beside.before is not None
        assert beside.after is not None
        assert library.overlapping() == {"us_fr_statutes", "us_fr_statutes_12"}


def test_an_answer_is_hardly_another_because_a_title_is_there_twice(tmp_path: Path) -> None:
    packs = sample_packs(tmp_path / "packs")
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    assert pincite("library", "add", "--all").code == 0
    before = pincite("ask", QUESTION, "--in", "FR", "-f", "json").json
    title_pack(packs)
    assert pincite("library", "add", "us_fr_statutes_12").code == 0
    after = pincite("ask", QUESTION, "--in", "FR", "-f", "json").json
    told, tells = ({one["id"] for one in answer["sources"]} for answer in (before, after))
    assert after["sources"][0]["id"] == before["sources"][0]["id"]
    assert len(told & tells) > len(told ^ tells)


def dated(packs: Path, changes: dict[str, Any]) -> None:
    """Set columns of the row that is cited so often here."""
    path = packs / "us_fr_statutes.parquet"
    rows = pq.read_table(path).to_pylist()
    (row,) = [one for one in rows if one["citation"] == CITATION]
    row |= changes
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    (packs / "index.json").unlink(missing_ok=True)


@pytest.fixture
def amended(tmp_path: Path) -> Pincite:
    """A library in which the section's time was forty-five days until 2027, and then thirty."""
    packs = sample_packs(tmp_path / "packs")
    dated(packs, {"effective_date": "2016-07-01"})
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    assert pincite("library", "add", "--all").code == 0
    sample_packs(packs, snapshot=2)
    dated(packs, {"effective_date": "2027-07-01"})
    assert pincite("library", "update").code == 0
    return pincite


@pytest.mark.parametrize(
    ("day", "time"), [("2026-11-21", "forty-five days"), ("2027-08-01", "thirty days")]
)
def test_every_command_tells_the_law_of_the_day_asked_for(
    amended: Pincite, tmp_path: Path, day: str, time: str
) -> None:
    answer = amended("ask", QUESTION, "--in", "FR", "--as-of", day, "-f", "json").json
    assert time in json.dumps([answer["summary"], answer["blocks"]])
    (source,) = [one for one in answer["sources"] if one["id"] == ID]
    assert source["effective_date"] <= day
    assert time in amended("read", CITATION, "--as-of", day).out
    hits = amended("search", "notice of breach", "--as-of", day, "-f", "json").json["hits"]
    assert ID in [hit["id"] for hit in hits]
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer), "utf-8")
    assert amended("verify", saved).code == 0
    assert amended("watch", "add", QUESTION, "--in", "FR", "--as-of", day).code == 0
    assert amended("watch", "run", "--as-of", day).code == 0


def test_a_section_that_was_not_law_yet_is_not_told(amended: Pincite) -> None:
    answer = amended("ask", QUESTION, "--in", "FR", "--as-of", "2010-01-01", "-f", "json").json
    assert ID not in [source["id"] for source in answer["sources"]]
    assert amended("read", CITATION, "--as-of", "2010-01-01").code == 3


def test_law_without_dates_is_told_as_the_pack_has_it_and_no_date_is_invented(
    tmp_path: Path,
) -> None:
    packs = sample_packs(tmp_path / "packs")
    dated(packs, {"effective_date": None})
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    assert pincite("library", "add", "--all").code == 0
    answer = pincite("ask", QUESTION, "--in", "FR", "--as-of", "2020-01-01", "-f", "json").json
    (source,) = [one for one in answer["sources"] if one["id"] == ID]
    assert source["effective_date"] is None
    assert any(
        "is told as the pack has it, current through 2026 Regular Session (2026-07-01); what it "
        "gives no date for may have read otherwise on 2020-01-01" in note
        for note in answer["coverage"]["notes"]
    )
    now = pincite("ask", QUESTION, "--in", "FR", "--as-of", "2026-11-21", "-f", "json").json
    assert not any("as the pack has it" in note for note in now["coverage"]["notes"])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026 Regular Session (2026-07-01)", date(2026, 7, 1)),
        ("Current through Nov. 3, 2025", date(2025, 11, 3)),
        ("2024 edition", date(2024, 12, 28)),
        ("2024, scraped 2026-01-01", date(2024, 12, 28)),
        ("the last session", None),
        ("", None),
    ],
)
def test_a_currency_is_read_where_it_can_be(words: str, day: date | None) -> None:
    assert current_date(words) == day


@pytest.mark.parametrize(
    ("day", "words", "before"),
    [
        (date(2026, 6, 30), "2026 Regular Session (2026-07-01)", True),
        (date(2026, 7, 1), "2026 Regular Session (2026-07-01)", False),
        (date(2026, 11, 21), "2026 edition", False),
        (date(2025, 12, 31), "2026 edition", True),
        (date(2026, 6, 3), "reviewed 2026-06", False),
        (date(2026, 5, 31), "reviewed 2026-06", True),
        (date(2000, 1, 1), "the last session", False),
    ],
)
def test_a_day_is_before_a_currency_only_where_that_is_sure(
    day: date, words: str, *, before: bool
) -> None:
    assert is_before(day, words) == before
