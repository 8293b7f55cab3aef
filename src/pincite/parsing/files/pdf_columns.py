"""The reading order of a page: its segments put into lines, its lines into columns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pincite.parsing.files.pdf_page import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEWEST = 5  # lines on each side
_MOST_ACROSS = 0.6  # of the lines may go across a gutter: headings, or a part set in one column
_FILLED = 0.5  # of a column's width is what its middling line fills; a table's cells fill less
_DEEPEST = 2  # cuts: up to four columns
_CELL = 2.5  # heights between two segments: beyond it they are cells of a table
_LABEL = 8  # characters


class _Gutter(NamedTuple):
    left: float
    right: float


def columns(segments: Iterable[Segment], depth: int = 0) -> list[list[Segment]]:
    """The page's flows of lines, in reading order; what goes across all columns parts them."""
    found = sorted(segments, key=lambda one: (one.middle, one.left))
    gutter = _gutter(found) if depth < _DEEPEST else None
    if gutter is None:
        return [lines(found)] if found else []
    flows: list[list[Segment]] = []
    band: list[Segment] = []
    across: list[Segment] = []
    for one in found:
        goes_across = one.left < gutter.left - 1 and one.right > gutter.right + 1
        if goes_across and band:
            flows += _sides(band, gutter, depth)
            band = []
        if not goes_across and across:
            flows.append(lines(across))
            across = []
        (across if goes_across else band).append(one)
    flows += _sides(band, gutter, depth) if band else []
    return [*flows, lines(across)] if across else flows


def _sides(band: list[Segment], gutter: _Gutter, depth: int) -> list[list[Segment]]:
    middle = (gutter.left + gutter.right) / 2
    left = [one for one in band if (one.left + one.right) / 2 < middle]
    right = [one for one in band if (one.left + one.right) / 2 >= middle]
    return [*columns(left, depth + 1), *columns(right, depth + 1)]


def _gutter(found: Sequence[Segment]) -> _Gutter | None:
    """The empty strip between two columns, if the page has one."""
    if len(found) < 2 * _FEWEST:
        return None
    low, high = min(one.left for one in found), max(one.right for one in found)
    width = int(high - low) + 1
    # A page of law is some 600 points wide; a plan or a poster holds no columns of it.
    if not 200 <= width <= 5_000:  # noqa: PLR2004
        return None
    covered = [0] * (width + 2)
    for one in found:
        covered[int(one.left - low)] += 1
        covered[int(one.right - low) + 1] -= 1
    for place in range(1, len(covered)):
        covered[place] += covered[place - 1]
    inner = range(int(width * 0.2), int(width * 0.8))
    least = min(covered[place] for place in inner)
    if least > _MOST_ACROSS * len(found):
        return None
    strips = _strips([place for place in inner if covered[place] <= least])
    strips.sort(key=lambda pair: (pair[0] - pair[1], abs(pair[0] + pair[1] - width)))
    for start, end in strips[:3]:
        gutter = _Gutter(low + start, low + end + 1)
        if _parts_columns(found, gutter, low, high):
            return gutter
    return None


def _strips(places: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring places."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _parts_columns(found: Sequence[Segment], gutter: _Gutter, low: float, high: float) -> bool:
    sizes = sorted(one.size for one in found)
    if gutter.right - gutter.left < 0.5 * sizes[len(sizes) // 2]:
        return False
    left = [one for one in found if one.right <= gutter.left + 1]
    right = [one for one in found if one.left >= gutter.right - 1]
    across = len(found) - len(left) - len(right)
    if min(len(left), len(right)) < _FEWEST or across > _MOST_ACROSS * len(found):
        return False
    return _fills(left, gutter.left - low) and _fills(right, high - gutter.right)


def _fills(side: Iterable[Segment], width: float) -> bool:
    rows = lines(sorted(side, key=lambda one: (one.middle, one.left)))
    widths = sorted(one.right - one.left for one in rows)
    return widths[len(widths) // 2] >= _FILLED * width


def lines(found: Sequence[Segment]) -> list[Segment]:
    """Segments, sorted downwards, put together where they stand beside each other."""
    rows: list[list[Segment]] = []
    for one in found:
        if rows and _beside(rows[-1], one):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_line(sorted(row, key=lambda one: one.left)) for row in rows]


def _beside(row: Sequence[Segment], one: Segment) -> bool:
    before = row[0]
    overlap = min(before.bottom, one.bottom) - max(before.top, one.top)
    return overlap > 0.5 * min(before.bottom - before.top, one.bottom - one.top)


def _line(row: Sequence[Segment]) -> Segment:
    text = row[0].text
    for before, one in pairwise(row):
        gap = one.left - before.right
        size = max(before.size, one.size)
        label = before is row[0] and len(text) <= _LABEL
        between = "" if gap < 0.12 * size else " | " if gap > _CELL * size and not label else " "
        text += between + one.text
    longest = max(row, key=lambda one: len(one.text))
    return Segment(
        text=text,
        left=row[0].left,
        top=min(one.top for one in row),
        right=max(one.right for one in row),
        bottom=max(one.bottom for one in row),
        size=longest.size,
        bold=sum(len(one.text) for one in row if one.bold) * 2 > sum(len(one.text) for one in row),
    )
