"""Franklin's sections written as packs: Parquet files and the index that lists them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.law.section import Kind, Status
from pincite.sample.law import WrittenSection, written

if TYPE_CHECKING:
    from collections.abc import Sequence

CURRENT_THROUGH = {1: "2026 Regular Session (2026-07-01)", 2: "2027 Regular Session (2027-07-01)"}
LONGEST_ROW = 20_000
"""Characters of a section that stand in one row; Open US Law, too, cuts long sections into rows."""
_CODE = {Kind.STATUTE: "Franklin Statutes", Kind.REGULATION: "Franklin Administrative Code"}
_CITED = {Kind.STATUTE: "Frank. Stat. § ", Kind.REGULATION: "Frank. Admin. Code "}
_NAMED = {Kind.STATUTE: "statutes", Kind.REGULATION: "regulations"}


def write_packs(into: Path, snapshot: int) -> None:
    """Write both packs, then the index, each whole before it has its name.

    What is there already is left alone, so that another process may be reading it.
    """
    into.mkdir(parents=True, exist_ok=True)
    listing = {}
    for kind, plural in _NAMED.items():
        sections = written(kind, snapshot)
        data = _pack([row for section in sections for row in _rows(section, snapshot)])
        listing[f"us_fr_{plural}.parquet"] = _entry(data, sections)
        _put(into / f"us_fr_{plural}.parquet", data)
    index = json.dumps(listing, indent=1, ensure_ascii=False) + "\n"
    _put(into / "index.json", index.encode())


def _put(file: Path, data: bytes) -> None:
    if file.is_file() and file.read_bytes() == data:
        return
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".") as beside:
        part = Path(beside) / file.name
        part.write_bytes(data)
        part.replace(file)


def _entry(data: bytes, sections: Sequence[WrittenSection]) -> dict[str, object]:
    titles = dict.fromkeys(f"Title {s.chapter.title} {s.chapter.title_name}" for s in sections)
    return {
        "bytes": len(data),
        "in_force": sum(section.status is Status.IN_FORCE for section in sections),
        "sections": len(sections),
        "sha256": hashlib.sha256(data).hexdigest(),
        "sources": ["invented law of the State of Franklin, shipped with Pincite"],
        "text_bytes": sum(len(section.text.encode()) for section in sections),
        "titles": list(titles),
    }


def _pack(rows: list[dict[str, object]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = {"chunk_index", "total_chunks"}
    schema = pa.schema([(name, pa.int32() if name in numbers else pa.string()) for name in rows[0]])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _rows(section: WrittenSection, snapshot: int) -> list[dict[str, object]]:
    """The section in the columns of a pack: one row, or several for a long text."""
    chapter = section.chapter
    kind, plural = chapter.kind, _NAMED[chapter.kind]
    citation = _CITED[kind] + section.number
    slug = citation.replace("§ ", "").replace(" ", "-").lower()
    title, within = f"Title {chapter.title}", f"Chapter {chapter.chapter}"
    pieces = _pieces(section.text)
    return [
        {
            "act_id": f"us/fr/{plural}/{slug}",
            "country_code": "US",
            "state": "FR",
            "jurisdiction": "Franklin",
            "category": f"{plural}_us",
            "document_type": kind.value,
            "citation": citation,
            "section_number": section.number,
            "section_title": section.heading,
            "title": title,
            "title_name": chapter.title_name,
            "chapter": within,
            "chapter_name": chapter.chapter_name,
            "part": "",
            "part_name": "",
            "breadcrumb": " > ".join(
                (
                    _CODE[kind],
                    f"{title} {chapter.title_name}",
                    f"{within} {chapter.chapter_name}",
                )
            ),
            "text": piece,
            "act_status": section.status.value,
            "effective_date": section.effective or None,
            "source_note": section.note or None,
            "current_through": CURRENT_THROUGH[snapshot],
            "source_url": section.url or None,
            "chunk_index": index,
            "total_chunks": len(pieces),
        }
        for index, piece in enumerate(pieces)
    ]


def _pieces(text: str) -> list[str]:
    """The text cut behind line breaks, so that the pieces put together are the text again."""
    pieces: list[str] = [""]
    for line in text.splitlines(keepends=True):
        if pieces[-1] and len(pieces[-1]) + len(line) > LONGEST_ROW:
            pieces.append("")
        pieces[-1] += line
    return pieces
