"""Writing a pack's snapshot: what is new is opened, what is gone is closed, the rest stays."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.law.identifiers import lookup_key
from pincite.law.pages import pages_text
from pincite.law.section import Section, Status
from pincite.library.order import Order
from pincite.library.rows import closed_sections, current_sections, sections_of
from pincite.library.tables import DocumentRows, insert, update

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackProfile:
    """What is known of a pack before its rows are read. `titles` may not be known.

    `own_source` says that the source was named for this pack, and is not that of the settings.
    """

    name: str
    sha256: str
    titles: tuple[str, ...] | None
    excerpts: bool
    source: str
    attribution: str
    taken_at: datetime
    own_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How many section versions a snapshot opened, replaced, closed and left alone."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def left(self) -> int:
        """How many sections the pack has now."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class _Stored:
    """A section version of the pack as it was."""

    key: int
    id: str
    valid_from: str | None
    text_sha256: str
    position: float
    current_through: str
    fingerprint: bytes
    document: int


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What an index of the pack as it was must lose and gain; a key may stand in both.

    `closed` are the versions that the pack held until now, and `all_closed` is how many there are
    of which it ever did.
    """

    before: str | None
    lost: tuple[int, ...]
    gained: tuple[int, ...]
    closed: tuple[int, ...]
    all_closed: int


class SnapshotWriter:
    """Writes one snapshot of one pack, inside a transaction that the caller holds."""

    def __init__(self, connection: sqlite3.Connection, profile: PackProfile) -> None:
        self._db = connection
        self._profile = profile
        self._pack = self._open_pack()
        self._snapshot = insert(
            self._db,
            "snapshots",
            pack=self._pack,
            sha256=profile.sha256,
            taken_at=profile.taken_at.isoformat(),
            current_through="",
            source=profile.source,
            added=0,
            changed=0,
            removed=0,
        )
        stored = self._read_stored()
        # Each stored version leaves both tables when it is met; what is left at the end is gone.
        self._by_fingerprint = {item.fingerprint: item for item in stored}
        self._by_id = {(lookup_key(item.id), item.valid_from): item for item in stored}
        self._order = Order(max((item.position for item in stored), default=0.0))
        self._lost: list[int] = []
        self._closed: list[int] = []
        self._all_closed = 0
        self._gained: list[int] = []
        self._documents = DocumentRows(connection, self._pack)
        # The snapshot's own identifiers: text hash and first day of each version.
        self._seen: dict[str, list[tuple[str, str | None]]] = {}
        self._currency: Counter[str] = Counter()
        self._titles: dict[str, None] = {}
        self._of: tuple[str, str] | None = None
        self._count = Counter[str]()

    def keep(self, fingerprint: bytes, current_through: str) -> bool:
        """Whether the row is already there; if so it stays, only its place and currency follow."""
        stored = self._by_fingerprint.get(fingerprint)
        if stored is None:
            return False
        position = self._order.of(stored.position)
        if stored.position != position or stored.current_through != current_through:
            update(
                self._db, "sections", stored.key, position=position, current_through=current_through
            )
        self._met(stored)
        self._see(stored.id, stored.text_sha256, stored.valid_from, current_through)
        self._count["unchanged"] += 1
        return True

    def add(self, section: Section, fingerprint: bytes) -> str | None:
        """Write the section, or say why it is skipped.

        A section whose identifier stands already with other words keeps both: as versions if
        their dates differ, else under an identifier of its own that ends in `~2`, `~3`, ...
        """
        start = _iso(section.validity.start)
        there = self._seen.get(lookup_key(section.id), [])
        if any(sha256 == section.text_sha256 for sha256, _ in there):
            return "the same section with the same text is there already"
        identifier = self._free(section.id, start)
        self._see(identifier, section.text_sha256, start, section.current_through)
        self._of = section.jurisdiction, section.kind.value
        old = self._by_id.get((lookup_key(identifier), start))
        position = self._order.of(None if old is None else old.position)
        values = self._bookkeeping(section, fingerprint, position)
        if old is not None:
            self._met(old)
            if self._says_the_same(old, section):
                update(self._db, "sections", old.key, **values)
                self._count["unchanged"] += 1
                if old.document != values["document"]:
                    # The names of what holds the section are words of the index.
                    self._lost.append(old.key)
                    self._gained.append(old.key)
                return None
            self._close(old)
        self._count["added" if old is None else "changed"] += 1
        key = insert(
            self._db,
            "sections",
            pack=self._pack,
            id=identifier,
            heading=section.heading,
            status=section.status.value,
            valid_from=start,
            valid_to=_iso(section.validity.end),
            seen_from=self._snapshot,
            source_note=section.source_note,
            text_sha256=bytes.fromhex(section.text_sha256),
            text=section.text,
            **values,
        )
        self._gained.append(key)
        return None

    def title(self, title: str) -> None:
        """Note a title that the pack holds, for a source that does not list them."""
        if title:
            self._titles[title] = None

    def finish(self) -> Change:
        """Close what the snapshot no longer has, and bring the pack's own row up to date."""
        for stored in self._by_fingerprint.values():
            self._close(stored)
            self._count["removed"] += not self._superseded(stored)
        self._end_versions()
        self._documents.drop_empty()
        currency = self._currency.most_common(1)[0][0] if self._currency else ""
        opened = {name: self._count[name] for name in ("added", "changed", "removed")}
        update(self._db, "snapshots", self._snapshot, current_through=currency, **opened)
        self._describe(currency)
        return Change(**opened, unchanged=self._count["unchanged"])

    def sections(self) -> Iterator[tuple[int, Section]]:
        """Every section of the pack as it is now, in its order, with its key."""
        return current_sections(self._db, self._profile.name)

    def closed_sections(self) -> Iterator[tuple[int, Section]]:
        """Every version that the pack no longer holds, with its key, the oldest first."""
        return closed_sections(self._db, self._profile.name)

    def sections_of(self, keys: Iterable[int]) -> Iterator[tuple[int, Section]]:
        """The sections with these keys, in the order of the keys."""
        return sections_of(self._db, keys)

    @property
    def index_change(self) -> IndexChange:
        """What the index directory of the pack as it was lacks of what the pack is now."""
        row = self._db.execute("SELECT index_dir FROM packs WHERE key = ?", (self._pack,))
        return IndexChange(
            row.fetchone()[0] or None,
            tuple(self._lost),
            tuple(self._gained),
            tuple(self._closed),
            self._all_closed,
        )

    def record_index(self, directory: str) -> None:
        """The watermark: that directory holds the pack as this transaction leaves it."""
        update(self._db, "packs", self._pack, index_dir=directory)

    def _open_pack(self) -> int:
        name = self._profile.name
        found = self._db.execute("SELECT key FROM packs WHERE name = ?", (name,)).fetchone()
        if found is not None:
            return found[0]
        empty = dict.fromkeys(
            (
                "jurisdiction",
                "kind",
                "sha256",
                "current_through",
                "source",
                "attribution",
                "installed_at",
                "index_dir",
            ),
            "",
        )
        return insert(
            self._db, "packs", name=name, sections=0, in_force=0, titles="[]", excerpts=0, **empty
        )

    def _read_stored(self) -> list[_Stored]:
        rows = self._db.execute(
            "SELECT key, id, valid_from, lower(hex(text_sha256)), position, current_through, "
            "fingerprint, document FROM sections WHERE pack = ? AND seen_to IS NULL",
            (self._pack,),
        )
        return [_Stored(*row) for row in rows]

    def _close(self, stored: _Stored) -> None:
        update(self._db, "sections", stored.key, seen_to=self._snapshot)
        self._lost.append(stored.key)
        self._closed.append(stored.key)

    def _superseded(self, stored: _Stored) -> bool:
        """Whether the section goes on with another first day; it then was law until that day."""
        now = self._seen.get(lookup_key(stored.id), ())
        following = [day for _, day in now if day is not None and day > (stored.valid_from or "")]
        if following:
            update(self._db, "sections", stored.key, valid_to=min(following))
        if not now:
            return False
        # It was counted as added when it came.
        self._count["added"] -= 1
        self._count["changed"] += 1
        return True

    def _met(self, stored: _Stored) -> None:
        self._by_fingerprint.pop(stored.fingerprint, None)
        self._by_id.pop((lookup_key(stored.id), stored.valid_from), None)

    def _see(self, identifier: str, sha256: str, start: str | None, current_through: str) -> None:
        self._seen.setdefault(lookup_key(identifier), []).append((sha256, start))
        self._currency[current_through] += 1

    def _free(self, wanted: str, start: str | None) -> str:
        """The identifier, or the first `~n` of it with no version that starts on that day."""
        identifier, count = wanted, 1
        while any(day == start for _, day in self._seen.get(lookup_key(identifier), ())):
            count += 1
            identifier = f"{wanted}~{count}"
        return identifier

    def _says_the_same(self, old: _Stored, section: Section) -> bool:
        """Whether only bookkeeping changed: then it is no new version of the law."""
        if old.text_sha256 != section.text_sha256:
            return False
        row = self._db.execute(
            "SELECT heading, status, source_note FROM sections WHERE key = ?", (old.key,)
        ).fetchone()
        return row == (section.heading, section.status.value, section.source_note)

    def _bookkeeping(
        self, section: Section, fingerprint: bytes, position: float
    ) -> dict[str, object]:
        """What may change without the law having changed."""
        return {
            "document": self._documents.key_of(section),
            "position": position,
            "act_id": section.act_id,
            "number": section.number,
            "citation": section.citation,
            "local_citation": section.local_citation,
            "current_through": section.current_through,
            "url": section.url,
            "fingerprint": fingerprint,
            "pages": pages_text(section.pages),
        }

    def _end_versions(self) -> None:
        """A version ends where the next one of the same section in the pack starts."""
        for identifier in (name for name, several in self._seen.items() if len(several) > 1):
            # "+": by its identifier, not by the pack, whose every section would be looked at
            # for each of those that have several versions.
            rows = self._db.execute(
                "SELECT key, valid_from FROM sections WHERE id = ? AND +pack = ? "
                "AND seen_to IS NULL ORDER BY valid_from IS NOT NULL, valid_from",
                (identifier, self._pack),
            ).fetchall()
            for (key, _), (_, following) in pairwise(rows):
                update(self._db, "sections", key, valid_to=following)

    def _describe(self, currency: str) -> None:
        profile = self._profile
        sections, in_force, self._all_closed = self._db.execute(
            "SELECT coalesce(sum(seen_to IS NULL), 0), "
            "coalesce(sum(seen_to IS NULL AND status = ?), 0), "
            "coalesce(sum(seen_to IS NOT NULL), 0) FROM sections WHERE pack = ?",
            (Status.IN_FORCE.value, self._pack),
        ).fetchone()
        titles = tuple(self._titles) if profile.titles is None else profile.titles
        whose = (
            {} if self._of is None else dict(zip(("jurisdiction", "kind"), self._of, strict=True))
        )
        update(
            self._db,
            "packs",
            self._pack,
            sha256=profile.sha256,
            sections=sections,
            in_force=in_force,
            current_through=currency,
            titles=json.dumps(titles, ensure_ascii=False),
            codes=json.dumps(self._documents.codes(), ensure_ascii=False),
            excerpts=int(profile.excerpts),
            source=profile.source,
            attribution=profile.attribution,
            own_source=int(profile.own_source),
            installed_at=profile.taken_at.isoformat(),
            **whose,
        )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
