"""HTML, Word, Markdown and plain text become the words that a reader sees."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.documents.made import abstract, docx, num, para

from pincite.errors import ParseError, PinciteError
from pincite.law.pages import PageStart
from pincite.parsing.files.docx import read_docx
from pincite.parsing.files.html import read_html
from pincite.parsing.files.labels import counted
from pincite.parsing.files.markdown import read_markdown
from pincite.parsing.files.plain_text import read_text
from pincite.parsing.files.read import read_document


def words(data: bytes, read: object = read_docx) -> list[str]:
    return [block.text for block in read(data, source="x").blocks]  # type: ignore[operator]


def page(body: str, head: str = "") -> list[str]:
    return words(
        f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), read_html
    )


def test_scripts_and_styles_are_never_text() -> None:
    body = (
        "<p>Law<script>var shall = 1;</script></p><style>p { a: b }</style><noscript>x</noscript>"
    )
    assert page(body, "<style>a</style><script>b</script>") == ["Law"]


def test_navigation_and_what_is_hidden_are_left_out() -> None:
    body = (
        '<nav><a>Home</a></nav><div class="breadcrumb">Rules</div><div id="site-header">A</div>'
        '<div role="navigation">x</div><p hidden>y</p><p style="display: none">z</p>'
        '<p>The keeper shall pay.</p><div class="cookie-banner">ok?</div>'
        '<footer class="site-footer">c</footer>'
    )
    assert page(body) == ["The keeper shall pay."]


def test_the_main_part_is_read_where_the_page_marks_it() -> None:
    assert page("<p>About us</p><main><p>The keeper shall pay.</p></main>") == [
        "The keeper shall pay."
    ]


def test_lists_have_the_labels_that_a_browser_shows() -> None:
    inner = '<ol type="i"><li>in</li></ol>'
    body = f'<ol type="a" start="3"><li>one</li><li>two{inner}</li></ol><ul><li>x</li></ul>'
    assert page(body) == ["c. one", "d. two", "i. in", "• x"]


def test_tables_are_rows_of_cells() -> None:
    rows = "<tr><th>Fee</th><th>Amount</th></tr><tr><td><p>Gate</p></td><td>$5</td></tr>"
    assert page(f"<table>{rows}</table>") == ["Fee | Amount", "Gate | $5"]


def test_headings_have_their_levels() -> None:
    blocks = read_html(b"<h1>Rules</h1><h2>Sec. 1</h2><p>x</p>", source="x").blocks
    assert [(block.text, block.level) for block in blocks] == [
        ("Rules", 1),
        ("Sec. 1", 2),
        ("x", 0),
    ]


def test_a_page_in_an_old_encoding_is_read_as_it_says() -> None:
    data = '<meta charset="iso-8859-1"><p>caf\u00e9 \u00a7 4</p>'.encode("latin-1")
    assert words(data, read_html) == ["caf\u00e9 \u00a7 4"]


def test_a_page_nested_without_end_is_read_or_refused_soon() -> None:
    assert page("<div>" * 20_000 + "deep" + "</div>" * 20_000) == ["deep"]


LEVELS = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3)")]


def test_numbering_is_turned_to_the_labels_that_word_shows() -> None:
    body = "".join(para(text, list_id=1, level=level) for text, level in (
        ("one", 0), ("a", 1), ("b", 1), ("i", 2), ("two", 0), ("a again", 1)))  # fmt: skip
    made = docx(body, numbering=abstract(0, LEVELS) + num(1, 0))
    assert words(made) == ["1. one", "(a) a", "(b) b", "i) i", "2. two", "(a) a again"]


def test_labels_may_hold_the_numbers_of_the_levels_above() -> None:
    levels = [("decimal", "Article %1"), ("decimal", "%1.%2")]
    body = (
        para("Pay", list_id=1) + para("When", list_id=1, level=1) + para("How", list_id=1, level=1)
    )
    made = docx(body, numbering=abstract(0, levels) + num(1, 0))
    assert words(made) == ["Article 1 Pay", "1.1 When", "1.2 How"]


def test_a_list_begun_anew_counts_from_its_own_start() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    made = docx(
        para("a", list_id=1) + para("b", list_id=2) + para("c", list_id=2),
        numbering=abstract(0, LEVELS) + num(1, 0) + num(2, 0, anew),
    )
    assert words(made) == ["1. a", "5. b", "6. c"]


def test_two_lists_of_one_definition_count_on() -> None:
    made = docx(
        para("a", list_id=1) + para("b", list_id=2),
        numbering=abstract(0, LEVELS) + num(1, 0) + num(2, 0),
    )
    assert words(made) == ["1. a", "2. b"]


def test_a_style_gives_heading_level_and_list() -> None:
    styles = (
        '<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H2"/></w:style>'
    )
    levels = [("decimal", "%1."), ("decimal", "%1.%2")]
    made = docx(
        para("Access", style="Own"), styles=styles, numbering=abstract(0, levels) + num(1, 0)
    )
    (block,) = read_docx(made, source="x").blocks
    assert (block.text, block.level) == ("1.1 Access", 2)


def test_deleted_and_hidden_words_are_left_out_and_changes_are_told() -> None:
    body = (
        "<w:p><w:r><w:t>Pay </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>soon</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>"
    )
    reading = read_docx(docx(body), source="x")
    assert [block.text for block in reading.blocks] == ["Pay soon"]
    assert "tracked changes" in reading.notes[0]


def test_footnotes_stand_behind_the_paragraph_that_refers_to_them() -> None:
    body = (
        '<w:p><w:r><w:t>Fees are due</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + para("Next.")
    )
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>On Monday.</w:t></w:r></w:p></w:footnote>'
    assert words(docx(body, footnotes=notes)) == ["Fees are due [1]", "[1] On Monday.", "Next."]


def test_tables_of_word_are_rows_of_cells() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(para('Fee'))}{cell(para('Amount'))}</w:tr></w:tbl>"
    assert words(docx(table)) == ["Fee | Amount"]


def test_pages_are_those_that_word_wrote_down() -> None:
    broken = (
        "<w:p><w:r><w:t xml:space='preserve'>On page one </w:t></w:r>"
        "<w:r><w:lastRenderedPageBreak/><w:t>and two.</w:t></w:r></w:p>"
    )
    first, last = read_docx(docx(broken + para("Still two.")), source="x").blocks
    assert first.pages == (PageStart(0, 1), PageStart(first.text.index(" and two"), 2))
    assert last.pages == (PageStart(0, 2),)


def test_without_such_a_record_there_are_no_pages() -> None:
    (block,) = read_docx(docx(para("Words.")), source="x").blocks
    assert block.pages == ()


def test_a_zip_bomb_is_refused() -> None:
    bomb = docx(para("x" * (64 << 20)))
    with pytest.raises(ParseError, match=r"unfolds from .* the file is refused"):
        read_docx(bomb, source="x.docx")


def test_an_entity_in_a_word_document_is_refused() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        evil = '<!DOCTYPE d [<!ENTITY a "aaaa">]><document><p><r><t>&a;</t></r></p></document>'
        archive.writestr("word/document.xml", evil)
    with pytest.raises(ParseError, match="document type"):
        read_docx(sink.getvalue(), source="x.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
            "encrypted document or one of Word's old",
        ),
        (b"PK\x03\x04 cut", "not a Word document, or it is cut off"),
        (b"hello", "not a Word document"),
    ],
)
def test_what_is_no_word_document_says_so(data: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        read_docx(data, source="x.docx")


def test_markdown_is_read_without_its_marks() -> None:
    text = """---
