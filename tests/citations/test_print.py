from __future__ import annotations

import pytest

from pincite.citations import local, official, parse, printed_pinpoint


@pytest.mark.parametrize(
    ("jurisdiction", "code", "path", "markers", "printed"),
    [
        ("us", "usc", ("b",), (), "(b)"),
        ("us-mo", "rsmo", ("2", "1", "a"), (), "2(1)(a)"),
        ("us-mo", "rsmo", ("1", "a"), ("(1)", "(a)"), "(1)(a)"),
        ("us-nm", "nmsa", ("C",), ("C.",), "(C)"),
        ("us-mn", "stat", ("1", "a"), (), "subd. 1(a)"),
        ("us-mn", "stat", ("a", "1"), ("(a)", "(1)"), "(a)(1)"),
        ("us-mn", "rules", ("2", "A"), (), "subp. 2(A)"),
        ("us-ma", "cmr", ("2", "f", "1"), (), "(2)(f)1."),
        ("us-fl", "stat", ("1", "b", "1", "a"), (), "(1)(b)1.a."),
        ("us-fl", "stat", ("1", "b", "1"), ("(1)", "(b)", "(1)"), "(1)(b)(1)"),
        ("us-zz", "nope", ("a",), (), "(a)"),
        ("us-mo", "rsmo", (), (), ""),
    ],
)
def test_a_pinpoint_is_printed_as_its_code_prints_it(
    jurisdiction: str, code: str, path: tuple[str, ...], markers: tuple[str, ...], printed: str
) -> None:
    assert printed_pinpoint(jurisdiction, code, path, markers) == printed


def test_the_text_s_own_labels_settle_how_a_first_level_is_joined() -> None:
    citation = parse("RSMo 407.1500(1)")
    assert citation is not None
    assert official(citation, ("(1)",)) == "Mo. Rev. Stat. § 407.1500(1)"
    assert local(citation, ("1.",)) == "section 407.1500.1, RSMo"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("chapter 407, RSMo", "Mo. Rev. Stat. ch. 407"),
        ("G.L. c. 93H", "Mass. Gen. Laws ch. 93H"),
        ("16 CFR part 314", "16 C.F.R. pt. 314"),
        ("Minnesota Statutes, chapter 325M", "Minn. Stat. ch. 325M"),
        ("WAC Chapter 508-14", "Wash. Admin. Code ch. 508-14"),
    ],
)
def test_chapters_and_parts_are_printed_and_read_back(text: str, printed: str) -> None:
    citation = parse(text)
    assert citation is not None
    assert official(citation) == printed
    assert parse(printed) == citation
