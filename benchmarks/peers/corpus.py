"""The law of an installed library, written for programs that know nothing of Pincite.

A folder a jurisdiction: `rows.jsonl` with the sections in force (`id`, `heading`, `text`), and
where the library has vectors `vectors.npy`, a row a section, by the model that every peer uses.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pincite.index.dense import DenseSegment, read_state, segment_directory
from pincite.law.section import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pincite.library.read import InstalledPack, Library


def write(library: Library, packs: Iterable[InstalledPack], folder: Path) -> dict[str, int]:
    """Write the corpus; how many sections each jurisdiction has."""
    counts: dict[str, int] = {}
    for pack in packs:
        place = folder / pack.jurisdiction
        place.mkdir(parents=True)
        keys = _write_rows(library, pack, place)
        _write_vectors(pack, keys, place)
        counts[pack.jurisdiction] = len(keys)
    return counts


def _write_rows(library: Library, pack: InstalledPack, place: Path) -> list[int]:
    keys: list[int] = []
    with (place / "rows.jsonl").open("w", encoding="utf-8") as file:
        for key, section in library.keyed(pack.name):
            if section.status is not Status.IN_FORCE:
                continue
            keys.append(key)
            row = {"id": section.act_id, "heading": section.heading, "text": section.text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return keys


def _write_vectors(pack: InstalledPack, keys: list[int], place: Path) -> None:
    import numpy as np

    directory = segment_directory(pack.index)
    state = read_state(directory)
    if state is None or not state.complete:
        return
    segment = DenseSegment(directory)
    row_of = {int(key): row for row, key in enumerate(segment.keys)}
    if any(key not in row_of for key in keys):
        return
    rows = np.asarray(segment.rows)[[row_of[key] for key in keys]].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)
    np.save(place / "vectors.npy", rows)
