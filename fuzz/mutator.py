"""Makes inputs from inputs: seeded, so that a run can be repeated."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from fuzz.door import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KEPT = 4096
_LONG = 1 / 2000
"""How many inputs are one piece over and over: what is slow for many of a kind shows there."""
_ODD = (
    "\0", "\n", "\r\n", "\t", "    ", "\u00a0", "\u2028", "\u200b", "\ufeff", "é", "İ", "ß", "ﬁ",
    "²", "٣", "𝟙", "\U0001f4dc", "\ud800", "“", "”", "‘", "’", "–", "—", "…", "§", "§§", "¶",
    "(", ")", "((", "[", "]", "{", "}", "<", ">", "&", "%", "%00", "\\", "/", "//", "@", ".",
    "..", "0", "00", "1", "9" * 20, "-1", "1e999", "NaN", "\x7f", "\x1b[31m", "\u202e",
)  # fmt: skip


class Mutator:
    """An endless line of inputs, made of seeds and words."""

    def __init__(self, seeds: Sequence[bytes], words: Sequence[str], seed: int) -> None:
        self._chance = Random(seed)
        self._random = self._chance.random
        self._base = [one[:LARGEST] for one in seeds] or [b""]
        self._seeds = len(self._base)
        own = [word.encode("utf-8", "surrogatepass") for word in words]
        odd = [word.encode("utf-8", "surrogatepass") for word in _ODD]
        # What the door knows comes up more often than what is odd everywhere.
        self._words = own * max(1, 2 * len(odd) // max(1, len(own))) + odd
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._insert,
            self._insert,
            self._insert,
            self._replace,
            self._cut,
            self._double,
            self._byte,
            self._splice,
        )

    def next(self) -> bytes:
        """One more input of at most 64 KB."""
        draw = self._random()
        if draw < _LONG:
            return self._long()
        data = self._base[int(self._random() * len(self._base))]
        for _ in range(1 + int(draw * 5)):
            data = self._ways[int(self._random() * 8)](data)
        if len(data) > LARGEST:
            data = data[:LARGEST]
        if draw > 0.98 and len(data) < _KEPT:
            self._keep(data)
        return data

    def _keep(self, data: bytes) -> None:
        if len(self._base) < self._seeds + 2000:
            self._base.append(data)
        else:
            self._base[self._seeds + int(self._random() * 2000)] = data

    def _word(self) -> bytes:
        return self._words[int(self._random() * len(self._words))]

    def _at(self, data: bytes) -> int:
        return int(self._random() * (len(data) + 1))

    def _span(self, data: bytes) -> tuple[int, int]:
        start = self._at(data)
        return start, min(len(data), start + 1 + int(self._random() ** 3 * 40))

    def _insert(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + self._word() + data[at:]

    def _replace(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:start] + self._word() + data[end:]

    def _cut(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:start] + data[end:]

    def _double(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:end] + data[start:end] * (1 + int(self._random() ** 4 * 12)) + data[end:]

    def _byte(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + bytes((int(self._random() * 256),)) + data[at + 1 :]

    def _splice(self, data: bytes) -> bytes:
        other = self._base[int(self._random() * len(self._base))]
        return data[: self._at(data)] + other[self._at(other) :]

    def _long(self) -> bytes:
        """A few words over and over, before or behind an input."""
        piece = b"".join(self._word() for _ in range(1 + int(self._random() * 3)))
        size = int(2 ** (6 + self._random() * 10))
        data = self._base[int(self._random() * len(self._base))][:_KEPT]
        run = piece * (size // max(1, len(piece)) + 1)
        return ((data + run) if self._random() < 0.5 else (run + data))[:LARGEST]
