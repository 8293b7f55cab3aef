"""A raised figure of a PDF is a note's mark or an exponent, and no part of a number or word."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.parsing.files.pdf import read_pdf
from pincite.parsing.files.pdf_page import Glyph
from pincite.parsing.files.pdf_raised import text_of

LETTER = (612.0, 792.0)
_PIECE = re.compile(r"\^(\d+)\^|_(\d+)_|([^\^_]+)")


def page(*lines: str, size: float = 10, turned: int = 0) -> bytes:
    """A page of lines in which `^1^` is raised and `_2_` lowered, both in a smaller size."""
    from reportlab.pdfgen import canvas

    sink = io.BytesIO()
    made = canvas.Canvas(sink, pagesize=LETTER, invariant=True)
    if turned:
        made.setPageRotation(turned)
        made.translate(LETTER[0] if turned == 90 else 0, 0 if turned == 90 else LETTER[1])
        made.rotate(turned)
    for place, line in enumerate(lines):
        text = made.beginText(72, LETTER[1] - 200 - place * 3 * size)
        for raised, lowered, plain in _PIECE.findall(line):
            text.setFont("Times-Roman", size * (0.58 if raised or lowered else 1))
            text.setRise(size * (0.33 if raised else -0.15 if lowered else 0))
            text.textOut(raised or lowered or plain)
        made.drawText(text)
    made.showPage()
    made.save()
    return sink.getvalue()


def words(data: bytes) -> list[str]:
    return [" ".join(block.text.split()) for block in read_pdf(data, source="rules.pdf").blocks]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("as section 12-4-104.^1^ A carrier pays.", "as section 12-4-104. ¹ A carrier pays."),
        ("as section 12-4-104^12^ tells us.", "as section 12-4-104 ¹² tells us."),
        ("Personal data^3^ of a minor is kept.", "Personal data ³ of a minor is kept."),
        ("It is kept,^4^ or it is sold.", "It is kept, ⁴ or it is sold."),
        ("At most 10^6^ grams on 40 ft^2^ of land.", "At most 10⁶ grams on 40 ft² of land."),
        ("A sign of 1^1^/2 inches is shown.", "A sign of 1 1/2 inches is shown."),
        ("Of CO_2_ there is a limit of 2020.", "Of CO2 there is a limit of 2020."),
        ("The year 1999 has 12 months in all.", "The year 1999 has 12 months in all."),
    ],
)
@pytest.mark.parametrize("size", [8.0, 10.0, 14.0])
def test_a_raised_figure_stands_apart_from_what_it_is_a_note_to(
    drawn: str, read: str, size: float
) -> None:
    assert words(page(drawn, size=size)) == [read]


@pytest.mark.parametrize("turned", [90, 180])
def test_a_raised_figure_is_told_on_a_turned_page(turned: int) -> None:
    found = words(page("as section 12-4-104.^1^ A carrier pays.", turned=turned))
    assert found == ["as section 12-4-104. ¹ A carrier pays."]


def test_the_note_itself_begins_with_its_figure() -> None:
    text = " ".join(words(page("^7^ See Frank. Stat. § 12-4-104 for the time.")))
    assert text == "⁷ See Frank. Stat. § 12-4-104 for the time."


def test_a_citation_before_a_mark_is_read_whole() -> None:
    from pincite.citations import find

    (text,) = words(page("It is kept as section 12-4-104^1^ says.", "")) or [""]
    (found,) = find(text, jurisdiction="us-fr")
    assert found.citation.number == "12-4-104"


@given(
    st.lists(
        st.tuples(st.characters(codec="utf-8", exclude_categories=["Zs", "Cc"]), st.booleans())
    )
)
def test_what_is_of_one_size_on_one_line_is_read_as_it_stands(
    letters: list[tuple[str, bool]],
) -> None:
    run = [
        Glyph(place, letter, place * 5.0, 0.0, place * 5.0 + 5, 10.0, spaced, breaks=False)
        for place, (letter, spaced) in enumerate(letters)
    ]
    plain = "".join((" " if g.spaced and place else "") + g.text for place, g in enumerate(run))
    assert text_of(run) == plain
