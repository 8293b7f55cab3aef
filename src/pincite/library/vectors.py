"""The cache of passages' vectors: what a model made of a text stays good while the text does."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self

from pincite.library.store import CACHE, open_file, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_AT_ONCE = 900


class PassageVector(NamedTuple):
    """`[start, end)` of the text with this hash, and the vector's bytes as they were given."""

    text_sha256: str
    start: int
    end: int
    vector: bytes


class VectorCache:
    """Vectors by model and text hash. It may be used from several threads."""

    def __init__(self, home: Path, *, wait_seconds: float = 1.0) -> None:
        self._db = open_file(home, CACHE, create=True, wait=wait_seconds)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def get(self, model: str, text_hashes: Iterable[str]) -> dict[str, tuple[PassageVector, ...]]:
        """The vectors of each text that has any, in the order of the text."""
        wanted = list(dict.fromkeys(text_hashes))
        found: dict[str, list[PassageVector]] = {}
        with self._guard:
            for first in range(0, len(wanted), _AT_ONCE):
                part = [bytes.fromhex(text) for text in wanted[first : first + _AT_ONCE]]
                marks = ",".join("?" * len(part))
                select = (
                    "SELECT text_sha256, start, stop, vector FROM vectors WHERE model = ? "  # noqa: S608 -- marks alone
                    f"AND text_sha256 IN ({marks}) ORDER BY text_sha256, start"
                )
                rows = self._db.execute(select, (model, *part))
                for sha256, start, end, vector in rows:
                    text = sha256.hex()
                    found.setdefault(text, []).append(PassageVector(text, start, end, vector))
        return {text: tuple(vectors) for text, vectors in found.items()}

    def put(self, model: str, vectors: Iterable[PassageVector]) -> None:
        """Keep the vectors; if another process is writing at this moment, they are let go."""
        rows = [(model, bytes.fromhex(item.text_sha256), *item[1:]) for item in vectors]
        with self._guard, suppress(sqlite3.OperationalError), transaction(self._db):
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)", rows)
