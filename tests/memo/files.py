"""Files to be read as memos: sound Word files made by hand, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: str, **notes: str) -> bytes:
    """A Word file with this body and these notes (`footnotes=...`), as XML."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": main(body),
    }
    for name, inside in notes.items():
        parts[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>'
    return zipped(parts)


def main(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(runs)}</w:p>"


def bomb() -> bytes:
    """Some hundred kilobytes that unfold to a third of a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """A part whose length the archive's directory tells as short, and which is long."""
    data = bytearray(docx("x" * 200 + " " * (70 << 20)))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 : at + 46 + 17] == b"word/document.xml":
            data[at + 24 : at + 28] = (2000).to_bytes(4, "little")
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def laughing() -> bytes:
    """Entities that unfold to billions of letters."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "haha">{entities}]>'
    body = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"
    return zipped({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": head + main(body),
    })  # fmt: skip


def reading_files() -> bytes:
    """An entity that is a file of the machine."""
    head = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = "<w:p><w:r><w:t>&f;</w:t></w:r></w:p>"
    return zipped({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": head + main(body),
    })  # fmt: skip


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out, encrypt=StandardEncryption("secret", "owner"))
    page.drawString(72, 720, "Frank. Stat. 12-3-402")
    page.save()
    return out.getvalue()


def pdf(*paragraphs: str) -> bytes:
    """A PDF with these paragraphs."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    out = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    flow: list[Any] = [
        item for one in paragraphs for item in (Paragraph(one, style), Spacer(1, 24))
    ]
    SimpleDocTemplate(out).build(flow)
    return out.getvalue()
