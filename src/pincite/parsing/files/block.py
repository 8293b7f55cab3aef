"""Blocks: the paragraphs and headings of a document, in reading order, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.pages import PageStart

if TYPE_CHECKING:
    from pincite.law.pages import Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item or table.

    `level` is that of a heading which the format marks as one (1 is the outermost), else 0.
    `strong` is the rank of a block that is printed as headings are, bold or larger, where nothing
    marks it (1 is the largest), else 0.
    `pages` has offsets into `text`.
    """

    text: str
    pages: Pages = ()
    level: int = 0
    strong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a file. `notes` say what was left out, each in a sentence."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[str, ...] = ()


def joined(blocks: list[Block], between: str = "\n\n") -> tuple[str, Pages]:
    """The blocks' texts put together, and the pages of the whole."""
    texts: list[str] = []
    starts: list[PageStart] = []
    at = 0
    for block in blocks:
        for start, page in block.pages:
            if not starts or page > starts[-1].page:
                starts.append(PageStart(at + start if starts else 0, page))
        texts.append(block.text)
        at += len(block.text) + len(between)
    return between.join(texts), tuple(starts)
