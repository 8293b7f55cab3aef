"""One handbook, turned into other formats by LibreOffice, has the same sections in each."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.documents.made import abstract, docx, num, para

from pincite.parsing.files.read import read_document
from pincite.parsing.files.sectioning import sections

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = shutil.which("soffice")
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/><w:pPr>'
    f'<w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{36 - 4 * n}"/></w:rPr>'
    "</w:style>"
    for n in (1, 2)
)


@pytest.mark.soak
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed here")
def test_a_handbook_has_the_same_sections_as_word_pdf_and_html(tmp_path: Path) -> None:
    body = para("3 Security", style="H1")
    for number in range(1, 25):
        body += para(f"3.{number} Rule {number}", style="H2")
        body += para(f"Staff must follow rule {number} on every day on which they work. " * 4)
        body += para("keep the key;", list_id=1) + para("close the door.", list_id=1)
    numbering = abstract(0, [("lowerLetter", "(%1)")]) + num(1, 0)
    source = tmp_path / "handbook.docx"
    source.write_bytes(docx(body, styles=STYLES, numbering=numbering, more=_package()))
    found = {".docx": _sections(source)}
    for kind in ("pdf", "html"):
        subprocess.run(
            [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
             "--convert-to", kind, "--outdir", str(tmp_path), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        found[f".{kind}"] = _sections(tmp_path / f"handbook.{kind}")
    numbers = [f"3.{number}" for number in range(1, 25)]
    assert {suffix: [one[0] for one in some] for suffix, some in found.items()} == dict.fromkeys(
        found, numbers
    )
    for some in found.values():
        assert all(
            f"rule {number.removeprefix('3.')} on every day" in text for number, text in some
        )


def _sections(file: Path) -> list[tuple[str, str]]:
    reading = read_document(file.read_bytes(), file.suffix, source=file.name)
    found = sections(reading.blocks, lambda _: None)
    return [(one.number, " ".join(one.text.split())) for one in found if "." in one.number]


def _package() -> dict[str, bytes]:
    """What other programs want to find in a Word file beside its parts."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
        )
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{parts}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/officeDocument" '
            f'Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/styles" '
            f'Target="styles.xml"/><Relationship Id="r2" Type="{office}/numbering" '
            f'Target="numbering.xml"/></Relationships>'
        ).encode(),
    }
