"""Packs: Parquet files in the columns of the Open US Law dataset, read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pincite.errors import ParseError
from pincite.parsing.pack_columns import TELLS_JURISDICTION, TELLS_KIND, RowReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa
    import pyarrow.parquet as pq

    from pincite.parsing.pack_row import PackRow, Skipped

REQUIRED = ("citation", "text")
OPTIONAL = (
    "act_id",
    "section_number",
    "section_title",
    "title",
    "title_name",
    "chapter",
    "chapter_name",
    "part",
    "part_name",
    "breadcrumb",
    "act_status",
    "effective_date",
    "source_note",
    "current_through",
    "source_url",
    "chunk_index",
    "total_chunks",
    "pages",
)
_BATCH = 512
# The largest known pack holds 108 MB of text in 30,000 rows; a file beyond these is no pack.
_MOST_ROWS = 5_000_000
_MOST_BYTES = 4 << 30
_LARGEST_BATCH = 128 << 20
# Law compresses to a fifth or a tenth, and writers stop a dictionary at a megabyte.
_MOST_FOLDED = 200
_LARGEST_DICTIONARY = 4 << 20


class PackFile:
    """An open pack. Opening reads the columns' names alone; rows are streamed."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.name = path.name
        try:
            # Little is read ahead, so that memory does not follow the size of the file.
            metadata = pq.read_metadata(path)
            self._file = pq.ParquetFile(
                path,
                metadata=metadata,
                buffer_size=1 << 20,
                pre_buffer=False,
                read_dictionary=_folded(metadata),
            )
        except (pa.ArrowException, OSError) as error:
            raise ParseError(
                f"this is not a Parquet file ({_brief(error)})", source=self.name
            ) from error
        try:
            self._columns = self._checked_columns()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def row_count(self) -> int:
        return self._file.metadata.num_rows

    def rows(self) -> Iterator[PackRow | Skipped]:
        """Every row in the file's order, long sections joined where their last piece stands."""
        reader = RowReader()
        for first, values in self._batches():
            names = list(values)
            for offset, row in enumerate(zip(*values.values(), strict=True)):
                taken = reader.take(first + offset, dict(zip(names, row, strict=True)))
                if taken is not None:
                    yield taken
        yield from reader.left_over()

    def _batches(self) -> Iterator[tuple[int, dict[str, list[object]]]]:
        import pyarrow as pa

        row, total = 1, 0
        try:
            for batch in self._file.iter_batches(
                batch_size=_BATCH, columns=list(self._columns), use_threads=False
            ):
                size = sum(_unfolded(column) for column in batch.columns)
                total += size
                if size > _LARGEST_BATCH or total > _MOST_BYTES:
                    raise ParseError(
                        "the rows unfold to far more than a pack of law holds; the file is refused",
                        source=self.name,
                        line=row,
                    )
                yield row, batch.to_pydict()
                row += batch.num_rows
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise ParseError(
                f"the file is damaged ({_brief(error)})", source=self.name, line=row
            ) from error

    def _checked_columns(self) -> tuple[str, ...]:
        schema = self._file.schema_arrow
        have = set(schema.names)
        for column in REQUIRED:
            if column not in have:
                raise ParseError(_missing(column, schema.names), source=self.name)
        for column, *others in (TELLS_JURISDICTION, TELLS_KIND):
            if column not in have and not have.intersection(others):
                raise ParseError(
                    _missing(f"{column} (or {others[0]})", schema.names), source=self.name
                )
        _check_size(self._file.metadata, self.name)
        wanted = (*REQUIRED, *TELLS_JURISDICTION, *TELLS_KIND, *OPTIONAL)
        columns = tuple(column for column in wanted if column in have)
        for column in columns:
            if schema.names.count(column) > 1:
                raise ParseError(f"the column {column} is there twice", source=self.name)
            _check_type(schema.field(column), self.name)
        return columns


def _missing(column: str, names: list[str]) -> str:
    return (
        f"the column {column} is missing; a pack has the columns of the Open US Law dataset, "
        f"this file has {', '.join(names[:30]) or 'none'}"
    )


def _check_size(metadata: pq.FileMetaData, name: str) -> None:
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if metadata.num_rows > _MOST_ROWS or size > _MOST_BYTES:
        raise ParseError(
            f"{metadata.num_rows:,} rows of {size:,} bytes are more than a pack of law holds",
            source=name,
        )
    if metadata.num_rows == 0:
        raise ParseError("the pack has no rows", source=name)


def _check_type(column: pa.Field, name: str) -> None:
    from pyarrow import types

    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind):
        raise ParseError(f"the column {column.name} holds {column.type}, not text", source=name)
    if column.name in REQUIRED and not (types.is_string(kind) or types.is_large_string(kind)):
        raise ParseError(f"the column {column.name} holds {column.type}, not text", source=name)


def _folded(metadata: pq.FileMetaData) -> list[str]:
    """Columns that may unfold without measure: these are read as they are stored, by reference."""
    found: set[str] = set()
    for group in range(metadata.num_row_groups):
        for index in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(index)
            start = chunk.dictionary_page_offset
            dictionary = 0 if start is None else chunk.data_page_offset - start
            ratio = chunk.total_uncompressed_size / max(1, chunk.total_compressed_size)
            if chunk.physical_type == "BYTE_ARRAY" and (
                ratio > _MOST_FOLDED or dictionary > _LARGEST_DICTIONARY
            ):
                found.add(chunk.path_in_schema)
    return sorted(found)


def _unfolded(column: pa.Array) -> int:
    """The bytes of a column once every reference into its dictionary is a value of its own."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not isinstance(column, pa.DictionaryArray):
        return column.nbytes
    if not (pa.types.is_string(kind := column.type.value_type) or pa.types.is_large_string(kind)):
        return column.nbytes
    lengths = pc.call_function("binary_length", [column.dictionary]).to_numpy(zero_copy_only=False)
    return int(lengths[column.indices.drop_null().to_numpy()].sum())


def _brief(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200] or type(error).__name__
