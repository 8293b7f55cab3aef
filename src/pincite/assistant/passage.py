"""The passage of a text that says most of what was looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens
from pincite.reading.units import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.law.outline import Outline
    from pincite.reading.provision import Span

_LONGEST = 400  # characters
_UNITS = 400  # of one section are looked at
_END = re.compile(r"\s")


def best_passage(text: str, tree: Outline, words: Sequence[str], phrases: Sequence[str]) -> Span:
    """The unit with most of the words (analysed), or that with the first phrase; the earliest.

    A long one is cut at a space, around what was found. `(0, 0)` for an empty text.
    """
    spans = [(unit.start, unit.end) for unit in units(text, tree)] or [(0, len(text))]
    for phrase in phrases:
        found = exactly(phrase).search(text)
        if found is not None:
            holding = [one for one in spans if one[0] <= found.start() and found.end() <= one[1]]
            return _around(text, found.span(), (holding or [found.span()])[-1])
    wanted = set(words)
    best, most = spans[0], -1
    for span in spans[:_UNITS]:
        count = len(wanted & set(tokens(text[slice(*span)])))
        if count > most:
            best, most = span, count
    return _around(text, _first(text, best, wanted), best)


def exactly(phrase: str) -> re.Pattern[str]:
    """The phrase's words one after another, whatever stands between them that is no word."""
    words = [re.escape(word) for word in re.findall(r"\w+", phrase)]
    return re.compile(r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)", re.IGNORECASE)


def _first(text: str, span: Span, wanted: set[str]) -> Span:
    """Where the first of the words stands in the span; its start where none does."""
    start, end = span
    for match in re.finditer(r"\w+", text[start:end]):
        if wanted & set(tokens(match[0])):
            return start + match.start(), start + match.end()
    return start, start


def _around(text: str, found: Span, span: Span) -> Span:
    """The span, or the part of it around `found`, no longer than a passage."""
    start, end = span[0], max(span[1], found[1])
    if end - start <= _LONGEST:
        return start, end
    begin = max(start, found[0] - _LONGEST // 3)
    if begin > start:
        space = _END.search(text, begin, found[0])
        begin = space.end() if space else found[0]
    stop = min(end, max(begin + _LONGEST, found[1]))
    if stop < end:
        cut = text.rfind(" ", found[1], stop)
        stop = cut if cut > found[1] else stop
    return begin, stop
