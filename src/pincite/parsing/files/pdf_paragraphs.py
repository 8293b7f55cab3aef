"""Lines of a page put together to paragraphs, also across columns and pages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.law.pages import PageStart
from pincite.parsing.files.block import Block
from pincite.parsing.files.wrapped import begins, wraps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.parsing.files.pdf_page import Segment
    from pincite.parsing.files.wrapped import Words

_LARGER = 1.12
_MOST_RANKS = 6
_ENDS = ".:;!?"
_LONGEST_HEADING = 300


class Paragraphs:
    """Takes a document's flows of lines one after another."""

    def __init__(self, body: float, words: Words) -> None:
        self._body, self._words = body, words
        self._open: _Paragraph | None = None
        self._done: list[_Paragraph] = []

    def add(self, flow: Sequence[Segment], page: int) -> None:
        """The lines of one column, from the top down."""
        if not flow:
            return
        usual = _usual_gap(flow)
        right = sorted(line.right for line in flow)[-max(1, len(flow) // 10)]
        left = sorted(line.left for line in flow)[len(flow) // 10]
        before: Segment | None = None
        for line in flow:
            strong = self._strong(line)
            here = self._open
            if here is None or here.strong != strong or here.text.endswith("|"):
                fresh = True
            elif before is None:
                fresh = bool(strong) or not wraps(here.text, line.text)
            else:
                fresh = _new(before, line, usual, (left, right))
            if fresh:
                self._close()
                self._open = _Paragraph(line.text, page, strong)
            elif here is not None:
                here.go_on(line.text, page, self._words)
            before = line

    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs; the ranks of strong ones are by size, the largest first."""
        self._close()
        styles = sorted({one.strong for one in self._done if one.strong}, reverse=True)
        rank = {style: min(place, _MOST_RANKS) for place, style in enumerate(styles, start=1)}
        return tuple(
            Block(
                text=one.text,
                pages=tuple(one.pages),
                strong=rank[one.strong] if one.strong and len(one.text) <= _LONGEST_HEADING else 0,
            )
            for one in self._done
            if one.text.strip()
        )

    def _strong(self, line: Segment) -> tuple[float, bool] | None:
        """The style of a line that is printed as headings are."""
        larger = line.size > self._body * _LARGER
        return (round(line.size * 2) / 2, line.bold) if larger or line.bold else None

    def _close(self) -> None:
        if self._open is not None:
            self._done.append(self._open)
            self._open = None


class _Paragraph:
    def __init__(self, text: str, page: int, strong: tuple[float, bool] | None) -> None:
        self.text, self.strong = text, strong
        self.pages = [PageStart(0, page)]

    def go_on(self, line: str, page: int, words: Words) -> None:
        table = " | " in line or " | " in self.text.rpartition("\n")[2]
        self.text = f"{self.text}\n{line}" if table else words.joined(self.text, line)
        if page != self.pages[-1].page:
            self.pages.append(PageStart(len(self.text) - len(line.lstrip()), page))


def _usual_gap(flow: Sequence[Segment]) -> float:
    """The space between two lines of a paragraph, from the tops of both."""
    steps = sorted(
        other.top - one.top
        for one, other in pairwise(flow)
        if 0 < other.top - one.top < 4 * one.size
    )
    return steps[len(steps) // 4] if steps else 0.0


def _new(before: Segment, line: Segment, usual: float, edges: tuple[float, float]) -> bool:
    """Whether a line begins a paragraph, by its place, its label and the line before it."""
    left, right = edges
    size = max(line.size, 1.0)
    if line.top - before.top > usual + 0.4 * size or begins(line.text):
        return True
    if " | " in line.text or " | " in before.text:
        return " | " not in line.text or " | " not in before.text
    ends = before.text.rstrip()[-1:] in _ENDS
    short = before.right < right - max(0.12 * (right - left), 2 * size)
    indented = line.left > before.left + 0.8 * size and before.left < left + 2 * size
    return (ends and short) or (indented and (ends or short))
