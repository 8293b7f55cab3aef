"""A quotation is the law's words where they are said to stand, or it is told what is wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.memo.conftest import Checker

RULE = (
    "A controller shall not require a consumer to give more personal data to the customer service "
    "tool than is needed to answer the consumer"
)
CITE = "Frank. Stat. § 12-3-308(b)"


@pytest.mark.parametrize(
    "memo",
    [
        f"Under {CITE}, “{RULE}.”",
        f'Under {CITE}, "{RULE}."',
        f"“{RULE}” ({CITE}).",
        f"{CITE} is plain: “{RULE}”; nothing else matters.",
        f"“{RULE}.” See {CITE}.",
        f"The act forbids it. “{RULE}.” FS 12-3-308(b).",
        (
            f"Under {CITE}, “[a] controller shall not require … more personal data . . . "
            "than is needed”."
        ),
        f"A controller “shall not require[] a consumer” to do so. {CITE}.",
        f"One that “require[s] a consumer to give more personal data” is in breach of {CITE}.",
        (
            "“[N]ot require a consumer to give more personal data to the [chat tool] "
            f"than is needed”, {CITE}."
        ),
        f"“{RULE.replace(' consumer', ' consumer [sic]', 1)}” [emphasis added] ({CITE}).",
        f"“A  controller\nshall not require a consumer to give more personal data” ({CITE}).",
        f"“A CONTROLLER shall” is how {CITE} does not begin; it begins “A controller shall not”.",
    ],
)
def test_what_the_law_says_where_it_says_it_is_good(check: Checker, memo: str) -> None:
    found = check(memo)
    assert found.holds, [one.message for one in found.faulty]
    assert any(one.part == "quotation" and one.good for one in found.findings)


def test_typography_is_the_memos_own(check: Checker) -> None:
    memo = (
        "“helping to meet the controller’s duty to keep personal data secure” "
        "(Frank. Stat. § 12‑3‑401(b)(2))."
    )
    assert check(memo).holds


def test_a_changed_capital_without_brackets_is_good_and_is_said(check: Checker) -> None:
    (quotation,) = [
        one
        for one in check(f"It says that “a{RULE[1:]}” ({CITE}).").findings
        if one.part == "quotation"
    ]
    assert quotation.good
    assert "capital" in quotation.message


@pytest.mark.parametrize(
    ("was", "is_now", "law", "told"),
    [
        ("shall not", "may not", "shall", "may"),
        ("not require", "require", "not", ""),
        ("more personal data", "more sensitive personal data", "", "sensitive"),
        ("a consumer to", "a customer to", "consumer", "customer"),
    ],
)
def test_a_changed_word_is_misquoted_with_the_difference(
    check: Checker, was: str, is_now: str, law: str, told: str
) -> None:
    found = check(f"“{RULE.replace(was, is_now, 1)}” ({CITE}).")
    (fault,) = found.faulty
    assert fault.standing == "misquoted"
    assert [(edit.old.strip(), edit.new.strip()) for edit in fault.edits] == [(law, told)]
    changed = fault.law
    for edit in reversed(fault.edits):
        changed = changed[: edit.start] + edit.new + changed[edit.end :]
    assert " ".join(changed.split()) == " ".join(fault.told.split())
    (place,) = fault.places
    assert place.citation == CITE


def test_only_the_piece_that_is_wrong_is_told_of_a_quotation_with_omissions(check: Checker) -> None:
    quoted = "“The contract shall: … prohibit the service provider to sell the personal data”"
    memo = f"{quoted} (FS 12-3-402(b))."
    (fault,) = check(memo).faulty
    assert [(edit.old, edit.new) for edit in fault.edits] == [("forbid", "prohibit")]


def test_pieces_in_another_order_than_the_laws_are_misquoted(check: Checker) -> None:
    quoted = "“than is needed to answer the consumer … shall not require a consumer to give”"
    memo = f"{quoted} (FS 12-3-308(b))."
    assert check.said(memo)[0] == "quotation: misquoted"


def test_an_omission_that_is_not_marked_is_misquoted(check: Checker) -> None:
    memo = f"“{RULE.replace(' to the customer service tool', '')}” ({CITE})."
    assert check.said(memo)[0] == "quotation: misquoted"


@pytest.mark.parametrize(
    ("cited", "right"),
    [
        ("Frank. Stat. § 12-3-308(a)", CITE),
        ("Frank. Stat. § 12-3-401(b)", CITE),
        ("Frank. Stat. § 12-3-308(z)", CITE),
        ("Frank. Stat. § 12-3-999", CITE),
    ],
)
def test_the_right_words_with_the_wrong_citation_are_told_where_they_stand(
    check: Checker, cited: str, right: str
) -> None:
    quotation = next(
        one for one in check(f"“{RULE}” ({cited}).").findings if one.part == "quotation"
    )
    assert quotation.standing == "found_elsewhere"
    (place,) = quotation.places
    assert place.citation == right
    assert right in quotation.message
    section = check.assistant.section(place.section)
    assert section is not None
    assert section.text[place.start : place.end] == place.text


def test_nearly_the_words_of_another_section_are_told_with_it(check: Checker) -> None:
    memo = f"“{RULE.replace('shall', 'may')}” (Frank. Stat. § 12-3-104(a))."
    (fault,) = check(memo).faulty
    assert fault.standing == "found_elsewhere"
    assert fault.edits
    assert CITE in fault.message


def test_words_that_no_law_has_are_not_found(check: Checker) -> None:
    memo = "“Bees shall be kept in hives of green glass all year” (Frank. Stat. § 12-3-104)."
    assert check.said(memo) == ["quotation: not_found", "citation: good"]


def test_a_quotation_with_nothing_cited_is_unattributed_and_told_where_it_stands(
    check: Checker,
) -> None:
    (fault,) = check(f"It is settled that “{RULE}”.").faulty
    assert fault.standing == "unattributed"
    assert [place.citation for place in fault.places] == [CITE]


def test_a_lead_in_belongs_to_the_subdivision_that_it_leads_to(check: Checker) -> None:
    lead = "“The contract shall: … forbid the service provider to sell the personal data”"
    assert check(f"{lead} (FS 12-3-402(b)(4)).").holds
    assert check.said(f"{lead} (FS 12-3-402(b)(3)).")[0] == "quotation: found_elsewhere"
    assert check("“The contract shall” (FS 12-3-402(b)(4)).").holds


def test_a_quotation_over_several_subdivisions_that_are_all_cited_is_good(check: Checker) -> None:
    memo = (
        "“forbid the service provider to sell the personal data, or to combine it "
        "with personal data "
        "that it receives from another; (5) require the service provider” (FS 12-3-402(b)(4), (5))."
    )
    assert check(memo).holds


def test_words_of_another_version_are_not_in_force(check: Checker) -> None:
    old = "If the term of a subscription is one year or longer, the seller shall remind"
    new = old.replace("one year", "six months")
    assert check(f"“{old}” (FS 12-6-040(1)).").holds
    (fault,) = check(f"“{new}” (FS 12-6-040(1)).").faulty
    assert fault.standing == "not_in_force"
    assert "2027-07-01" in fault.message
    assert check(f"“{new}” (FS 12-6-040(1)).", as_of=date(2028, 1, 1)).holds


def test_words_of_a_repealed_section_are_told_so(check: Checker) -> None:
    memo = "“Repealed by L. 2025, ch. 61” (FS 12-3-407)."
    assert check.said(memo) == ["quotation: repealed", "citation: repealed"]


@pytest.mark.parametrize(
    "memo",
    [
        "The “customer portal” is covered by FS 12-3-308.",
        "The Consumer Data Privacy Act (“the Act we advise on here”), FS 12-3-308, applies.",
        (
            "As the court said, “a dog is not a cat for any purpose of this kind”. Doe "
            "v. Roe, 123 F.3d 456."
        ),
    ],
)
def test_names_and_cases_are_not_held_against_the_law(check: Checker, memo: str) -> None:
    found = check(memo)
    assert found.holds
    assert any(one.standing == "not_checked" for one in found.findings)


def test_a_quotation_of_law_that_is_not_installed_is_neither_good_nor_wrong(check: Checker) -> None:
    memo = (
        "“It is the policy of the Congress that each financial institution” (15 U.S.C. § 6801(a))."
    )
    assert check.said(memo) == ["quotation: not_installed", "citation: not_installed"]


def test_the_laws_own_citations_within_a_quotation_are_not_the_memos(check: Checker) -> None:
    memo = "“reasonable safeguards that section 12-3-301(c) would require” (FS 12-3-402(b)(3))."
    assert check.said(memo) == ["quotation: good", "citation: good"]


@pytest.mark.parametrize(
    "memo",
    [
        "“",
        '"',
        "““””",
        '"" "',
        "“ ”",
        "“…”",
        "“[]”",
        "“. . .” FS 12-3-308",
        "[“]",
        '"a',
        "“" * 3000,
    ],
)
def test_marks_with_nothing_between_them_harm_nothing(check: Checker, memo: str) -> None:
    check(f"x {memo} y")
