"""The law and policies that a workspace put in for itself: a library of its own, read with all."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pincite.assistant.engines import EmbeddedEngine
from pincite.library.store import LAW
from pincite.library.workspaces import home_of, purge
from pincite.parsing.naming import by_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pincite.assistant.engines import Engine, Writer
    from pincite.index.build import Installed, InstallProgress
    from pincite.index.doctor import Problem
    from pincite.index.joined import JoinedIndexes
    from pincite.library.joined import JoinedLibrary
    from pincite.library.read import InstalledPack
    from pincite.library.vectors import PassageVector, VectorCache
    from pincite.models.base import EmbeddingModel
    from pincite.parsing.naming import Namer
    from pincite.retrieval.cached import Cache
    from pincite.sources.offer import Source

_OPEN = 64  # workspaces whose libraries stay open


class Base(Protocol):
    """Whose law everybody reads; it is opened when it is asked for."""

    @property
    def engine(self) -> Engine: ...


class Workspaces:
    """The joined engines of the workspaces that have a library of their own, each opened once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._guard = threading.Lock()
        self._open: dict[str, tuple[int, JoinedEngine]] = {}

    def engine(self, workspace: str, base: Base) -> JoinedEngine | None:
        """Joined with the engine of `base`; `None` where the workspace put nothing in."""
        own = home_of(self._home, workspace)
        try:
            file = (own / LAW.name).stat().st_ino
        except OSError:
            return None
        with self._guard:
            found = self._open.pop(workspace, None)
            # Another file: the workspace was removed and made again, perhaps by another process.
            if found is None or found[0] != file:
                found = (file, JoinedEngine(base.engine, EmbeddedEngine(own)))
            self._open[workspace] = found
            while len(self._open) > _OPEN:
                del self._open[next(iter(self._open))]
            return found[1]


class JoinedEngine:
    """What everybody has, and what one workspace has for itself. It may be used from threads."""

    def __init__(self, shared: Engine, own: EmbeddedEngine) -> None:
        self._shared = shared
        self._own = own

    @cached_property
    def library(self) -> JoinedLibrary:
        from pincite.library.joined import JoinedLibrary

        return JoinedLibrary(self._shared.library, self._own.library)

    @cached_property
    def indexes(self) -> JoinedIndexes:
        from pincite.index.joined import JoinedIndexes

        return JoinedIndexes(self.library, self._shared.indexes, self._own.indexes)

    @property
    def writer(self) -> Writer:
        return _JoinedWriter(self.library, self._shared.writer, self._own)

    @cached_property
    def _own_cache(self) -> VectorCache:
        from pincite.library.vectors import VectorCache

        return VectorCache(self._own.home)

    def cache(self, shared: Cache) -> Cache:
        """The cache of passages' vectors: what this workspace's texts give stays with them."""
        return _JoinedCache(shared, self._own_cache)

    def embed(
        self,
        packs: Sequence[InstalledPack],
        model: EmbeddingModel,
        *,
        now: datetime,
        progress: InstallProgress,
    ) -> dict[str, int]:
        own = [pack for pack in packs if self.library.is_own(pack.name)]
        shared = [pack for pack in packs if pack not in own]
        done: dict[str, int] = {}
        for side, some in ((self._shared, shared), (self._own, own)):
            if some:
                done |= side.embed(some, model, now=now, progress=progress)
        return done

    def examine(self, *, fix: bool, texts: bool, now: datetime) -> tuple[Problem, ...]:
        return (
            *self._shared.examine(fix=fix, texts=texts, now=now),
            *self._own.examine(fix=fix, texts=texts, now=now),
        )


class _JoinedWriter:
    """Installs for everybody; removes a workspace's own pack where that is what is named."""

    def __init__(self, library: JoinedLibrary, shared: Writer, own: EmbeddedEngine) -> None:
        self._library = library
        self._shared = shared
        self._own = own

    def install(
        self,
        source: Source,
        names: Iterable[str],
        *,
        now: datetime,
        progress: InstallProgress,
        namer: Namer = by_form,
        own: bool = False,
    ) -> tuple[Installed, ...]:
        return self._shared.install(source, names, now=now, progress=progress, namer=namer, own=own)

    def remove(self, name: str, *, now: datetime) -> bool:
        if not self._library.is_own(name):
            return self._shared.remove(name, now=now)
        removed = self._own.writer.remove(name, now=now)
        purge(self._own.home)
        return removed


class _JoinedCache:
    def __init__(self, shared: Cache, own: Cache) -> None:
        self._shared = shared
        self._own = own

    def get(self, model: str, text_hashes: Iterable[str]) -> dict[str, tuple[PassageVector, ...]]:
        wanted = tuple(text_hashes)
        found = self._shared.get(model, wanted)
        return found | self._own.get(model, [one for one in wanted if one not in found])

    def put(self, model: str, vectors: Iterable[PassageVector]) -> None:
        self._own.put(model, vectors)
