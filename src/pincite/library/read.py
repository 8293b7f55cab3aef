"""Reading the library: sections by identifier, key, document and neighbourhood."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, unquote

from pincite.law.section import Kind, Status
from pincite.library.days import version_on
from pincite.library.once import of_one_pack, overlapping, ranks
from pincite.library.rows import SELECT_HELD, SELECT_SECTION, SectionLine, held_from, section_from
from pincite.library.store import LAW, open_file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pincite.law.section import Section

_DOCUMENT = "document:"  # what the source of a pack made of a document starts with
# SQLite before 3.32 takes at most 999 parameters.
_AT_ONCE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPack:
    """A pack as it is installed. `index` is the directory that holds the words of its sections.

    `own_source` says that `source` was named for this pack: it is updated from there.
    """

    name: str
    jurisdiction: str
    kind: Kind
    codes: tuple[str, ...]
    sha256: str
    sections: int
    in_force: int
    current_through: str
    titles: tuple[str, ...]
    excerpts: bool
    source: str
    attribution: str
    installed_at: datetime
    index: Path
    own_source: bool = False

    @property
    def from_document(self) -> bool:
        """Whether a document of the user's own was made into this pack."""
        return self.source.startswith(_DOCUMENT)

    @property
    def document(self) -> str:
        """What that document is cited as and its file: `Employee handbook (handbook.docx)`."""
        path, _, told = self.source.removeprefix(_DOCUMENT).partition("?")
        name = parse_qs(told).get("name", [self.name])[0]
        file = PurePath(unquote(path)).name
        return f"{name} ({file})"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: its key, its position in the pack, its document.

    Positions rise in the order of the law; one that an update put between two others is no whole
    number.
    """

    key: int
    position: float
    id: str
    act_id: str
    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The sections before and after one, in the order of the pack; `None` at its ends."""

    before: SectionLine | None
    after: SectionLine | None


