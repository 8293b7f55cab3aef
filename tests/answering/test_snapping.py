"""Words of the law are found where they stand, however loosely they were copied."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verification.invented import BREACH, BREACH_LAW, WORDS_LAW, section

from pincite.answer import Fault, FaultKind
from pincite.answering.said import Lines, Said, Unread
from pincite.answering.snapping import Cite, Snapped, occurrences, snapped
from pincite.reading.readings import Readings

LABELLED = {"S1": BREACH_LAW, "S2": WORDS_LAW}
TWICE = section("9-1", "(a) A seller shall keep records.\n\n(b) A buyer shall keep records.")


def snap(source: str, anchor: str, at: str = "") -> Snapped | Fault:
    return snapped(Cite(source, anchor, at), {**LABELLED, "S3": TWICE}, Readings(), {})


@pytest.mark.parametrize(
    "anchor",
    [
        "No person may sell",
        "no person may sell",
        "No  person\nmay sell",
        "\u201cNo person may sell\u201d",
        "No person \u2026 of a minor",
        "No person ... of a minor.",
        "No person may sell the records of a minor",
    ],
)
def test_an_anchor_finds_its_sentence(anchor: str) -> None:
    found = snap("S1", anchor)
    assert isinstance(found, Snapped)
    start, end = found.spans[-1]
    assert BREACH[start:end] == "No person may sell the records of a minor."


@pytest.mark.parametrize(
    "anchor", ["", "…", "...", "§", "person may sel", "may sells", "x" * 9_000]
)
def test_what_is_not_there_is_not_found(anchor: str) -> None:
    found = snap("S1", anchor)
    assert isinstance(found, Fault)
    assert found.kind is FaultKind.NOT_VERBATIM


def test_other_marks_and_lost_spaces_are_the_same_words() -> None:
    text = 'The terms "breach of security"or"breach" mean a person’s forty–five records.'
    for anchor in (
        "\u201cbreach of security\u201d or \u201cbreach\u201d",
        "a person's forty-five records",
    ):
        assert len(occurrences(text, anchor)) == 1


def test_words_that_stand_twice_need_their_subdivision() -> None:
    vague = snap("S3", "shall keep records")
    assert isinstance(vague, Fault)
    assert "2 times" in vague.detail
    told = snap("S3", "shall keep records", at="(b)")
    assert isinstance(told, Snapped)
    assert TWICE.text[told.spans[-1][0] :].startswith("A buyer")


def test_words_that_stand_twice_are_those_that_were_found() -> None:
    start = TWICE.text.index("A buyer")
    preferred = {TWICE.id: [(start, len(TWICE.text))]}
    found = snapped(Cite("s3", "shall keep records"), {"S3": TWICE}, Readings(), preferred)
    assert isinstance(found, Snapped)
    assert found.spans[-1][0] == start


def test_an_item_comes_with_its_lead_in() -> None:
    law = section("9-2", "A notice shall include:\n\n(1) the date; and\n\n(2) the place of it.")
    found = snapped(Cite("S1", "the place of it"), {"S1": law}, Readings(), {})
    assert isinstance(found, Snapped)
    assert law.text[slice(*found.spans[0])].startswith("A notice shall include")
    whole = snapped(Cite("S1", "A notice shall include"), {"S1": law}, Readings(), {})
    assert isinstance(whole, Snapped)
    assert law.text[slice(*whole.spans[-1])].endswith("the place of it.")


def test_words_of_another_section_are_told_where_they_stand() -> None:
    found = snap("S2", "sell the records of a minor")
    assert isinstance(found, Fault)
    assert "it stands in S1" in found.detail


@given(start=st.integers(0, len(BREACH) - 1), length=st.integers(1, 80), junk=st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_is_snapped_is_always_the_law(start: int, length: int, junk: str) -> None:
    for anchor in (BREACH[start : start + length], junk):
        found = snap("S1", anchor)
        if isinstance(found, Snapped):
            assert all(0 <= a < b <= len(BREACH) for a, b in found.spans)
        for place in occurrences(BREACH, anchor):
            assert 0 <= place[0] < place[1] <= len(BREACH)


LINE = '{"text": "It is so.", "cites": [{"source": "S1", "anchor": "so"}]}'


@given(cuts=st.lists(st.integers(0, 3 * len(LINE) + 2), max_size=12))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_where_the_pieces_are_cut(cuts: list[int]) -> None:
    text = f"{LINE}\n{LINE}\n{LINE}"
    edges = [0, *sorted(cuts), len(text)]
    lines = Lines()
    said = [one for a, b in pairwise(edges) for one in lines.feed(text[a:b])]
    said += lines.close()
    assert said == [Said(text="It is so.", cites=(Cite("S1", "so"),))] * 3


@given(st.lists(st.text(max_size=40), max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_breaking(pieces: list[str]) -> None:
    lines = Lines()
    for piece in pieces:
        assert all(isinstance(one, Said | Unread) for one in lines.feed(piece))
    assert all(isinstance(one, Said | Unread) for one in lines.close())
