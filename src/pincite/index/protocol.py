"""What an index can be asked, whatever engine keeps it: words, and vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from pincite.index.lexical import Phrase, Term
    from pincite.library.read import InstalledPack


class WordIndex(Protocol):
    """The words of some versions of one pack's sections, scored by BM25 over weighted fields."""

    def search(
        self, parts: Iterable[Term | Phrase], *, limit: int, live_only: bool = True
    ) -> list[tuple[int, float]]:
        """`(key, score)` of the best `limit` sections that hold any part, best first."""
        ...

    @property
    def size(self) -> int:
        """How many section versions it holds."""
        ...

    def frequency(self, field: str, token: str) -> int:
        """How many sections hold the token in the field."""
        ...


@dataclass(frozen=True, slots=True)
class Past:
    """The words of what a pack no longer holds, and the last day before which any was law.

    That day is by the versions' own dates; `None` where none of them has any.
    """

    words: WordIndex
    until: date | None


class VectorIndex(Protocol):
    """The vectors of one pack's sections."""

    def search(self, question: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """`(key, cosine)` of the nearest `limit` sections, best first; ties by key."""
        ...


class Indexes(Protocol):
    """Opens the index of a pack. It may be used from several threads."""

    def words(self, pack: InstalledPack) -> WordIndex:
        """Raises IndexBroken where the pack's index cannot be opened."""
        ...

    def past(self, pack: InstalledPack) -> Past | None:
        """The words of what the pack no longer holds; `None` where it lost nothing."""
        ...

    def vectors(self, pack: InstalledPack, model: str) -> VectorIndex | None:
        """The vectors of the pack by this model, where all of them are made."""
        ...
