"""Two states of law compared: sections by what became of them, texts word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lint.law import TEXT, many, section

from pincite.change import ChangeKind, Difference
from pincite.law.section import Status
from pincite.library.diff import State, compare, file_state, predecessors, successors
from pincite.library.words import word_edits
from pincite.rendering.diff import diff_text
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.lists(st.sampled_from(["a", "the", "5,000", "days", ";", " ", "\n", "shall", "é"])).map(
    "".join
)


def applied(old: str, new: str) -> str:
    text = old
    for edit in reversed(word_edits(old, new)):
        assert old[edit.start : edit.end] == edit.old
        assert new[edit.new_start : edit.new_end] == edit.new
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@given(WORDS, WORDS)
def test_edits_turn_one_text_into_the_other(old: str, new: str) -> None:
    assert applied(old, new) == new


def test_whole_words_and_numbers_change() -> None:
    edits = word_edits(
        "within forty-five days, or 35,000 people", "within thirty days, or 25,000 people"
    )
    assert [(one.old, one.new) for one in edits] == [("forty-five", "thirty"), ("35,000", "25,000")]


def test_very_long_texts_are_compared_too() -> None:
    old = "".join(f"Rule {n} binds every operator of kind {n * 7}. " for n in range(1500))
    new = old.replace("Rule 3 binds", "Rule 3 bound").replace("Rule 1400 binds", "Rule 1400 freed")
    assert [(one.old, one.new) for one in word_edits(old, new)] == [
        ("binds", "bound"),
        ("binds", "freed"),
    ]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    folder = tmp_path_factory.mktemp("franklin")
    one, two = (
        sample_packs(folder / str(n), snapshot=n) / "us_fr_statutes.parquet" for n in (1, 2)
    )
    return compare(file_state(one, "2026"), file_state(two, "2027"))


def numbers(found: Difference, kind: ChangeKind) -> set[str]:
    return {(one.before or one.after).number for one in found.of(kind) if one.before or one.after}  # type: ignore[union-attr]


def test_a_session_of_franklin_is_told_by_section(session: Difference) -> None:
    assert numbers(session, ChangeKind.ADDED) == {"12-3-404A"}
    assert numbers(session, ChangeKind.REMOVED) == {"41-6-7"}
    assert numbers(session, ChangeKind.CHANGED) == {"12-3-104", "12-4-103", "12-5-104"}
    assert numbers(session, ChangeKind.RENUMBERED) == {"12-4-109"}
    assert session.unchanged == 124


def test_a_renumbering_shows_both_numbers_and_no_change_of_words(session: Difference) -> None:
    (moved,) = session.of(ChangeKind.RENUMBERED)
    assert moved.after is not None
    assert moved.after.number == "12-4-120"
    assert moved.edits == ()


def test_the_text_form_marks_what_went_and_what_came(session: Difference) -> None:
    assert "[-forty-five-]{+thirty+}" in diff_text(session)


def test_a_state_compared_with_itself_has_no_changes() -> None:
    rows = many(8)
    same = State("one", lambda: iter(rows))
    assert compare(same, same).changes == ()


def test_a_section_that_reappears_under_another_number_is_renumbered() -> None:
    rows = many(8)
    moved = section("19-9-3", text=rows[2].text)
    found = compare(
        State("old", lambda: iter(rows)),
        State("new", lambda: iter([*rows[:2], *rows[3:], moved])),
    )
    assert [one.kind for one in found.changes] == [ChangeKind.RENUMBERED]


def test_a_renumbered_section_with_new_words_is_followed_by_its_own_note() -> None:
    rows = many(3)
    gone = section("19-8-3", text="Renumbered as § 19-9-3 in 2027.", status=Status.RENUMBERED)
    moved = section("19-9-3", text=f"{TEXT} This is rule three of the chapter.")
    found = compare(
        State("old", lambda: iter(rows)), State("new", lambda: iter([*rows[:2], gone, moved]))
    )
    (one,) = found.changes
    assert one.kind is ChangeKind.RENUMBERED
    assert [(edit.old, edit.new) for edit in one.edits] == [("3", "three")]


def test_a_section_says_where_it_went_and_whence_it_came() -> None:
    gone = section("12-4-109", text="Renumbered as § 12-4-120.", status=Status.RENUMBERED)
    come = section("12-4-120", source_note="(L. 2027, ch. 9, § 4; formerly § 12-4-109)")
    assert successors(gone) == ("/us-fr/fs/s12-4-120",)
    assert predecessors(come) == ("/us-fr/fs/s12-4-109",)
    assert successors(come) == ()


def test_files_are_read_and_no_state_is_held(tmp_path: Path) -> None:
    path = sample_packs(tmp_path) / "us_fr_regulations.parquet"
    state = file_state(path, "rules")
    assert len(list(state.sections())) == len(list(state.sections())) == 40
