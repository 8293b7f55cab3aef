"""A memo read from its bytes, by its name and by what the bytes are."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.memo_passages import (
    LARGEST_FILE,
    Passage,
    check_size,
    numbered_notes,
    parted_notes,
    whole_quotations,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHERS = {".doc": "an old Word file", ".rtf": "Rich Text", ".odt": "an OpenDocument text",
           ".pages": "a Pages file", ".wpd": "a WordPerfect file"}  # fmt: skip


def read_memo(data: bytes, name: str) -> tuple[Passage, ...]:
    """The passages of a memo: Word, PDF, HTML, Markdown or plain text. Raises ParseError.

    What the bytes are counts for more than the name.
    """
    source = name or "memo"
    if len(data) > LARGEST_FILE:
        raise ParseError(f"{len(data):,} bytes are more than any memo has", source=source)
    if not data.strip():
        raise ParseError("the file is empty", source=source)
    suffix = PurePath(name).suffix.lower()
    if suffix in _OTHERS and not data.startswith(b"PK"):
        raise ParseError(
            f"{_OTHERS[suffix]} cannot be read here; save it as .docx, .pdf or text", source=source
        )
    return _reader(data, suffix)(data, source)


def _reader(data: bytes, suffix: str) -> Callable[[bytes, str], tuple[Passage, ...]]:
    start = data[:1024].lstrip()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")) or suffix == ".docx":
        return _docx
    if b"%PDF-" in data[:1024] or suffix == ".pdf":
        return _pdf
    page = start[:15].lower().startswith((b"<!doctype html", b"<html"))
    if page or suffix in {".html", ".htm", ".xhtml"}:
        return _html
    return _markdown if suffix in {".md", ".markdown"} else _plain


def _docx(data: bytes, source: str) -> tuple[Passage, ...]:
    from pincite.parsing.memo_docx import read_docx

    return read_docx(data, source=source)


def _html(data: bytes, source: str) -> tuple[Passage, ...]:
    from pincite.parsing.memo_html import read_html

    return read_html(data, source=source)


def _markdown(data: bytes, source: str) -> tuple[Passage, ...]:
    from pincite.parsing.memo_text import read_markdown

    return read_markdown(data, source=source)


def _plain(data: bytes, source: str) -> tuple[Passage, ...]:
    from pincite.parsing.memo_text import read_plain

    return read_plain(data, source=source)


def _pdf(data: bytes, source: str) -> tuple[Passage, ...]:
    from pincite.parsing.files.pdf import read_pdf

    read = read_pdf(data, source=source)
    check_size(sum(len(block.text) for block in read.blocks), source)
    passages: list[Passage] = []
    for block in read.blocks:
        page = f"page {block.pages[0].page}" if block.pages else "the PDF"
        passages.append(Passage(text=" ".join(block.text.split()), where=page))
    whole = whole_quotations([one for one in passages if one.text])
    return numbered_notes(parted_notes(whole))
