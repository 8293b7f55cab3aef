"""Writing to a cluster: packs installed and removed, vectors made, left-overs swept."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import PackMissing, PinciteError, UsageError
from pincite.index.build import WAIT_SECONDS, Installed, Outcome, Stage, silent
from pincite.index.opensearch import vectors
from pincite.index.opensearch.indices import (
    describe,
    discard,
    make_index,
    point,
    settle,
    swap,
    unpoint,
)
from pincite.index.opensearch.job import PackJob
from pincite.index.opensearch.lease import writing
from pincite.parsing.naming import by_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from pincite.index.build import InstallProgress
    from pincite.index.opensearch.catalogue import Catalogue, Shelved
    from pincite.index.opensearch.client import Cluster
    from pincite.index.opensearch.lease import Lease
    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel
    from pincite.parsing.naming import Namer
    from pincite.sources.offer import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWriter:
    """Writes packs to a cluster, one writer at a time over all machines."""

    cluster: Cluster
    catalogue: Catalogue
    home: Path
    wait_seconds: float = WAIT_SECONDS

    def install(
        self,
        source: Source,
        names: Iterable[str],
        *,
        now: datetime,
        progress: InstallProgress = silent,
        namer: Namer = by_form,
        own: bool = False,
    ) -> tuple[Installed, ...]:
        """Install or update the named packs of a source, each of them whole or not at all.

        What was installed is seen by all readers within a second. Raises as
        `index.build.install`, and ClusterFailed.
        """
        offers = {offer.name.lower(): offer for offer in source.packs()}
        results = []
        with self._writing("installing packs", progress) as lease:
            job = PackJob(
                self.cluster, self.catalogue, self.home, lease, source, now, progress, namer, own
            )
            for name in dict.fromkeys(name.lower() for name in names):
                try:
                    offer = offers.get(name)
                    if offer is None:
                        raise PackMissing(f"{source.address} has no pack {name}")
                    results.append(job.install(offer))
                except PinciteError as error:
                    results.append(Installed(pack=name, outcome=Outcome.FAILED, reason=str(error)))
        return tuple(results)

    def remove(self, name: str, *, now: datetime) -> bool:
        """Remove a pack with every version of its sections; whether it was there."""
        del now  # who reads the cluster's own log finds the time there
        with self._writing(f"removing {name}", silent) as lease:
            state = self.catalogue.state(now=True)
            shelved = state.pack(name)
            if shelved is None:
                return False
            names = self.catalogue.names
            gone: list[tuple[str, tuple[str, ...]]] = [
                (shelved.index, (names.pack(shelved.pack.name), names.law))
            ]
            if made := state.vectors.get(shelved.pack.name):
                gone.append((made.index, (names.near(shelved.pack.name),)))
            lease.keep(now=True)
            actions = [unpoint(index, alias) for index, aliases in gone for alias in aliases]
            swap(self.cluster, self.catalogue, actions)
            return True

    def embed(
        self,
        names: Iterable[str],
        model: EmbeddingModel,
        sections: Mapping[str, Iterator[tuple[int, Section]]],
        progress: InstallProgress,
    ) -> dict[str, int]:
        """Give each section of the packs a vector, going on where an earlier run stopped."""
        done: dict[str, int] = {}
        with self._writing("making vectors", progress) as lease:
            for name in dict.fromkeys(names):
                shelved = self.catalogue.state(now=True).pack(name)
                if shelved is None:
                    raise UsageError(f"{name} is not installed; `library add` installs it")
                done[name] = self._embed(shelved, model, sections[name], lease, progress)
        return done

    def _embed(
        self,
        shelved: Shelved,
        model: EmbeddingModel,
        sections: Iterator[tuple[int, Section]],
        lease: Lease,
        progress: InstallProgress,
    ) -> int:
        name = shelved.pack.name
        made = self.catalogue.state().vectors.get(name)
        if made is None or made.model != model.name:
            index = self.catalogue.names.vectors(name, secrets.token_hex(4))
            make_index(self.cluster, index, vectors.vector_index(model.dimensions))
            describe(self.cluster, index, _told(name, model, complete=False))
            near = self.catalogue.names.near(name)
            less = [] if made is None else [unpoint(made.index, near)]
            swap(self.cluster, self.catalogue, [*less, point(index, near)])
        else:
            index = made.index
        have = vectors.there(self.cluster, index)

        def told(done: int) -> None:
            progress(Stage.EMBED, name, len(have) + done, shelved.pack.sections)

        lacking = (pair for pair in sections if pair[0] not in have)
        self.cluster.bulk(index, vectors.rows(lacking, model, told), lambda _: lease.keep())
        settle(self.cluster, index, None)
        describe(self.cluster, index, _told(name, model, complete=True))
        self.catalogue.state(now=True)
        return len(vectors.there(self.cluster, index))

    @contextmanager
    def _writing(
        self, what: str, progress: InstallProgress, wait_seconds: float | None = None
    ) -> Iterator[Lease]:
        token = f"{socket.gethostname()}, process {os.getpid()}, {secrets.token_hex(4)}"
        with writing(
            self.cluster,
            self.catalogue.names.writer,
            what,
            token=token,
            wait_seconds=self.wait_seconds if wait_seconds is None else wait_seconds,
            waiting=lambda words: progress(Stage.WAIT, words, 0, None),
        ) as lease:
            self._sweep(lease)
            yield lease
            self.catalogue.state(now=True)

    def sweep(self) -> tuple[str, ...]:
        """Delete what no alias points to; the names of what was deleted. Raises LibraryBusy."""
        before = self.catalogue.state(now=True).strays
        with self._writing("sweeping", silent, wait_seconds=0.0):
            pass
        left = self.catalogue.state(now=True).strays
        return tuple(index for index in before if index not in left)

    def _sweep(self, lease: Lease) -> None:
        """Delete what no alias points to: left over from a writer that was stopped, or replaced.

        What the last writer replaced was kept until now: readers may have been reading it.
        """
        lease.keep(now=True)
        for index in self.catalogue.state(now=True).strays:
            discard(self.cluster, index)


def _told(name: str, model: EmbeddingModel, *, complete: bool) -> dict[str, object]:
    return {
        "name": name,
        "model": model.name,
        "dimensions": model.dimensions,
        "complete": complete,
    }
