"""Which packs a cluster has installed: the indices behind our aliases, and what they say of them.

All that is known of a pack stands in the mapping of its index. So one change of aliases, which a
cluster makes whole or not at all, installs the pack's law and what is told of it at once.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.law.section import Kind
from pincite.library.read import InstalledPack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.index.opensearch.client import Cluster

_FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Names:
    """The names of our indices and aliases, all of which begin with the prefix."""

    prefix: str

    @property
    def law(self) -> str:
        """The alias of all installed law."""
        return f"{self.prefix}-law"

    @property
    def writer(self) -> str:
        """The index of the one document that says who writes."""
        return f"{self.prefix}-writer"

    def pack(self, name: str) -> str:
        """The alias of a pack's law."""
        return f"{self.prefix}-pack-{name.lower()}"

    def near(self, name: str) -> str:
        """The alias of a pack's vectors."""
        return f"{self.prefix}-near-{name.lower()}"

    def built(self, name: str, mark: str) -> str:
        """A new index for a pack's law."""
        return f"{self.prefix}-built-{name.lower()}-{mark}"

    def vectors(self, name: str, mark: str) -> str:
        """A new index for a pack's vectors."""
        return f"{self.prefix}-vectors-{name.lower()}-{mark}"

    @property
    def every(self) -> str:
        """A pattern for every index of law and vectors."""
        return f"{self.prefix}-built-*,{self.prefix}-vectors-*"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A pack as the cluster has it: its number, its index, its snapshots, the oldest first."""

    pack: InstalledPack
    number: int
    index: str
    snapshots: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a pack: their index, the model that made them, whether all were made."""

    index: str
    model: str
    dimensions: int
    complete: bool


@dataclass(frozen=True, slots=True)
class State:
    """All that is installed at one moment. `strays` are indices that no alias points to."""

    packs: tuple[Shelved, ...] = ()
    vectors: Mapping[str, Vectors] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    def pack(self, name: str) -> Shelved | None:
        return next((one for one in self.packs if one.pack.name.lower() == name.lower()), None)


class Catalogue:
    """Reads what is installed, and remembers it for a second. It may be used from threads."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self.names = Names(cluster.prefix)
        self._guard = threading.Lock()
        self._read_at = float("-inf")
        self._state = State()

    def state(self, *, now: bool = False) -> State:
        """What is installed, at most a second ago; with `now` at this moment."""
        with self._guard:
            if now or time.monotonic() - self._read_at > _FRESH_SECONDS:
                state = self._read()
                # Equal states stay one object: what is remembered of it stays good.
                self._state = self._state if state == self._state else state
                self._read_at = time.monotonic()
            return self._state

    def _read(self) -> State:
        found = self._cluster.call(
            "GET",
            f"/{self.names.every}",
            None,
            {"allow_no_indices": "true", "filter_path": "*.aliases,*.mappings._meta"},
        )
        packs: dict[str, Shelved] = {}
        vectors: dict[str, Vectors] = {}
        strays: list[str] = []
        for index, one in sorted(found.items()):
            told = one.get("mappings", {}).get("_meta", {})
            aliases = one.get("aliases", {})
            name = str(told.get("name", ""))
            if self.names.pack(name) in aliases:
                packs[name] = _shelved(index, told)
            elif self.names.near(name) in aliases:
                vectors[name] = Vectors(
                    index, told["model"], int(told["dimensions"]), bool(told["complete"])
                )
            else:
                strays.append(index)
        return State(tuple(packs[name] for name in sorted(packs)), vectors, tuple(strays))


def described(shelved: Shelved) -> dict[str, object]:
    """What the index of a pack says of it."""
    pack = shelved.pack
    return {
        "name": pack.name,
        "number": shelved.number,
        "jurisdiction": pack.jurisdiction,
        "kind": pack.kind.value,
        "codes": list(pack.codes),
        "sha256": pack.sha256,
        "sections": pack.sections,
        "in_force": pack.in_force,
        "current_through": pack.current_through,
        "titles": list(pack.titles),
        "excerpts": pack.excerpts,
        "source": pack.source,
        "attribution": pack.attribution,
        "installed_at": pack.installed_at.isoformat(),
        "own_source": pack.own_source,
        "snapshots": [dict(one) for one in shelved.snapshots],
    }


def _shelved(index: str, told: Mapping[str, Any]) -> Shelved:
    pack = InstalledPack(
        name=told["name"],
        jurisdiction=told["jurisdiction"],
        kind=Kind(told["kind"]),
        codes=tuple(told["codes"]),
        sha256=told["sha256"],
        sections=told["sections"],
        in_force=told["in_force"],
        current_through=told["current_through"],
        titles=tuple(told["titles"]),
        excerpts=told["excerpts"],
        source=told["source"],
        attribution=told["attribution"],
        installed_at=datetime.fromisoformat(told["installed_at"]),
        index=Path(index),
        own_source=told["own_source"],
    )
    return Shelved(pack, told["number"], index, tuple(told["snapshots"]))
