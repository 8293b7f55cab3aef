"""An answer as plain text for a terminal or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering import words
from pincite.rendering.page import Page

if TYPE_CHECKING:
    from pincite.answer import Answer, Statement


def render_text(answer: Answer, *, width: int = 100, colour: bool = False) -> str:
    """The whole answer, lines no wider than `width` where words allow, ending in a newline."""
    page = Page(width, colour=colour)
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


def _sources(answer: Answer, page: Page) -> None:
    if not answer.sources:
        return
    page.heading("Sources")
    for name, sources in words.by_document(answer):
        page.paragraph(f"{words.shown(name)} — {words.applicability_line(sources[0])}")
        for source in sources:
            page.item(words.source_line(source), bullet=f"{source.label} ")


def _coverage(answer: Answer, page: Page) -> None:
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
