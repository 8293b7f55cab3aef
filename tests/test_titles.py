"""Which titles of a code a pack lacks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pincite.retrieval.titles as titles_module
from pincite.retrieval.titles import Title, missing_titles, titles_about, titles_of

PACKS = os.environ.get("PINCITE_PACKS")
LISTED = sorted(path.stem for path in Path(titles_module.__file__).parent.glob("us_*.tsv"))


def numbers(titles: tuple[Title, ...]) -> list[str]:
    return [title.number for title in titles]


def test_a_title_that_is_not_present_is_missing_with_its_name() -> None:
    present = [f"Title {title.number}" for title in titles_of("us_co_statutes")]
    present.remove("Title 8")
    (missing,) = missing_titles("us_co_statutes", present)
    assert (missing.number, missing.name) == ("8", "Labor and Industry")
    assert str(missing) == "Title 8 (Labor and Industry)"


@pytest.mark.parametrize("pack", LISTED)
def test_a_complete_pack_lacks_nothing_and_an_empty_one_says_nothing(pack: str) -> None:
    titles = titles_of(pack)
    assert titles
    whole = [t.name if t.unit == "Code" else f"{t.unit} {t.number}" for t in titles]
    assert missing_titles(pack, whole) == ()
    assert missing_titles(pack, []) == ()
    assert len(set(numbers(titles))) == len(titles)
    assert all(title.name.strip() == title.name for title in titles)


@pytest.mark.parametrize(
    ("pack", "present", "number"),
    [
        ("us_mo_statutes", "Title XXVI TRADE AND COMMERCE", "XXVI"),
        ("us_mo_statutes", "Title xxvi", "XXVI"),
        ("us_nm_statutes", "Chapter 57 trade practices and regulations", "57"),
        ("us_nm_statutes", "Chapter 24a health care code", "24A"),
        ("us_va_statutes", "Title 182 crimes and offenses generally", "18.2"),
        ("us_va_statutes", "Title 88a commercial code investment securities", "8.8A"),
        ("us_va_statutes", "Title 22 administration of government", "2.2"),
        ("us_nd_statutes", "Title 12.1", "12.1"),
        ("us_wa_statutes", "Title 9A", "9A"),
        ("us_md_regulations", "Title 09 MARYLAND DEPARTMENT OF LABOR", "09"),
        ("us_dc_statutes", "Title 32 Labor.", "32"),
        ("us_ca_statutes", "Cal. Labor Code", "LAB"),
        ("us_ca_statutes", "Cal. Civ. Code", "CIV"),
    ],
)
def test_a_title_is_known_in_every_shape_that_packs_have(
    pack: str, present: str, number: str
) -> None:
    missing = numbers(missing_titles(pack, [present]))
    assert number not in missing
    assert len(missing) == len(titles_of(pack)) - 1


def test_a_point_in_a_number_counts_where_the_pack_keeps_points() -> None:
    missing = numbers(missing_titles("us_nd_statutes", ["Title 4.1", "Title 12.1"]))
    assert "41" in missing
    assert "12" in missing


def test_code_names_within_others_are_told_apart() -> None:
    missing = numbers(missing_titles("us_ca_statutes", ["Cal. Code of Civil Procedure"]))
    assert "CIV" in missing
    assert "CCP" not in missing


@pytest.mark.parametrize("pack", ["us_zz_statutes", "us_tx_statutes", "../../x", "", "subjects"])
def test_a_pack_without_a_list_says_nothing(pack: str) -> None:
    assert titles_of(pack) == ()
    assert missing_titles(pack, ["Title 1"]) == ()


def test_the_shapes_of_other_packs_say_nothing() -> None:
    present = ["Article 1. General Provisions [17701.01. - 17701.17.]", "DIVISION 3", "Appendix"]
    assert missing_titles("us_ca_statutes", present) == ()
    assert missing_titles("us_co_statutes", present) == ()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Do I have to pay overtime to my workers?", "8"),
        ("When may an insurer cancel a homeowner's policy?", "10"),
        ("Does a barber need a license?", "12"),
        ("Who files the income tax return?", "39"),
        ("Can a school share student records?", "22"),
    ],
)
def test_a_question_falls_under_the_missing_title(question: str, number: str) -> None:
    missing = missing_titles("us_co_statutes", ["Title 1", "Title 6", "Title 7", "Title 38"])
    assert numbers(titles_about(question, missing))[0] == number


def test_a_question_on_something_else_falls_under_no_missing_title() -> None:
    missing = [Title("8", "Labor and Industry"), Title("10", "Insurance")]
    assert titles_about("Who may keep bees?", missing) == ()


@settings(deadline=None)  # the first example loads the tables
@given(st.lists(st.text(max_size=20), max_size=10), st.sampled_from(LISTED))
def test_any_strings_at_all_are_compared(present: list[str], pack: str) -> None:
    assert set(missing_titles(pack, present)) <= set(titles_of(pack))


@pytest.mark.packs
@pytest.mark.skipif(not PACKS, reason="PINCITE_PACKS names no packs")
@pytest.mark.parametrize(
    ("pack", "missing"),
    [
        ("us_co_statutes", "4 8 10 12 13 15 18 22 24 25 37 39"),
        ("us_ga_statutes", "9 10 11 13 14 15 16 17 19 20 24 33 34 36 40 43 44 48 50 51"),
        ("us_ri_statutes", "5 6A 23 27 28 42 44 45"),
        ("us_nd_statutes", "26.1 41"),
        ("us_hi_statutes", "22 24 27 30A"),
        ("us_vt_statutes", "8 9A 10 13 18 32"),
        ("us_wy_statutes", "34.1"),
        ("us_id_statutes", "15"),
        (
            "us_federal_statutes",
            "2 10 14 16 22 23 24 25 32 34 36 37 38 40 43 44 48 50 51 54",
        ),
        ("us_ak_statutes", ""),
        ("us_ca_statutes", ""),
        ("us_ct_statutes", ""),
        ("us_dc_statutes", ""),
        ("us_md_regulations", ""),
        ("us_mo_statutes", ""),
        ("us_nm_statutes", ""),
        ("us_sc_statutes", ""),
        ("us_sd_statutes", ""),
        ("us_va_statutes", ""),
        ("us_wa_statutes", ""),
        ("us_mn_statutes", ""),
    ],
)
def test_the_real_packs_lack_these(pack: str, missing: str) -> None:
    index = Path(PACKS or "") / "index.json"
    if not index.exists():
        pytest.skip("there is no index of packs")
    packs = json.loads(index.read_text(encoding="utf-8"))
    if f"{pack}.parquet" not in packs:
        pytest.skip(f"{pack} is not among the packs")
    present = packs[f"{pack}.parquet"].get("titles", [])
    assert numbers(missing_titles(pack, present)) == missing.split()
