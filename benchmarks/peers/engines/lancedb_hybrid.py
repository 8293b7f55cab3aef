"""LanceDB's hybrid search: its full-text index and vectors, fused by its own reciprocal ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lancedb
import numpy as np
import pyarrow as pa
from minilm import MiniLM
from places import places, rows, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def build(corpus: Path, work: Path) -> None:
    database = lancedb.connect(str(work))
    for place in places(corpus):
        vectors = np.load(place / "vectors.npy")
        items = list(rows(place))
        flat = pa.array(vectors.reshape(-1), type=pa.float32())
        table = database.create_table(
            place.name,
            pa.table(
                {
                    "id": [row["id"] for row in items],
                    "text": [words(row) for row in items],
                    "vector": pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1]),
                }
            ),
        )
        table.create_fts_index("text")


def opened(_corpus: Path, work: Path, model: str | None) -> Callable[[str, str, int], list[str]]:
    database = lancedb.connect(str(work))
    tables = {path.stem: database.open_table(path.stem) for path in work.iterdir() if path.is_dir()}
    minilm = MiniLM(str(model))

    def search(question: str, place: str, limit: int) -> list[str]:
        found = (
            tables[place]
            .search(query_type="hybrid")
            .vector(minilm.embed(question))
            .text(question)
            .select(["id"])
            .limit(limit)
            .to_list()
        )
        return [row["id"] for row in found]

    return search
