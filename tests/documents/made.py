"""Documents of invented agencies and companies, made for the tests."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LETTER = (612.0, 792.0)


def pdf(
    pages: Iterable[Sequence[tuple[float, float, str]]],
    *,
    bold: Sequence[str] = (),
    head: str = "",
    foot: str = "",
    turned: int = 0,
    password: str = "",
) -> bytes:
    """A PDF of lines at places (from the left, from the top), with heads and feet as given.

    `#` in a head or foot is the page's number; `turned` is by how many degrees each page is.
    """
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    sink = io.BytesIO()
    locked = StandardEncryption(password, ownerPassword="owner") if password else None
    made = canvas.Canvas(sink, pagesize=LETTER, encrypt=locked, invariant=True)
    for number, lines in enumerate(pages, start=1):
        if turned:
            made.setPageRotation(turned)
            made.translate(LETTER[0] if turned == 90 else 0, 0 if turned == 90 else LETTER[1])
            made.rotate(turned)
        for left, top, text in lines:
            made.setFont("Times-Bold" if text in bold else "Times-Roman", 10)
            made.drawString(left, LETTER[1] - top, text)
        made.setFont("Times-Italic", 8)
        if head:
            made.drawString(72, LETTER[1] - 30, head.replace("#", str(number)))
        if foot:
            made.drawCentredString(306, 24, foot.replace("#", str(number)))
        made.showPage()
    made.save()
    return sink.getvalue()


def column(left: float, top: float, lines: Iterable[str], step: float = 12) -> list[Any]:
    """Lines one below another."""
    return [(left, top + place * step, text) for place, text in enumerate(lines)]


def scan() -> bytes:
    """A PDF whose one page is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    sink = io.BytesIO()
    made = canvas.Canvas(sink, pagesize=LETTER, invariant=True)
    made.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 50, 50, 500, 700)
    made.showPage()
    made.save()
    return sink.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    footnotes: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word document with this XML in its body, definitions of lists, styles, footnotes."""
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    }
    for name, root, inside in (
        ("numbering", "numbering", numbering),
        ("styles", "styles", styles),
        ("footnotes", "footnotes", footnotes),
    ):
        if inside:
            parts[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{_W}">{inside}</w:{root}>'
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return sink.getvalue()


def para(text: str, *, style: str = "", list_id: int = 0, level: int = 0) -> str:
    """A Word paragraph."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def abstract(number: int, levels: Iterable[tuple[str, str]], more: str = "") -> str:
    """The definition of a list: for each level its form and its text."""
    inside = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


POLICY = """# Privacy policy of Greenfield Ferry

## 1. Purpose

### 1.1 Scope

This policy binds all staff of Greenfield Ferry.

## 2. Incidents

### 2.1 Telling customers

If personal information of a customer is taken, the privacy officer notifies the customer \
as fast as possible, and no later than 60 days after the breach is discovered.

The notice to the customer includes:

- what happened, as far as we know;
- a telephone number that the customer can call.

### 2.3 Records

If the privacy officer decides after an investigation that fraud is not likely, the \
determination is documented in writing and kept for five years.
"""
