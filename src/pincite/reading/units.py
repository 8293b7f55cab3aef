"""The operative units of a section: sentences, and subdivisions with the lead-ins they complete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.reading.sentences import sentences, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.law.outline import Outline, Subdivision
    from pincite.reading.provision import Span

_ENDS = ".!?"
_CLOSING = "\"”’')] \u00ad"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with the lead-ins above it; `opens` when its own items follow."""

    start: int
    end: int
    path: tuple[str, ...]
    leads: tuple[Span, ...] = ()
    opens: bool = False


def units(text: str, outline: Outline) -> tuple[Unit, ...]:
    """Every unit of the operative text, in reading order; together they cover all its words."""
    found: list[Unit] = []
    _walk(found, text, (0, outline.note_start), outline.roots, ((), ()))
    return tuple(found)


def _walk(
    found: list[Unit],
    text: str,
    span: Span,
    children: tuple[Subdivision, ...],
    above: tuple[tuple[str, ...], tuple[Span, ...]],
) -> None:
    """The units of a span with its subdivisions: its own words first, then each item's.

    Words between two items, or after the last, belong to the span and complete no lead-in.
    """
    path, leads = above
    start, end = span
    if not children:
        found.extend(_own(text, start, end, path, leads, opens=False))
        return
    own = tuple(_own(text, start, min(children[0].start, end), path, leads, opens=True))
    found.extend(own)
    inner = _leads_after(own, leads)
    at = children[0].start
    for child in children:
        found.extend(_own(text, at, min(child.start, end), path, (), opens=False))
        inside = (child.path if child.sure else path, inner)
        _walk(found, text, (child.body, min(child.end, end)), child.children, inside)
        at = child.end
    found.extend(_own(text, at, end, path, (), opens=False))


def _own(
    text: str, start: int, end: int, path: tuple[str, ...], leads: tuple[Span, ...], *, opens: bool
) -> Iterator[Unit]:
    """The sentences of a subdivision's own words.

    The first completes the lead-in above it; those after it stand alone. The last opens the
    items when it does not end as a sentence does.
    """
    spans = sentences(text, start, end)
    for place, (begin, stop) in enumerate(spans):
        last = place == len(spans) - 1
        yield Unit(
            begin,
            stop,
            path,
            leads if place == 0 else (),
            opens and last and not is_complete(text, begin, stop),
        )


def _leads_after(own: tuple[Unit, ...], leads: tuple[Span, ...]) -> tuple[Span, ...]:
    """The lead-ins of the items that follow these units."""
    if not own:
        return leads
    last = own[-1]
    if last.opens:
        return (*last.leads, (last.start, last.end))
    return ()


def is_complete(text: str, start: int, end: int) -> bool:
    """Whether the words end as a sentence does, and so open nothing."""
    start, end = trimmed(text, start, end)
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return end > start and text[end - 1] in _ENDS and not _FOLLOWING.search(text, start, end)


_FOLLOWING = re.compile(r"\b(?:as\s+follows|the\s+following(?:\s+\w+){0,4})\W*$", re.IGNORECASE)
