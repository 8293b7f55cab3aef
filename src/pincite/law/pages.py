"""Pages: where in a section's text each page of the document that it comes from begins."""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class PageStart(NamedTuple):
    """From this offset of the text on, the words stand on this page of the file, counted from 1."""

    start: int
    page: int


Pages = tuple[PageStart, ...]
"""In order, the first at offset 0; empty where the source has no pages."""


def spans(pages: Pages, length: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and page of each part of a text of `length`: they tile it."""
    starts = [*pages, PageStart(length, 0)] if pages else []
    for (start, page), (end, _) in pairwise(starts):
        yield start, end, page


def page_at(pages: Pages, offset: int) -> int | None:
    """The page on which the character at `offset` stands, or `None` where there are no pages."""
    if not pages:
        return None
    return pages[max(0, bisect_right(pages, offset, key=lambda one: one.start) - 1)].page


def printed_pages(pages: Pages, start: int, end: int) -> str:
    """The pages of a span as they are cited: `p. 4`, `pp. 4–5`; empty where there are none."""
    first, last = page_at(pages, start), page_at(pages, max(start, end - 1))
    if first is None or last is None:
        return ""
    return f"p. {first}" if first == last else f"pp. {first}\N{EN DASH}{last}"


def pages_text(pages: Pages) -> str:
    """The pages as one line of JSON, for a pack or the library; empty for none."""
    return json.dumps(pages, separators=(",", ":")) if pages else ""


def pages_from(text: str, length: int) -> Pages:
    """What `pages_text` wrote; no pages where it is not that of a text of `length`."""
    if not text:
        return ()
    try:
        found = tuple(PageStart(*pair) for pair in json.loads(text))
    except (TypeError, ValueError, RecursionError):
        return ()
    return found if _sound(found, length) else ()


def _sound(pages: Sequence[PageStart], length: int) -> bool:
    whole = all(type(value) is int for pair in pages for value in pair)
    if not whole or not pages or pages[0].start != 0 or pages[-1].start > length:
        return False
    return (
        all(
            one.start < other.start and 0 < one.page <= other.page for one, other in pairwise(pages)
        )
        and pages[0].page > 0
    )
