"""Runs, paragraphs, links, fields and tables of a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.docx.xml import element, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Element

    from pincite.rendering.docx.package import Relations


def run(text: str, *, style: str = "", bold: bool = False, italic: bool = False) -> Element:
    """Words in one look; the schema fixes the order of what says how they look."""
    look = [
        value("w:rStyle", style) if style else None,
        element("w:b") if bold else None,
        element("w:i") if italic else None,
    ]
    properties = element("w:rPr", *look) if any(one is not None for one in look) else None
    return element("w:r", properties, element("w:t", text=text))


def paragraph(*inside: Element, style: str = "", properties: Sequence[Element] = ()) -> Element:
    """`properties` follow the style, in the schema's order."""
    known = [value("w:pStyle", style)] if style else []
    about = element("w:pPr", *known, *properties) if known or properties else None
    return element("w:p", about, *inside)


def link(text: str, url: str | None, relations: Relations) -> Element:
    """Words that lead to an address outside, or plain words where there is none."""
    if url is None:
        return run(text)
    shown = run(text, style="Hyperlink")
    return element("w:hyperlink", shown, r_id=relations.link(url), w_history=1)


def fields(instruction: str, shown: str, *, style: str = "") -> Element:
    """What Word works out itself (`PAGE`), with what to show until it has."""
    return element("w:fldSimple", run(shown, style=style), w_instr=f" {instruction} ")


def bookmarked(inside: Element, number: int, name: str) -> tuple[Element, Element, Element]:
    start = element("w:bookmarkStart", w_id=number, w_name=name)
    return start, inside, element("w:bookmarkEnd", w_id=number)


def table(
    widths: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[Element]]
) -> Element:
    """A table with a heading row that is said again on each page; `widths` in twips.

    Each cell of a row is one paragraph; a row of one cell goes over the whole width.
    """
    properties = element(
        "w:tblPr",
        value("w:tblStyle", "TableGrid"),
        element("w:tblW", w_w=sum(widths), w_type="dxa"),
        element("w:tblLayout", w_type="fixed"),
        element("w:tblLook", w_val="0020", w_firstRow=1, w_lastRow=0, w_firstColumn=0,
                w_lastColumn=0, w_noHBand=1, w_noVBand=1),
    )  # fmt: skip
    grid = element("w:tblGrid", *(element("w:gridCol", w_w=width) for width in widths))
    first = _row(
        widths, [paragraph(run(head, bold=True), style="Cell") for head in heads], top=True
    )
    return element("w:tbl", properties, grid, first, *(_row(widths, row) for row in rows))


def _row(widths: Sequence[int], cells: Sequence[Element], *, top: bool = False) -> Element:
    """A row; a single cell goes over the whole width."""
    about = element("w:trPr", element("w:cantSplit"), element("w:tblHeader") if top else None)
    if len(cells) == 1 < len(widths):
        across = value("w:gridSpan", len(widths))
        size = element("w:tcW", w_w=sum(widths), w_type="dxa")
        whole = element("w:tc", element("w:tcPr", size, across), cells[0])
        return element("w:tr", about, whole)
    made = (
        element("w:tc", element("w:tcPr", element("w:tcW", w_w=width, w_type="dxa")), cell)
        for width, cell in zip(widths, cells, strict=True)
    )
    return element("w:tr", about, *made)
