"""A quotation belongs to the citation that a reader would take it to belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.memo.conftest import Checker

TOOL = "shall not require a consumer to give more personal data"
DUTY = "A service provider shall adhere to the instructions of the controller"


def quoted(check: Checker, memo: str, name: str = "memo.md") -> list[tuple[str, str]]:
    return [
        (one.standing.value, one.citation)
        for one in check(memo, name).findings
        if one.part == "quotation"
    ]


@pytest.mark.parametrize(
    "memo",
    [
        f"Under FS 12-3-308(b) a controller “{TOOL}”, and under FS 12-3-401(a) “{DUTY}”.",
        f"A controller “{TOOL}” (FS 12-3-308(b)), and “{DUTY}” (FS 12-3-401(a)).",
        f"“{TOOL}” and “{DUTY}” (FS 12-3-308(b); FS 12-3-401(a)).",
        (
            f"A controller “{TOOL}”.[^1] “{DUTY}”.[^2]\n\n[^1]: FS 12-3-308(b).\n\n[^2]: "
            "Id. § 12-3-401(a)."
        ),
        (
            f"FS 12-3-308(b) provides that a controller “{TOOL}”. It goes on. So does FS "
            f"12-3-401(a): “{DUTY}”."
        ),
    ],
)
def test_two_quotations_of_one_paragraph_find_each_their_own(check: Checker, memo: str) -> None:
    assert [standing for standing, _ in quoted(check, memo)] == ["good", "good"]


def test_pieces_of_several_sections_that_one_note_cites_are_good(check: Checker) -> None:
    note = "[^1]: FS 12-3-308(b); FS 12-3-401(a)."
    memo = f"A controller “{TOOL} … adhere to the instructions”.[^1]\n\n{note}"
    assert quoted(check, memo)[0][0] == "good"
    wrong = memo.replace("12-3-401(a)", "12-3-104")
    assert quoted(check, wrong)[0][0] != "good"


def test_a_wrong_footnote_is_told_though_the_paragraph_before_cites_rightly(check: Checker) -> None:
    memo = f"FS 12-3-401 is one.\n\nIt says “{DUTY}”.[^a]\n\n[^a]: Frank. Stat. § 12-3-104."
    assert quoted(check, memo) == [("found_elsewhere", "Frank. Stat. § 12-3-104")]


@pytest.mark.parametrize(
    "memo",
    [
        (
            f"FS 12-3-401(a) provides:\n\n> {DUTY} and shall not process personal data "
            "for a purpose of its own."
        ),
        f"The rule:\n\n> {DUTY} and shall not process personal data. FS 12-3-401(a)",
        f"The rule:\n\n> “{DUTY} and shall not process personal data”\n\nFS 12-3-401(a).",
        f"> {DUTY} . . . .\n> (Frank. Stat. § 12-3-401(a).)",
    ],
)
def test_a_block_quotation_takes_the_citation_around_it_or_at_its_end(
    check: Checker, memo: str
) -> None:
    assert [standing for standing, _ in quoted(check, memo)] == ["good"]


def test_a_block_quotation_is_held_to_the_word(check: Checker) -> None:
    memo = f"FS 12-3-401(a) provides:\n\n> {DUTY.replace('shall', 'should')} and shall not process."
    assert quoted(check, memo)[0][0] == "misquoted"


def test_the_law_own_quotation_marks_in_a_block_are_no_quotations(check: Checker) -> None:
    block = "> “Service provider” shall adhere to the instructions of “the controller”."
    memo = f"FS 12-3-401(a) provides:\n\n{block}"
    assert len(quoted(check, memo)) == 1


def test_what_stands_near_another_paragraphs_citation_is_unattributed_if_not_there(
    check: Checker,
) -> None:
    memo = f"FS 12-3-104 is one.\n\nIt is settled that “{DUTY}”."
    assert quoted(check, memo) == [("unattributed", "")]
    memo = f"FS 12-3-401 is one.\n\nIt is settled that “{DUTY}”."
    assert quoted(check, memo)[0][0] == "good"
