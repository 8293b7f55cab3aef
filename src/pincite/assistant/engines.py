"""Which engine keeps the law: the embedded one in the home folder, or a cluster."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pincite.errors import UsageError
from pincite.index.opensearch.address import is_cluster, read_address
from pincite.parsing.naming import by_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pincite.index.build import Installed, InstallProgress
    from pincite.index.doctor import Problem
    from pincite.index.protocol import Indexes
    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack
    from pincite.models.base import EmbeddingModel
    from pincite.parsing.naming import Namer
    from pincite.settings import Settings
    from pincite.sources.offer import Source


class Writer(Protocol):
    """Installs packs and removes them, each whole or not at all."""

    def install(
        self,
        source: Source,
        names: Iterable[str],
        *,
        now: datetime,
        progress: InstallProgress,
        namer: Namer = by_form,
        own: bool = False,
    ) -> tuple[Installed, ...]: ...

    def remove(self, name: str, *, now: datetime) -> bool: ...


class Engine(Protocol):
    """What keeps the law, and what is derived from it."""

    @property
    def library(self) -> Library: ...

    @property
    def indexes(self) -> Indexes: ...

    @property
    def writer(self) -> Writer: ...

    def embed(
        self,
        packs: Sequence[InstalledPack],
        model: EmbeddingModel,
        *,
        now: datetime,
        progress: InstallProgress,
    ) -> dict[str, int]:
        """Give each section of the packs a vector; how many each has then."""
        ...

    def examine(self, *, fix: bool, texts: bool, now: datetime) -> tuple[Problem, ...]:
        """Tell what is wrong with what is kept, and mend what can be mended."""
        ...


class EmbeddedEngine:
    """Law in the home folder. It may be used from several threads."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @cached_property
    def library(self) -> Library:
        """The library, made empty where there is none yet."""
        from pincite.library.read import Library
        from pincite.library.store import create

        create(self.home)
        return Library.open(self.home)

    @cached_property
    def indexes(self) -> Indexes:
        from pincite.index.embedded import EmbeddedIndexes

        return EmbeddedIndexes(self.library)

    @cached_property
    def writer(self) -> Writer:
        return EmbeddedWriter(self.home)

    def embed(
        self,
        packs: Sequence[InstalledPack],
        model: EmbeddingModel,
        *,
        now: datetime,
        progress: InstallProgress,
    ) -> dict[str, int]:
        from pincite.index.build import Stage
        from pincite.index.dense import build, segment_directory
        from pincite.library.lock import writing

        done: dict[str, int] = {}
        with writing(self.home, "making vectors", now=now):
            for pack in packs:
                state = build(
                    segment_directory(pack.index),
                    self.library.keyed(pack.name),
                    model,
                    lambda count, pack=pack: progress(Stage.EMBED, pack.name, count, pack.sections),
                )
                done[pack.name] = state.count
        return done

    def examine(self, *, fix: bool, texts: bool, now: datetime) -> tuple[Problem, ...]:
        from pincite.index.doctor import examine

        return examine(self.home, fix=fix, texts=texts, now=now)


class EmbeddedWriter:
    """Writes to the library in a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

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
        from pincite.index.build import install

        return install(self.home, source, names, now=now, progress=progress, namer=namer, own=own)

    def remove(self, name: str, *, now: datetime) -> bool:
        from pincite.index.build import remove

        return remove(self.home, name, now=now)


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings name.

    Raises SettingsError for an address that is none, and where a cluster is named without the
    package that speaks to it.
    """
    if not is_cluster(settings.library):
        return EmbeddedEngine(settings.home)
    from pincite.index.opensearch.engine import ClusterEngine

    address = read_address(
        settings.library or "",
        user=settings.library_user,
        password=settings.library_password.get_secret_value(),
        ca=settings.library_ca,
    )
    return ClusterEngine(address, settings.home)


def embedded_alone(settings: Settings, what: str, instead: str) -> None:
    """Raises UsageError where the law is on a cluster: `what` is done there `instead`."""
    if is_cluster(settings.library):
        raise UsageError(f"{what} is not done for a library on a cluster; {instead}")
