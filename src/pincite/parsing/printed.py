"""Text printed from XML: a line a paragraph, labels as they stand, and where each of them is."""

from __future__ import annotations

import re

from pincite.parsing.official import Mark

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-–]*")


class Printed:
    """Builds a section's text. White space is the publisher's layout: runs of it become a space."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._open: list[str] = []
        self._labels_only = True
        self._marks: list[Mark] = []

    def add(self, words: str | None) -> None:
        """More of the paragraph that is open."""
        if not words or (self._labels_only and words.isspace()):
            return
        if self._labels_only:
            if self._open:
                self._open.append(" ")
            self._labels_only = False
        self._open.append(words)

    def end(self) -> None:
        """The end of a paragraph."""
        if self._open:
            line = " ".join("".join(self._open).split())
            if line:
                self._lines.append(line)
                self._length += len(line) + 1
            self._open.clear()
        self._labels_only = True

    def label(self, printed: str, path: tuple[str, ...]) -> None:
        """A subdivision's label: on a line of its own kind, or behind others: `(a)(1)`."""
        if not self._labels_only:
            self.end()
        if self._open and not printed.startswith("("):
            self._open.append(" ")
        before = len("".join(self._open))
        if path:
            self._marks.append(Mark(path, self._length + before))
        self._open.append(printed)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(self._marks)

    @property
    def at_start(self) -> bool:
        """Whether no word has come yet on the line that is open; labels do not count."""
        return self._labels_only


def label_in(printed: str) -> str:
    """The label without its punctuation: `a` of `(a)`, `2` of `[(2)`; empty where there is none."""
    found = _LABEL.search(printed)
    return "" if found is None else found[0].rstrip(".")
