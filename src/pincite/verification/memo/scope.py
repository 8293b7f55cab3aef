"""Which words of a section a citation covers: its subdivision, and the words that lead into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

Span = tuple[int, int]
# A subdivision with its lead-ins, or `None` for the whole section.
Scope = tuple[Span, tuple[Span, ...]] | None
# What a subdivision that is not there covers.
NOTHING: Scope = ((-1, -1), ())

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.law.outline import Outline, Subdivision

_APART = 3  # characters: line breaks between two subdivisions


def covered(tree: Outline, path: tuple[str, ...]) -> Scope:
    """The subdivision's span and those of its lead-ins; `None` for the whole section.

    A subdivision that is not sure covers the whole section: it cannot be told where it ends.
    """
    unit = tree.find(path) if path else None
    if unit is None or not unit.sure:
        return None
    leads: list[Span] = []
    level: tuple[Subdivision, ...] = tree.roots
    start = 0
    while level:
        leads.append((start, level[0].start))
        around = next((one for one in level if one.start <= unit.start < one.end), None)
        if around is None or around is unit:
            break
        start, level = around.start, around.children
    return (unit.start, unit.end), tuple(span for span in leads if span[0] < span[1])


def holds(scopes: Sequence[Scope], spans: tuple[Span, ...]) -> bool:
    """Whether each span stands within what is cited, or within what leads into it."""
    known = [scope for scope in scopes if scope is not None]
    if len(known) < len(scopes) or not known:
        return True
    allowed = _joined([unit for unit, _ in known])
    allowed += [lead for _, leads in known for lead in leads]
    return all(any(a <= start and end <= b for a, b in allowed) for start, end in spans)


def _joined(units: list[Span]) -> list[Span]:
    """Units that follow each other as one: "(a) and (b)" covers a quotation of both."""
    out: list[Span] = []
    for start, end in sorted(units):
        if out and start <= out[-1][1] + _APART:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
