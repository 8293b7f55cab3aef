"""The cluster engine as a whole: its library, its indexes, its writer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pincite.index.opensearch.catalogue import Catalogue
from pincite.index.opensearch.client import Cluster
from pincite.index.opensearch.doctor import examine_cluster
from pincite.index.opensearch.library import ClusterLibrary
from pincite.index.opensearch.mapping import NOW, PAST
from pincite.index.opensearch.memory import Memory
from pincite.index.opensearch.vectors import ClusterVectors
from pincite.index.opensearch.words import ClusterWords
from pincite.index.opensearch.writer import ClusterWriter
from pincite.index.protocol import Past

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from pincite.index.build import InstallProgress
    from pincite.index.doctor import Problem
    from pincite.index.opensearch.address import Address
    from pincite.library.read import InstalledPack
    from pincite.models.base import EmbeddingModel

_OPEN = 512


class ClusterEngine:
    """Law in OpenSearch. It may be used from several threads."""

    def __init__(self, address: Address, home: Path) -> None:
        self.cluster = Cluster(address)
        self.catalogue = Catalogue(self.cluster)
        self.home = home

    @cached_property
    def library(self) -> ClusterLibrary:
        return ClusterLibrary(self.home, self.cluster, self.catalogue)

    @cached_property
    def indexes(self) -> ClusterIndexes:
        return ClusterIndexes(self.cluster, self.catalogue, self.library)

    @cached_property
    def writer(self) -> ClusterWriter:
        return ClusterWriter(cluster=self.cluster, catalogue=self.catalogue, home=self.home)

    def embed(
        self,
        packs: Sequence[InstalledPack],
        model: EmbeddingModel,
        *,
        now: datetime,
        progress: InstallProgress,
    ) -> dict[str, int]:
        """Give each section of the packs a vector; how many each has then."""
        del now
        sections = {pack.name: self.library.keyed(pack.name) for pack in packs}
        return self.writer.embed([pack.name for pack in packs], model, sections, progress)

    def examine(self, *, fix: bool, texts: bool, now: datetime) -> tuple[Problem, ...]:
        """See `examine_cluster`; the time is the cluster's own affair."""
        del now
        return examine_cluster(self.writer, fix=fix, texts=texts)

    def close(self) -> None:
        self.cluster.close()


class ClusterIndexes:
    """Opens the index of a pack. It may be used from several threads."""

    def __init__(self, cluster: Cluster, catalogue: Catalogue, library: ClusterLibrary) -> None:
        self._cluster, self._catalogue, self._library = cluster, catalogue, library
        self._words: Memory[tuple[str, str], ClusterWords] = Memory(_OPEN)

    def words(self, pack: InstalledPack) -> ClusterWords:
        return self._open(pack, NOW)

    def past(self, pack: InstalledPack) -> Past | None:
        """An index that was written before earlier versions had words has none."""
        words = self._open(pack, PAST)
        return Past(words, words.until) if words.size else None

    def _open(self, pack: InstalledPack, which: str) -> ClusterWords:
        found = self._words.get((pack.index.name, which))
        if found is None:
            found = ClusterWords(self._cluster, self._library, pack.index.name, which)
            self._words.put((pack.index.name, which), found)
        return found

    def vectors(self, pack: InstalledPack, model: str) -> ClusterVectors | None:
        made = self._catalogue.state().vectors.get(pack.name)
        if made is None or not made.complete or made.model != model:
            return None
        return ClusterVectors(self._cluster, made.index)
