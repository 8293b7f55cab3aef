"""`pincite search`, through the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pincite


def test_words_find_sections_each_with_its_best_passage(installed: Pincite) -> None:
    hits = installed("search", "contract", "service", "provider", "-f", "json").json["hits"]
    assert "/us-fr/fs/s12-3-402" in [hit["id"] for hit in hits]
    for hit in hits:
        law = installed("read", hit["id"], "-f", "json").json
        assert law["text"][hit["start"] : hit["end"]] == hit["passage"]
        assert hit["passage"]


@pytest.mark.parametrize(
    "args", [['"breach of security"'], ["--phrase", "breach", "of", "security"]]
)
def test_a_phrase_stands_in_every_section_found(installed: Pincite, args: list[str]) -> None:
    hits = installed("search", *args, "-f", "json").json["hits"]
    assert hits
    for hit in hits:
        words = f"{hit['heading']} {hit['passage']}"
        assert re.search(r"breach\W+of\W+security", words, re.IGNORECASE)


def test_words_that_the_index_takes_apart_are_a_phrase_like_any_other(installed: Pincite) -> None:
    found = installed("search", "--phrase", "breach_security_notice", "-f", "json")
    assert (found.code, found.json["hits"]) == (3, [])


def test_a_citation_stands_first(installed: Pincite) -> None:
    hits = installed("search", "FS 12-3-402(b)", "-f", "json").json["hits"]
    assert hits[0]["id"] == "/us-fr/fs/s12-3-402"
    assert hits[0]["pinpoint"] == "(b)"
    assert hits[0]["found_by"] == "citation"


def test_kind_and_status_narrow_what_is_found(installed: Pincite) -> None:
    rules = installed("search", "licensee", "--kind", "regulation", "-f", "json").json["hits"]
    assert {hit["kind"] for hit in rules} == {"regulation"}
    repealed = installed("search", "repealed", "--status", "repealed", "-f", "json").json["hits"]
    assert {hit["status"] for hit in repealed} == {"repealed"}


def test_the_law_of_a_day_is_found(installed: Pincite) -> None:
    words = ("search", "opt-out", "preference", "signals", "-f", "json")
    now = [hit["id"] for hit in installed(*words, "--as-of", "2026-11-21").json["hits"]]
    later = [hit["id"] for hit in installed(*words, "--as-of", "2028-06-01").json["hits"]]
    assert "/us-fr/fs/s12-3-205" in later
    assert "/us-fr/fs/s12-3-205" not in now


def test_no_more_is_shown_than_asked_for(installed: Pincite) -> None:
    assert len(installed("search", "shall", "--limit", "3", "-f", "json").json["hits"]) <= 3


def test_nothing_found_ends_with_exit_code_3_and_says_where_it_looked(installed: Pincite) -> None:
    found = installed("search", "zeppelin")
    assert found.code == 3
    assert "Nothing was found. Searched: us_fr_regulations, us_fr_statutes." in found.out


def test_a_jurisdiction_that_is_not_installed_is_named(installed: Pincite) -> None:
    found = installed("search", "breach", "--in", "MO")
    assert found.code == 3
    assert "Not installed: the law of Missouri." in found.out


@pytest.mark.parametrize(
    "args",
    [[""], ["--phrase", "of the"], ["x", "--limit", "0"], ["x", "--in", "Mars"], ["x " * 2000]],
)
def test_what_cannot_be_looked_for_is_a_usage_error(installed: Pincite, args: list[str]) -> None:
    assert installed("search", *args).code == 2


def test_every_format_is_printed(installed: Pincite) -> None:
    assert "1. Frank. Stat." in installed("search", "breach").out
    assert "1. **Frank" in installed("search", "breach", "-f", "markdown").out
