"""Documents that a workspace keeps: its policies and memos, to the byte."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.accounts.store import Store

LARGEST = 32 * 1024 * 1024
_LONGEST_NAME = 200
_COLUMNS = "id, name, media_type, length(body), sha256, added_by, added_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is known of a document without its bytes."""

    id: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    added_by: str
    added_at: datetime


class Documents:
    """The documents of one workspace; those of others are not seen."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store = store
        self._workspace = workspace

    def add(
        self, name: str, body: bytes, *, media_type: str, added_by: str, now: datetime
    ) -> Document:
        """Keep the bytes; its id is the start of their hash, so that adding twice is once."""
        if len(body) > LARGEST:
            raise UsageError(f"the document has {len(body):,} bytes; at most {LARGEST:,} are kept")
        sha256 = hashlib.sha256(body).hexdigest()
        values = (
            self._workspace,
            sha256[:16],
            file_name(name),
            media_type,
            body,
            sha256,
            added_by,
            now.isoformat(),
        )
        with self._store.writing() as db:
            db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        found = self.get(sha256[:16])
        if found is None:
            raise AssertionError("it was added a moment ago")
        return found

    def get(self, document: str) -> Document | None:
        row = self._store.row(
            f"SELECT {_COLUMNS} FROM documents WHERE workspace = ? AND id = ?",  # noqa: S608
            self._workspace,
            document,
        )
        return None if row is None else _document(row)

    def body(self, document: str) -> bytes | None:
        row = self._store.row(
            "SELECT body FROM documents WHERE workspace = ? AND id = ?", self._workspace, document
        )
        return None if row is None else bytes(row[0])

    def all(self) -> tuple[Document, ...]:
        """Every document, the newest first."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM documents WHERE workspace = ? "  # noqa: S608
            "ORDER BY added_at DESC, id",
            self._workspace,
        )
        return tuple(map(_document, rows))

    def remove(self, document: str) -> bool:
        """Delete it; `Store.purge` then takes its bytes out of the file."""
        with self._store.writing() as db:
            return bool(
                db.execute(
                    "DELETE FROM documents WHERE workspace = ? AND id = ?",
                    (self._workspace, document),
                ).rowcount
            )


def file_name(given: str) -> str:
    """The last part of a name that was sent along, without what a path or a header could abuse."""
    last = re.split(r"[/\\]", given)[-1]
    plain = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>:|?*')
    return plain.strip(" .")[:_LONGEST_NAME] or "document"


def _document(row: Any) -> Document:  # noqa: ANN401 (as SQLite has it)
    return Document(
        id=row[0],
        name=row[1],
        media_type=row[2],
        bytes=row[3],
        sha256=row[4],
        added_by=row[5],
        added_at=datetime.fromisoformat(row[6]),
    )
