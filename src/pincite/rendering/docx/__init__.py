"""An answer as a Word file, written part by part: true footnotes, real headings, live fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.docx.body import body, footer, header
from pincite.rendering.docx.notes import footnotes
from pincite.rendering.docx.package import PackagePart, Relations, packed
from pincite.rendering.docx.properties import app, core, custom
from pincite.rendering.docx.styles import numbering, settings, styles
from pincite.rendering.paper import paper

if TYPE_CHECKING:
    from pincite.answer import Answer

__all__ = ["render_docx"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def render_docx(answer: Answer, *, warning: str = "") -> bytes:
    """The whole answer as a Word file, the same bytes for the same answer.

    `warning` is a sentence that must stand on it, if any.
    """
    filed = paper(answer, warning=warning)
    whole, main, noted = Relations(), Relations(), Relations()
    whole.add("officeDocument", "word/document.xml")
    whole.add(_CORE_KIND, "docProps/core.xml")
    whole.add("extended-properties", "docProps/app.xml")
    whole.add("custom-properties", "docProps/custom.xml")
    for kind in ("styles", "settings", "numbering", "footnotes"):
        main.add(kind, f"{kind}.xml")
    text = body(filed, main, main.add("header", "header1.xml"), main.add("footer", "footer1.xml"))
    parts = [
        PackagePart("word/document.xml", f"{_WORD}.document.main+xml", text, main),
        PackagePart("word/styles.xml", f"{_WORD}.styles+xml", styles()),
        PackagePart("word/settings.xml", f"{_WORD}.settings+xml", settings()),
        PackagePart("word/numbering.xml", f"{_WORD}.numbering+xml", numbering()),
        PackagePart(
            "word/footnotes.xml", f"{_WORD}.footnotes+xml", footnotes(filed.notes, noted), noted
        ),
        PackagePart("word/header1.xml", f"{_WORD}.header+xml", header(filed)),
        PackagePart("word/footer1.xml", f"{_WORD}.footer+xml", footer()),
        PackagePart("docProps/core.xml", _CORE, core(filed, answer.question.asked_at)),
        PackagePart("docProps/app.xml", f"{_OFFICE}.extended-properties+xml", app()),
        PackagePart("docProps/custom.xml", f"{_OFFICE}.custom-properties+xml", custom(filed)),
    ]
    return packed(parts, whole)
