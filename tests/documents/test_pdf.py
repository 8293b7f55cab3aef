"""PDF: reading order, what is left out, words put back together, and files that are refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.documents.made import column, pdf, scan

from pincite.errors import ParseError
from pincite.law.pages import PageStart, spans
from pincite.parsing.files.block import joined
from pincite.parsing.files.pdf import read_pdf
from pincite.parsing.files.sectioning import sections


def read(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data, source="rules.pdf").blocks]


LEFT = (
    "The keeper of an orchard shall post a",
    "notice at the gate before the harvest,",
    "and shall keep the notice where every",
    "picker can read it from the road. A no-",
    "tice that is torn is put up again with-",
    "out delay by the keeper of the orchard.",
    "The keeper of the left column is careful.",
)
RIGHT = (
    "The board may inspect an orchard on any",
    "day of the harvest. It tells the keeper",
    "a day before it comes, unless there is a",
    "complaint of a picker, and then it comes",
    "at any hour and without any word at all.",
    "The keeper lets the inspectors in at the",
    "gate that is the nearest to the road.",
)


def test_two_columns_are_read_one_after_the_other() -> None:
    text = " ".join(read(pdf([[*column(72, 100, LEFT), *column(320, 100, RIGHT)]])))
    assert text.index("left column is careful") < text.index("The board may inspect")
    assert "without any word at all. The keeper lets" in text


def test_a_heading_across_both_columns_parts_them() -> None:
    across = [
        (72.0, 80.0, "CHAPTER 2 OF THE RULES, WHICH GOES ACROSS BOTH COLUMNS OF THE PAGE HERE")
    ]
    second = [
        (72.0, 200.0, "CHAPTER 3 OF THE RULES, WHICH GOES ACROSS BOTH COLUMNS OF THE PAGE HERE")
    ]
    page = [*across, *column(72, 100, LEFT), *column(320, 100, RIGHT), *second,
            *column(72, 220, RIGHT), *column(320, 220, LEFT)]  # fmt: skip
    text = " ".join(read(pdf([page])))
    assert text.index("CHAPTER 2") < text.index("nearest to the road") < text.index("CHAPTER 3")


def test_words_cut_at_the_end_of_a_line_are_one_word_again() -> None:
    text = " ".join(read(pdf([column(72, 100, LEFT)])))
    assert "A notice that is torn is put up again without delay" in text


def test_a_hyphen_of_the_words_own_stays() -> None:
    lines = ("A well-known keeper is one who is well-", "known to the board, under 2150-", "2.001.")
    assert " ".join(read(pdf([column(72, 100, lines)]))) == (
        "A well-known keeper is one who is well-known to the board, under 2150-2.001."
    )


def test_running_heads_feet_and_numbers_are_left_out_and_law_is_not() -> None:
    pages = [
        column(72, 100, (f"§ {n}. Fees of class {n}.", f"The fee of class {n} is {n} dollars."), 30)
        for n in range(1, 7)
    ]
    text = "\n".join(read(pdf(pages, head="Code of Franklin Rules", foot="Page # of 6")))
    assert "Code of Franklin Rules" not in text
    assert "Page" not in text
    for n in range(1, 7):
        assert f"§ {n}. Fees of class {n}." in text
        assert f"The fee of class {n} is {n} dollars." in text


def test_first_lines_that_differ_only_in_a_sections_number_are_law() -> None:
    pages = [column(72, 60, (f"Section {n}.", "The board shall meet."), 30) for n in range(1, 7)]
    text = "\n".join(read(pdf(pages, foot="#")))
    assert [f"Section {n}." in text for n in range(1, 7)] == [True] * 6


@pytest.mark.parametrize("turned", [90, 270])
def test_a_turned_page_is_read_upright(turned: int) -> None:
    assert "A notice that is torn" in " ".join(read(pdf([column(72, 100, LEFT)], turned=turned)))


def test_a_paragraph_goes_on_over_the_page_and_knows_both_pages() -> None:
    first = column(
        72, 700, ("The keeper shall tell the board of each", "harvest, and shall also tell")
    )
    second = column(72, 60, ("the pickers of the day on which it will", "begin."))
    (block,) = read_pdf(pdf([first, second]), source="x").blocks
    assert block.text.endswith("and shall also tell the pickers of the day on which it will begin.")
    at = block.text.index("the pickers")
    assert block.pages == (PageStart(0, 1), PageStart(at, 2))


def test_the_pages_of_a_section_tile_its_text() -> None:
    pages = [
        column(72, 60 + 40 * n, (f"{n}.{m} Rule of page {n}", f"Text {n}.{m} is here."))
        for n in range(1, 4)
        for m in (1, 2)
    ]
    blocks = read_pdf(pdf(pages), source="x").blocks
    for found in sections(blocks, lambda _: None):
        tiles = list(spans(found.pages, len(found.text)))
        assert tiles[0][0] == 0
        assert tiles[-1][1] == len(found.text)
        assert all(end == start for (_, end, _), (start, _, _) in pairwise(tiles))


def test_a_scan_is_told_as_such() -> None:
    with pytest.raises(ParseError, match=r"is a scan.*OCR"):
        read_pdf(scan(), source="rules.pdf")


def test_a_page_that_is_a_picture_among_others_is_told() -> None:
    import pypdfium2

    words = pypdfium2.PdfDocument(pdf([column(72, 100, LEFT)]))
    words.import_pages(pypdfium2.PdfDocument(scan()))
    import io

    sink = io.BytesIO()
    words.save(sink)
    reading = read_pdf(sink.getvalue(), source="rules.pdf")
    assert reading.notes == ("page 2 of the PDF hold pictures and no text, and were not read",)


def test_an_encrypted_file_says_that_it_needs_a_password() -> None:
    with pytest.raises(ParseError, match=r"rules\.pdf: the PDF asks for a password"):
        read_pdf(pdf([column(72, 100, LEFT)], password="secret"), source="rules.pdf")


def test_a_file_that_is_cut_off_says_so() -> None:
    data = pdf([column(72, 100, LEFT)] * 5)
    with pytest.raises(ParseError, match="cut off"):
        read_pdf(data[: len(data) // 2], source="rules.pdf")


@pytest.mark.parametrize("data", [b"hello", b"<html></html>", b"PK\x03\x04"])
def test_what_is_no_pdf_says_so(data: bytes) -> None:
    with pytest.raises(ParseError, match="not a PDF"):
        read_pdf(data, source="rules.pdf")


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pincite.parsing.files.pdf.MOST_PAGES", 2)
    with pytest.raises(ParseError, match="3 pages; give it in parts"):
        read_pdf(pdf([column(72, 100, LEFT)] * 3), source="rules.pdf")


def test_signs_that_fonts_join_are_letters_again() -> None:
    from pincite.parsing.files.pdf_page import _SIGNS

    assert {_SIGNS[code] for code in range(0xFB00, 0xFB05)} == {"ff", "fi", "fl", "ffi", "ffl"}


def test_offsets_of_blocks_put_together_are_those_of_their_pages() -> None:
    blocks = read_pdf(pdf([column(72, 100, LEFT), column(72, 100, RIGHT)]), source="x").blocks
    text, pages = joined(list(blocks))
    assert text[pages[1].start :].startswith("The board may inspect")
