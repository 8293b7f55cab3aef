"""Plain text: paragraphs by blank lines and labels, pages by form feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.law.pages import PageStart
from pincite.parsing.files.block import Block, Reading
from pincite.parsing.files.wrapped import Words, begins

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 1 << 16
_WIDE = 50  # characters: a line at least so long may have been wrapped
_ENDS = ".:;!?"
_HEADING = re.compile(r"[^a-z]{3,100}")


def read_text(data: bytes, *, source: str) -> Reading:
    """The text's paragraphs. Raises ParseError for bytes that are no text."""
    text = decoded(data, source=source)
    pages = text.split("\f")
    words = Words(line for page in pages for line in page.splitlines())
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        starts = (PageStart(0, number),) if len(pages) > 1 else ()
        blocks += [Block(text=one, pages=starts) for one in _paragraphs(page, words)]
    return Reading(blocks=tuple(blocks))


def decoded(data: bytes, *, source: str, declared: str | None = None) -> str:
    """The text that the bytes are: by their mark, in UTF-8, as declared, else in Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\0" in data[:_SAMPLE]:
        raise ParseError(
            "this is not text: it holds zero bytes; is it a file of another kind?", source=source
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(declared or "cp1252", "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


def _paragraphs(page: str, words: Words) -> Iterator[str]:
    text = ""
    last = ""
    for raw in page.expandtabs(4).splitlines():
        line = " ".join(raw.split())
        if text and line and _goes_on(last, line, raw):
            text = words.joined(text, line)
        else:
            if text:
                yield text
            text = line
        last = line
    if text:
        yield text


def _goes_on(last: str, line: str, raw: str) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if not last or begins(line) or raw.startswith(" " * 4):
        return begins(last) and bool(last) and not begins(line) and len(last) >= _WIDE
    if _HEADING.fullmatch(last) or _HEADING.fullmatch(line):
        return False
    return len(last) >= _WIDE or last[-1] not in _ENDS
