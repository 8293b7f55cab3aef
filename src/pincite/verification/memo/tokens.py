"""Words and signs of law and of quotations, compared as a reader compares them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

# A word with its inner hyphens and apostrophes, a number with its points (`35,000`, `407.1500`),
# or one sign. A point before a letter is the end of a sentence that a pack has run into the next.
_TOKEN = re.compile(r"\w+(?:[-‐‑–'’]\w+|[.,:]\d\w*)*|[^\w\s]")
# Quotation marks are a matter of where one quotation lies in another; the rest cannot be seen.
_DROPPED = frozenset("\"“”„‟'‘’‚‛`´«»\u00ad\u200b\u200c\u200d\u2060\ufeff")
_FOLDED = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'",
     "\u00ad": "", "\u200b": "", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
)  # fmt: skip


class Token(NamedTuple):
    """A word or sign as it is compared, and where it stands: `text[start:end]`."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into the whole."""
    matches = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [
        Token(match[0].translate(_FOLDED), match.start(), match.end())
        for match in matches
        if match[0] not in _DROPPED
    ]


def is_word(text: str) -> bool:
    return text[:1].isalnum()


@dataclass(slots=True)
class LawTokens:
    """The tokens of a section's text, and where each word of it stands."""

    text: str
    all: list[Token] = field(init=False)
    places: dict[str, list[int]] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.all = tokens(self.text)
        self.places = {}
        for place, token in enumerate(self.all):
            self.places.setdefault(token.text.casefold(), []).append(place)
        self._starts = [token.start for token in self.all]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that stand within `text[start:end]`, as a half-open range."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)
