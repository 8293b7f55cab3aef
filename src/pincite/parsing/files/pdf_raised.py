"""Raised figures of a PDF: a note's mark, an exponent or a fraction, and never part of a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.parsing.files.pdf_page import Glyph

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Shares of the height of the line's other characters: of a raised figure at most so much, and
# its middle stands at least so much above theirs. Superscripts have 0.5 to 0.7, and 0.15 to 0.4.
SMALLER, _HIGHER = 0.82, 0.08
_LONGEST = 3  # figures
_SOLIDUS = frozenset("/⁄")
_POWER = re.compile(
    r"(?:^|[^\w.])(?:10|[kcm]?m|[µμ]m|ft|in|yd|mi|sq|[a-z]*g/[cd]?m)$", re.IGNORECASE
)


def text_of(run: Sequence[Glyph]) -> str:
    """The characters of a piece of a line, with its white space.

    A raised figure is written as one (`¹`). A note's mark stands apart from the word before it,
    an exponent (`10⁶`, `ft²`) beside it; what is over the line of a fraction stays a plain figure.
    """
    raised = _raised(run)
    out: list[str] = []
    place = 0
    while place < len(run):
        end = place
        while end < len(run) and end in raised and (end == place or not run[end].spaced):
            end += 1
        spaced = " " if run[place].spaced and place else ""
        if end == place or end - place > _LONGEST:
            out.append(spaced + run[place].text)
            place += 1
            continue
        out.append(_written(run, place, end, "".join(out)))
        place = end
    return "".join(out)


def _written(run: Sequence[Glyph], start: int, end: int, before: str) -> str:
    figures = "".join(glyph.text for glyph in run[start:end])
    spaced = run[start].spaced and bool(before)
    if end < len(run) and run[end].text in _SOLIDUS:
        return (" " if spaced or before[-1:].isdecimal() else "") + figures
    if not spaced and _POWER.search(before):
        return figures.translate(_RAISED)
    glued = end < len(run) and not run[end].spaced and run[end].text.isalnum()
    return (" " if before else "") + figures.translate(_RAISED) + (" " if glued else "")


def _raised(run: Sequence[Glyph]) -> frozenset[int]:
    """The places of the figures that stand higher than what is beside them, and are smaller.

    They are set so in a smaller size, or the font has figures that are drawn so.
    """
    if not any("0" <= glyph.text <= "9" for glyph in run):
        return frozenset()
    heights = sorted(glyph.bottom - glyph.top for glyph in run)
    # Of a mark and the word beside it, the word is the higher.
    usual = max(heights[len(heights) // 2], heights[-1] * 0.9 if len(run) < 2 * _LONGEST else 0.0)
    drawn = (place for place, glyph in enumerate(run) if glyph.raised)
    return frozenset((*drawn, *_places(run, usual)))


def _places(run: Sequence[Glyph], usual: float) -> Iterator[int]:
    whole = [glyph for glyph in run if glyph.bottom - glyph.top > SMALLER * usual]
    middles = sorted((glyph.top + glyph.bottom) / 2 for glyph in whole)
    if not middles:
        return
    middle = middles[len(middles) // 2]
    for place, glyph in enumerate(run):
        small = glyph.bottom - glyph.top <= SMALLER * usual
        high = middle - (glyph.top + glyph.bottom) / 2 > _HIGHER * usual
        if small and high and "0" <= glyph.text <= "9":
            yield place
