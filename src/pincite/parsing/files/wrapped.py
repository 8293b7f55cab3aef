"""Lines put back together: words cut at a line's end, and lines that one paragraph was set in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_GOES_ON = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 60
# Before these a hyphen is the word's own more often than the printer's.
_KEEP = frozenset(
    re.findall(
        r"\w+",
        "self non cross co pre post ex anti multi inter intra quasi well ill full part long short "
        "high low third second first decision risk year day time two three four five six",
    )
)
# A label, bullet or heading's number begins a paragraph.
LABEL = re.compile(
    r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,6}|[a-zA-Z]{2})\)|\d{1,3}\.|[A-Z]\.|[a-z]\.|"
    r"\d+(?:\.\d+)+\.?|[•●▪■◦–—*\u2022\uf0b7-])(?=\s|\()"
    r"|§+\s*\d|(?:Section|SECTION|Sec\.|SEC\.|Rule|RULE|Article|ARTICLE|Part|PART|Chapter|CHAPTER|"
    r"Appendix|APPENDIX)\s+[\dIVXLA-Z]"
)


class Words:
    """The words of a document as they stand within its lines: they tell where hyphens belong."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line.casefold())
            # The last of a line may be half a word, and so may the first.
            self._count.update(words[1:-1] if len(words) > 2 else ())  # noqa: PLR2004

    def joined(self, before: str, after: str) -> str:
        """Two lines as one; no letter or digit is lost, whatever becomes of a hyphen."""
        before, after = before.rstrip(), after.lstrip()
        if not before or not after:
            return before + after
        cut, goes_on = _cut(before), _GOES_ON.match(after)
        if cut is None:
            return before + after if before[-1] in "-/\u2010" else f"{before} {after}"
        if goes_on is None or not after[0].islower():
            # "2150-" and "2.001", "Non-" and "English": the hyphen is the word's own.
            return before[:-1] + "-" + after
        first, second = cut[1].casefold(), goes_on[0].casefold()
        whole, compound = self._count[first + second], self._count[f"{first}-{second}"]
        if second in {"and", "or", "to"}:
            return f"{before} {after}"  # "short- and long-term"
        keep = compound > whole or (not whole and first in _KEEP)
        return (before[:-1] + "-" if keep else before[:-1]) + after


def _cut(before: str) -> re.Match[str] | None:
    """The half word before a hyphen at the end; a paragraph is not searched for it each line."""
    if before[-1] not in "-\u00ad\u2010":
        return None
    return _CUT.search(before, max(0, len(before) - _LONGEST_WORD))


def begins(line: str) -> bool:
    """Whether the line starts a paragraph by its label."""
    return LABEL.match(line) is not None


def wraps(before: str, after: str) -> bool:
    """Whether `after` goes on with `before`, by their words alone: across a page or column."""
    if not before or not after or begins(after):
        return False
    if _cut(before) and after[0].islower():
        return True
    return before[-1] not in ".:;!?|" and (
        after[0].islower() or after[0] in "(,;" or before[-1] in ",-"
    )