class Library:
    """The installed law, open for reading. It may be used from several threads.

    Every call reads the last committed state; nothing here waits for a writer.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._local = threading.local()
        self._guard = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        self._db  # noqa: B018 -- a missing or newer library is told at once

    @classmethod
    def open(cls, home: Path) -> Library:
        """Raises LibraryMissing, LibraryOutdated, or LibraryError for a file that is damaged."""
        return cls(home)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def packs(self) -> tuple[InstalledPack, ...]:
        """Every installed pack, by name; read again only where a writer has committed since."""
        connection = self._db
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        known: tuple[int, tuple[InstalledPack, ...]] | None = getattr(self._local, "packs", None)
        if known is not None and known[0] == version:
            return known[1]
        packs = self._read_packs()
        self._local.packs = (version, packs)
        return packs

    def _read_packs(self) -> tuple[InstalledPack, ...]:
        rows = self._db.execute(
            "SELECT key, name, jurisdiction, kind, sha256, sections, in_force, current_through, "
            "titles, excerpts, source, attribution, installed_at, index_dir, codes, "
            "own_source FROM packs ORDER BY name"
        )
        return tuple(self._pack(row) for row in rows.fetchall())

    def section(self, identifier: str, as_of: date | None = None) -> Section | None:
        """The section as it is now or, with `as_of`, the version that was law on that day.

        Which that is where dates are lacking is told at `library.days.version_on`.
        """
        if as_of is None:
            versions = self.versions(identifier)
            now = [section for section in versions if section.validity.end is None]
            return (now or list(versions))[-1] if versions else None
        rows = self._db.execute(f"{SELECT_HELD} WHERE s.id = ?", (identifier,))
        held = [held_from(row) for row in rows]
        packs = {one.section.pack for one in held}
        if len(packs) > 1:
            rank = ranks(self.packs())
            held = of_one_pack(held, rank, lambda one: (one.section.id, one.section.pack))
        return version_on(held, as_of)

    def versions(self, identifier: str) -> tuple[Section, ...]:
        """Every version of the section, the oldest first; empty where it is not installed.

        Where two packs have it, those of one: the pack that is more current.
        """
        return self._once(
            self._sections(
                "WHERE s.id = ? ORDER BY s.valid_from IS NOT NULL, s.valid_from, "
                "coalesce(s.seen_to, 9223372036854775807), s.key",
                (identifier,),
            )
        )

    def came_for(self, identifier: str) -> tuple[Section, ...]:
        """The other sections that came into its pack when the section's last text went out."""
        return tuple(
            self._sections(
                "WHERE s.seen_to IS NULL AND s.id != ?1 AND (s.pack, s.seen_from) IN "
                "(SELECT pack, max(seen_to) FROM sections WHERE id = ?1 GROUP BY pack) "
                "ORDER BY s.position",
                (identifier,),
            )
        )

    def first_seen(self, identifier: str) -> datetime | None:
        """When an update brought the section; `None` where it came with its pack or is not here."""
        row = self._db.execute(
            "SELECT min(n.key), n.taken_at, n.pack FROM sections s "
            "JOIN snapshots n ON n.key = s.seen_from WHERE s.id = ?",
            (identifier,),
        ).fetchone()
        if row[0] is None:
            return None
        (first,) = self._db.execute(
            "SELECT min(key) FROM snapshots WHERE pack = ?", (row[2],)
        ).fetchone()
        return None if first == row[0] else datetime.fromisoformat(row[1])

    def by_keys(self, keys: Iterable[int]) -> dict[int, Section]:
        """The sections of these keys, in the order asked; keys that are not there are left out."""
        wanted = list(dict.fromkeys(keys))
        found: dict[int, Section] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._db.execute(f"{SELECT_SECTION} WHERE s.key IN ({_marks(part)})", part)
            found.update((row[0], section_from(row)) for row in rows)
        return {key: found[key] for key in wanted if key in found}

    def places(self, keys: Iterable[int]) -> dict[int, Place]:
        """Where the sections of these keys stand; no text is read for it."""
        wanted = list(dict.fromkeys(keys))
        found: dict[int, Place] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._db.execute(
                "SELECT s.key, s.position, s.id, s.act_id, d.id, s.heading FROM sections s "  # noqa: S608 -- marks
                f"JOIN documents d ON d.key = s.document WHERE s.key IN ({_marks(part)})",
                part,
            )
            found.update((row[0], Place(*row)) for row in rows)
        return found

    def around(self, pack: str, position: float, reach: int) -> tuple[Section, ...]:
        """The sections of a pack at most `reach` places from a position, in order."""
        return tuple(
            self._sections(
                "WHERE p.name = ? AND s.seen_to IS NULL AND s.position BETWEEN ? AND ? "
                "ORDER BY s.position",
                (pack, position - reach, position + reach),
            )
        )

    def keyed(self, pack: str) -> Iterator[tuple[int, Section]]:
        """Every section of a pack as it is now, with its key, in order; memory stays flat."""
        rows = self._db.execute(
            f"{SELECT_SECTION} WHERE p.name = ? AND s.seen_to IS NULL ORDER BY s.position", (pack,)
        )
        for row in rows:
            yield row[0], section_from(row)

    def key_of(self, identifier: str) -> int | None:
        """The key of the section as it is now: what the index knows it by."""
        found = self._db.execute(
            "SELECT s.id, p.name, s.key FROM sections s JOIN packs p ON p.key = s.pack "
            "WHERE s.id = ? AND s.seen_to IS NULL "
            "ORDER BY s.valid_to IS NOT NULL, s.valid_from DESC",
            (identifier,),
        ).fetchall()
        rows = self._rows_once(found)
        return rows[0][2] if rows else None

    def by_act_id(self, pack: str | None, act_id: str) -> tuple[Section, ...]:
        """The sections that the pack (any, if `None`) knows by this row id, as they are now."""
        where, values = "WHERE s.act_id = ? AND s.seen_to IS NULL", [act_id]
        if pack is not None:
            where, values = f"{where} AND p.name = ?", [act_id, pack]
        return tuple(self._sections(f"{where} ORDER BY s.position", values))

    def document(self, document_id: str) -> tuple[Section, ...]:
        """Every section of a document as it is now, in order."""
        return self._once(
            self._sections(
                "WHERE d.id = ? AND s.seen_to IS NULL ORDER BY s.pack, s.position", (document_id,)
            )
        )

    def document_lines(self, document_id: str) -> tuple[SectionLine, ...]:
        """A document's sections without their texts, in order."""
        rows = self._db.execute(
            "SELECT s.id, p.name, s.number, s.citation, s.heading, s.status FROM documents d "
            "JOIN sections s ON s.document = d.key JOIN packs p ON p.key = s.pack "
            "WHERE d.id = ? AND s.seen_to IS NULL ORDER BY s.pack, s.position",
            (document_id,),
        ).fetchall()
        return tuple(_line((row[0], *row[2:])) for row in self._rows_once(rows))

    def identifiers(self, jurisdiction: str, code: str) -> tuple[str, ...]:
        """The identifiers of a code's sections as they are now, in order; no text is read."""
        rows = self._db.execute(
            "SELECT s.id FROM documents d JOIN sections s ON s.document = d.key "
            "WHERE d.jurisdiction = ? AND d.code = ? AND s.seen_to IS NULL "
            "ORDER BY s.pack, s.position",
            (jurisdiction, code),
        )
        return tuple(dict.fromkeys(row[0] for row in rows))

    def identifiers_near(
        self, jurisdiction: str, code: str, beginning: str, admits: Callable[[str], bool]
    ) -> tuple[str, ...]:
        """Those of `identifiers` that start with `beginning`, which ends with a slash, and pass.

        They are picked in the index of identifiers alone; only what passes is looked up.
        """
        bounds = (beginning, f"{beginning.removesuffix('/')}0")  # "0" comes right after "/"
        known = self._db.execute("SELECT id FROM sections WHERE id >= ? AND id < ?", bounds)
        passed = [one for one in dict.fromkeys(row[0] for row in known) if admits(one)]
        found: list[tuple[int, int, str]] = []
        for start in range(0, len(passed), _AT_ONCE):
            some = passed[start : start + _AT_ONCE]
            found += self._db.execute(
                "SELECT s.pack, s.position, s.id FROM sections s "  # noqa: S608 (marks alone)
                "JOIN documents d ON d.key = s.document "
                f"WHERE s.id IN ({_marks(some)}) AND s.seen_to IS NULL "
                "AND d.jurisdiction = ? AND d.code = ?",
                (*some, jurisdiction, code),
            ).fetchall()
        return tuple(dict.fromkeys(identifier for _, _, identifier in sorted(found)))

    def neighbours(self, identifier: str) -> Neighbours:
        """The sections beside one; both `None` where it is not installed."""
        found = self._db.execute(
            "SELECT s.id, p.name, s.pack, s.position FROM sections s "
            "JOIN packs p ON p.key = s.pack WHERE s.id = ? AND s.seen_to IS NULL",
            (identifier,),
        ).fetchall()
        if not found:
            return Neighbours(None, None)
        here = self._rows_once(found)[0][2:]
        select = (
            "SELECT id, number, citation, heading, status FROM sections "
            "WHERE pack = ? AND seen_to IS NULL AND position "
        )
        before = self._db.execute(f"{select} < ? ORDER BY position DESC LIMIT 1", here).fetchone()
        after = self._db.execute(f"{select} > ? ORDER BY position LIMIT 1", here).fetchone()
        return Neighbours(before and _line(before), after and _line(after))

    def overlapping(self) -> frozenset[str]:
        """The packs that hold sections of a code of which another pack holds some too."""
        return overlapping(self.packs())

    def _once(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The sections, those of one pack where several have them."""
        if len({section.pack for section in sections}) < 2:  # noqa: PLR2004 -- one pack
            return tuple(sections)
        rank = ranks(self.packs())
        return tuple(of_one_pack(sections, rank, lambda one: (one.id, one.pack)))

    def _rows_once(self, rows: list[Any]) -> list[Any]:
        """The same of rows that begin with an identifier and a pack's name."""
        if len({row[1] for row in rows}) < 2:  # noqa: PLR2004 -- one pack
            return rows
        return of_one_pack(rows, ranks(self.packs()), lambda row: (row[0], row[1]))

    def installed_codes(self) -> frozenset[str]:
        """The codes of which anything is installed."""
        return frozenset(code for pack in self.packs() for code in pack.codes)

    def digest(self) -> str:
        """A hash over what is installed: equal for equal law, whatever the order of installing."""
        digest = hashlib.sha256()
        for name, sha256 in self._db.execute("SELECT name, sha256 FROM packs ORDER BY name"):
            digest.update(f"{name} {sha256}\n".encode())
        return digest.hexdigest()

    @property
    def _db(self) -> sqlite3.Connection:
        """The connection of the thread that asks."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_file(self.home, LAW, create=False)
            self._local.connection = connection
            with self._guard:
                self._connections.append(connection)
        return connection

    def _sections(self, where: str, values: Sequence[object]) -> list[Section]:
        rows = self._db.execute(f"{SELECT_SECTION} {where}", values)
        return [section_from(row) for row in rows]

    def _pack(self, row: Sequence[Any]) -> InstalledPack:
        return InstalledPack(
            name=row[1],
            jurisdiction=row[2],
            kind=Kind(row[3]),
            codes=tuple(json.loads(row[14])),
            sha256=row[4],
            sections=row[5],
            in_force=row[6],
            current_through=row[7],
            titles=tuple(json.loads(row[8])),
            excerpts=bool(row[9]),
            source=row[10],
            attribution=row[11],
            installed_at=datetime.fromisoformat(row[12]),
            index=self.home / "index" / row[13],
            own_source=bool(row[15]),
        )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _line(row: Sequence[Any]) -> SectionLine:
    identifier, number, citation, heading, status = row
    return SectionLine(identifier, number, citation, heading, Status(status))
