"""A comparison as a Word document: the matrix on landscape pages, then every fact and its law."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pincite.comparison import Standing
from pincite.errors import UsageError
from pincite.rendering import comparison_words as words

if TYPE_CHECKING:
    from pincite.comparison import Cell, Column, Comparison, Row

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHADES = {Standing.DIFFERS: "FFE9B8", Standing.ONLY_HERE: "DCEBFF"}
_ACROSS = 4  # kinds of fact in one table: more are too narrow to read


def comparison_docx(comparison: Comparison) -> bytes:
    """The document. Raises UsageError where the extra `documents` is not installed."""
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm
    except ImportError as error:
        raise UsageError(
            "writing DOCX needs the extra `documents`, which is not installed",
            at_console="pip install 'pincite[documents]'",
        ) from error
    document: Any = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = Cm(1.8)
    when = comparison.question.asked_at.replace(tzinfo=None)
    core = document.core_properties
    core.title, core.author, core.created, core.modified = (
        _plain(words.title(comparison))[:250], "Pincite", when, when,
    )  # fmt: skip
    document.add_heading(_plain(words.title(comparison)), level=1)
    document.add_paragraph(_plain(words.under_title(comparison)))
    rows = [row for row in comparison.rows if row.found]
    for first in range(0, len(rows), _ACROSS):
        _table(document, comparison, rows[first : first + _ACROSS])
        document.add_paragraph()
    for row in rows:
        document.add_heading(words.HEADINGS[row.kind], level=2)
        for cell, column in zip(row.cells, comparison.columns, strict=True):
            _cell(document, cell, column)
    document.add_heading("What was searched", level=2)
    for column in comparison.columns:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{column.name}: ").bold = True
        paragraph.add_run(_plain(words.column_line(column)))
    for note in words.last_notes(comparison):
        document.add_paragraph(_plain(note))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, comparison: Comparison, rows: list[Row]) -> None:  # noqa: ANN401
    """A short table: what is compared and where it stands; the words follow below it."""
    table = document.add_table(rows=1, cols=1 + len(rows), style="Table Grid")
    for across, head in enumerate(["", *(words.HEADINGS[row.kind] for row in rows)]):
        table.rows[0].cells[across].paragraphs[0].add_run(head).bold = True
    _repeated(table.rows[0])
    searched = words.searched_count(comparison)
    for down, column in enumerate(comparison.columns):
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(column.name).bold = True
        for across, row in enumerate(rows, start=1):
            cell = row.cells[down]
            standing = words.standing_of(cell, searched=searched)
            if not cell.facts:
                cells[across].paragraphs[0].add_run(standing).italic = True
                continue
            fact = cell.facts[0]
            paragraph = cells[across].paragraphs[0]
            paragraph.add_run(_plain(fact.value or "yes")).bold = cell.standing in _SHADES
            if cell.standing in _SHADES and standing:
                paragraph.add_run(f" ({standing})")
                _shade(cells[across], _SHADES[cell.standing])
            cells[across].add_paragraph(_plain(words.fact_cite(fact)))


def _cell(document: Any, cell: Cell, column: Column) -> None:  # noqa: ANN401
    if not cell.facts:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{column.name}: ").bold = True
        paragraph.add_run(_plain(words.none_here(cell, column))).italic = True
    for fact in cell.facts:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{column.name}: ").bold = True
        if fact.value:
            paragraph.add_run(_plain(f"{fact.value}. ")).italic = True
        paragraph.add_run(_plain(f"{words.fact_words(fact)} [{words.fact_cite(fact)}]"))


def _shade(cell: Any, colour: str) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  (python-docx has no call for it)


def _repeated(row: Any) -> None:  # noqa: ANN401
    """The row stands again at the top of each page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # noqa: SLF001


def _plain(text: str) -> str:
    """What no XML may hold becomes a visible mark."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
