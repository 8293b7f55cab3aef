"""Sections as rows of the library, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pincite.law.pages import pages_from
from pincite.law.section import Kind, Section, Status
from pincite.law.validity import Validity
from pincite.library.days import Gone, Held

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

_COLUMNS = """
s.key, s.id, s.act_id, d.jurisdiction, d.kind, d.code, s.number, s.citation,
s.local_citation, s.heading, d.hierarchy, d.id, d.name, s.text, s.text_sha256,
s.source_note, s.status, s.valid_from, s.valid_to, s.current_through, s.url, p.name, s.pages
"""
_FROM = "sections s JOIN documents d ON d.key = s.document JOIN packs p ON p.key = s.pack"
SELECT_SECTION = f"SELECT {_COLUMNS} FROM {_FROM}"  # noqa: S608 -- our own names
# With the snapshot that no longer had the version: all NULL while the pack has it.
SELECT_HELD = (
    f"SELECT {_COLUMNS}, n.key, n.current_through, n.taken_at FROM {_FROM} "  # noqa: S608 -- our own names
    "LEFT JOIN snapshots n ON n.key = s.seen_to"
)
_HELD = 23  # where what SELECT_HELD adds begins


@dataclass(frozen=True, slots=True)
class SectionLine:
    """What a list of sections shows: no text is read for it."""

    id: str
    number: str
    citation: str
    heading: str
    status: Status


def section_from(row: Sequence[Any]) -> Section:
    """The section of a row of SELECT_SECTION."""
    (_, identifier, act_id, jurisdiction, kind, code, number, citation, local, heading) = row[:10]
    (
        hierarchy,
        document,
        document_name,
        text,
        sha256,
        note,
        status,
        start,
        end,
        current,
        url,
        pack,
        pages,
    ) = row[10:]
    return Section(
        id=identifier,
        act_id=act_id,
        jurisdiction=jurisdiction,
        kind=Kind(kind),
        code=code,
        number=number,
        citation=citation,
        local_citation=local,
        heading=heading,
        hierarchy=_hierarchy(hierarchy),
        document=document,
        document_name=document_name,
        text=text,
        text_sha256=sha256.hex(),
        source_note=note,
        status=Status(status),
        validity=_UNDATED if start is None and end is None else Validity(_date(start), _date(end)),
        current_through=current,
        url=url,
        pack=pack,
        pages=pages_from(pages, len(text)) if pages else (),
    )


def current_sections(connection: sqlite3.Connection, pack: str) -> Iterator[tuple[int, Section]]:
    """Every section of an installed pack, in its order, with its key."""
    rows = connection.execute(
        f"{SELECT_SECTION} WHERE p.name = ? AND s.seen_to IS NULL ORDER BY s.position", (pack,)
    )
    for row in rows:
        yield row[0], section_from(row)


def sections_of(
    connection: sqlite3.Connection, keys: Iterable[int]
) -> Iterator[tuple[int, Section]]:
    """The sections of these keys, one by one; a key that is not there is passed over."""
    for key in keys:
        row = connection.execute(f"{SELECT_SECTION} WHERE s.key = ?", (key,)).fetchone()
        if row is not None:
            yield key, section_from(row)


def closed_sections(connection: sqlite3.Connection, pack: str) -> Iterator[tuple[int, Section]]:
    """Every version that an installed pack no longer holds, with its key, the oldest first."""
    rows = connection.execute(
        f"{SELECT_SECTION} WHERE p.name = ? AND s.seen_to IS NOT NULL ORDER BY s.key", (pack,)
    )
    for row in rows:
        yield row[0], section_from(row)


def held_from(row: Sequence[Any]) -> Held:
    """The version of a row of SELECT_HELD."""
    snapshot, current_through, taken_at = row[_HELD:]
    gone = (
        None
        if snapshot is None
        else Gone(snapshot, current_through, datetime.fromisoformat(taken_at).date())
    )
    return Held(section_from(row[:_HELD]), gone)


_UNDATED = Validity()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=4096)
def _hierarchy(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
