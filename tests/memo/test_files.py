"""Memos in every format are read as a reader sees them; hostile and broken files are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.hanging import no_hang
from tests.memo import files
from tests.memo.files import docx, paragraph, run

from pincite.errors import ParseError
from pincite.parsing.memo_files import read_memo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.memo.conftest import Checker

MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'
QUOTED = "“A controller shall not require a consumer to give more personal data”"


def test_a_word_file_is_read_with_its_runs_footnotes_and_tables(check: Checker) -> None:
    body = (
        paragraph(
            run("The rule: “A controller "),
            run("shall not", "<w:b/>"),
            run(" require a consumer”."),
            MARK,
        )
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('See FS 12-3-999'))}</w:tc></w:tr></w:tbl>"
    )
    note = f'<w:footnote w:id="2">{paragraph(run("Frank. Stat. § 12-3-308(b)."))}</w:footnote>'
    found = check(docx(body, footnotes=note), "memo.docx")
    assert [(one.where, one.standing.value) for one in found.findings] == [
        ("paragraph 1", "good"),
        ("paragraph 2, in a table", "no_such_section"),
        ("footnote 2", "good"),
    ]


def test_what_is_deleted_is_not_read_and_what_is_inserted_is() -> None:
    body = paragraph(
        run("It "),
        f"<w:del>{run('may').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('shall')}</w:ins>",
        f"<w:hyperlink>{run(' be')}</w:hyperlink>",
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr="X">'
        + run(" so")
        + "</w:fldSimple>",
        "<w:r><w:noBreakHyphen/><w:tab/></w:r>",
    )
    (passage,) = read_memo(docx(body), "a.docx")
    assert passage.text == "It shall be so-\t"


def test_a_block_quotation_is_told_by_its_indents(check: Checker) -> None:
    about = '<w:ind w:left="720" w:right="720"/>'
    body = paragraph(run("FS 12-3-308(b) provides:")) + paragraph(
        run("A controller may not require a consumer to give more personal data"), about=about
    )
    assert check.said(docx(body), "m.docx") == ["citation: good", "quotation: misquoted"]


def test_endnotes_and_text_boxes_are_read(check: Checker) -> None:
    inside = paragraph(run("In a box: FS 12-3-402."))
    box = f"<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"
    mark = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    note = f'<w:endnote w:id="1">{paragraph(run("FS 12-3-308(b)."))}</w:endnote>'
    found = check(docx(paragraph(run(QUOTED), mark, box), endnotes=note), "m.docx")
    assert [one.where for one in found.findings] == ["paragraph 1", "paragraph 2", "endnote 1"]
    assert found.holds


def test_markdown_is_read_without_its_marks() -> None:
    memo = (
        "# On *tools*\n\nIt **shall** be `so`, says [§ 5](https://law.example/a_(b)).[^1]\n\n"
        "> quoted one\n> goes on\n\n- item one\n- item two\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "[^1]: The note &amp; its \\* sign.\n"
    )
    passages = read_memo(memo.encode(), "m.md")
    assert [one.text for one in passages] == [
        "On tools",
        "It shall be so, says § 5.",
        "quoted one goes on",
        "item one",
        "item two",
        "a",
        "b",
        "c",
        "d",
        "The note & its * sign.",
    ]
    assert passages[1].marks == ((25, "1"),)
    assert passages[-1].note == "1"
    assert passages[2].block


def test_html_is_read_as_it_is_seen() -> None:
    page = (
        "<html><head><title>no</title><style>p{}</style><script>“no”</script></head><body>"
        "<p>It <b>sh</b>all <q>be so</q><sup><a href='#n1'>1</a></sup>.<br>Yes.</p>"
        "<blockquote><p>quoted</p></blockquote><ol><li id='n1'>The note.</li></ol></body></html>"
    )
    passages = read_memo(page.encode(), "m.html")
    assert [one.text for one in passages] == ["It shall “be so”. Yes.", "quoted", "The note."]
    assert passages[0].marks == ((16, "n1"),)
    assert (passages[1].block, passages[2].note) == (True, "n1")


def test_a_pdf_is_read_with_its_pages_and_numbered_notes(check: Checker) -> None:
    data = files.pdf(
        "The rule: “A controller shall not require a consumer to give more personal data.”1",
        "Another paragraph that cites Frank. Stat. § 12-3-999 and goes on for a while after it.",
        "1 Frank. Stat. § 12-3-308(b).",
    )
    found = check(data, "memo.pdf")
    assert [(one.where, one.standing.value) for one in found.findings] == [
        ("page 1", "good"),
        ("page 1", "no_such_section"),
        ("page 1", "good"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "a.docx",
        "a.html",
        "a.pdf",
    ],
)
def test_a_paper_of_our_own_holds_in_every_format(check: Checker, name: str) -> None:
    import asyncio
    from datetime import date

    from pincite import render_docx, render_html, render_pdf

    asked = "May I use a service provider's chat tool that collects personal data in Franklin?"
    answer = asyncio.run(check.assistant.ask(asked, as_of=date(2026, 11, 21)))
    made = {
        "a.docx": lambda: render_docx(answer),
        "a.html": lambda: render_html(answer).encode(),
        "a.pdf": lambda: render_pdf(answer),
    }
    found = check(made[name](), name)
    wrong = [one for one in found.faulty if one.standing != "not_installed"]
    assert wrong == []
    assert sum(one.part == "quotation" for one in found.findings) > 5


@pytest.mark.parametrize(
    ("made", "name", "said"),
    [
        (files.bomb, "m.docx", "unfolds to"),
        (files.lying_bomb, "m.docx", "more than|cannot be unpacked"),
        (files.laughing, "m.docx", "document type|well-formed"),
        (files.reading_files, "m.docx", "document type|well-formed"),
        (lambda: docx("<w:p>")[:-40], "m.docx", "not a whole Word file"),
        (lambda: docx("<w:p>"), "m.docx", "not well-formed"),
        (lambda: files.zipped({"a.txt": "x"}), "m.docx", "no Word file"),
        (lambda: b"PK\x03\x04" + b"\0" * 200, "m.docx", "not a whole Word file"),
        (lambda: b"plain words", "m.docx", "not a whole Word file"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "m.docx", "encrypted"),
        (files.locked_pdf, "m.pdf", "password"),
        (lambda: files.pdf("Some words of a memo")[:-400], "m.pdf", "cut off"),
        (lambda: b"%PDF-1.7 nothing %%EOF", "m.pdf", "PDF"),
        (lambda: b"word " * (2 << 20), "m.txt", "at most 2,000,000"),
        (lambda: b"<p>" + b"word " * (2 << 20), "m.html", "at most 2,000,000"),
        (lambda: b"# x\n" + b"word " * (2 << 20), "m.md", "at most 2,000,000"),
        (lambda: b"\0\1\2\3" * 100, "m.txt", "zero bytes"),
        (lambda: b"", "m.txt", "empty"),
        (lambda: b"{\\rtf1 memo}", "m.rtf", "Rich Text"),
        (lambda: b"<html>" + b"<div>" * 5000 + b"x", "m.html", "deep"),
    ],
)  # fmt: skip
def test_hostile_and_broken_files_are_refused_and_do_not_hang(
    made: Callable[[], bytes], name: str, said: str
) -> None:
    data = made()
    with no_hang(), pytest.raises(ParseError, match=said) as caught:
        read_memo(data, name)
    assert str(caught.value).startswith(name)
    assert "root:" not in str(caught.value)


def test_text_in_other_encodings_is_read() -> None:
    assert read_memo("§ 5 “so”".encode("utf-16"), "m.txt")[0].text == "§ 5 “so”"
    assert read_memo("§ 5 “so”".encode("cp1252"), "m.txt")[0].text == "§ 5 “so”"
