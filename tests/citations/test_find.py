"""Citations in running text: what is found, what is left alone, what must not be cut short."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.citations import find, jurisdictions, parse


def ids(text: str, jurisdiction: str | None = None) -> list[str]:
    return [found.citation.full_id for found in find(text, jurisdiction=jurisdiction)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§§ 407.1500 and 407.020, RSMo", ["s407.1500", "s407.020"]),
        ("RSMo §§ 375.1400 to 375.1427", ["s375.1400...375.1427"]),
        ("RSMo §§ 375.1400 to .1427", ["s375.1400...375.1427"]),
        ("RSMo §§ 407.1500.1 to .4", ["s407.1500"]),
        ("section 407.1500.2(1), RSMo, and RSMo 407.020.", ["s407.1500/2/1", "s407.020"]),
        ("subdivision (1) of subsection 2 of section 407.1500, RSMo", ["s407.1500/2/1"]),
        ("chapter 407, RSMo", ["c407"]),
    ],
)
def test_lists_ranges_and_pinpoints_are_read_as_what_they_name(
    text: str, expected: list[str]
) -> None:
    assert ids(text) == [f"/us-mo/rsmo/{one}" for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 CCR 904-3", ["/us-co/ccr/t4/s904-3"]),
        ("11 CCR 7051", ["/us-ca/ccr/t11/s7051"]),
        ("20 CSR 100-6.110", ["/us-mo/csr/t20/s100-6.110"]),
        ("64 CSR 17", ["/us-wv/csr/t64/s17"]),
        ("W. Va. Code § 46A-2A-102", ["/us-wv/code/s46A-2A-102"]),
        ("Va. Code § 18.2-186.6", ["/us-va/code/s18.2-186.6"]),
        ("IC 24-4.9-3-1", ["/us-in/ic/s24-4.9-3-1"]),
        ("I.C. § 28-51-105", ["/us-id/ic/s28-51-105"]),
        ("NRS 603A.210", ["/us-nv/nrs/s603A.210"]),
        ("G.L. c. 93H, § 3", ["/us-ma/mgl/c93H/s3"]),
        ("G.L. c. 93H", ["/us-ma/mgl/c93H"]),
        ("Minn. Stat. ch. 325M", ["/us-mn/stat/c325M"]),
        ("16 CFR Part 314", ["/us/cfr/t16/p314"]),
        ("16 CFR 314", ["/us/cfr/t16/p314"]),
        ("23 NYCRR Part 500", ["/us-ny/nycrr/t23/p500"]),
        ("23 NYCRR 500", ["/us-ny/nycrr/t23/p500"]),
    ],
)
def test_names_that_two_codes_share_are_told_apart_by_the_number(
    text: str, expected: list[str]
) -> None:
    assert ids(f"As {text} says, so be it.") == expected


@pytest.mark.parametrize(
    "text",
    [
        # Forms at which well-known finders stop too soon, and open another law.
        "N.M. Stat. Ann. § 57-12C-5",
        "N.Y. Gen. Bus. Law § 899-aa",
        "18 U.S.C. § 1028A",
        "Minn. Stat. § 325E.61",
        "Va. Code § 40.1-28.7:8",
        "D.C. Code § 28-3852.01",
        "42 U.S.C. § 300aa–1",
        "RCW 19.255.010",
        "N.H. Rev. Stat. Ann. § 359-C:20",
        "740 ILCS 14/15",
        "26 C.F.R. § 1.501(c)(3)-1",
        "Kan. Stat. Ann. § 50-6,139b",
        "SDCL § 22-40-20",
        "Cal. Civ. Code § 1798.199.100",
    ],
)
def test_a_number_is_never_cut_short(text: str) -> None:
    whole = parse(text)
    assert whole is not None
    for cut in range(1, 6):
        shorter = parse(text[:-cut])
        assert shorter is None or shorter.id != whole.id
    for after in ("x1", "9", "-7", "–2"):
        assert all(one.citation.id != whole.id for one in find(f"See {text}{after} for more."))


@pytest.mark.parametrize(
    "text",
    [
        "15 U.S.C. § 1601 note",
        "5 U.S.C. app. § 3",
        "15 U.S.C. § 6801-",
        "we ship 407.1500 widgets",
        "$15 US 30",
        "section 5 of the FTC Act",
        "no law and no number",
        "2024-25 and 2025-26",
        "§ 5",
        "",
    ],
)
def test_other_law_and_other_numbers_are_left_alone(text: str) -> None:
    assert ids(text) == []


def test_a_bare_section_is_read_in_the_jurisdiction_that_is_known() -> None:
    assert ids("section 407.1500.2 applies") == []
    assert ids("section 407.1500.2 applies", "us-mo") == ["/us-mo/rsmo/s407.1500/2"]
    assert ids("Section 6-1-1304", "us-co") == ["/us-co/crs/s6-1-1304"]
    assert ids("§ 57-12C-5", "us-nm") == ["/us-nm/nmsa/s57-12C-5"]
    assert ids("Section 6-1-1304", "us-mo") == []
    assert ids("section 12-3-401", "us-fr") == ["/us-fr/fs/s12-3-401"]


def test_a_code_s_name_alone_is_read_in_the_jurisdiction_that_is_known() -> None:
    assert ids("Labor Code § 51.002") == ["/us-ca/lab/s51.002"]
    assert ids("Labor Code § 51.002", "us-tx") == ["/us-tx/la/s51.002"]
    assert ids("Business and Commerce Code, Section 521.053") == []
    assert ids("Section 521.053, Business & Commerce Code", "us-tx") == ["/us-tx/bc/s521.053"]


def test_within_a_section_this_title_and_this_chapter_have_a_meaning() -> None:
    usc, mgl = parse("15 U.S.C. § 6801"), parse("G.L. c. 93H, § 1")
    text = "section 6802(a) of this title, section 552a of title 5, section 3"
    found = [one.citation.full_id for one in find(text, within=usc)]
    assert found == ["/us/usc/t15/s6802/a", "/us/usc/t5/s552a"]
    text = "section 3 and section 2 of chapter 93I of the General Laws"
    found = [one.citation.full_id for one in find(text, within=mgl)]
    assert found == ["/us-ma/mgl/c93H/s3", "/us-ma/mgl/c93I/s2"]


def test_a_year_after_a_citation_is_the_edition_s() -> None:
    read = parse("Tex. Bus. & Com. Code § 521.053 (West 2024)")
    assert read is not None
    assert read.full_id == "/us-tx/bc/s521.053"
    assert ids("Fla. Stat. § 501.171 (2024) applies") == ["/us-fl/stat/s501.171"]


def test_a_number_alone_is_a_citation_only_to_parse() -> None:
    read = parse("407.1500.2(1)", jurisdiction="us-mo")
    assert read is not None
    assert read.full_id == "/us-mo/rsmo/s407.1500/2/1"
    assert parse("407.1500") is None
    assert parse("1798.100", jurisdiction="us-ca") is None


def test_two_citations_are_not_one() -> None:
    assert parse("15 U.S.C. § 6801 and 16 C.F.R. § 314.4") is None
    assert parse("see 15 U.S.C. § 6801") is None


PIECES = (
    *("15 U.S.C. § 6801(b)", "§§ 407.1500 and 407.020, RSMo", "GBL 899-aa", "Civ. Code", "Cal. "),
    *("§ ", "and ", "(a)", ", ", " 5 ", "–", "section ", "12-3-401", "subd. (d) of ", "\n"),
)


# The first look at a jurisdiction reads its forms, which takes longer than any later one.
@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.none() | st.sampled_from(sorted(jurisdictions())),
)
def test_what_is_found_is_in_order_and_does_not_overlap(
    text: str, jurisdiction: str | None
) -> None:
    at = 0
    for found in find(text, jurisdiction=jurisdiction):
        assert at <= found.start < found.end <= len(text)
        at = found.end


@settings(deadline=None)
@given(st.text(max_size=200), st.none() | st.just("us-mo"))
def test_no_text_is_too_odd(text: str, jurisdiction: str | None) -> None:
    find(text, jurisdiction=jurisdiction)
    parse(text, jurisdiction=jurisdiction)
