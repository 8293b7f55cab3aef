"""A marked copy of a Word memo has a comment on the very words, and nothing else is changed."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.memo.files import docx, paragraph, run

from pincite.rendering.memo_docx import mark_docx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.memo.conftest import Checker

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made() -> bytes:
    """A memo of python-docx: styles, runs in several looks, a table."""
    from docx import Document

    document = Document()
    document.add_heading("On chat tools", 1)
    first = document.add_paragraph("Under FS 12-3-308(b), “a controller ")
    first.add_run("may not").bold = True
    first.add_run(
        " require a consumer” to do so. See FS 12-3-999 and FS 12-3-402(z), also FS 12-3-402."
    )
    document.add_table(1, 1).cell(0, 0).text = "FS 12-3-407"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def commented(document: Any) -> dict[str, str]:
    """The words that each comment stands on, and what it says."""
    found: dict[str, str] = {}
    for comment in document.comments:
        inside = False
        words: list[str] = []
        for element in document.element.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == str(
                comment.comment_id
            ):
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == str(
                comment.comment_id
            ):
                inside = False
            elif inside and element.tag == f"{W}t":
                words.append(element.text or "")
        found["".join(words)] = comment.text
    return found


def test_each_fault_has_a_comment_on_its_very_words(check: Checker) -> None:
    data = made()
    found = check(data, "memo.docx")
    document = opened(mark_docx(data, found))
    comments = commented(document)
    assert set(comments) == {
        "On chat tools",
        "a controller may not require a consumer",
        "FS 12-3-999",
        "FS 12-3-402(z)",
        "FS 12-3-407",
    }
    assert comments["a controller may not require a consumer"].startswith("Misquoted.")
    assert "[-shall-]{+may+}" in comments["a controller may not require a consumer"]
    assert "5 citations" in comments["On chat tools"]
    lit = [
        r.text for p in document.paragraphs for r in p.runs if r.font.highlight_color is not None
    ]
    assert "".join(lit) == "a controller may not require a consumerFS 12-3-999FS 12-3-402(z)"


def test_no_word_and_no_look_is_lost(check: Checker) -> None:
    data = made()
    before, after = opened(data), opened(mark_docx(data, check(data, "memo.docx")))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]
    bold = "".join(r.text for p in after.paragraphs for r in p.runs if r.bold)
    assert bold == "may not"
    again = check(mark_docx(data, check(data, "memo.docx")), "memo.docx")
    assert [one.standing for one in again.findings] == [
        one.standing for one in check(data, "memo.docx").findings
    ]


def test_what_is_found_in_a_footnote_is_told_at_its_mark(check: Checker) -> None:
    body = paragraph(run("So it is."), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    note = f'<w:footnote w:id="2">{paragraph(run("FS 12-3-999."))}</w:footnote>'
    data = docx(body, footnotes=note)
    document = opened(mark_docx(data, check(data, "m.docx")))
    assert any("no Frank. Stat. § 12-3-999" in text for text in commented(document).values())


def test_findings_that_overlap_are_all_told(check: Checker) -> None:
    data = docx(
        paragraph(run("“FS 12-3-999 and no other place says so much” FS 12-3-998, FS 12-3-997."))
    )
    found = check(data, "m.docx")
    comments = commented(opened(mark_docx(data, found)))
    assert len(comments) == len(found.faulty) + 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_copy_opens_in_libreoffice(check: Checker, tmp_path: Path) -> None:
    data = made()
    (tmp_path / "copy.docx").write_bytes(mark_docx(data, check(data, "memo.docx")))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
         "txt:Text", "--outdir", str(tmp_path), str(tmp_path / "copy.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "may not require a consumer" in (tmp_path / "copy.txt").read_text("utf-8")
