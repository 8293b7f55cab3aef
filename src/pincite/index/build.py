"""Installing packs: source to file, file to sections, sections to library and index, or nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

from pincite.errors import IndexBroken, LibraryError, PackMissing, ParseError, PinciteError
from pincite.index.directories import building, fill, index_root, may_change, put_in_place, sweep
from pincite.index.directories import change as change_index
from pincite.index.past import add_past, past_size
from pincite.library.lock import writing
from pincite.library.store import LAW, open_file, transaction
from pincite.library.tables import delete_pack
from pincite.library.write import Change, IndexChange, PackProfile, SnapshotWriter
from pincite.parsing.documents import Documents
from pincite.parsing.naming import by_form
from pincite.parsing.pack_row import Skipped, Skips
from pincite.parsing.parquet import PackFile
from pincite.parsing.sections import section_of
from pincite.sources.check import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from pincite.parsing.naming import Namer
    from pincite.sources.offer import PackOffer, Source

WAIT_SECONDS = 600.0


class Outcome(StrEnum):
    """What came of installing a pack."""

    INSTALLED = "installed"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """One pack's result. A pack that failed is as it was before; `reason` says why."""

    pack: str
    outcome: Outcome
    sections: int = 0
    change: Change = field(default_factory=Change)
    skipped: int = 0
    skipped_by_reason: tuple[tuple[str, int], ...] = ()
    skipped_examples: tuple[Skipped, ...] = ()
    reason: str | None = None


class Stage(StrEnum):
    """What is being done with a pack."""

    WAIT = "wait"
    FETCH = "fetch"
    READ = "read"
    INDEX = "index"
    EMBED = "embed"


class InstallProgress(Protocol):
    """Told how far a stage is: bytes for `fetch`, rows for `read` and `index`.

    For `wait`, `pack` is the words to show: whom this one waits for.
    """

    def __call__(self, stage: Stage, pack: str, done: int, total: int | None, /) -> None: ...


