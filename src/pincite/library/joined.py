"""Two libraries read as one: the law that is everybody's, and the documents of one workspace."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pincite.library.once import of_one_pack, overlapping, ranks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack, Neighbours, Place
    from pincite.library.rows import SectionLine

_T = TypeVar("_T")


_APART = 1 << 62


def joined_key(key: int) -> int:
    """The key of a section of the workspace's own library: below zero, where no other key is.

    Their order stays, which settles ties.
    """
    return key - _APART


def _own_key(key: int) -> int:
    return key + _APART


class JoinedLibrary:
    """Each call asks both; nothing is written, and neither knows of the other.

    What both have is told of the pack that is more current, as within one library.
    """

    def __init__(self, shared: Library, own: Library) -> None:
        self._shared = shared
        self._own = own

    @property
    def home(self) -> Path:
        return self._shared.home

    def packs(self) -> tuple[InstalledPack, ...]:
        own = self._own.packs()
        names = {pack.name for pack in own}
        shared = (pack for pack in self._shared.packs() if pack.name not in names)
        return tuple(sorted((*shared, *own), key=lambda pack: pack.name))

    def own_packs(self) -> tuple[InstalledPack, ...]:
        """Those that the workspace itself put in."""
        return self._own.packs()

    def is_own(self, pack: str) -> bool:
        return any(one.name == pack for one in self._own.packs())

    def section(self, identifier: str, as_of: date | None = None) -> Section | None:
        return self._side(identifier).section(identifier, as_of)

    def versions(self, identifier: str) -> tuple[Section, ...]:
        return self._side(identifier).versions(identifier)

    def came_for(self, identifier: str) -> tuple[Section, ...]:
        return self._side(identifier).came_for(identifier)

    def first_seen(self, identifier: str) -> datetime | None:
        return self._side(identifier).first_seen(identifier)

    def neighbours(self, identifier: str) -> Neighbours:
        return self._side(identifier).neighbours(identifier)

    def by_keys(self, keys: Iterable[int]) -> dict[int, Section]:
        wanted = list(dict.fromkeys(keys))
        shared = self._shared.by_keys(key for key in wanted if key > 0)
        own = self._own.by_keys(_own_key(key) for key in wanted if key < 0)
        return _ordered(wanted, shared | {joined_key(key): one for key, one in own.items()})

    def places(self, keys: Iterable[int]) -> dict[int, Place]:
        wanted = list(dict.fromkeys(keys))
        shared = self._shared.places(key for key in wanted if key > 0)
        own = self._own.places(_own_key(key) for key in wanted if key < 0)
        moved = {joined_key(key): replace(one, key=joined_key(key)) for key, one in own.items()}
        return _ordered(wanted, shared | moved)

    def around(self, pack: str, position: float, reach: int) -> tuple[Section, ...]:
        return self._holding(pack).around(pack, position, reach)

    def keyed(self, pack: str) -> Iterator[tuple[int, Section]]:
        if not self.is_own(pack):
            yield from self._shared.keyed(pack)
            return
        for key, section in self._own.keyed(pack):
            yield joined_key(key), section

    def key_of(self, identifier: str) -> int | None:
        side = self._side(identifier)
        key = side.key_of(identifier)
        return key if key is None or side is self._shared else joined_key(key)

    def by_act_id(self, pack: str | None, act_id: str) -> tuple[Section, ...]:
        if pack is not None:
            return self._holding(pack).by_act_id(pack, act_id)
        return (*self._own.by_act_id(None, act_id), *self._shared.by_act_id(None, act_id))

    def document(self, document_id: str) -> tuple[Section, ...]:
        own, shared = self._own.document(document_id), self._shared.document(document_id)
        if not own or not shared:
            return own or shared
        rank = ranks(self.packs())
        return tuple(of_one_pack((*shared, *own), rank, lambda one: (one.id, one.pack)))

    def document_lines(self, document_id: str) -> tuple[SectionLine, ...]:
        shared = self._shared.document_lines(document_id)
        there = {line.id for line in shared}
        own = (line for line in self._own.document_lines(document_id) if line.id not in there)
        return (*shared, *own)

    def identifiers(self, jurisdiction: str, code: str) -> tuple[str, ...]:
        shared = self._shared.identifiers(jurisdiction, code)
        return tuple(dict.fromkeys((*shared, *self._own.identifiers(jurisdiction, code))))

    def identifiers_near(
        self, jurisdiction: str, code: str, beginning: str, admits: Callable[[str], bool]
    ) -> tuple[str, ...]:
        asked = (jurisdiction, code, beginning, admits)
        own = self._own.identifiers_near(*asked)
        return tuple(dict.fromkeys((*self._shared.identifiers_near(*asked), *own)))

    def overlapping(self) -> frozenset[str]:
        return overlapping(self.packs())

    def installed_codes(self) -> frozenset[str]:
        return self._shared.installed_codes() | self._own.installed_codes()

    def digest(self) -> str:
        """The shared library's where the workspace has nothing of its own."""
        if not self._own.packs():
            return self._shared.digest()
        both = f"{self._shared.digest()} {self._own.digest()}\n"
        return hashlib.sha256(both.encode()).hexdigest()

    def close(self) -> None:
        """Both stay open: others read the shared one, and the workspace's next request its own."""

    def _holding(self, pack: str) -> Library:
        return self._own if self.is_own(pack) else self._shared

    def _side(self, identifier: str) -> Library:
        """Whose section it is: of both, that of the pack that is more current."""
        own = self._own.versions(identifier)
        if not own:
            return self._shared
        shared = self._shared.versions(identifier)
        if not shared:
            return self._own
        rank = ranks((*self._shared.packs(), *self._own.packs()))
        return self._shared if rank[shared[0].pack] > rank[own[0].pack] else self._own


def _ordered(keys: Iterable[int], found: dict[int, _T]) -> dict[int, _T]:
    return {key: found[key] for key in keys if key in found}
