"""Markdown: headings, paragraphs, lists and tables as plain words."""

from __future__ import annotations

import html
import re

from pincite.parsing.files.block import Block, Reading
from pincite.parsing.files.plain_text import decoded

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,500})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,200}\])"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?![\w*])")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_]{1,500})(?<=\S)\1(?!\w)")
_CODE = re.compile(r"(`+)(.{1,500}?)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Characters of no script, one for each sign that may be escaped.
_ASIDE = 0xF700
_SET_ASIDE = re.compile(f"[{chr(_ASIDE + 0x21)}-{chr(_ASIDE + 0x7E)}]")
_MARKED = re.compile(r"[*_`\[<&\\]")
_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def read_markdown(data: bytes, *, source: str) -> Reading:
    """The document's blocks, its markup taken away."""
    text = decoded(data, source=source).replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    if (front := _FRONT.match(text)) is not None:
        found = _TITLE.search(front["front"])
        title = found[1] if found else ""
        text = text[front.end() :]
    text = _HIDDEN.sub("", _COMMENT.sub("", text))
    blocks = _Blocks()
    for line in text.expandtabs(4).split("\n"):
        blocks.take(line)
    blocks.end()
    return Reading(blocks=tuple(blocks.done), title=title)


class _Blocks:
    """Takes a document's lines one after another."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self._open: list[str] = []
        self._fence = ""

    def take(self, line: str) -> None:
        if self._fence:
            self._within_fence(line)
        elif (opens := _FENCE.match(line)) is not None:
            self.end()
            self._fence = opens[1]
        elif (heading := _HEADING.match(line)) is not None:
            self.end()
            self._open.append(heading["text"] or "")
            self.end(len(heading["marks"]))
        elif self._open and (under := _UNDERLINE.match(line)) and not _is_item(self._open[0]):
            self.end(1 if under[1][0] == "=" else 2)
        elif not line.strip() or _RULE.match(line):
            self.end()
        elif not (_TABLE_RULE.match(line) and "|" in line):
            if _ITEM.match(line):
                self.end()
            self._open.append(_line(line))

    def _within_fence(self, line: str) -> None:
        if line.strip().startswith(self._fence) and not line.strip().strip(self._fence[0]):
            self._fence = ""
            self.end()
        else:
            self._open.append(line)

    def end(self, level: int = 0) -> None:
        """The end of a paragraph or heading."""
        text = ("\n" if _is_table(self._open) else " ").join(self._open)
        self._open.clear()
        if words := plain(text):
            self.done.append(Block(text=words, level=level))


def _line(line: str) -> str:
    line = line.strip().removeprefix(">").strip()
    if line.startswith("|") or line.endswith("|"):
        return " | ".join(cell.strip() for cell in line.strip("|").split("|"))
    return re.sub(r"^[*+-]\s+", "• ", line)


def _is_item(line: str) -> bool:
    return _ITEM.match(line) is not None or line.startswith("• ")


def _is_table(lines: list[str]) -> bool:
    return len(lines) > 1 and all(" | " in line for line in lines)


def plain(text: str) -> str:
    """The words without emphasis, links, code marks, tags and escapes."""
    if _MARKED.search(text) is None:
        return text.strip()
    # What is escaped is no mark; it stands aside until the marks are gone.
    text = _ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    for _ in range(2):  # bold within italics
        text = _EMPHASIS.sub(r"\2", text)
    text = _UNDERSCORES.sub(r"\2", _CODE.sub(r"\2", text))
    text = _SET_ASIDE.sub(lambda match: chr(ord(match[0]) - _ASIDE), html.unescape(text))
    return text.strip()
