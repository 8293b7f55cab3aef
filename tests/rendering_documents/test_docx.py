"""A Word file of an answer: sound by the schema, with true footnotes, the same bytes every time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rendering_documents import papers
from tests.rendering_documents.ooxml import Package, R, W, faults

from pincite import render_docx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pincite import Answer

ANSWERS = {"sound": papers.sound, "hostile": papers.hostile, "refusing": papers.refusing}


@pytest.mark.parametrize("make", ANSWERS.values(), ids=ANSWERS)
def test_the_file_is_sound_by_the_schema(make: Callable[[], Answer]) -> None:
    assert list(faults(Package(render_docx(make())))) == []


def test_the_check_of_the_schema_finds_what_is_wrong() -> None:
    data = render_docx(papers.sound())
    for part, was, now in (
        ("word/document.xml", b'<w:pStyle w:val="Title"/>', b'<w:pStyle w:val="None"/>'),
        ("word/footnotes.xml", b'<w:footnote w:id="2">', b'<w:footnote w:id="7">'),
        ("word/_rels/document.xml.rels", b'Target="styles.xml"', b'Target="style.xml"'),
        ("word/document.xml", b"<w:pgSz", b"<w:bidi/><w:pgSz"),
        ("word/document.xml", b'r:id="rId5"', b'r:id="rId99"'),
        ("word/document.xml", b"NOTEREF _Note1", b"NOTEREF _Note9"),
        ("[Content_Types].xml", b"/word/footer1.xml", b"/word/footer2.xml"),
    ):
        assert list(faults(Package(_changed(data, part, was, now)))), (part, was)


def _changed(data: bytes, part: str, was: bytes, now: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert was in content, (part, was)
                content = content.replace(was, now, 1)
            new.writestr(name, content)
    return out.getvalue()


@given(text=st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text_makes_a_sound_file(text: str) -> None:
    assert list(faults(Package(render_docx(papers.hostile(text))))) == []


def test_each_statement_of_law_has_a_true_footnote_with_pinpoint_and_quote() -> None:
    answer = papers.sound()
    package = Package(render_docx(answer))
    notes = [
        "".join(e.text or "" for e in note.iter(f"{W}t"))
        for note in package.trees["word/footnotes.xml"].iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    ]
    cited = [one for one in answer.statements if one.quotes]
    assert len(notes) == len(cited) == 4
    for note, statement in zip(notes, cited, strict=True):
        for quote in statement.quotes:
            assert f"“{quote.text}”" in note
    assert "Frank. Stat. § 12-3-308(b)" in notes[0]
    assert "Frank. Stat. § 12-3-401(a)" in notes[2]
    assert "Frank. Stat. § 12-3-401(b)(2)" in notes[2]
    assert "Frank. Admin. Code 40-2-110(C)" in notes[3]


def test_headings_are_headings() -> None:
    tree = Package(render_docx(papers.sound())).trees["word/document.xml"]
    styled = [
        (style.attrib[f"{W}val"], "".join(e.text or "" for e in paragraph.iter(f"{W}t")))
        for paragraph in tree.iter(f"{W}p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None
    ]
    assert styled[0] == ("Title", papers.sound().question.text)
    headings = [text for style, text in styled if style == "Heading1"]
    assert headings == [
        "Short answer",
        "What you may not do",
        "What you must do",
        "Table of authorities",
        "What was searched",
        "Statements withheld",
        "Record",
    ]
    assert [text for style, text in styled if style == "Heading2"] == ["Statutes", "Regulations"]


def test_links_lead_to_the_official_sources_and_nowhere_else() -> None:
    package = Package(render_docx(papers.sound()))
    for part in ("word/document.xml", "word/footnotes.xml"):
        known = package.relations(part)
        targets = {
            known[link.attrib[f"{R}id"]][1] for link in package.trees[part].iter(f"{W}hyperlink")
        }
        assert targets == {
            "https://law.franklin.example/12-3-308",
            "https://law.franklin.example/r?a=1&b=2",
        }
    hostile = Package(render_docx(papers.hostile()))
    assert not list(hostile.trees["word/footnotes.xml"].iter(f"{W}hyperlink"))


def test_the_table_of_authorities_names_the_notes_that_cite_each() -> None:
    tree = Package(render_docx(papers.sound())).trees["word/document.xml"]
    rows = ["".join(e.text or "" for e in row.iter(f"{W}t")) for row in tree.iter(f"{W}tr")]
    (row,) = (one for one in rows if one.startswith("Frank. Stat. § 12-3-308"))
    assert row.endswith("1, 2")


def test_withheld_coverage_and_record_are_told() -> None:
    text = Package(render_docx(papers.sound())).text("word/document.xml")
    for words in (
        "Bees are data.",
        "not verbatim: it does not read so",
        "1,290",
        "Not installed, and so not searched: Franklin Court Rules.",
        "not in the pack: title 9",
        "This is not legal advice.",
        "Library: " + "a" * 64,
        "About who asks: we are a shop",
        "The law as of 21 November 2026",
    ):
        assert words in text


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert render_docx(papers.sound()) == render_docx(papers.sound())
    assert render_docx(papers.sound()) != render_docx(papers.refusing())


def test_python_docx_reads_what_is_written() -> None:
    import docx

    document = docx.Document(io.BytesIO(render_docx(papers.sound())))
    assert document.core_properties.title == papers.sound().question.text
    assert str(document.core_properties.created) == "2026-11-21 09:30:00+00:00"
    style = document.paragraphs[0].style
    assert style is not None
    assert style.name == "Title"
    assert [len(table.columns) for table in document.tables] == [3, 3, 3]


def test_a_warning_stands_on_the_first_page() -> None:
    package = Package(render_docx(papers.sound(), warning="This copy was not checked."))
    text = package.text("word/document.xml")
    assert text.index("This copy was not checked.") < text.index("Short answer")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_sets_its_footnotes(tmp_path: Path) -> None:
    (tmp_path / "memo.docx").write_bytes(render_docx(papers.sound()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "memo.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = words_of((tmp_path / "memo.pdf").read_bytes())
    assert re.search(r"1\s*Frank\. Stat\. § 12-3-308\(b\) \[1\.1\]: “A controller shall not", text)
    assert re.search(r"Page 1 of [12]", text)


def words_of(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = [document[n] for n in range(len(document))]
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        document.close()
    return " ".join(text.split())
