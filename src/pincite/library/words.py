"""Two texts compared word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pincite.change import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A word, a number with its signs (`35,000`), white space, or a sign: what a reader sees change.
_TOKEN = re.compile(r"\w+(?:[-‐‑,.'’]\w+)*|\s+|[^\w\s]")
_SENTENCE = re.compile(r".*?(?:[.;:](?=\s)|\n|\Z)\s*", re.DOTALL)
_MOST = 4_000_000  # pairs of words: about a second of comparing
_Span = tuple[int, int]


def word_edits(old: str, new: str) -> tuple[Edit, ...]:
    """What must change in `old` to give `new`, as few words as is readable, in order.

    Applied from the last to the first the edits turn one text into the other, to the byte.
    """
    if old == new:
        return ()
    spans = list(_differing(old, new, (0, len(old)), (0, len(new))))
    return tuple(Edit(a, b, c, d, old[a:b], new[c:d]) for (a, b), (c, d) in _joined(old, spans))


def _differing(old: str, new: str, one: _Span, other: _Span) -> Iterator[tuple[_Span, _Span]]:
    """Spans that differ; long texts are laid side by side by sentences first."""
    by_words = tuple(_matched(old, new, _TOKEN, one, other))
    if by_words != ((one, other),):
        yield from by_words
        return
    for a, b in _matched(old, new, _SENTENCE, one, other):
        yield from _matched(old, new, _TOKEN, a, b)


def _matched(
    old: str, new: str, pattern: re.Pattern[str], one: _Span, other: _Span
) -> Iterator[tuple[_Span, _Span]]:
    """Spans of unequal tokens; the whole of both where there are too many to compare."""
    left, right = _tokens(pattern, old, one), _tokens(pattern, new, other)
    words, others = [old[a:b] for a, b in left], [new[a:b] for a, b in right]
    head = _alike(words, others)
    tail = _alike(words[head:][::-1], others[head:][::-1])
    words, others = words[head : len(words) - tail], others[head : len(others) - tail]
    if len(words) * len(others) > _MOST:
        yield one, other
        return
    for tag, i, j, k, m in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _span(left, head + i, head + j, one), _span(right, head + k, head + m, other)


def _tokens(pattern: re.Pattern[str], text: str, span: _Span) -> list[_Span]:
    return [m.span() for m in pattern.finditer(text, *span) if m.end() > m.start()]


def _alike(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens are the same from the start on."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))


def _span(tokens: list[_Span], first: int, last: int, around: _Span) -> _Span:
    """From the first token's start to the last one's end; an empty one stands where it would be."""
    if first < last:
        return tokens[first][0], tokens[last - 1][1]
    at = tokens[first][0] if first < len(tokens) else around[1]
    return at, at


def _joined(old: str, spans: list[tuple[_Span, _Span]]) -> Iterator[tuple[_Span, _Span]]:
    """Edits that only white space or a sign keeps apart are one."""
    current: tuple[_Span, _Span] | None = None
    for one, other in spans:
        if current is not None:
            between = old[current[0][1] : one[0]]
            if len(between) < 3 and not any(c.isalnum() for c in between):  # noqa: PLR2004
                current = (current[0][0], one[1]), (current[1][0], other[1])
                continue
            yield current
        current = one, other
    if current is not None:
        yield current
