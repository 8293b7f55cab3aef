"""Memos as plain text and Markdown: passages with the lines on which they begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.memo_passages import Passage, check_size, numbered_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

_BYTE_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 1 << 16
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BULLET = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)\s*")
_QUOTED = re.compile(r"\s{0,3}>\s?")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]{1,40})\]:\s*")
_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?![\w*])|"
                       r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=[^\s\\])\3(?!\w)")  # fmt: skip
_CODE = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~&\"'])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,20});")
_DIVIDER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*")


def read_plain(data: bytes, *, source: str) -> tuple[Passage, ...]:
    """The paragraphs of a plain text, parted by blank lines. Raises ParseError."""
    passages = [
        Passage(text=" ".join(" ".join(lines).split()), where=f"line {first}")
        for first, lines in _blocks(_decoded(data, source))
    ]
    return numbered_notes(passages)


def read_markdown(data: bytes, *, source: str) -> tuple[Passage, ...]:
    """The paragraphs, items, cells, block quotes and notes of Markdown. Raises ParseError."""
    return tuple(_markdown(_decoded(data, source)))


def _decoded(data: bytes, source: str) -> str:
    """By its byte mark, else UTF-8, else Windows-1252."""
    for mark, name in _BYTE_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            break
    else:
        if b"\0" in data[:_SAMPLE]:
            raise ParseError(
                "this is not text: it holds zero bytes; is it a file of another kind?",
                source=source,
            )
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    check_size(len(text), source)
    return text


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    first = 0
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            first = first if lines else number
            lines.append(line)
        elif lines:
            yield first, lines.copy()
            lines.clear()
    if lines:
        yield first, lines


def _markdown(text: str) -> Iterator[Passage]:
    fenced = False
    for first, lines in _blocks(text):
        current: list[str] = []
        at, block, note = first, False, ""
        for number, raw in enumerate(lines, start=first):
            if _FENCE.match(raw):
                fenced = not fenced
                continue
            line, quoted, named, fresh = _line(raw) if not fenced else (raw, False, "", False)
            if current and (fresh or quoted != block or named):
                yield _passage(current, at, block=block, note=note)
                current.clear()
                note = ""
            if not current:
                at, block, note = number, quoted, named
            if "|" in raw and not fenced and raw.strip().startswith("|"):
                yield from _cells(raw, number)
                continue
            current.append(line)
        if any(line.strip() for line in current):
            yield _passage(current, at, block=block, note=note)


def _line(raw: str) -> tuple[str, bool, str, bool]:
    """The line's words, whether it is quoted, the note that it starts, whether it starts anew."""
    if _RULE.fullmatch(raw):
        return "", False, "", True
    quoted = _QUOTED.match(raw)
    line = raw[quoted.end() :] if quoted else raw
    if found := _NOTE.match(line):
        return line[found.end() :], quoted is not None, found[1], True
    for pattern in (_HEADING, _BULLET):
        if found := pattern.match(line):
            return line[found.end() :], quoted is not None, "", True
    return line, quoted is not None, "", False


def _cells(raw: str, number: int) -> Iterator[Passage]:
    if _DIVIDER.fullmatch(raw):
        return
    for cell in re.split(r"(?<!\\)\|", raw.strip().strip("|")):
        if cell.strip():
            yield _passage([cell], number, block=False, note="")


def _passage(lines: list[str], number: int, *, block: bool, note: str) -> Passage:
    text = " ".join(" ".join(lines).split())
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    for _ in range(2):  # bold within italics
        text = _EMPHASIS.sub(lambda m: m[2] or m[4], text)
    marks: list[tuple[int, str]] = []
    out: list[str] = []
    last = length = 0
    for match in _MARK.finditer(text):
        piece = _plain(text[last : match.start()])
        out.append(piece)
        length += len(piece)
        marks.append((length, match[1]))
        last = match.end()
    out.append(_plain(text[last:]))
    where = f"note {note}" if note else f"line {number}"
    return Passage(text="".join(out), where=where, note=note, marks=tuple(marks), block=block)


def _plain(text: str) -> str:
    from html import unescape

    return _ESCAPED.sub(r"\1", _ENTITY.sub(lambda m: unescape(m[0]), text))
