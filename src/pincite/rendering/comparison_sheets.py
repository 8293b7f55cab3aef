"""A comparison for a spreadsheet: CSV and XLSX in which law text can be no formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from pincite.comparison import Standing
from pincite.errors import UsageError
from pincite.rendering import comparison_words as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.comparison import Cell, Column, Comparison

HEADS = (
    "Jurisdiction", "Fact", "Standing", "Value", "Words of the law", "Citation", "Pinpoint",
    "Identifier", "Binds you", "Link", "Current through", "Searched",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"^[=+\-@\t\r\n]|^\s+[=+\-@]")
_LONGEST_CELL = 32_767  # characters in a cell of XLSX
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FILL = {Standing.DIFFERS: "#FFE9B8", Standing.ONLY_HERE: "#DCEBFF"}
_LONGEST_URL = 2_000  # XLSX takes 2,079


def comparison_csv(comparison: Comparison) -> str:
    """One line a fact, and one where none was found; RFC 4180, a byte order mark for Excel."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(HEADS)
    for line in _lines(comparison):
        writer.writerow([guarded(field) for field in line])
    return "\ufeff" + sheet.getvalue()


def guarded(field: str) -> str:
    """The field so that no spreadsheet reads a formula in it: an apostrophe before its sign."""
    return f"'{field}" if _FORMULA.match(field) else field


def comparison_xlsx(comparison: Comparison) -> bytes:
    """A workbook: the matrix, every fact with its quote, and what was searched.

    Raises UsageError where the extra `documents` is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError(
            "writing XLSX needs the extra `documents`, which is not installed",
            at_console="pip install 'pincite[documents]'",
        ) from error
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    # The same comparison gives the same bytes.
    book.set_properties(
        {
            "title": _cell_text(words.title(comparison))[:250],
            "created": comparison.question.asked_at.replace(tzinfo=None),
        }
    )
    _matrix(book, comparison)
    _facts(book, comparison)
    _searched(book, comparison)
    book.close()
    return out.getvalue()


def _lines(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Every fact, row by row; a cell without one gives a line that says so."""
    searched = words.searched_count(comparison)
    for row in comparison.rows:
        for cell, column in zip(row.cells, comparison.columns, strict=True):
            head = (column.name, words.HEADINGS[row.kind])
            if not cell.facts:
                yield (*head, words.STANDINGS[cell.standing], *[""] * 8, "; ".join(cell.searched))
            yield from _fact_lines(
                cell, column, (*head, words.standing_of(cell, searched=searched))
            )


def _fact_lines(cell: Cell, column: Column, head: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sources = {source.id: source for source in column.sources}
    for fact in cell.facts:
        source = sources.get(fact.section)
        yield (
            *head,
            fact.value,
            fact.statement.text,
            fact.citation,
            fact.statement.quotes[0].pinpoint,
            fact.section,
            fact.verdict.value.replace("_", " "),
            (source.url or "") if source else "",
            source.current_through if source else "",
            "",
        )


def _matrix(book: Any, comparison: Comparison) -> None:  # noqa: ANN401  (xlsxwriter has no types)
    """Jurisdictions down, kinds of fact across; what differs is coloured and says so."""
    sheet = book.add_worksheet("Comparison")
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CCCCCC"}
    plain = book.add_format(base)
    bold = book.add_format({**base, "bold": True})
    fills = {key: book.add_format({**base, "bg_color": value}) for key, value in _FILL.items()}
    quiet = book.add_format({**base, "font_color": "#6B6B6B"})
    rows = [row for row in comparison.rows if row.found]
    searched = words.searched_count(comparison)
    _write(sheet, 0, 0, words.title(comparison), book.add_format({"bold": True, "font_size": 13}))
    _write(sheet, 1, 0, words.under_title(comparison), book.add_format({"font_color": "#6B6B6B"}))
    _write(sheet, 3, 0, "Jurisdiction", bold)
    for across, row in enumerate(rows, start=1):
        _write(sheet, 3, across, words.HEADINGS[row.kind], bold)
    for down, column in enumerate(comparison.columns):
        _write(sheet, 4 + down, 0, column.name, bold)
        for across, row in enumerate(rows, start=1):
            cell = row.cells[down]
            style = fills.get(cell.standing, plain) if cell.facts else quiet
            _write(sheet, 4 + down, across, _cell_of(cell, column, searched), style)
    for down, note in enumerate(words.last_notes(comparison)):
        _write(sheet, 5 + len(comparison.columns) + down, 0, note, None)
    sheet.freeze_panes(4, 1)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, max(len(rows), 1), 44)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell_of(cell: Cell, column: Column, searched: int) -> str:
    if not cell.facts:
        return words.none_here(cell, column)
    told = []
    for fact in cell.facts:
        value = f"{fact.value}\n" if fact.value else ""
        told.append(f"{value}{words.fact_words(fact)}\n[{words.fact_cite(fact)}]")
    standing = words.standing_of(cell, searched=searched)
    mark = f"({standing}) " if cell.standing in _FILL and standing else ""
    return mark + "\n\n".join(told)


def _facts(book: Any, comparison: Comparison) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("Facts")
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#0645AD"})
    for across, head in enumerate(HEADS):
        _write(sheet, 0, across, head, bold)
    for down, line in enumerate(_lines(comparison), start=1):
        for across, field in enumerate(line):
            if HEADS[across] == "Link" and _is_link(field):
                sheet.write_url(down, across, field, link, field)
            else:
                _write(sheet, down, across, field, wrap)
    sheet.freeze_panes(1, 2)
    for across, width in enumerate((20, 16, 14, 26, 70, 32, 14, 30, 12, 30, 24, 30)):
        sheet.set_column(across, across, width)


def _is_link(text: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>\"]+", text)) and len(text) <= _LONGEST_URL


def _searched(book: Any, comparison: Comparison) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("Searched")
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    heads = ("Jurisdiction", "Code", "Sections", "Current through", "Excerpts", "Not installed")
    for across, head in enumerate(heads):
        _write(sheet, 0, across, head, bold)
    down = 1
    for column in comparison.columns:
        missing = "; ".join(column.coverage.missing)
        for item in column.coverage.searched or (None,):
            _write(sheet, down, 0, column.name, wrap)
            if item is not None:
                _write(sheet, down, 1, item.code, wrap)
                sheet.write_number(down, 2, item.sections)
                _write(sheet, down, 3, item.current_through, wrap)
                _write(sheet, down, 4, "excerpts only" if item.excerpts else "", wrap)
            _write(sheet, down, 5, missing, wrap)
            down += 1
    for across, width in enumerate((20, 40, 10, 40, 14, 60)):
        sheet.set_column(across, across, width)


def _write(sheet: Any, down: int, across: int, text: str, style: Any) -> None:  # noqa: ANN401
    """As a string whatever it looks like: a cell of type string is never a formula."""
    sheet.write_string(down, across, _cell_text(text), style)


def _cell_text(text: str) -> str:
    text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
