"""Vectors of a pack's sections: int8 rows in one append-only, memory-mapped segment.

A segment lies beside the pack's index and is as derived as it is. It is scanned exactly. Rows are
appended in batches; `count` in `segment.json` is the watermark, and what stands behind it is
cut off when a build goes on after a kill. An update carries the rows of the sections that stay;
those that it brings have none until the next build.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.errors import IndexBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel

_ROWS, _KEYS, _STATE = "rows.i8", "keys.i64", "segment.json"
_SCALE = 127.0
_BATCH = 256
_SCAN = 65_536  # rows that are widened to float at a time
_LONGEST = 320  # characters of a section's text beside its heading


@dataclass(frozen=True, slots=True)
class DenseState:
    """How far a segment is: its model, the length of its rows, and how many rows are whole.

    `complete` says that it once had a row for every section; an update may since have brought some.
    """

    model: str
    dimensions: int
    count: int
    complete: bool


def segment_directory(index: Path) -> Path:
    """Where the vectors of the pack with this index directory are."""
    return index / "vectors"


def passage_of(section: Section) -> str:
    """What stands for a section: heading, document and the start of its text."""
    return f"{section.heading}. {section.document_name}. {section.text[:_LONGEST]}"


def read_state(directory: Path) -> DenseState | None:
    """The state of a segment, or `None` where there is none. Raises IndexBroken."""
    path = directory / _STATE
    if not path.is_file():
        return None
    try:
        row = json.loads(path.read_text("utf-8"))
        return DenseState(
            str(row["model"]), int(row["dimensions"]), int(row["count"]), bool(row["complete"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexBroken(f"{path} is damaged ({error}); remove the folder it is in") from error


def build(
    directory: Path,
    sections: Iterator[tuple[int, Section]],
    model: EmbeddingModel,
    progress: Callable[[int], None] = lambda _done: None,
) -> DenseState:
    """Write a vector for each `(key, section)` that has none, going on where a build stopped."""
    directory.mkdir(parents=True, exist_ok=True)
    state = read_state(directory)
    if state is None or state.model != model.name:
        state = DenseState(model.name, model.dimensions, 0, complete=False)
    with (directory / _ROWS).open("ab") as rows, (directory / _KEYS).open("ab") as keys:
        rows.truncate(state.count * state.dimensions)
        keys.truncate(state.count * 8)
        there = _keys_in(directory, state)
        batch: list[tuple[int, Section]] = []
        for pair in sections:
            if pair[0] in there:
                continue
            batch.append(pair)
            if len(batch) == _BATCH:
                state = _append(directory, state, batch, model, (rows.fileno(), keys.fileno()))
                batch = []
                progress(state.count)
        if batch:
            state = _append(directory, state, batch, model, (rows.fileno(), keys.fileno()))
    state = replace(state, complete=True)
    _write_state(directory, state)
    progress(state.count)
    return state


def carry(before: Path, after: Path, lost: Collection[int]) -> None:
    """Give the index `after` the vectors of `before`, less those of the keys that it lost.

    Vectors that cannot be read are left behind: a build makes them again.
    """
    import numpy as np

    source, target = segment_directory(before), segment_directory(after)
    try:
        state = read_state(source)
        if state is None or not state.count:
            return
        old = DenseSegment(source)
    except IndexBroken:
        return
    stays = ~np.isin(old.keys, np.fromiter(lost, dtype="<i8", count=len(lost)))
    target.mkdir()
    for name, values in ((_ROWS, old.rows), (_KEYS, old.keys)):
        with (target / name).open("wb") as file:
            for start in range(0, state.count, _SCAN):
                kept = values[start : start + _SCAN][stays[start : start + _SCAN]]
                file.write(np.ascontiguousarray(kept).tobytes())
    _write_state(target, replace(state, count=int(stays.sum())))


def _keys_in(directory: Path, state: DenseState) -> frozenset[int]:
    import numpy as np

    return frozenset(np.fromfile(directory / _KEYS, dtype="<i8", count=state.count).tolist())


def _append(
    directory: Path,
    state: DenseState,
    batch: list[tuple[int, Section]],
    model: EmbeddingModel,
    files: tuple[int, int],
) -> DenseState:
    import numpy as np

    vectors = model.embed([passage_of(section) for _, section in batch])
    data = (
        np.round(vectors * _SCALE).astype(np.int8).tobytes(),
        np.array([key for key, _ in batch], dtype="<i8").tobytes(),
    )
    for handle, part in zip(files, data, strict=True):
        os.write(handle, part)
        os.fsync(handle)
    state = replace(state, count=state.count + len(batch))
    _write_state(directory, state)
    return state


def _write_state(directory: Path, state: DenseState) -> None:
    path = directory / _STATE
    fresh = path.with_suffix(".new")
    row = {
        "model": state.model,
        "dimensions": state.dimensions,
        "count": state.count,
        "complete": state.complete,
    }
    fresh.write_text(json.dumps(row), encoding="utf-8")
    fresh.replace(path)


class DenseSegment:
    """A segment, open for reading; its whole rows are memory-mapped."""

    def __init__(self, directory: Path) -> None:
        import numpy as np

        state = read_state(directory)
        if state is None:
            raise IndexBroken(f"there are no vectors in {directory}")
        self.state = state
        shape = (state.count, state.dimensions)
        try:
            self.rows = np.memmap(directory / _ROWS, dtype=np.int8, mode="r", shape=shape)
            self.keys = np.memmap(directory / _KEYS, dtype="<i8", mode="r", shape=shape[:1])
        except (OSError, ValueError) as error:
            raise IndexBroken(f"the vectors in {directory} are cut short ({error})") from error

    def search(self, question: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """`(key, cosine)` of the nearest `limit` sections, best first; ties by key."""
        import numpy as np

        if not self.state.count:
            return []
        cosines = np.concatenate(
            [
                self.rows[start : start + _SCAN].astype(np.float32) @ question
                for start in range(0, self.state.count, _SCAN)
            ]
        )
        cosines /= _SCALE
        count = min(limit, len(cosines))
        best = np.argpartition(-cosines, count - 1)[:count]
        pairs = [(int(self.keys[place]), float(cosines[place])) for place in best]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
