"""An answer given out in the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.cli.choices import Format
from pincite.cli.frame import tell
from pincite.cli.output import colour, emit, width

if TYPE_CHECKING:
    from pathlib import Path

    from pincite import Answer


def emit_answer(answer: Answer, form: Format, out: Path | None, *, warning: str = "") -> None:
    """Print it or write it; `warning` is a sentence that must be seen with it, if any."""
    if warning and form is Format.JSON:
        tell(warning)
    emit(_rendered(answer, form, out, warning), out)


def _rendered(answer: Answer, form: Format, out: Path | None, warning: str) -> str | bytes:
    import pincite

    if form is Format.HTML:
        return pincite.render_html(answer, warning=warning)
    if form is Format.DOCX:
        return pincite.render_docx(answer, warning=warning)
    if form is Format.PDF:
        return pincite.render_pdf(answer, warning=warning)
    if form is Format.JSON:
        return pincite.render_json(answer)
    before = f"{warning}\n\n" if warning else ""
    if form is Format.MARKDOWN:
        return before + pincite.render_markdown(answer)
    return before + pincite.render_text(answer, width=width(), colour=colour(out))