title: Rules
---
# Rules of *staff*

Pay is **due** on [Monday](http://x "t").
It is `paid` \\*once\\*.

- one
  more
2. two

| Fee | Amount |
|-----|-------:|
| Gate | $5 |

Later
-----

```
code stays
```
<!-- a note --><script>no</script>
"""
    reading = read_markdown(text.encode(), source="x")
    assert reading.title == "Rules"
    assert [(block.level, block.text) for block in reading.blocks] == [
        (1, "Rules of staff"),
        (0, "Pay is due on Monday. It is paid *once*."),
        (0, "• one more"),
        (0, "2. two"),
        (0, "Fee | Amount\nGate | $5"),
        (2, "Later"),
        (0, "code stays"),
    ]


def test_lines_of_plain_text_are_paragraphs_again_and_form_feeds_are_pages() -> None:
    text = (
        "SECTION 1. FEES\n\nThe keeper of an orchard shall pay a fee to the board in the no-\n"
        "table month of May.\n(1) The fee is ten dollars.\n(2) It is paid once.\f\n"
        "Page two is here.\n"
    )
    blocks = read_text(text.encode(), source="x").blocks
    assert [block.text for block in blocks] == [
        "SECTION 1. FEES",
        "The keeper of an orchard shall pay a fee to the board in the notable month of May.",
        "(1) The fee is ten dollars.",
        "(2) It is paid once.",
        "Page two is here.",
    ]
    assert blocks[-1].pages == (PageStart(0, 2),)


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("decimal", ["1", "4", "27", "28"]),
        ("lowerLetter", ["a", "d", "aa", "bb"]),
        ("upperRoman", ["I", "IV", "XXVII", "XXVIII"]),
        ("ordinal", ["1st", "4th", "27th", "28th"]),
        ("decimalZero", ["01", "04", "27", "28"]),
    ],
)
def test_numbers_are_counted_in_every_style(style: str, labels: list[str]) -> None:
    assert [counted(number, style) for number in (1, 4, 27, 28)] == labels


@pytest.mark.parametrize(
    ("data", "suffix", "said"),
    [
        (b"x", ".xls", "is no format of a document known here"),
        (b"  ", ".txt", "the file is empty"),
        (b"# \n", ".md", "holds no text"),
        (b"a\0b", ".txt", "holds zero bytes"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, suffix: str, said: str) -> None:
    with pytest.raises(PinciteError, match=said):
        read_document(data, suffix, source="x")


def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(PinciteError, match="not installed") as told:
        read_document(b"%PDF-", ".pdf", source="x.pdf")
    assert told.value.at_console == "pip install 'pincite[documents]'"
