"""Sections of one act stand together: what is found near a section speaks for it."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found: its pack, its key, its place in the pack, and a score."""

    pack: str
    key: int
    position: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """`gain` is what the `best` nearest can add; nearness falls by e with each `reach` places."""

    gain: float = 0.6
    reach: float = 5.0
    window: int = 15
    best: int = 3


def lift_by_neighbours(hits: Sequence[Hit], nearness: Nearness) -> list[Hit]:
    """The hits with scores from 0 to 1 + gain, best first; ties by pack and place."""
    if not hits:
        return []
    top = max(hit.score for hit in hits) or 1.0
    at: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for hit in hits:
        at[hit.pack].append((hit.position, hit.score / top))
    for places in at.values():
        places.sort()
    lifted = [
        Hit(hit.pack, hit.key, hit.position, hit.score / top + _lift(hit, at[hit.pack], nearness))
        for hit in hits
    ]
    return sorted(lifted, key=lambda hit: (-hit.score, hit.pack, hit.position))


def _lift(hit: Hit, found: Sequence[tuple[float, float]], nearness: Nearness) -> float:
    """`found` are places, in order, and the scores there."""
    first = bisect_left(found, (hit.position - nearness.window, -math.inf))
    last = bisect_right(found, (hit.position + nearness.window, math.inf))
    near = (
        score * math.exp(-abs(place - hit.position) / nearness.reach)
        for place, score in found[first:last]
        if place != hit.position
    )
    return nearness.gain * sum(heapq.nlargest(nearness.best, near)) / nearness.best
