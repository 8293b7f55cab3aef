"""eCFR XML becomes sections with their part's authority and source."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from pincite import citations
from pincite.errors import ParseError
from pincite.law.outline import outline
from pincite.law.section import Status
from pincite.parsing.documents import Documents
from pincite.parsing.ecfr import sections

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.parsing.official import OfficialSection

PART = '<DIV5 N="7" TYPE="PART"><HEAD>PART 7—FERRIES</HEAD>{}</DIV5>'


def franklin(formats: Path, name: str = "ecfr-part.xml", **more: object) -> list[OfficialSection]:
    with (formats / name).open("rb") as stream:
        return list(sections(stream, source=name, **more))  # type: ignore[arg-type]


def read(body: str, title: str = "49") -> list[OfficialSection]:
    return list(sections(BytesIO(PART.format(body).encode()), source="part.xml", title=title))


def test_paragraphs_tables_and_appendices_are_printed_in_order(formats: Path) -> None:
    _, duties, _, appendix = franklin(formats)
    assert duties.row.text == (
        "(a)(1) A ferry keeper shall keep a ledger of crossings for 3 years.\n"
        "(2) The ledger shall show for each crossing—\n"
        "(i) The hour; and\n"
        "(ii) The number of travelers (see Franklin Gazette).\n"
        "(b) A keeper may charge the tolls of this table:\n"
        "Traveler | Toll\n"
        "On foot | $2\n"
        "(c) Paragraph (a) does not apply to a raft."
    )
    assert appendix.row.heading == "Form of the Ledger"
    assert appendix.row.citation == "49 C.F.R. pt. 7, app. A"


@pytest.mark.parametrize(
    ("name", "citation"),
    [
        ("Appendix A to Part 7", "49 C.F.R. pt. 7, app. A"),
        ("Appendix to Part 7", "49 C.F.R. pt. 7, app."),
        ("Appendix B to Subpart C of Part 7", "49 C.F.R. pt. 7, subpt. C, app. B"),
        ("Supplement I to Part 7", "49 C.F.R. pt. 7, supp. I"),
        ("Table of Tolls", "49 C.F.R. pt. 7, Table of Tolls"),
    ],
)
def test_an_appendix_is_cited_by_its_part_and_keeps_that_form(name: str, citation: str) -> None:
    (one,) = read(f'<DIV9 N="{name}" TYPE="APPENDIX"><HEAD>{name}—Form</HEAD><P>Tolls.</P></DIV9>')
    assert one.row.citation == citation
    found = citations.from_pack(citation, jurisdiction="us", kind="regulation")
    assert citations.official(found) == citation


def test_every_label_that_begins_a_paragraph_is_in_the_outline(formats: Path) -> None:
    _, duties, *_ = franklin(formats)
    assert ["/".join(unit.path) for unit in outline(duties.row.text).walk()] == [
        "a",
        "a/1",
        "a/2",
        "a/2/i",
        "a/2/ii",
        "b",
        "c",
    ]


def test_authority_source_amendments_and_defined_terms_are_kept(formats: Path) -> None:
    definitions, duties, *_ = franklin(formats)
    assert definitions.row.source_note == (
        "Source: 90 FR 1201, Jan. 6, 2025, unless otherwise noted.\nAuthority: 99 U.S.C. 101, 103."
    )
    assert definitions.authority == "99 U.S.C. 101, 103."
    assert definitions.terms == ("Ferry keeper", "Landing")
    assert duties.row.source_note.splitlines() == [
        "[90 FR 1201, Jan. 6, 2025, as amended at 91 FR 44, Jan. 2, 2026]",
        "Effective Date Note: At 91 FR 44, Jan. 2, 2026, paragraph (c) was added.",
        "Authority: 99 U.S.C. 101, 103.",
    ]


def test_the_hierarchy_is_told_by_the_divisions(formats: Path) -> None:
    first, *_ = franklin(formats)
    assert first.row.breadcrumb == (
        "Code of Federal Regulations > Title 49 > Part 7 FERRIES OF THE STATE OF FRANKLIN > "
        "Subpart A General"
    )
    assert (first.row.title, first.row.chapter) == ("Title 49", "Part 7")


def test_reserved_sections_are_one_row_with_a_range(formats: Path) -> None:
    reserved = franklin(formats)[2]
    assert reserved.row.status is Status.RESERVED
    found = citations.from_pack(reserved.row.citation, jurisdiction="us", kind="regulation")
    assert found.id == "/us/cfr/t49/s7.4...7.9"


def test_dates_are_those_that_the_caller_knows_and_no_others(formats: Path) -> None:
    first, second, *_ = franklin(formats, as_of=date(2026, 3, 1), amended={"7.3": date(2026, 2, 1)})
    assert first.row.effective is None
    assert second.row.effective == date(2026, 2, 1)
    assert second.row.current_through == "2026-03-01"
    assert second.row.url == "https://www.ecfr.gov/on/2026-03-01/title-49/section-7.3"


def test_the_bulk_files_tell_their_title_amendment_and_encoding(formats: Path) -> None:
    bridges, ferries = franklin(formats, "ecfr-bulk.xml")
    assert bridges.row.title == "Title 49"
    assert bridges.row.title_name == "Waters"
    assert ferries.row.text == "This part covers ferries, café boats among them."
    assert ferries.row.current_through == "amended through 2026-01-02"


def test_one_part_can_be_taken_out_of_a_title(formats: Path) -> None:
    assert [one.row.number for one in franklin(formats, "ecfr-bulk.xml", part="7")] == ["7.1"]
    with pytest.raises(ParseError, match="part 9 is not in the file"):
        franklin(formats, "ecfr-bulk.xml", part="9")


def test_a_paragraph_element_that_is_renamed_is_named_with_its_line() -> None:
    with pytest.raises(ParseError, match=r"part\.xml:2: <PARA> is not known"):
        read('<DIV8 N="7.1" TYPE="SECTION"><HEAD>§ 7.1 Scope.</HEAD>\n<PARA>Words.</PARA></DIV8>')


def test_a_new_element_beside_known_ones_keeps_its_words() -> None:
    (one,) = read(
        '<DIV8 N="7.1" TYPE="SECTION"><HEAD>§ 7.1 Scope.</HEAD><P>(a) Rafts.</P>'
        "<NEWS>(b) Boats.</NEWS></DIV8>"
    )
    assert one.row.text == "(a) Rafts.\n(b) Boats."


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<DIV8 TYPE="SECTION"><HEAD>§ 7.1</HEAD></DIV8>', "<DIV8> has no number"),
        ('<DIV8 N="7.1" TYPE="SECTION"><P>Words.</P></DIV8>', "<DIV8> with N='7.1' has no <HEAD>"),
        ("<SECTION>7.1</SECTION>", "no <DIV8>"),
    ],
)
def test_a_section_that_is_not_as_the_format_has_it_is_an_error(body: str, problem: str) -> None:
    with pytest.raises(ParseError, match=re.escape(problem)):
        read(body)


def test_a_part_that_does_not_tell_its_title_is_an_error() -> None:
    with pytest.raises(ParseError, match="does not tell its title"):
        read('<DIV8 N="7.1" TYPE="SECTION"><HEAD>§ 7.1 Scope.</HEAD></DIV8>', title="")


@pytest.mark.parametrize(("part", "number"), [("1", "1.61-2"), ("102-3", "102-3.5")])
def test_a_part_is_the_document_of_its_sections_whatever_their_numbers(
    part: str, number: str
) -> None:
    body = f'<DIV8 N="{number}" TYPE="SECTION"><HEAD>§ {number} Scope.</HEAD><P>Rafts.</P></DIV8>'
    (one,) = read(body)
    row = replace(one.row, chapter=f"Part {part}")
    assert Documents().place(row).path == f"pt{part}"


def test_published_parts_keep_every_label(samples: Path) -> None:
    for file in sorted((samples / "ecfr").glob("*.xml")):
        with file.open("rb") as stream:
            for section in sections(stream, source=file.name):
                text = section.row.text
                starts = {unit.start for unit in outline(text).walk()}
                labels = {found.start() for found in re.finditer(r"(?m)^\(\w{1,4}\)", text)}
                assert labels <= starts, section.row.citation
