"""An HTML file of an answer: one file, no script, all escaped, every mark leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.rendering_documents import papers

from pincite import render_html

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium")
ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "footer",
        "section",
        "h1",
        "h2",
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "sup",
        "q",
        "strong",
        "span",
        "br",
        "dl",
        "dt",
        "dd",
    ]
)


def test_it_is_one_file_with_no_script_and_nothing_to_load() -> None:
    tree = html.fromstring(render_html(papers.sound()))
    assert not tree.xpath(
        "//script | //link | //img | //iframe | //object | //*[@src] | //*[@style]"
    )
    assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on")]


def test_the_policy_allows_the_one_style_sheet_by_its_hash() -> None:
    page = render_html(papers.sound())
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert "@media print" in style


@given(text=st.text(max_size=80) | st.just(papers.HOSTILE))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_markup(text: str) -> None:
    page = render_html(papers.hostile(text))
    tree = html.fromstring(page)
    assert {str(e.tag) for e in tree.iter()} <= ELEMENTS
    assert all(
        href.startswith(("#note-", "#ref-", "https://law.franklin.example/"))
        for href in tree.xpath("//@href")
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", page)
    page.encode("utf-8")


def test_every_mark_leads_to_a_note_and_back() -> None:
    tree = html.fromstring(render_html(papers.sound()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert set(targets) == set(ids)


def test_notes_have_citation_link_and_quote() -> None:
    tree = html.fromstring(render_html(papers.sound()))
    (note,) = tree.xpath("//li[@id='note-1']")
    assert note.xpath(".//a/@href")[0] == "https://law.franklin.example/12-3-308"
    assert "§ 12-3-308(b)" in note.text_content()
    assert papers.sound().statements[1].quotes[0].text in note.text_content()


def test_a_refusal_says_why_and_offers_what_there_is_to_choose() -> None:
    text: str = html.fromstring(render_html(papers.refusing())).xpath("string()")
    assert "No answer. The question names no state." in text
    assert "Washington" in text


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert render_html(papers.sound()) == render_html(papers.sound())


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_real_browser(tmp_path: Path, scheme: Any) -> None:
    from axe_core_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    file = tmp_path / "memo.html"
    # The checking program is a script of its own, which the file's own policy rightly forbids.
    page_text = re.sub(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render_html(papers.sound())
    )
    file.write_text(page_text, "utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme)
        page.goto(file.as_uri())
        found = Axe().run(page)
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()
    assert [one["id"] for one in found["violations"]] == []
    assert wide