def silent(stage: Stage, pack: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def install(  # noqa: PLR0913 -- each is a choice of the caller's
    home: Path,
    source: Source,
    names: Iterable[str],
    *,
    now: datetime,
    progress: InstallProgress = silent,
    wait_seconds: float = WAIT_SECONDS,
    namer: Namer = by_form,
    own: bool = False,
) -> tuple[Installed, ...]:
    """Install or update the named packs of a source, each of them whole or not at all.

    A pack that is installed and unchanged is not fetched. What is wrong with one pack is told in
    its result, and the others go on. Raises LibraryBusy if another process writes for longer than
    `wait_seconds`, SourceError if the source's list cannot be read. `own` is kept with the packs:
    the source was named for them.
    """
    offers = {offer.name.lower(): offer for offer in source.packs()}
    with (
        writing(
            home,
            "installing packs",
            now=now,
            wait_seconds=wait_seconds,
            waiting=lambda words: progress(Stage.WAIT, words, 0, None),
        ),
        _Installer(home, source, now, progress, namer, own=own) as installer,
    ):
        results = []
        for name in dict.fromkeys(name.lower() for name in names):
            try:
                offer = offers.get(name)
                if offer is None:
                    raise PackMissing(f"{source.address} has no pack {name}")
                results.append(installer.install(offer))
            except PinciteError as error:
                results.append(Installed(pack=name, outcome=Outcome.FAILED, reason=str(error)))
        return tuple(results)


def remove(home: Path, name: str, *, now: datetime, wait_seconds: float = WAIT_SECONDS) -> bool:
    """Remove a pack with every version of its sections; whether it was there."""
    with writing(home, f"removing {name}", now=now, wait_seconds=wait_seconds):
        connection = open_file(home, LAW, create=False)
        try:
            with transaction(connection):
                there = delete_pack(connection, name)
            sweep(home, connection)
        finally:
            connection.close()
    return there


class _Installer:
    """Installs packs one after another; the caller holds the write lock."""

    def __init__(
        self,
        home: Path,
        source: Source,
        now: datetime,
        progress: InstallProgress,
        namer: Namer,
        *,
        own: bool,
    ) -> None:
        self._home, self._source, self._now, self._own = home, source, now, own
        self._progress, self._namer = progress, namer
        self._db: sqlite3.Connection = open_file(home, LAW, create=True)
        sweep(home, self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def install(self, offer: PackOffer) -> Installed:
        if offer.sha256 is not None and (same := self._unchanged(offer.name, offer.sha256)):
            return same
        downloads = self._home / "downloads"
        path = self._source.fetch(
            offer,
            downloads,
            lambda done, total: self._progress(Stage.FETCH, offer.name, done, total),
        )
        try:
            sha256 = offer.sha256 or sha256_of(path)
            return self._unchanged(offer.name, sha256) or self._write(offer, path, sha256)
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"{offer.name} cannot be written to {self._home} ({error}); nothing was changed"
            ) from error
        finally:
            if path.is_relative_to(downloads):
                path.unlink(missing_ok=True)

    def _unchanged(self, name: str, sha256: str) -> Installed | None:
        """What is said of a pack that is installed just so; whence it comes now is noted."""
        row = self._db.execute(
            "SELECT sections, index_dir FROM packs WHERE name = ? AND sha256 = ?", (name, sha256)
        ).fetchone()
        if row is None or not (index_root(self._home) / row[1]).is_dir():
            return None
        whence = (self._source.address, int(self._own))
        with transaction(self._db):
            self._db.execute(
                "UPDATE packs SET source = ?, own_source = ? "
                "WHERE name = ? AND (source, own_source) != (?, ?)",
                (*whence, name, *whence),
            )
        return Installed(pack=name, outcome=Outcome.UNCHANGED, sections=row[0])

    def _write(self, offer: PackOffer, path: Path, sha256: str) -> Installed:
        """The index is built and in place before the transaction that points to it commits."""
        profile = PackProfile(
            name=offer.name,
            sha256=sha256,
            titles=offer.titles,
            excerpts=offer.excerpts,
            source=self._source.address,
            attribution=offer.attribution,
            taken_at=self._now,
            own_source=self._own,
        )
        with PackFile(path) as pack, building(self._home, offer.name) as directory:
            there = self._db.execute("SELECT 1 FROM packs WHERE name = ?", (offer.name,)).fetchone()
            with transaction(self._db):
                writer = SnapshotWriter(self._db, profile)
                skips = read_rows(pack, writer, offer.name, self._namer, self._progress)
                change = writer.finish()
                if not change.left:
                    raise ParseError(nothing_taken(skips), source=path.name)
                self._index(writer, directory, offer.name, sha256, change)
        sweep(self._home, self._db)
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Installed(
            pack=offer.name,
            outcome=Outcome.UPDATED if there else Outcome.INSTALLED,
            sections=change.left,
            change=change,
            skipped=skips.total,
            skipped_by_reason=tuple(skips.counts.items()),
            skipped_examples=tuple(skips.examples),
        )

    def _index(
        self, writer: SnapshotWriter, directory: Path, name: str, sha256: str, change: Change
    ) -> None:
        """Have an index of the pack as it is now, and point the pack to it.

        It stays where it fits, is changed where little changed, and is else built anew.
        """
        todo = writer.index_change
        before = None if todo.before is None else index_root(self._home) / todo.before
        if before is not None and not todo.lost and not todo.gained and before.is_dir():
            return

        def told(done: int) -> None:
            self._progress(Stage.INDEX, name, done, total)

        try:
            if before is not None and may_change(before, len(todo.lost), change.left):
                total = len(todo.gained)
                change_index(directory, before, todo.lost, writer.sections_of(todo.gained), told)
            else:
                total = change.left
                fill(directory, writer.sections(), told)
            _add_past(writer, directory, before, todo)
        except ValueError as error:  # what tantivy raises when it cannot write
            raise IndexBroken(f"the index of {name} cannot be written ({error})") from error
        writer.record_index(put_in_place(self._home, directory, name, sha256))


def _add_past(
    writer: SnapshotWriter, directory: Path, before: Path | None, todo: IndexChange
) -> None:
    """Keep the words of what the pack no longer holds: what is kept already stays as it is."""
    kept = 0 if before is None else past_size(before)
    if kept + len(todo.closed) == todo.all_closed:
        add_past(directory, before, writer.sections_of(todo.closed))
    else:
        add_past(directory, None, writer.closed_sections())


def read_rows(
    pack: PackFile,
    writer: SnapshotWriter,
    name: str,
    namer: Namer,
    progress: InstallProgress,
) -> Skips:
    """Write every row of a pack into its new snapshot; what was skipped, and why."""
    total = pack.row_count
    documents = Documents()
    skips = Skips()
    for count, row in enumerate(pack.rows(), 1):
        if count % 512 == 0:
            progress(Stage.READ, name, count, total)
        if isinstance(row, Skipped):
            skips.add(row)
            continue
        writer.title(" ".join(filter(None, (row.title, row.title_name))))
        place = documents.place(row)
        fingerprint = row.fingerprint
        if writer.keep(fingerprint, row.current_through):
            continue
        section = section_of(row, place, pack=name, namer=namer)
        reason = writer.add(section, fingerprint)
        if reason is not None:
            skips.add(Skipped(row.row, row.citation, reason))
    progress(Stage.READ, name, total, total)
    return skips


def nothing_taken(skips: Skips) -> str:
    reasons = "; ".join(f"{count:,} rows: {reason}" for reason, count in skips.counts.items())
    return f"no row of the pack can be taken ({reasons})"
