"""Searching a pack for the law of a day before its own: what it holds, and what it held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.index.lexical import Phrase, Term
from pincite.law.currency import is_before
from pincite.retrieval.evened import rarity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pincite.index.protocol import WordIndex
    from pincite.library.read import InstalledPack
    from pincite.retrieval.shelf import Shelf


def words_as_of(pack: InstalledPack, day: date, shelf: Shelf) -> WordIndex | None:
    """The words to search for the law of the day; `None` where the pack as it is tells that law.

    What they find is a version of a section that may have been another on the day.
    """
    past = shelf.past(pack)
    before = is_before(day, pack.current_through)
    if not before and (past is None or past.until is None or day >= past.until):
        return None
    return _Both(shelf.index(pack), pack.sections, None if past is None else past.words)


@dataclass(frozen=True, slots=True)
class _Both:
    """The words of a pack as it is, whose sections may have come since, and of what it lost."""

    now: WordIndex
    sections: int
    past: WordIndex | None

    @property
    def size(self) -> int:
        return self.sections + (0 if self.past is None else self.past.size)

    def search(
        self, parts: Iterable[Term | Phrase], *, limit: int, live_only: bool = True
    ) -> list[tuple[int, float]]:
        """As `WordIndex.search`.

        What is repealed in the pack as it is counts always: it leads to the text that it had.
        """
        parts = tuple(parts)
        found = self.now.search(parts, limit=limit, live_only=False)
        if self.past is None:
            return found
        found += self.past.search(self._evened(parts), limit=limit, live_only=live_only)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, field: str, token: str) -> int:
        held = 0 if self.past is None else self.past.frequency(field, token)
        return self.now.frequency(field, token) + held

    def _evened(self, parts: Iterable[Term | Phrase]) -> list[Term | Phrase]:
        """The parts, weighed in the past by how rare they are in the pack as it is.

        Five sections that were removed are no measure of how rare a word is.
        """
        return [replace(part, weight=part.weight * self._ratio(part)) for part in parts]

    def _ratio(self, part: Term | Phrase) -> float:
        if self.past is None:
            return 1.0
        words = (part.token,) if isinstance(part, Term) else part.tokens
        there = sum(rarity(self.past.size, self.past.frequency(part.field, w)) for w in words)
        here = sum(rarity(self.sections, max(self.now.frequency(part.field, w), 1)) for w in words)
        return here / there
