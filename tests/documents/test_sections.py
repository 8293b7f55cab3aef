"""Sections are found from headings and numbers, whatever the document's way of numbering."""

from __future__ import annotations

import pytest

from pincite.parsing.files.block import Block
from pincite.parsing.files.named import citing, known_code
from pincite.parsing.files.sectioning import Found, sections


def found(*texts: str | Block, jurisdiction: str = "", code: str = "") -> tuple[Found, ...]:
    blocks = [text if isinstance(text, Block) else Block(text=text) for text in texts]
    known = known_code(jurisdiction, code, None) if jurisdiction else None
    return sections(blocks, citing(jurisdiction, known))


def outline(*texts: str | Block) -> list[tuple[str, str, str]]:
    return [(one.number, one.heading, one.text) for one in found(*texts)]


def test_a_citation_of_the_code_begins_a_section() -> None:
    first, second = found(
        "20 CSR 2150-2.001 Definitions",
        "(1) Board is the board.",
        "20 CSR 2150-2.005 Fees",
        "The fee is ten dollars, as 20 CSR 2150-2.001 has it.",
        "20 CSR 2150-2.001 defines the board.",
        jurisdiction="us-mo",
        code="Code of State Regulations",
    )
    assert (first.number, first.heading) == ("20 CSR 2150-2.001", "Definitions")
    assert second.text.endswith("20 CSR 2150-2.001 defines the board.")


@pytest.mark.parametrize(
    "heading",
    [
        "§ 12 Fees",
        "Sec. 12. Fees.",
        "SECTION 12. FEES",
        "Rule 12. Fees",
        "Section 12: Fees",
        "§12. Fees",
    ],
)
def test_a_section_sign_or_word_begins_a_section(heading: str) -> None:
    (_, one) = found("Opening words.", heading, "The fee is ten dollars.")
    assert (one.number, one.heading.lower(), one.text) == ("12", "fees", "The fee is ten dollars.")


def test_a_section_that_is_only_named_begins_none() -> None:
    ((_, _, text),) = outline("Sec. 1. Fees.", "Section 12 of this act applies.", "Section 9, too.")
    assert "Section 12 of this act applies." in text


def test_a_heading_that_runs_into_the_text_is_parted_from_it() -> None:
    assert outline(
        "Sec. 3. Inspection. The board may inspect.", "Sec. 4. The board shall meet."
    ) == [
        ("3", "Inspection", "The board may inspect."),
        ("4", "", "The board shall meet."),
    ]


def test_decimal_numbers_before_headings_are_sections_and_the_levels_above_their_hierarchy() -> (
    None
):
    parts = found(
        "3. Security",
        "3.1 Access control",
        "Managers review access.",
        "3.2 Passwords",
        "3.2.1 Passwords must be long, and they must be changed every year by all.",
        "4. People",
        "4.1 Training",
        "Staff are trained.",
    )
    assert [(one.number, one.heading, one.hierarchy) for one in parts] == [
        ("3.1", "Access control", ("3. Security",)),
        ("3.2", "Passwords", ("3. Security",)),
        ("4.1", "Training", ("4. People",)),
    ]
    assert parts[1].text.startswith("3.2.1 Passwords must be long")


def test_numbered_headings_of_a_contract_are_sections() -> None:
    assert outline(
        "1. Term. The agreement runs for a year.",
        "2. Payment. The client pays each month.",
        "3. Notice. Notice is given in writing.",
    ) == [
        ("1", "Term", "The agreement runs for a year."),
        ("2", "Payment", "The client pays each month."),
        ("3", "Notice", "Notice is given in writing."),
    ]


def test_numbered_paragraphs_without_headings_are_no_sections() -> None:
    (one,) = found(
        "1. The board shall meet.", "2. The board shall vote.", "3. The chair must sign."
    )
    assert one.number == ""
    assert one.text.count("\n\n") == 2


def test_articles_are_sections_where_nothing_else_is_numbered() -> None:
    parts = found(
        "Article I Name", "The name is Bluewater.", "Article II Purpose", "It sells food."
    )
    assert [(one.unit, one.number, one.heading) for one in parts] == [
        ("article", "I", "Name"),
        ("article", "II", "Purpose"),
    ]


def test_numbers_that_begin_anew_in_each_part_are_told_apart() -> None:
    parts = found(
        "Article I Name", "Sec. 1. Name.", "It is Bluewater.",
        "Article II Members", "Sec. 1. Who.", "Anybody.",
    )  # fmt: skip
    assert [one.number for one in parts] == ["I-1", "II-1"]


def test_marked_headings_without_numbers_are_sections() -> None:
    parts = found(
        Block(text="Handbook", level=1), "Welcome.", Block(text="Remote work", level=2), "Two days."
    )
    assert [(one.heading, one.hierarchy) for one in parts] == [
        ("Handbook", ()),
        ("Remote work", ("Handbook",)),
    ]


def test_headings_printed_in_bold_are_sections_where_nothing_is_numbered() -> None:
    parts = found(
        Block(text="Fees", strong=1), "Ten dollars.", Block(text="Visits", strong=1), "Any day."
    )
    assert [one.heading for one in parts] == ["Fees", "Visits"]


def test_a_table_of_contents_is_no_section() -> None:
    parts = found(
        "Table of Contents", "Sec. 1. Fees ........ 3", "Sec. 2. Visits ........ 4",
        "Sec. 1. Fees", "Ten dollars.", "Sec. 2. Visits", "Any day.",
    )  # fmt: skip
    assert [(one.number, one.text) for one in parts] == [("1", "Ten dollars."), ("2", "Any day.")]


def test_contents_without_dots_are_no_sections_either() -> None:
    parts = found(
        "Sec. 1. Fees", "Sec. 2. Visits", "Sec. 1. Fees", "Ten dollars.", "Sec. 2. Visits", "x"
    )
    assert [(one.number, one.text) for one in parts] == [("1", "Ten dollars."), ("2", "x")]


def test_authority_and_history_at_the_end_are_the_source_note() -> None:
    (one,) = found(
        "Sec. 1. Fees", "Ten dollars.", "AUTHORITY: section 12-1-1.", "HISTORY: new 2020."
    )
    assert one.text == "Ten dollars."
    assert one.source_note == "AUTHORITY: section 12-1-1.\nHISTORY: new 2020."


def test_a_document_without_headings_is_one_section_with_its_paragraphs() -> None:
    (one,) = found("The first paragraph.", "The second one.")
    assert (one.number, one.heading, one.text) == (
        "",
        "",
        "The first paragraph.\n\nThe second one.",
    )


@pytest.mark.parametrize(
    "name", ["Code of State Regulations", "CSR", "Missouri Code of State Regulations"]
)
def test_a_code_is_known_by_its_names(name: str) -> None:
    code = known_code("us-mo", name, None)
    assert code is not None
    assert code.slug == "csr"
