"""The quotations of a passage: what stands in quotation marks, or is set off as a block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.parsing.memo_passages import Passage

_CLOSES = re.compile(r"[\s.,;:)\]!?—–-]|$")
_FEWEST_OF_BLOCK = 4  # words
# What ends a sentence of law before the citation of it.
_CITED_AFTER = (".", ";", ":", "”", '"', ")", "—", "–", "-", "[", "(")
_AROUND = " \t\n.,;:()[]—–-"


@dataclass(frozen=True, slots=True)
class Quotation:
    """`passage.text[start:end]` are the words, without the marks around them.

    `open_end` is the end with its closing mark, from which one looks on. `named` says that it
    stands in brackets of its own: ("the Act").
    """

    passage: int
    start: int
    end: int
    after: int
    block: bool = False
    named: bool = False


def quotations(number: int, passage: Passage) -> tuple[Quotation, ...]:
    """What stands in double quotation marks, curly or straight, none within another."""
    text = passage.text
    found: list[Quotation] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark not in '“"„«' or (mark == '"' and not _opens(text, at)):
            at += 1
            continue
        close = _closing(text, at)
        # One that is never closed goes on to the end: the next paragraph opens it anew.
        end = len(text) if close is None else close
        if text[at + 1 : end].strip():
            found.append(_quotation(number, text, at, end))
        at = end + 1
    return tuple(found)


def _quotation(number: int, text: str, opening: int, end: int) -> Quotation:
    start = opening + 1
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    stop = start + len(inside.strip())
    named = text[:opening].rstrip().endswith("(") and text[end + 1 :].lstrip()[:1] == ")"
    return Quotation(number, start, stop, min(end + 1, len(text)), named=named)


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    free = not before or before.isspace() or before in "([—–-/‘'“"
    return bool(after) and not after.isspace() and free


def _closing(text: str, opening: int) -> int | None:
    """Where the mark that closes it stands; marks of the same kind within it are passed over."""
    kind = text[opening]
    if kind == '"':
        for at in range(opening + 1, len(text)):
            if text[at] == '"' and not text[at - 1].isspace() and _CLOSES.match(text, at + 1):
                return at
            if text[at] == "”":
                return at
        last = text.find('"', opening + 1)
        return None if last < 0 else last
    closing = {"“": "”", "„": "“”", "«": "»"}[kind]
    depth = 0
    for at in range(opening + 1, len(text)):
        if text[at] == kind:
            depth += 1
        elif text[at] in closing:
            if not depth:
                return at
            depth -= 1
    return text.find('"', opening + 1) if '"' in text[opening + 1 :] else None


def block_quotation(
    number: int, passage: Passage, cited: Sequence[tuple[int, int]]
) -> Quotation | None:
    """A passage that is set off: all of it, less a citation (`cited`) at its end or its start."""
    text = passage.text
    start, end = 0, len(text)
    for first, last in sorted(cited, key=lambda span: -span[1]):
        before = text[:first].rstrip()
        if last <= end and not text[last:end].strip(_AROUND) and before.endswith(_CITED_AFTER):
            end = len(before.rstrip(" ([—–-"))
    head = min(cited, default=None)
    if head is not None and not text[: head[0]].strip(_AROUND) and head[1] < end:
        start = head[1]
    while start < end and text[start] in ' \t\n.,;:—–“"':
        start += 1
    while end > start and text[end - 1] in ' \t\n”"':
        end -= 1
    if len(text[start:end].split()) < _FEWEST_OF_BLOCK:
        return None
    return Quotation(number, start, end, end, block=True)
