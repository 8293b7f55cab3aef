"""Every citation of a memo, in full or in a short form, is led to the law or told why not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.memo.conftest import Checker


def cited(check: Checker, memo: str, **more: str) -> list[tuple[str, str, str]]:
    """What was written, what it was held against, and how it stands."""
    found = check(memo, **more)  # type: ignore[arg-type]
    return [
        (one.text, one.citation, one.standing.value)
        for one in found.findings
        if one.part == "citation"
    ]


@pytest.mark.parametrize(
    ("citation", "standing"),
    [
        ("Frank. Stat. § 12-3-402(b)(4)", "good"),
        ("section 12-3-402 of the Franklin Statutes", "good"),
        ("Frank. Admin. Code 40-2-110", "good"),
        ("Frank. Stat. §§ 12-3-401 to 12-3-404", "good"),
        ("Frank. Stat. § 12-3-402(q)", "no_such_subdivision"),
        ("Frank. Stat. § 12-3-402(b)(47)", "no_such_subdivision"),
        ("Frank. Stat. § 12-3-999", "no_such_section"),
        ("Frank. Stat. § 12-3-407", "repealed"),
        ("Frank. Stat. § 12-3-506", "not_in_force"),
        ("Frank. Stat. § 12-3-507", "not_in_force"),
        ("Frank. Stat. § 12-3-205", "not_in_force"),
        ("15 U.S.C. § 6801(b)", "not_installed"),
        ("Mo. Rev. Stat. § 407.1500.2(1)", "not_installed"),
    ],
)
def test_each_citation_is_led_to_the_law(check: Checker, citation: str, standing: str) -> None:
    assert [one[2] for one in cited(check, f"We rely on {citation} for this.")] == [standing]


def test_a_section_that_is_law_only_later_is_good_then(check: Checker) -> None:
    found = check("See FS 12-3-205.", as_of=date(2028, 6, 1))
    assert found.holds


@pytest.mark.parametrize(
    ("memo", "expected"),
    [
        ("FS 12-3-402(a). Id. § 12-3-401(b).", "Frank. Stat. § 12-3-401(b)"),
        ("FS 12-3-402(a). Id.", "Frank. Stat. § 12-3-402(a)"),
        ("FS 12-3-402(a). Id. at (b)(2).", "Frank. Stat. § 12-3-402(b)(2)"),
        ("FS 12-3-402(a). See also § 12-3-401(c).", "Frank. Stat. § 12-3-401(c)"),
        (
            "FS 12-3-402 binds both. Subsection (b)(3) adds safeguards.",
            "Frank. Stat. § 12-3-402(b)(3)",
        ),
        ("FS 12-3-402(b)(1), (4)", "Frank. Stat. § 12-3-402(b)(4)"),
        ("FS 12-3-402(a), (b)(3) and (c)", "Frank. Stat. § 12-3-402(c)"),
        ("FS 12-3-401(b)(3)(A) and (B)", "Frank. Stat. § 12-3-401(b)(3)(B)"),
    ],
)
def test_short_forms_lean_on_the_citation_before_them(
    check: Checker, memo: str, expected: str
) -> None:
    found = cited(check, memo)
    assert found[-1][1:] == (expected, "good")


def test_a_short_form_goes_over_paragraphs(check: Checker) -> None:
    memo = (
        "Frank. Stat. § 12-3-402 governs.\n\nUnder § 12-3-308(b) less is asked.\n\nId. § 12-3-999."
    )
    assert [one[2] for one in cited(check, memo)] == ["good", "good", "no_such_section"]


def test_a_subsection_that_is_not_there_is_told(check: Checker) -> None:
    found = cited(
        check, "FS 12-3-402 binds both. Subsection (z) adds more, and paragraph (9) nothing."
    )
    assert [one[2] for one in found] == ["good", "no_such_subdivision"]


def test_a_number_alone_is_of_the_state_whose_law_the_memo_cites(check: Checker) -> None:
    found = check("Section 12-3-402 says so.\n\nSo does Frank. Stat. § 12-3-308.")
    assert found.jurisdiction == "us-fr"
    assert found.holds


def test_a_number_that_nothing_says_whose_it_is_asks(check: Checker) -> None:
    (fault,) = check("Section 12-3-402 says so.").faulty
    assert fault.standing == "ambiguous"
    assert fault.choices == ("Frank. Stat. § 12-3-402",)
    assert check("Section 12-3-402 says so.", jurisdiction="us-fr").holds


@pytest.mark.parametrize(
    "memo",
    [
        "Section 4.2.1 of the Agreement applies. See section 5 of the contract.",
        "The fee in section 3 is high, and so is that in part 4 (b).",
        "Meeting at 12-3-2026, room 402.",
    ],
)
def test_parts_of_contracts_and_other_numbers_are_no_citations(check: Checker, memo: str) -> None:
    assert check(memo).findings == ()


def test_id_after_a_case_is_the_case(check: Checker) -> None:
    found = cited(check, "FS 12-3-402. Doe v. Roe, 123 F.3d 456 (9th Cir. 1997). Id. at 457.")
    assert [one[2] for one in found] == ["good", "not_checked", "not_checked"]


def test_findings_stand_in_the_order_of_the_memo_and_say_where(check: Checker) -> None:
    memo = "FS 12-3-402.\n\n“Nothing of this kind is in the law of any state” (FS 12-3-308)."
    found = check(memo)
    keys = [(one.passage, one.start) for one in found.findings]
    assert keys == sorted(keys)
    assert [one.where for one in found.findings] == ["line 1", "line 3", "line 3"]
    assert memo.split("\n\n")[1][found.findings[1].start :].startswith("Nothing")
