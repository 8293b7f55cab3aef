"""A PDF of an answer: its fonts in it, its text as it is, the same bytes every time."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rendering_documents import papers
from tests.rendering_documents.test_docx import words_of

from pincite import render_pdf
from pincite.errors import UsageError


def test_every_statement_note_and_source_is_in_it() -> None:
    text = words_of(render_pdf(papers.sound()))
    for statement in papers.sound().statements:
        assert statement.text.replace("controller's", "controller's")[:40] in text
    assert "Frank. Stat. § 12-3-401(b)(2) [1.2]" in text
    for words in ("Table of authorities", "Regulations", "Bees are data.", "Page 1 of", "a" * 64):
        assert words in text


def test_its_fonts_are_in_it_and_it_is_tagged() -> None:
    data = render_pdf(papers.sound())
    assert b"/FontFile3" in data
    assert b"/StructTreeRoot" in data
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_dict()["Title"] == papers.sound().question.text
    document.close()


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert render_pdf(papers.sound()) == render_pdf(papers.sound())


def test_markup_in_the_law_stays_its_letters() -> None:
    bad = (
        '#read("/etc/passwd") #panic("no") $ x^2 $ *bold* @ref <label> [ ] { } \\ // /* = - + `raw`'
    )
    text = words_of(render_pdf(papers.hostile(bad)))
    assert "root:" not in text
    assert "/etc/passwd" in text
    assert "*bold*" in text


@given(text=st.text(max_size=60) | st.just(papers.HOSTILE))
@settings(max_examples=15, deadline=None)
def test_any_text_makes_a_pdf(text: str) -> None:
    assert render_pdf(papers.hostile(text)).startswith(b"%PDF-")


def test_a_refusal_has_a_pdf() -> None:
    assert "No answer. The question names no state." in words_of(render_pdf(papers.refusing()))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] in {"typst", "docx"}:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "typst", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="the extra 'documents'") as caught:
        render_pdf(papers.sound())
    assert caught.value.at_console == "pip install 'pincite[documents]'"
