"""A pack of a cluster as a small SQLite library, in which its next snapshot is worked out.

What a snapshot opens, closes and keeps is decided in one place, `pincite.library.write`, for both
engines. The file is made for one install and thrown away.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.index.opensearch.mapping import row_of
from pincite.library.rows import section_from
from pincite.library.store import LAW, open_file, transaction
from pincite.library.tables import DocumentRows, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from pincite.index.opensearch.catalogue import Shelved

_NUMBERED = ("packs", "snapshots", "sections")


@contextmanager
def staged(numbers: Mapping[str, int]) -> Iterator[sqlite3.Connection]:
    """An empty library whose numbers go on behind those that were given out."""
    with tempfile.TemporaryDirectory(prefix="pincite-stage-") as folder:
        connection = open_file(Path(folder), LAW, create=True)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            for table in _NUMBERED:
                connection.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                    (table, numbers.get(table, 0)),
                )
            yield connection
        finally:
            connection.close()


def numbers_of(connection: sqlite3.Connection) -> dict[str, int]:
    """The highest numbers that were given out."""
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def load(
    connection: sqlite3.Connection, shelved: Shelved, sources: Iterable[Mapping[str, Any]]
) -> None:
    """Put a pack into the library as the cluster has it, with every version of its sections."""
    pack = shelved.pack
    with transaction(connection):
        connection.execute(
            "INSERT INTO packs (key, name, jurisdiction, kind, sha256, sections, in_force, "
            "current_through, titles, excerpts, source, attribution, installed_at, index_dir) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            (
                shelved.number,
                pack.name,
                pack.jurisdiction,
                pack.kind.value,
                pack.sha256,
                pack.sections,
                pack.in_force,
                pack.current_through,
                json.dumps(pack.titles),
                int(pack.excerpts),
                pack.source,
                pack.attribution,
                pack.installed_at.isoformat(),
            ),
        )
        for one in shelved.snapshots:
            insert(connection, "snapshots", pack=shelved.number, **one)
        documents = DocumentRows(connection, shelved.number)
        for source in sources:
            _load_section(connection, shelved.number, documents, source)


def _load_section(
    connection: sqlite3.Connection, pack: int, documents: DocumentRows, source: Mapping[str, Any]
) -> None:
    stored = source["stored"]
    plain = (
        "id",
        "act_id",
        "number",
        "citation",
        "local_citation",
        "heading",
        "status",
        "valid_from",
        "valid_to",
        "current_through",
        "url",
        "source_note",
        "text",
        "pages",
    )
    insert(
        connection,
        "sections",
        key=source["key"],
        pack=pack,
        document=documents.key_of(section_from(row_of(source))),
        position=source["position"],
        seen_from=source["seen_from"],
        seen_to=source["seen_to"],
        text_sha256=bytes.fromhex(stored["text_sha256"]),
        fingerprint=bytes.fromhex(stored["fingerprint"]),
        **{name: stored[name] for name in plain},
    )


def snapshots_of(connection: sqlite3.Connection, pack: int) -> tuple[dict[str, Any], ...]:
    """The pack's snapshots, the oldest first."""
    names = (
        "key",
        "sha256",
        "taken_at",
        "current_through",
        "added",
        "changed",
        "removed",
        "source",
    )
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM snapshots WHERE pack = ? ORDER BY key",  # noqa: S608
        (pack,),
    )
    return tuple(dict(zip(names, row, strict=True)) for row in rows)
