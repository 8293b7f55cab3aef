"""An answer as plain text for a terminal or a file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pincite.rendering import words

if TYPE_CHECKING:
    from pincite.answer import Answer, Statement

_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render_text(answer: Answer, *, width: int = 100, colour: bool = False) -> str:
    """The whole answer, lines no wider than `width` where words allow, ending in a newline."""
    page = _Page(width, colour)
    page.heading(words.shown(answer.question.text))
    if answer.jurisdictions:
        page.quiet(words.currency_line(answer))
    labels = words.labels_of(answer)
    if answer.abstained:
        page.block("No answer", [words.shown(answer.reason or "")])
        if answer.choices:
            page.block("Which do you mean?", [words.shown(choice) for choice in answer.choices])
    if answer.summary:
        page.heading("Short answer")
        for statement in answer.summary:
            page.paragraph(_text(statement, labels))
    for block in answer.blocks:
        page.block(block.heading, [_text(statement, labels) for statement in block.statements])
    _sources(answer, page)
    _coverage(answer, page)
    return page.text()


def _text(statement: Statement, labels: dict[str, str]) -> str:
    text = " ".join(words.shown(statement.text).split())
    cites = words.marks(statement, labels)
    return f"{text} {cites}" if cites else text


def _sources(answer: Answer, page: _Page) -> None:
    if not answer.sources:
        return
    page.heading("Sources")
    for name, sources in words.by_document(answer):
        page.paragraph(f"{words.shown(name)} — {words.applicability_line(sources[0])}")
        for source in sources:
            page.item(words.source_line(source), bullet=f"{source.label} ")


def _coverage(answer: Answer, page: _Page) -> None:
    coverage = answer.coverage
    if not (coverage.searched or coverage.missing or coverage.notes or answer.withheld):
        return
    page.heading("What was searched")
    if coverage.searched:
        page.paragraph("; ".join(words.searched_line(item) for item in coverage.searched) + ".")
    if coverage.missing:
        page.paragraph(words.shown("Not installed: " + "; ".join(coverage.missing) + "."))
    for note in coverage.notes:
        page.item(words.shown(note))
    if answer.withheld:
        count = len(answer.withheld)
        plural = "statement was" if count == 1 else "statements were"
        page.item(f"{count} {plural} withheld because a check failed (see the JSON).")


class _Page:
    """Lines under way: wraps, indents and, on a terminal, sets headings in bold."""

    def __init__(self, width: int, colour: bool) -> None:  # noqa: FBT001  (private)
        self._width = max(width, 40)
        self._colour = colour
        self._lines: list[str] = []

    def heading(self, text: str) -> None:
        if self._lines:
            self._lines.append("")
        for line in textwrap.wrap(" ".join(text.split()), self._width) or [""]:
            self._lines.append(f"{_BOLD}{line}{_OFF}" if self._colour else line)

    def quiet(self, text: str) -> None:
        for line in textwrap.wrap(text, self._width):
            self._lines.append(f"{_DIM}{line}{_OFF}" if self._colour else line)

    def paragraph(self, text: str) -> None:
        self._lines += textwrap.wrap(text, self._width, break_long_words=False)

    def item(self, text: str, *, bullet: str = "- ") -> None:
        self._lines += textwrap.wrap(
            text,
            self._width,
            initial_indent=bullet,
            subsequent_indent=" " * len(bullet),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def block(self, heading: str, items: list[str]) -> None:
        self.heading(heading)
        for text in items:
            self.item(text)

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"
