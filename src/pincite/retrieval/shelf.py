"""What retrieval reads from: the library, and the open index of each pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.index.embedded import EmbeddedIndexes

if TYPE_CHECKING:
    from pincite.index.protocol import Indexes, Past, VectorIndex, WordIndex
    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack


class Shelf:
    """The library and its indexes, those of the embedded engine where no others are given."""

    def __init__(self, library: Library, indexes: Indexes | None = None) -> None:
        self.library = library
        self._indexes = EmbeddedIndexes(library) if indexes is None else indexes

    def packs(self, jurisdiction: str | None = None) -> tuple[InstalledPack, ...]:
        """The installed packs of a jurisdiction, or all, by name."""
        return tuple(
            pack
            for pack in self.library.packs()
            if jurisdiction is None or pack.jurisdiction == jurisdiction
        )

    def index(self, pack: InstalledPack) -> WordIndex:
        """Raises IndexBroken where the pack's index cannot be opened."""
        return self._indexes.words(pack)

    def past(self, pack: InstalledPack) -> Past | None:
        """The words of what the pack no longer holds; `None` where it lost nothing."""
        return self._indexes.past(pack)

    def segment(self, pack: InstalledPack, model: str) -> VectorIndex | None:
        """The vectors of the pack by this model, where all of them are made."""
        return self._indexes.vectors(pack, model)
