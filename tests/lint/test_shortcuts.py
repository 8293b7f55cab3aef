"""What spares the linter work finds what reading every text for every pattern would."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.library.lint.site_words import site_words
from pincite.library.lint.wording import _lost, _runs_on

ENTRIES = tomllib.loads(
    files("pincite.library.lint").joinpath("site_words.toml").read_text("utf-8")
)["words"]
PIECES = (
    *("Contact a lawyer today", "ask our attorneys", "experienced local lawyers can", "attorney"),
    *("Get your free case review", "call now for a free evaluation", "consultation", "newsletter"),
    *("free daily newsletters", "our newsletter", "Privacy Policy | Terms", "terms of use", "|"),
    *("the attorney general", "firm", "« Prev", "Next »", "Law › Code › Title", "©", "© 2020"),
    *("Skip to content", "may not reflect the most recent version", "\n", ". ", "x" * 320, " "),
    *("İstanbul", "all rights reserved", "the licensee shall keep the register", "  \n  "),
)


def everywhere(text: str) -> set[tuple[int, int]]:
    """By every pattern that has an anchor in the text, over all of it."""
    found: set[tuple[int, int]] = set()
    for entry in ENTRIES:
        if any(anchor in text.lower() for anchor in entry["anchors"]):
            pattern = re.compile(entry["pattern"], re.IGNORECASE | re.MULTILINE | re.VERBOSE)
            found |= {match.span() for match in pattern.finditer(text)}
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " ", ", "]))
def test_words_of_a_site_are_found_wherever_they_stand(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert set(site_words(text)) == everywhere(text)


@pytest.mark.parametrize("far", [0, 299, 300, 301, 5_000])
def test_a_site_s_words_are_found_however_far_from_others(far: int) -> None:
    text = f"The attorney general acts. {'x ' * far} Contact an attorney today! {'y ' * far} Law."
    (span,) = site_words(text)
    assert text[slice(*span)] == "Contact an attorney today"


RUNS = (
    *("ofthe", "section", "fee,license", "act.The", "30days", "theState", "1001of", "U.S.C."),
    *("toany", "“who", "a,b", "othewise", "antidisestablishmentarianism", "(a)", "§", "e.g."),
)


@given(st.lists(st.sampled_from(RUNS) | st.text(max_size=12), max_size=20), st.sampled_from(" \n"))
def test_no_lost_space_is_passed_over_because_of_what_words_are_looked_at(
    words: list[str], between: str
) -> None:
    text = between.join(words)
    if _lost(text):
        assert any(map(_runs_on, set(text.split())))
