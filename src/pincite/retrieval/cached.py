"""An embedding model whose vectors of law are kept: a passage is embedded once a library."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from pincite.library.vectors import PassageVector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pincite.models.base import EmbeddingModel

_SCALE = 127.0


class Cache(Protocol):
    """Where vectors are kept by the hash of their text."""

    def get(
        self, model: str, text_hashes: Iterable[str]
    ) -> dict[str, tuple[PassageVector, ...]]: ...

    def put(self, model: str, vectors: Iterable[PassageVector]) -> None: ...


class CachedEmbedding:
    """The model with its cache.

    Vectors are int8 in the cache and, so that a first and a second asking rank alike, rounded to
    int8 before they are used.
    """

    def __init__(self, model: EmbeddingModel, cache: Cache) -> None:
        self._model = model
        self._cache = cache

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def dimensions(self) -> int:
        return self._model.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, in order, of length 1 but for the rounding."""
        import numpy as np

        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known = self._cache.get(self.name, hashes)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.int8)
        new: dict[str, int] = {}
        for place, digest in enumerate(hashes):
            vectors = known.get(digest)
            if vectors and len(vectors[0].vector) == self.dimensions:
                rows[place] = np.frombuffer(vectors[0].vector, dtype=np.int8)
            else:
                new.setdefault(digest, place)
        if new:
            made = self._model.embed([texts[place] for place in new.values()])
            rounded = np.round(made * _SCALE).astype(np.int8)
            found = dict(zip(new, rounded, strict=True))
            for place, digest in enumerate(hashes):
                if digest in found:
                    rows[place] = found[digest]
            self._cache.put(
                self.name,
                [
                    PassageVector(digest, 0, len(texts[place]), found[digest].tobytes())
                    for digest, place in new.items()
                ],
            )
        return rows.astype(np.float32) / _SCALE
