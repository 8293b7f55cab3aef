"""Law that has since been amended or removed is found as of the days on which it was law."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Pincite

from pincite.index.build import install, remove
from pincite.index.doctor import Trouble, examine
from pincite.index.lexical import LexicalIndex
from pincite.index.past import past_directory, past_size
from pincite.law.section import Kind, Section
from pincite.law.validity import Validity
from pincite.library import Library
from pincite.library.days import Gone, Held, version_on
from pincite.sample import SNAPSHOTS, sample_packs
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

BEFORE, AFTER = "2026-08-01", "2027-08-01"  # the second snapshot is current through 2027-07-01
QUESTION = "How soon must a business give notice of a breach of security?"
CITATION, BREACH = "Frank. Stat. § 12-4-103", "/us-fr/fs/s12-4-103"
CASH, RENUMBERED = "/us-fr/fs/s12-5-104", "/us-fr/fs/s12-4-109"
NOW = datetime(2027, 8, 2, tzinfo=UTC)


def without(packs: Path, citation: str) -> None:
    path = packs / "us_fr_statutes.parquet"
    rows = [row for row in pq.read_table(path).to_pylist() if row["citation"] != citation]
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    (packs / "index.json").unlink(missing_ok=True)


def library_of(folder: Path, *, less: str = "") -> Pincite:
    """Franklin as of its first session, brought to the second; that may lack a section more."""
    packs = folder / "packs"
    pincite = Pincite(home=folder / "home", packs=packs)
    for snapshot, command in zip(SNAPSHOTS, (("add", "--all"), ("update",)), strict=True):
        sample_packs(packs, snapshot=snapshot)
        if snapshot != SNAPSHOTS[0] and less:
            without(packs, less)
        assert pincite("library", *command).code == 0
    return pincite


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Pincite:
    return library_of(tmp_path_factory.mktemp("amended"))


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> Pincite:
    return library_of(tmp_path_factory.mktemp("removed"), less=CITATION)


def found(pincite: Pincite, words: str, day: str, *more: str) -> list[str]:
    result = pincite("search", words, "--in", "FR", "--as-of", day, "-f", "json", *more)
    return [hit["id"] for hit in result.json["hits"]]


def cited(pincite: Pincite, question: str, day: str) -> Any:
    return pincite("ask", question, "--in", "FR", "--as-of", day, "-f", "json").json


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ('"forty-five days"', BREACH),
        ("redeem a gift card in cash small balance", CASH),
        ("Social Security number display forbidden", RENUMBERED),
    ],
)
def test_words_that_only_the_earlier_law_had_find_it_on_a_day_when_it_was_law(
    amended: Pincite, words: str, section: str
) -> None:
    assert section in found(amended, words, BEFORE)
    assert section not in found(amended, words, AFTER)


def test_a_search_as_of_a_past_day_shows_the_words_of_that_day(amended: Pincite) -> None:
    shown = amended("search", "notice of breach", "--in", "FR", "--as-of", BEFORE, "-f", "json")
    (hit,) = [hit for hit in shown.json["hits"] if hit["id"] == BREACH]
    assert "forty-five days" in json.dumps(hit)


@pytest.mark.parametrize(("day", "time"), [(BEFORE, "forty-five days"), (AFTER, "thirty days")])
def test_an_answer_quotes_the_wording_of_the_day_though_the_pack_gives_no_dates(
    amended: Pincite, tmp_path: Path, day: str, time: str
) -> None:
    answer = cited(amended, QUESTION, day)
    assert time in json.dumps([answer["summary"], answer["blocks"]])
    (source,) = [one for one in answer["sources"] if one["id"] == BREACH]
    assert source["effective_date"] is None
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer), "utf-8")
    assert amended("verify", saved).code == 0


def test_a_section_that_was_removed_answers_for_the_days_before_and_not_for_those_after(
    removed: Pincite, tmp_path: Path
) -> None:
    answer = cited(removed, QUESTION, BEFORE)
    assert BREACH in [source["id"] for source in answer["sources"]]
    assert "forty-five days" in json.dumps([answer["summary"], answer["blocks"]])
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer), "utf-8")
    assert removed("verify", saved).code == 0
    assert BREACH in found(removed, "notice of breach of security", BEFORE)
    assert "forty-five days" in removed("read", CITATION, "--as-of", BEFORE).out
    later = cited(removed, QUESTION, AFTER)
    assert BREACH not in [source["id"] for source in later["sources"]]
    assert BREACH not in found(removed, "notice of breach of security", AFTER)
    assert removed("read", CITATION, "--as-of", AFTER).code == 3


def test_what_is_repealed_meanwhile_is_found_by_the_status_that_it_had(amended: Pincite) -> None:
    words = "redeem a gift card in cash small balance"
    assert CASH in found(amended, words, BEFORE, "--status", "in_force")
    assert CASH not in found(amended, words, BEFORE, "--status", "repealed")
    assert CASH in found(amended, "cash back small balances", AFTER, "--status", "repealed")


def rows_of(count: int, franklin: Any, *, session: int, **texts: str) -> list[dict[str, object]]:
    """Sections as a session left them; `texts` by the last part of the number, "" for none."""
    rows = []
    for row in franklin.rows(count):
        text = texts.get("s" + str(row["section_number"]).rpartition("-")[2])
        if text != "":
            rows.append(row | {"current_through": f"{session} session"} | words_of(text))
    return rows


def words_of(text: str | None) -> dict[str, str]:
    return {} if text is None else {"text": text}


# The year of a session, and what it changed.
SESSIONS: tuple[tuple[int, dict[str, str]], ...] = (
    (2020, {}),
    (2021, {"s1": "A."}),
    (2022, {"s1": "B.", "s2": ""}),
)


def earlier(home: Path) -> int:
    """How many versions the one pack no longer holds, by its index; the doctor counts as well."""
    assert examine(home, now=NOW) == ()
    with Library.open(home) as library:
        (pack,) = library.packs()
    directory = past_directory(pack.index)
    size = LexicalIndex(directory).size if directory.is_dir() else 0
    assert past_size(pack.index) == size
    return size


def test_every_update_keeps_what_the_ones_before_closed_and_adds_what_it_closes(
    franklin: Any,
) -> None:
    sizes = []
    for session, texts in SESSIONS:
        franklin.write(rows_of(20, franklin, session=session, **texts))
        franklin.install()
        sizes.append(earlier(franklin.home))
    assert sizes == [0, 1, 3]
    assert remove(franklin.home, "us_fr_statutes", now=NOW)
    assert list((franklin.home / "index").iterdir()) == []


def test_an_index_that_is_built_anew_holds_the_earlier_law_too(franklin: Any) -> None:
    for session in range(2020, 2025):
        texts = {f"s{number}": f"The gondolier of {session}." for number in range(1, 7)}
        franklin.write(rows_of(20, franklin, session=session, **texts))
        franklin.install()
    assert earlier(franklin.home) == 6 * 4


def test_earlier_law_that_an_index_lacks_is_told_and_mended_by_the_doctor(franklin: Any) -> None:
    for session, texts in SESSIONS[:2]:
        franklin.write(rows_of(20, franklin, session=session, **texts))
        franklin.install()
    with Library.open(franklin.home) as library:
        (pack,) = library.packs()
    shutil.rmtree(past_directory(pack.index))
    (problem,) = examine(franklin.home, now=NOW)
    assert problem.trouble is Trouble.STALE_INDEX
    assert "0 earlier versions where the library holds 1" in problem.detail
    assert examine(franklin.home, now=NOW, fix=True)[0].mended
    assert earlier(franklin.home) == 1


def test_earlier_law_that_an_index_lacks_comes_with_the_next_update(franklin: Any) -> None:
    for session, texts in SESSIONS[:2]:
        franklin.write(rows_of(20, franklin, session=session, **texts))
        franklin.install()
    with Library.open(franklin.home) as library:
        (pack,) = library.packs()
    shutil.rmtree(past_directory(pack.index))
    franklin.write(rows_of(20, franklin, session=2022, s1="B."))
    franklin.install()
    assert earlier(franklin.home) == 2


def test_a_mistake_that_a_pack_put_right_is_told_for_no_day(franklin: Any) -> None:
    for text in ("The gondoleer may row.", "The gondolier may row."):
        franklin.write(rows_of(20, franklin, session=2026, s1=text))
        install(franklin.home, open_source(str(franklin.packs)), ["us_fr_statutes"], now=NOW)
    with Library.open(franklin.home) as library:
        for day in (date(2020, 1, 1), date(2026, 6, 1), date(2030, 1, 1)):
            section = library.section("/us-fr/fs/s1-1-1", day)
            assert section is not None
            assert section.text == "The gondolier may row."


def test_law_that_is_amended_for_a_day_to_come_is_found_by_its_words_until_then(
    franklin: Any,
) -> None:
    first, then = {"effective_date": "2010-01-01"}, {"effective_date": "2030-01-01"}
    for text, dates in (("The gondolier pays.", first), ("The skipper pays.", then)):
        rows = rows_of(20, franklin, session=2020, s1=text)
        franklin.write([rows[0] | dates, *(row | first for row in rows[1:])])
        franklin.install()
    pincite = Pincite(home=franklin.home, packs=franklin.packs)
    section = "/us-fr/fs/s1-1-1"
    assert found(pincite, "gondolier", "2026-08-01") == [section]
    assert found(pincite, "gondolier", "2030-08-01") == []
    assert found(pincite, '"skipper pays"', "2026-08-01") == []
    assert found(pincite, '"skipper pays"', "2030-08-01") == [section]


DAY0 = date(2020, 1, 1)


def version(
    text: str,
    through: str,
    start: int | None = None,
    end: int | None = None,
    gone: Gone | None = None,
) -> Held:
    def day(number: int | None) -> date | None:
        return None if number is None else DAY0 + timedelta(number)

    section = Section(
        id="/us-fr/fs/s1-1-1",
        act_id="",
        jurisdiction="us-fr",
        kind=Kind.STATUTE,
        code="fs",
        number="1-1-1",
        citation="",
        local_citation="",
        heading="",
        hierarchy=(),
        document="",
        document_name="",
        text=text,
        text_sha256="",
        validity=Validity(day(start), day(end)),
        current_through=through,
    )
    return Held(section, gone)


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=6, unique=True), st.integers(-10, 2100))
def test_of_undated_wordings_that_one_is_law_that_the_pack_next_held(
    days: list[int], asked: int
) -> None:
    """Each snapshot is current through one of the days and changes the words."""
    through = [(DAY0 + timedelta(day)).isoformat() for day in sorted(days)]
    held = [
        version(text, text, gone=Gone(at + 2, through[at + 1], date(2026, 1, 1)))
        for at, text in enumerate(through[:-1])
    ]
    held.append(version(through[-1], through[-1]))
    told = version_on(held, DAY0 + timedelta(asked))
    assert told is not None
    day = (DAY0 + timedelta(asked)).isoformat()
    wanted = next((one for one, after in pairwise(through) if day < after), through[-1])
    assert told.text == wanted


@given(st.data())
def test_a_day_within_dates_is_told_by_them_whatever_was_seen_when(data: Any) -> None:
    days = sorted(data.draw(st.sets(st.integers(0, 900), min_size=2, max_size=6)))
    held = [version(str(start), "2020 session", start, end) for start, end in pairwise(days)] + [
        version(str(days[-1]), "2020 session", days[-1])
    ]
    for asked in (days[0], days[-1] + 5, data.draw(st.integers(days[0], days[-1]))):
        told = version_on(data.draw(st.permutations(held)), DAY0 + timedelta(asked))
        assert told is not None
        assert told.text == str(max(day for day in days if day <= asked))
    assert version_on(held, DAY0 - timedelta(1)) is None


def test_a_section_that_went_from_a_pack_without_currency_was_law_until_that_was_seen() -> None:
    gone = version("A.", "", gone=Gone(2, "", date(2026, 3, 1)))
    assert version_on([gone], date(2026, 2, 28)) is gone.section
    assert version_on([gone], date(2026, 3, 1)) is None
    now = version("B.", "")
    assert version_on([gone, now], date(2026, 2, 28)) is now.section
