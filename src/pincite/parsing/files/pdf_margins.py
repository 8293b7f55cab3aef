"""Running heads, feet and page numbers: what stands at the edge of every page and is no law."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pincite.parsing.files.pdf_columns import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.parsing.files.pdf_page import Segment

_DEEP = 3  # lines from an edge
_OFTEN = 3  # pages that carry the same words
_SHARE = 0.3
_LONGEST = 160
_DIGITS = re.compile(r"\d+")
_PAGE_WORDS = re.compile(
    r"(?:[Pp]age|PAGE|[Pp]g\.?|[Pp]\.)?\s*[-–—\[(|]*\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—\])|]*"
    r"(?:\s*(?:of|OF|/)\s*\d{1,4})?\s*"
)
_DATED = re.compile(
    r"\(?(?:rev(?:ised|\.)?|effective|printed|updated|as of)?:?\s*"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\s+(?:\d{1,2},?\s+)?\d{4})\)?",
    re.IGNORECASE,
)


class _Edge(NamedTuple):
    """A line at an edge: its page, whether at the top, how far in, its words and its height."""

    page: int
    at_top: bool
    deep: int
    text: str
    y: float
    line: Segment


def without_margins(pages: Sequence[list[Segment]]) -> list[list[Segment]]:
    """The pages less their running heads, feet and numbers."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    exact = Counter((e.at_top, _folded(e.text)) for e in edges)
    counted = Counter(key for e in edges for key in _counting(e))
    enough = _enough(len(pages))
    dropped: dict[int, list[Segment]] = {}
    kept_from: dict[tuple[int, bool], int] = {}
    for edge in sorted(edges, key=lambda e: (e.page, e.at_top, e.deep)):
        # Outward lines go first: words behind a line that stays are in the body.
        if kept_from.get((edge.page, edge.at_top), _DEEP) < edge.deep:
            continue
        often = exact[edge.at_top, _folded(edge.text)] >= enough
        number = any(counted[key] >= min(enough, 2) for key in _counting(edge))
        if often or number or _alone(edge, len(pages)):
            dropped.setdefault(edge.page, []).append(edge.line)
        else:
            kept_from.setdefault((edge.page, edge.at_top), edge.deep)
    return [
        [one for one in page if not any(_within(one, line) for line in dropped.get(number, ()))]
        for number, page in enumerate(pages)
    ]


def _enough(pages: int) -> int:
    """On so many pages the same words are a running head; two pages alone may share both."""
    return max(2 if pages == 2 else _OFTEN, int(_SHARE * pages) if pages < 20 else 6)  # noqa: PLR2004


def _edges(number: int, page: list[Segment]) -> list[_Edge]:
    rows = lines(sorted(page, key=lambda one: (one.middle, one.left)))
    found: list[_Edge] = []
    for at_top, some in ((True, rows[:_DEEP]), (False, rows[::-1][:_DEEP])):
        found += [
            _Edge(number, at_top, deep, one.text, one.middle, one)
            for deep, one in enumerate(some)
            if len(one.text) <= _LONGEST
        ]
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _counting(edge: _Edge) -> list[tuple[bool, str, int]]:
    """The line with one of its numbers left out, and by how much that number is off the page's.

    Two pages that agree count together: a page number, whatever stands around it.
    """
    found = []
    for match in _DIGITS.finditer(edge.text):
        if len(match[0]) > 4:  # noqa: PLR2004 -- no document has so many pages
            continue
        rest = _folded(edge.text[: match.start()] + "\0" + edge.text[match.end() :])
        if _names_section(edge.text, match.start()):
            continue
        found.append((edge.at_top, rest, int(match[0]) - edge.page))
    return found


def _names_section(text: str, at: int) -> bool:
    """Whether the number is a section's or a label: "§ 4", "Section 4.", "(4) The board"."""
    before = text[:at].rstrip().casefold()
    named = before.endswith(("§", "section", "sec.", "rule", "article", "part", "chapter", "("))
    labels = not before and re.match(r"\d+[.)]\s+\w", text) is not None
    return named or labels


def _alone(edge: _Edge, pages: int) -> bool:
    """Whether the outermost line is a page number or a date and nothing else."""
    if edge.deep or pages < 2:  # noqa: PLR2004
        return False
    text = edge.text.strip()
    return bool(_PAGE_WORDS.fullmatch(text) or _DATED.fullmatch(text))


def _within(one: Segment, line: Segment) -> bool:
    return line.top - 0.5 <= one.top and one.bottom <= line.bottom + 0.5
