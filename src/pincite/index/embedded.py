"""The indexes of the embedded engine: directories beside the library, each opened once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pincite.index.dense import DenseSegment, read_state, segment_directory
from pincite.index.lexical import LexicalIndex
from pincite.index.past import past_directory, past_until
from pincite.index.protocol import Past

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack


class EmbeddedIndexes:
    """Opens each pack's index once. It may be used from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = threading.Lock()
        self._open: dict[Path, LexicalIndex] = {}
        self._past: dict[Path, Past | None] = {}
        self._segments: dict[Path, DenseSegment] = {}

    def words(self, pack: InstalledPack) -> LexicalIndex:
        """Raises IndexBroken where the pack's index cannot be opened."""
        with self._guard:
            found = self._open.get(pack.index)
            if found is None:
                self._let_go(pack)
                found = self._open[pack.index] = LexicalIndex(pack.index)
            return found

    def past(self, pack: InstalledPack) -> Past | None:
        """The words of what the pack no longer holds; `None` where it lost nothing.

        Raises IndexBroken where its index cannot be opened.
        """
        with self._guard:
            if pack.index not in self._past:
                self._let_go(pack)
                directory = past_directory(pack.index)
                self._past[pack.index] = (
                    Past(LexicalIndex(directory), past_until(pack.index))
                    if directory.is_dir()
                    else None
                )
            return self._past[pack.index]

    def vectors(self, pack: InstalledPack, model: str) -> DenseSegment | None:
        """The vectors of the pack by this model, where all of them are made."""
        directory = segment_directory(pack.index)
        with self._guard:
            found = self._segments.get(directory)
            if found is None:
                # Asked each time: another process may have made them since.
                state = read_state(directory)
                if state is not None and state.complete and state.model == model:
                    found = self._segments[directory] = DenseSegment(directory)
            return found

    def _let_go(self, pack: InstalledPack) -> None:
        """Forget the indexes that were installed where this one is now: a server lives long."""
        used = {one.index for one in self._library.packs()} | {pack.index}
        for old in {*self._open, *self._past} - used:
            self._open.pop(old, None)
            self._past.pop(old, None)
            self._segments.pop(segment_directory(old), None)
