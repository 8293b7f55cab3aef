"""The indexes of two libraries that are read as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.library.joined import joined_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from pincite.index.lexical import Phrase, Term
    from pincite.index.protocol import Indexes, Past, VectorIndex, WordIndex
    from pincite.library.joined import JoinedLibrary
    from pincite.library.read import InstalledPack


class JoinedIndexes:
    """Opens the index of a pack on the side that holds it."""

    def __init__(self, library: JoinedLibrary, shared: Indexes, own: Indexes) -> None:
        self._library = library
        self._shared = shared
        self._own = own

    def words(self, pack: InstalledPack) -> WordIndex:
        if not self._library.is_own(pack.name):
            return self._shared.words(pack)
        return _OwnWords(self._own.words(pack))

    def past(self, pack: InstalledPack) -> Past | None:
        if not self._library.is_own(pack.name):
            return self._shared.past(pack)
        found = self._own.past(pack)
        return None if found is None else replace(found, words=_OwnWords(found.words))

    def vectors(self, pack: InstalledPack, model: str) -> VectorIndex | None:
        if not self._library.is_own(pack.name):
            return self._shared.vectors(pack, model)
        found = self._own.vectors(pack, model)
        return None if found is None else _OwnVectors(found)


class _OwnWords:
    """An index whose keys are told as the joined library has them."""

    def __init__(self, index: WordIndex) -> None:
        self._index = index

    def search(
        self, parts: Iterable[Term | Phrase], *, limit: int, live_only: bool = True
    ) -> list[tuple[int, float]]:
        found = self._index.search(parts, limit=limit, live_only=live_only)
        return [(joined_key(key), score) for key, score in found]

    @property
    def size(self) -> int:
        return self._index.size

    def frequency(self, field: str, token: str) -> int:
        return self._index.frequency(field, token)


class _OwnVectors:
    def __init__(self, index: VectorIndex) -> None:
        self._index = index

    def search(self, question: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        return [(joined_key(key), near) for key, near in self._index.search(question, limit)]
