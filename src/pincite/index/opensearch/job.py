"""One pack's install on a cluster: worked out aside, written to a new index, shown at once."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.errors import ClusterFailed, LibraryError, ParseError, PinciteError
from pincite.index.build import Installed, Outcome, Stage, nothing_taken, read_rows
from pincite.index.opensearch.catalogue import Shelved, described
from pincite.index.opensearch.indices import (
    describe,
    discard,
    make_index,
    point,
    settle,
    swap,
    unpoint,
)
from pincite.index.opensearch.mapping import documents, law_index
from pincite.index.opensearch.staging import load, numbers_of, snapshots_of, staged
from pincite.law.section import Kind
from pincite.library.read import InstalledPack
from pincite.library.store import transaction
from pincite.library.write import PackProfile, SnapshotWriter
from pincite.parsing.parquet import PackFile
from pincite.sources.check import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pincite.index.build import InstallProgress
    from pincite.index.opensearch.catalogue import Catalogue
    from pincite.index.opensearch.client import Cluster
    from pincite.index.opensearch.lease import Lease
    from pincite.library.write import Change
    from pincite.parsing.naming import Namer
    from pincite.parsing.pack_row import Skips
    from pincite.sources.offer import PackOffer, Source


# The pack that is pointed to is another index.
_UNTOUCHED = "nothing was changed"


@dataclass(frozen=True, slots=True)
class PackJob:
    """Installs packs of one source one after another, while the lease lasts."""

    cluster: Cluster
    catalogue: Catalogue
    home: Path
    lease: Lease
    source: Source
    now: datetime
    progress: InstallProgress
    namer: Namer
    own: bool

    def install(self, offer: PackOffer) -> Installed:
        if offer.sha256 is not None and (same := self._unchanged(offer.name, offer.sha256)):
            return same
        downloads = self.home / "downloads"
        path = self.source.fetch(
            offer,
            downloads,
            lambda done, total: self._told(Stage.FETCH, offer.name, done, total),
        )
        try:
            sha256 = offer.sha256 or sha256_of(path)
            return self._unchanged(offer.name, sha256) or self._write(offer, path, sha256)
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"{offer.name} cannot be worked out ({error}); nothing was changed"
            ) from error
        finally:
            if path.is_relative_to(downloads):
                path.unlink(missing_ok=True)

    def _told(self, stage: Stage, pack: str, done: int, total: int | None) -> None:
        self.lease.keep()
        self.progress(stage, pack, done, total)

    def _unchanged(self, name: str, sha256: str) -> Installed | None:
        """What is said of a pack that is installed just so; whence it comes now is noted."""
        shelved = self.catalogue.state(now=True).pack(name)
        if shelved is None or shelved.pack.sha256 != sha256:
            return None
        pack = replace(shelved.pack, source=self.source.address, own_source=self.own)
        if pack != shelved.pack:
            self.lease.keep(now=True)
            describe(self.cluster, shelved.index, described(replace(shelved, pack=pack)))
        return Installed(pack=name, outcome=Outcome.UNCHANGED, sections=pack.sections)

    def _write(self, offer: PackOffer, path: Path, sha256: str) -> Installed:
        profile = PackProfile(
            name=offer.name,
            sha256=sha256,
            titles=offer.titles,
            excerpts=offer.excerpts,
            source=self.source.address,
            attribution=offer.attribution,
            taken_at=self.now,
            own_source=self.own,
        )
        before = self.catalogue.state(now=True).pack(offer.name)
        with PackFile(path) as pack, staged(self.lease.numbers) as library:
            if before is not None:
                load(library, before, self._stored(before))
            with transaction(library):
                snapshot = SnapshotWriter(library, profile)
                skips = read_rows(pack, snapshot, offer.name, self.namer, self._told)
                change = snapshot.finish()
                if not change.left:
                    raise ParseError(nothing_taken(skips), source=path.name)
                lost = snapshot.index_change.lost
            self.lease.numbers = numbers_of(library)
            self._publish(library, offer.name, before, lost)
        return _told_of(offer.name, before, change, skips)

    def _stored(self, shelved: Shelved) -> Iterator[Mapping[str, Any]]:
        pages = self.cluster.pages(
            shelved.index, {"query": {"match_all": {}}}, order="key", size=1_000
        )
        for hit in pages:
            self.lease.keep()
            yield hit["_source"]

    def _publish(
        self,
        library: sqlite3.Connection,
        name: str,
        before: Shelved | None,
        lost: tuple[int, ...],
    ) -> None:
        """Write the pack to a new index and, when it is whole everywhere, point to it."""
        cluster, names = self.cluster, self.catalogue.names
        shelved = _as_worked_out(library, name)
        (count,) = library.execute("SELECT count(*) FROM sections").fetchone()
        index = names.built(name, f"{shelved.pack.sha256[:12]}-{secrets.token_hex(4)}")
        # The numbers are given out before anything bears them.
        self.lease.keep(now=True)
        make_index(cluster, index, law_index(count))
        try:
            cluster.bulk(
                index,
                documents(library, name),
                lambda done: self._told(Stage.INDEX, name, done, count),
            )
            settle(cluster, index, count)
            describe(cluster, index, described(shelved))
            self.lease.keep(now=True)
        except PinciteError as error:
            # What nobody sees is not left lying; where the cluster is down the next writer sweeps.
            discard(cluster, index)
            if _UNTOUCHED in str(error) or not isinstance(error, ClusterFailed):
                raise
            raise ClusterFailed(f"{error}; {_UNTOUCHED}", at_console=error.at_console) from error
        aliases = (names.pack(name), names.law)
        less = [] if before is None else [unpoint(before.index, alias) for alias in aliases]
        swap(cluster, self.catalogue, [*less, *(point(index, alias) for alias in aliases)])
        self._forget_vectors(name, lost)

    def _forget_vectors(self, name: str, lost: tuple[int, ...]) -> None:
        """Take out the vectors of sections that went; those that came have none as yet."""
        made = self.catalogue.state(now=True).vectors.get(name)
        if made is None or not lost:
            return
        rows = "".join(f'{{"delete": {{"_id": "{key}"}}}}\n' for key in lost)
        address = f"/{made.index}/_bulk"
        self.cluster.call("POST", address, rows, {"refresh": "true"}, slow=True)


def _as_worked_out(library: sqlite3.Connection, name: str) -> Shelved:
    (row,) = library.execute(
        "SELECT key, name, jurisdiction, kind, codes, sha256, sections, in_force, "
        "current_through, titles, excerpts, source, attribution, installed_at, own_source "
        "FROM packs WHERE name = ?",
        (name,),
    ).fetchall()
    pack = InstalledPack(
        name=row[1],
        jurisdiction=row[2],
        kind=Kind(row[3]),
        codes=tuple(json.loads(row[4])),
        sha256=row[5],
        sections=row[6],
        in_force=row[7],
        current_through=row[8],
        titles=tuple(json.loads(row[9])),
        excerpts=bool(row[10]),
        source=row[11],
        attribution=row[12],
        installed_at=datetime.fromisoformat(row[13]),
        index=Path(),
        own_source=bool(row[14]),
    )
    return Shelved(pack, row[0], "", snapshots_of(library, row[0]))


def _told_of(name: str, before: Shelved | None, change: Change, skips: Skips) -> Installed:
    return Installed(
        pack=name,
        outcome=Outcome.UPDATED if before else Outcome.INSTALLED,
        sections=change.left,
        change=change,
        skipped=skips.total,
        skipped_by_reason=tuple(skips.counts.items()),
        skipped_examples=tuple(skips.examples),
    )
