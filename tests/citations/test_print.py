from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citations import from_identifier, local, official, parse, printed_pinpoint


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


@pytest.mark.parametrize(
    ("identifier", "printed"),
    [
        ("/us-fr/fs/ch12-4", "Frank. Stat. ch. 12-4"),
        ("/us-fr/fs/c12-4", "Frank. Stat. ch. 12-4"),
        ("/us-fr/fac/ch40-2", "Frank. Admin. Code ch. 40-2"),
        ("/us-mo/rsmo/ch407", "Mo. Rev. Stat. ch. 407"),
        ("/us-mn/stat/ch325M", "Minn. Stat. ch. 325M"),
        ("/us-wa/rcw/ch9.54", "Wash. Rev. Code ch. 9.54"),
        ("/us-sd/sdcl/ch31-21", "S.D. Codified Laws ch. 31-21"),
        ("/us-ma/mgl/c93H", "Mass. Gen. Laws ch. 93H"),
        ("/us-vt/vsa/t11B/ch5", "Vt. Stat. Ann. tit. 11B, ch. 5"),
        ("/us/usc/t15/ch94", "15 U.S.C. ch. 94"),
        ("/us/cfr/t16/pt314", "16 C.F.R. pt. 314"),
        ("/us/cfr/t16/p314", "16 C.F.R. pt. 314"),
        ("/us-md/comar/ch13A.04.14", "Md. Code Regs. ch. 13A.04.14"),
    ],
)
def test_the_path_of_a_chapter_or_part_is_printed_with_its_number(
    identifier: str, printed: str
) -> None:
    citation = from_identifier(identifier)
    assert citation is not None
    assert official(citation) == printed
    assert from_identifier(citation.id) == citation


@pytest.mark.parametrize(
    "identifier",
    [
        "/us-ca/ccp/art7",
        "/us-ca/ccp/t9.4",
        "/us-ca/fam/pt1/ch4-3600",
        "/us/usc/t29/chSubtitle-A",
        "/us-vt/vsa/t16/chChapter-24",
    ],
)
def test_a_path_that_no_form_of_the_code_can_print_is_no_citation(identifier: str) -> None:
    assert from_identifier(identifier) is None


@given(
    st.from_regex(r"\d{1,3}[A-Z]?-\d{1,3}[A-Z]?", fullmatch=True), st.sampled_from(["fs", "fac"])
)
def test_any_chapter_is_read_back_from_its_path_and_from_its_print(number: str, code: str) -> None:
    citation = from_identifier(f"/us-fr/{code}/ch{number}")
    assert citation is not None
    assert (citation.unit, citation.number) == ("chapter", number)
    assert parse(official(citation)) == parse(local(citation)) == citation
