"""Sections of an official format written as a pack, so that they are installed as every pack is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.law.jurisdiction import by_id
from pincite.law.pages import pages_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pincite.parsing.official import OfficialSection

# Small enough that a group of the longest sections stays within what a reader takes at once.
_ROWS_AT_ONCE = 256
_BYTES_AT_ONCE = 16 << 20


def write_pack(sections: Iterable[OfficialSection], path: Path) -> int:
    """Write the sections to a Parquet file, in the columns of every pack; how many there are.

    Beside those, `authority`, `defined_terms`, `annotations` and `pages` hold what the columns of
    a pack have no place for. The same sections give the same bytes with one release of pyarrow.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in _NAMES])
    count = 0
    writer: pq.ParquetWriter | None = None
    try:
        for rows in _batches(sections):
            table = pa.Table.from_pylist(rows, schema=schema)
            if writer is None:
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            writer.write_table(table)
            count += len(rows)
    finally:
        if writer is not None:
            writer.close()
    return count


def _batches(sections: Iterable[OfficialSection]) -> Iterator[list[dict[str, str | None]]]:
    rows: list[dict[str, str | None]] = []
    size = 0
    for section in sections:
        rows.append(_row(section))
        size += len(section.row.text)
        if len(rows) >= _ROWS_AT_ONCE or size > _BYTES_AT_ONCE:
            yield rows
            rows = []
            size = 0
    if rows:
        yield rows


_NAMES = (
    *("act_id", "country_code", "state", "jurisdiction", "category", "document_type"),
    *("citation", "section_number", "section_title"),
    *("title", "title_name", "chapter", "chapter_name", "part", "part_name", "breadcrumb"),
    *("text", "act_status", "effective_date", "source_note", "current_through", "source_url"),
    *("authority", "defined_terms", "annotations", "pages"),
)


def _row(section: OfficialSection) -> dict[str, str | None]:
    row = section.row
    whose = by_id(row.jurisdiction)
    values = (
        row.act_id,
        "US",
        whose.pack_code,
        whose.name,
        f"{row.kind.value}s_us",
        row.kind.value,
        row.citation,
        row.number,
        row.heading,
        row.title,
        row.title_name,
        row.chapter,
        row.chapter_name,
        row.part,
        row.part_name,
        row.breadcrumb,
        row.text,
        row.status.value,
        None if row.effective is None else row.effective.isoformat(),
        row.source_note or None,
        row.current_through,
        row.url,
        section.authority or None,
        "\n".join(section.terms) or None,
        "\n".join(section.notes) or None,
        pages_text(row.pages) or None,
    )
    return dict(zip(_NAMES, values, strict=True))
