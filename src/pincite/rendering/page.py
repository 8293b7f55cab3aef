"""A page of plain text under way: wraps, indents and, on a terminal, sets headings in bold."""

from __future__ import annotations

import textwrap

_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_NARROWEST = 40


class Page:
    """Lines no wider than `width` where words allow."""

    def __init__(self, width: int = 100, *, colour: bool = False) -> None:
        self._width = max(width, _NARROWEST)
        self._colour = colour
        self._lines: list[str] = []

    def heading(self, text: str) -> None:
        """A line in bold, a blank line before it unless it is the first."""
        if self._lines:
            self._lines.append("")
        for line in textwrap.wrap(" ".join(text.split()), self._width) or [""]:
            self._lines.append(f"{_BOLD}{line}{_OFF}" if self._colour else line)

    def quiet(self, text: str) -> None:
        for line in textwrap.wrap(text, self._width):
            self._lines.append(f"{_DIM}{line}{_OFF}" if self._colour else line)

    def paragraph(self, text: str, *, indent: int = 0) -> None:
        """`indent` in spaces; at most half of the width is given to it."""
        space = " " * min(indent, self._width // 2)
        self._lines += textwrap.wrap(
            text,
            self._width,
            initial_indent=space,
            subsequent_indent=space,
            break_long_words=False,
        )

    def item(self, text: str, *, bullet: str = "- ") -> None:
        self._lines += textwrap.wrap(
            text,
            self._width,
            initial_indent=bullet,
            subsequent_indent=" " * len(bullet),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def block(self, heading: str, items: list[str]) -> None:
        self.heading(heading)
        for text in items:
            self.item(text)

    def line(self, text: str) -> None:
        """A line as it is: a row of a table."""
        self._lines.append(text)

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"
