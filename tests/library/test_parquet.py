"""Packs are read tolerantly: what must be there is named, what need not be may be missing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.errors import ParseError
from pincite.index.build import Outcome
from pincite.law.section import Kind, Status
from pincite.library import Library
from pincite.parsing.pack_columns import TELLS_JURISDICTION, TELLS_KIND
from pincite.parsing.pack_row import PackRow, Skipped
from pincite.parsing.parquet import OPTIONAL, REQUIRED, PackFile


def read(path: Path) -> list[PackRow | Skipped]:
    with PackFile(path) as pack:
        return list(pack.rows())


def write(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_four_columns_make_a_pack(tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.parquet",
        text=["The law."],
        citation=["Frank. Stat. § 1-1-1"],
        jurisdiction=["State of Franklin"],
        category=["statutes_us"],
    )
    (row,) = read(path)
    assert isinstance(row, PackRow)
    assert (row.jurisdiction, row.kind, row.status) == ("us-fr", Kind.STATUTE, Status.IN_FORCE)
    assert (row.text, row.heading, row.effective, row.url) == ("The law.", "", None, "")


@pytest.mark.parametrize(
    ("dropped", "named"),
    [
        (["citation"], "citation"),
        (["text"], "text"),
        (["state", "jurisdiction"], "state"),
        (["document_type", "category"], "document_type"),
    ],
)
def test_a_missing_column_is_named_with_the_file(
    franklin: Any, dropped: list[str], named: str
) -> None:
    rows = [{k: v for k, v in row.items() if k not in dropped} for row in franklin.rows(3)]
    path = franklin.write(rows)
    with pytest.raises(ParseError, match=rf"us_fr_statutes\.parquet: the column {named}"):
        read(path)


def test_other_orders_types_and_unknown_columns_are_accepted(tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.parquet",
        zebra=pa.array([[1, 2]]),
        total_chunks=pa.array(["1"]),
        effective_date=pa.array([date(2026, 1, 1)], pa.date32()),
        text=pa.array(["The law."], pa.large_string()),
        section_number=pa.array([101], pa.int64()),
        citation=pa.array(["Frank. Stat. § 1-1-101"]).dictionary_encode(),
        document_type=pa.array(["Regulation"]),
        state=pa.array(["FR"]).dictionary_encode(),
        act_status=pa.array([None], pa.string()),
        chunk_index=pa.array([0.0]),
    )
    (row,) = read(path)
    assert isinstance(row, PackRow)
    assert (row.number, row.kind, row.effective) == ("101", Kind.REGULATION, date(2026, 1, 1))
    assert row.status is Status.IN_FORCE


@pytest.mark.parametrize(
    ("given", "read_as"),
    [("2026-01-01", date(2026, 1, 1)), ("2026-01-01T00:00:00Z", date(2026, 1, 1)), ("soon", None)],
)
def test_a_date_is_read_or_there_is_none(franklin: Any, given: str, read_as: date | None) -> None:
    (row,) = read(franklin.write([franklin.row("1-1-1", "x", effective_date=given)]))
    assert isinstance(row, PackRow)
    assert row.effective == read_as


def test_long_sections_are_joined_from_their_pieces_in_any_order(franklin: Any) -> None:
    pieces = [
        franklin.row("1-1-1", text, chunk_index=index, total_chunks=3)
        for index, text in ((2, "three"), (0, "one\n"), (1, "two"))
    ]
    other = franklin.row("1-1-2", "whole")
    first, second = read(franklin.write([pieces[0], other, pieces[1], pieces[2]]))
    assert isinstance(first, PackRow)
    assert isinstance(second, PackRow)
    assert first.text == "whole"
    assert second.text == "one\ntwo\nthree"


def test_a_long_section_with_a_missing_piece_is_skipped_and_told(franklin: Any) -> None:
    whole = franklin.row("1-1-2", "whole")
    piece = franklin.row("1-1-1", "half", chunk_index=0, total_chunks=2)
    franklin.write([piece, whole])
    result = franklin.install()
    assert (result.sections, result.skipped) == (1, 1)
    assert result.skipped_examples[0].citation == "Frank. Stat. § 1-1-1"
    assert "piece" in result.skipped_examples[0].reason


def test_rows_of_another_jurisdiction_are_skipped(franklin: Any) -> None:
    other = franklin.row("1-1-2", "Missouri's", state="mo", jurisdiction="Missouri")
    franklin.write([franklin.row("1-1-1", "Franklin's"), other])
    result = franklin.install()
    assert (result.sections, result.skipped) == (1, 1)
    assert "another jurisdiction" in result.skipped_examples[0].reason


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_text_comes_out_as_it_went_in(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = write(
            Path(directory) / "p.parquet",
            citation=[f"Frank. Stat. § 1-1-{index + 1}" for index in range(len(texts))],
            text=texts,
            section_title=["x"] * len(texts),
            state=["fr"] * len(texts),
            document_type=["statute"] * len(texts),
        )
        found = [row.text for row in read(path) if isinstance(row, PackRow)]
    assert found == texts


def _garbage(path: Path) -> None:
    path.write_bytes(b"PAR1" + bytes(range(256)) * 40 + b"PAR1")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def _hole(path: Path) -> None:
    """The footer is whole and the rows are not."""
    data = bytearray(path.read_bytes())
    data[60 : len(data) // 2] = b"\x00" * (len(data) // 2 - 60)
    path.write_bytes(data)


def _no_rows(path: Path) -> None:
    pq.write_table(pq.read_table(path).slice(0, 0), path)


def _nested(path: Path) -> None:
    table = pq.read_table(path)
    lists = pa.array([[value] for value in table["text"].to_pylist()])
    pq.write_table(table.drop_columns(["text"]).append_column("text", lists), path)


def _not_utf8(path: Path) -> None:
    table = pq.read_table(path)
    bad = pa.array([b"\xff\xfe\xfd"] * len(table), pa.binary())
    text = pa.Array.from_buffers(pa.string(), len(table), bad.buffers())
    pq.write_table(table.drop_columns(["text"]).append_column("text", text), path)


def _bomb(path: Path, *, store_schema: bool = True) -> None:
    """A few kilobytes that unfold to gigabytes."""
    count = 1000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), ["x" * (8 << 20)])
    table = pq.read_table(path).slice(0, 1)
    rows = pa.concat_tables([table.drop_columns(["text"])] * count).combine_chunks()
    pq.write_table(
        rows.append_column("text", text), path, compression="zstd", store_schema=store_schema
    )


def _plain_bomb(path: Path) -> None:
    _bomb(path, store_schema=False)


@pytest.mark.parametrize(
    "spoil", [_garbage, _empty, _truncated, _hole, _no_rows, _nested, _not_utf8, _bomb, _plain_bomb]
)
def test_a_spoiled_file_leaves_the_library_as_it_was(franklin: Any, spoil: Any) -> None:
    franklin.write(franklin.rows(40))
    franklin.install()
    with Library.open(franklin.home) as library:
        before = library.packs(), library.by_act_id(None, "us/fr/statutes/1-1-1")
        spoil(franklin.write(franklin.rows(800, edition="second")))
        result = franklin.install()
        assert result.outcome is Outcome.FAILED
        assert "us_fr_statutes.parquet" in (result.reason or "")
        assert (library.packs(), library.by_act_id(None, "us/fr/statutes/1-1-1")) == before
    assert len(list((franklin.home / "index").iterdir())) == 1
    franklin.write(franklin.rows(41))
    assert franklin.install().sections == 41


def test_every_column_that_is_read_is_in_the_documentation() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "packs.md").read_text(encoding="utf-8")
    for column in (*REQUIRED, *TELLS_JURISDICTION, *TELLS_KIND, *OPTIONAL):
        assert f"`{column}`" in page
