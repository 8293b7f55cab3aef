"""Sections drawn from packs, a stretch of neighbours at a time, the same for the same seed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from pincite.citations import from_pack, official
from pincite.law.section import Kind, Section, Status

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_COLUMNS = (
    "citation",
    "section_number",
    "section_title",
    "breadcrumb",
    "text",
    "act_status",
    "document_type",
)
_STRETCH = 30
_LONGEST = 40_000


def packs(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.parquet"))


def jurisdiction_of(pack: Path) -> str:
    state = pack.name.split("_")[1]
    return "us" if state == "federal" else f"us-{state}"


def half_of(jurisdiction: str) -> str:
    """The dev or the test half, by a hash of the state: no state is in both."""
    return "dev" if hashlib.sha256(jurisdiction.encode()).digest()[0] % 2 else "test"


def stretches(pack: Path, count: int, chance: Random) -> list[list[Section]]:
    """`count` runs of neighbouring sections, so that an act comes with its definitions."""
    table = pq.read_table(pack, columns=list(_COLUMNS))
    whose = jurisdiction_of(pack)
    drawn = []
    for _ in range(count):
        at = chance.randrange(max(1, table.num_rows - _STRETCH))
        rows = table.slice(at, _STRETCH).to_pylist()
        drawn.append([_section(row, whose, pack.stem) for row in rows if row["text"]])
    return drawn


def _section(row: dict[str, str], jurisdiction: str, pack: str) -> Section:
    kind = Kind(row["document_type"])
    named = from_pack(row["citation"], jurisdiction=jurisdiction, kind=kind.value)
    text = row["text"][:_LONGEST]
    hierarchy = tuple((row["breadcrumb"] or pack).split(" > "))
    return Section(
        id=named.id,
        act_id=row["citation"],
        jurisdiction=jurisdiction,
        kind=kind,
        code=named.code,
        number=named.number,
        citation=official(named),
        local_citation=row["citation"],
        heading=row["section_title"] or "",
        hierarchy=hierarchy,
        document=f"/{jurisdiction}/{'/'.join(hierarchy)}",
        document_name=hierarchy[-1],
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        status=_status(row["act_status"]),
        pack=pack,
    )


def _status(name: str) -> Status:
    return Status(name) if name in set(Status) else Status.IN_FORCE
