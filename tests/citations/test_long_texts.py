"""Texts made to take long: they are read in a time that grows as they do, and read right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite import citations

LONG = 100_000


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("section" + " " * LONG + "1", 0),
        ("12 CFR 3.4, 5.6, " * (LONG // 17), 11_764),
        ("15 U.S.C. " * (LONG // 10), None),
        ("§ 1 " * (LONG // 4), None),
        ("§" * LONG + "1", 0),
        ("§ 1" + "(a)" * (LONG // 3), None),
        ("1-" * (LONG // 2), 0),
        (("section" + " " * 79) * (LONG // 86) + "1", 0),
    ],
    ids=["spaces", "lists", "titles", "signs", "one sign", "labels", "hyphens", "gaps"],
)
def test_a_text_that_is_made_to_take_long_is_read_to_its_end(text: str, count: int | None) -> None:
    found = citations.find(text, jurisdiction="us-mo")
    assert count is None or len(found) == count
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(gap=st.integers(0, 300), sign=st.sampled_from(" \n\t"))
def test_citations_are_where_they_stand_however_far_they_are_apart(gap: int, sign: str) -> None:
    first, second = "15 U.S.C. § 6801(b)", "Mo. Rev. Stat. § 407.1500"
    text = f"See {first};{sign * gap}also {second}."
    found = citations.find(text)
    assert [text[one.start : one.end] for one in found] == [first, second]
