"""Rows put into the library's tables, changed, and taken out with their pack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from pincite.law.section import Section


def insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Add a row and return its key. Names of tables and columns are always our own."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 -- our own names
    key = connection.execute(statement, tuple(values.values())).lastrowid
    if key is None:
        raise AssertionError("an INSERT gives a key")
    return key


def update(connection: sqlite3.Connection, table: str, key: int, **values: object) -> None:
    changes = ", ".join(f"{name} = ?" for name in values)
    statement = f"UPDATE {table} SET {changes} WHERE key = ?"  # noqa: S608 -- our own names
    connection.execute(statement, (*values.values(), key))


class DocumentRows:
    """The documents of one pack: found or added as its sections come."""

    def __init__(self, connection: sqlite3.Connection, pack: int) -> None:
        self._db, self._pack = connection, pack
        rows = connection.execute(
            "SELECT key, id, name, jurisdiction, kind, code, hierarchy FROM documents "
            "WHERE pack = ?",
            (pack,),
        )
        self._keys: dict[tuple[str, ...], int] = {tuple(row[1:]): row[0] for row in rows}

    def key_of(self, section: Section) -> int:
        place = {
            "id": section.document,
            "name": section.document_name,
            "jurisdiction": section.jurisdiction,
            "kind": section.kind.value,
            "code": section.code,
            "hierarchy": json.dumps(section.hierarchy, ensure_ascii=False),
        }
        known = tuple(place.values())
        if known not in self._keys:
            self._keys[known] = insert(self._db, "documents", pack=self._pack, **place)
        return self._keys[known]

    def drop_empty(self) -> None:
        """Delete the documents that no version of a section stands in."""
        self._db.execute(
            "DELETE FROM documents WHERE pack = ? "
            "AND NOT EXISTS (SELECT 1 FROM sections WHERE document = documents.key)",
            (self._pack,),
        )

    def codes(self) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT DISTINCT code FROM documents WHERE pack = ? ORDER BY code", (self._pack,)
        )
        return tuple(code for (code,) in rows)


def delete_pack(connection: sqlite3.Connection, name: str) -> bool:
    """Delete a pack with all its versions, in the caller's transaction; whether it was there."""
    found = connection.execute("SELECT key FROM packs WHERE name = ?", (name,)).fetchone()
    if found is None:
        return False
    for table in ("sections", "documents", "snapshots"):
        connection.execute(f"DELETE FROM {table} WHERE pack = ?", found)  # noqa: S608 -- fixed names
    connection.execute("DELETE FROM packs WHERE key = ?", found)
    return True
