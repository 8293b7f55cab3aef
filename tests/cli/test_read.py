"""`pincite read`, through the command line."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.conftest import Pincite

LAW = "/us-fr/fs/s12-3-402"


@pytest.mark.parametrize(
    "asked",
    [
        "Frank. Stat. § 12-3-402",
        "FS 12-3-402",
        "section 12-3-402 of the Franklin Statutes",
        LAW,
        "us/fr/statutes/frank.-stat.-12-3-402",
    ],
)
def test_any_usual_form_opens_the_section(installed: Pincite, asked: str) -> None:
    found = installed("read", asked, "--format", "json")
    assert found.code == 0
    assert found.json["id"] == LAW


def test_a_number_alone_is_read_where_the_jurisdiction_is_given(installed: Pincite) -> None:
    assert installed("read", "section 12-3-402", "--in", "FR", "-f", "json").json["id"] == LAW


def test_a_number_alone_asks_whose_law_it_is(installed: Pincite) -> None:
    found = installed("read", "section 12-3-402", "-f", "json")
    assert found.code == 3
    assert found.json["reason"] == "ambiguous"
    assert found.json["choices"] == ["Frank. Stat. § 12-3-402"]


def test_json_has_the_stored_text_and_an_outline_into_it(installed: Pincite) -> None:
    law = installed("read", LAW, "-f", "json").json
    assert hashlib.sha256(law["text"].encode()).hexdigest() == law["text_sha256"]
    assert (law["start"], law["end"]) == (0, len(law["text"]))
    first = law["outline"][0]
    assert law["text"][first["start"] :].startswith("(a)")
    assert law["before"]["id"] < law["id"] < law["after"]["id"]


def test_a_pinpoint_shows_its_subdivision_first(installed: Pincite) -> None:
    law = installed("read", f"{LAW}/b/3", "-f", "json").json
    assert law["path"] == ["b", "3"]
    assert law["text"][law["start"] : law["end"]].startswith("(3)")
    assert law["citation"] == "Frank. Stat. § 12-3-402(b)(3)"
    shown = installed("read", "Frank. Stat. § 12-3-402(b)(3)").out
    assert shown.index("(3)") < shown.index("The whole section")


def test_the_terms_that_the_section_uses_are_defined(installed: Pincite) -> None:
    terms = installed("read", LAW, "-f", "json").json["definitions"]
    assert {"controller", "service provider"} <= {one["term"].casefold() for one in terms}
    for one in terms:
        source = installed("read", one["section"], "-f", "json").json
        assert source["text"][one["start"] : one["end"]] == one["text"]


@pytest.mark.parametrize(
    ("asked", "reason", "said"),
    [
        ("20 CSR 100-6.110", "not_installed", "The Missouri Code of State Regulations is not"),
        ("Frank. Stat. § 12-3-999", "no_such_section", "There is no Frank. Stat. § 12-3-999"),
        ("Frank. Stat. § 12-3-402(z)", "no_such_subdivision", "has no subdivision (z)"),
        ("Frank. Stat. § 12-3-407", "repealed", "is repealed"),
        ("Frank. Stat. § 12-3-507", "renumbered", "is renumbered"),
        ("Frank. Stat. § 12-3-506", "not_in_force", "has expired"),
        ("the law of the jungle", "not_a_citation", "is no citation"),
        ("/us-fr/", "not_a_citation", "is no citation"),
    ],
)
def test_where_there_is_no_law_the_reason_is_said(
    installed: Pincite, asked: str, reason: str, said: str
) -> None:
    found = installed("read", asked, "--format", "json")
    assert found.code == 3
    assert found.json["found"] is False
    assert found.json["reason"] == reason
    assert said in found.json["message"]
    assert said in " ".join(installed("read", asked).out.split())


def test_a_repealed_section_is_shown_as_the_library_has_it(installed: Pincite) -> None:
    found = installed("read", "Frank. Stat. § 12-3-407", "-f", "json").json
    assert found["section"]["status"] == "repealed"
    assert "text" in found["section"]


def test_the_subdivisions_that_there_are_are_named(installed: Pincite) -> None:
    choices = installed("read", "Frank. Stat. § 12-3-402(z)", "-f", "json").json["choices"]
    assert "Frank. Stat. § 12-3-402(a)" in choices


def test_the_version_of_a_day_is_shown(installed: Pincite) -> None:
    old = installed("read", "FS 12-6-040", "--as-of", "2021-01-01", "-f", "json").json
    new = installed("read", "FS 12-6-040", "--as-of", "2027-07-01", "-f", "json").json
    assert old["until"] == new["effective_date"] == "2027-07-01"
    assert old["text"] != new["text"]
    assert [one["effective_date"] for one in new["versions"]] == ["2020-01-01", "2027-07-01"]
    by_identifier = installed("read", "/us-fr/fs/s12-6-040@2021-01-01", "-f", "json").json
    assert by_identifier["text_sha256"] == old["text_sha256"]


def test_a_day_before_any_version_has_none(installed: Pincite) -> None:
    found = installed("read", "FS 12-6-040", "--as-of", "1999-01-01", "-f", "json")
    assert (found.code, found.json["reason"]) == (3, "no_such_version")


def test_a_range_lists_its_sections(installed: Pincite) -> None:
    found = installed("read", "Frank. Stat. §§ 12-3-401 to 12-3-404", "-f", "json").json
    assert [one["citation"][-8:] for one in found["sections"]] == [
        "12-3-401",
        "12-3-402",
        "12-3-403",
        "12-3-404",
    ]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_law_text_cannot_steer_the_terminal(installed: Pincite, form: str) -> None:
    shown = installed("read", "FS 41-6-5", "--format", form)
    assert shown.code == 0
    assert not {"\x1b", "\x07", "\x00", "\u202e"} & set(shown.out)


def test_two_jurisdictions_are_one_too_many(installed: Pincite) -> None:
    assert installed("read", "12-3-402", "--in", "FR,MO").code == 2


@given(st.text(max_size=60).filter(lambda text: not text.startswith("-")))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_asked_there_is_an_answer(installed: Pincite, asked: str) -> None:
    assert installed("read", asked).code in {0, 2, 3}


@pytest.mark.packs
def test_a_real_section_opens_at_its_subdivision(tmp_path: Path) -> None:
    packs = os.environ.get("PINCITE_PACKS")
    if not packs:
        pytest.skip("PINCITE_PACKS names no packs")
    pincite = Pincite(home=tmp_path / "home", packs=Path(packs))
    assert pincite("library", "add", "us_mn_statutes").code == 0
    law = pincite("read", "Minn. Stat. § 325M.16, subd. 1(a)", "-f", "json")
    assert law.code == 0
    assert law.json["path"] == ["1", "a"]
