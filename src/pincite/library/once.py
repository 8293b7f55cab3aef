"""The same section in two packs, a title beside the whole code: which of them is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pincite.law.currency import current_date
from pincite.law.identifiers import lookup_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pincite.library.read import InstalledPack

_T = TypeVar("_T")


def ranks(packs: Iterable[InstalledPack]) -> dict[str, int]:
    """Packs by name, the one that is told last: of later currency, else installed later."""

    def order(pack: InstalledPack) -> tuple[str, str, str]:
        through = current_date(pack.current_through)
        told = "" if through is None else through.isoformat()
        return told, pack.installed_at.isoformat(), pack.name

    return {pack.name: rank for rank, pack in enumerate(sorted(packs, key=order))}


def overlapping(packs: Iterable[InstalledPack]) -> frozenset[str]:
    """The packs that hold sections of a code of which another pack holds some too."""
    holding: dict[tuple[str, str], list[str]] = {}
    for pack in packs:
        if not pack.from_document:
            for code in pack.codes:
                holding.setdefault((pack.jurisdiction, code), []).append(pack.name)
    return frozenset(name for names in holding.values() if len(names) > 1 for name in names)


def of_one_pack(
    found: Iterable[_T], rank: Mapping[str, int], key: Callable[[_T], tuple[str, str]]
) -> list[_T]:
    """What was found, each section of one pack alone; `key` gives its identifier and its pack."""
    found = list(found)
    best: dict[str, str] = {}
    for one in found:
        identifier, pack = key(one)
        name = lookup_key(identifier)
        if name not in best or rank.get(pack, -1) > rank.get(best[name], -1):
            best[name] = pack
    return [one for one in found if best[lookup_key(key(one)[0])] == key(one)[1]]
