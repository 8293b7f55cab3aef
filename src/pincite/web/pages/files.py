"""A saved answer as a document to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.answer import Answer

FILES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


def file_of(answer: Answer, suffix: str, *, warning: str = "") -> bytes:
    """Raises UsageError where the extra that writes it is not installed."""
    if suffix == "docx":
        from pincite.rendering.docx import render_docx

        return render_docx(answer, warning=warning)
    if suffix == "pdf":
        from pincite.rendering.pdf import render_pdf

        return render_pdf(answer, warning=warning)
    if suffix == "html":
        from pincite.rendering.html import render_html

        return render_html(answer, warning=warning).encode()
    from pincite.rendering.markdown import render_markdown

    # Markdown has no place for a warning but its first lines.
    head = f"> **{warning}**\n\n" if warning else ""
    return (head + render_markdown(answer)).encode()
