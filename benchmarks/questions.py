"""Questions to measure with: lay phrasings of the taxonomy, drawn by seed, of installed law."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.jurisdiction import by_id
from pincite.library.read import Library
from pincite.retrieval.topic_vectors import shipped_topics

if TYPE_CHECKING:
    from pathlib import Path

_LEAST = 100  # sections; a pack of a few is no place to search


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrasing, and the jurisdiction whose law it is asked of."""

    words: str
    jurisdiction: str

    @property
    def question(self) -> str:
        return f"{self.words} in {by_id(self.jurisdiction).name}?"


def draw(home: Path, count: int, seed: int) -> tuple[Asked, ...]:
    """`count` different phrasings, the same for the same seed, taxonomy and library."""
    with Library.open(home) as library:
        sizes: dict[str, int] = {}
        for pack in library.packs():
            sizes[pack.jurisdiction] = sizes.get(pack.jurisdiction, 0) + pack.sections
    places = sorted(place for place, size in sizes.items() if size >= _LEAST) or sorted(sizes)
    lines = sorted({line for topic in shipped_topics() for line in topic.lay})
    source = random.Random(seed)
    return tuple(Asked(line, source.choice(places)) for line in source.sample(lines, count))
