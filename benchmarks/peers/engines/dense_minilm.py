"""Plain dense retrieval: every vector as float32 in a file, scanned exactly, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from minilm import MiniLM
from places import places, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def build(corpus: Path, work: Path) -> None:
    for place in places(corpus):
        (work / place.name).mkdir()
        np.save(work / place.name / "vectors.npy", np.load(place / "vectors.npy"))
        ids = "\n".join(row["id"] for row in rows(place))
        (work / place.name / "ids").write_text(ids, "utf-8")


def opened(_corpus: Path, work: Path, model: str | None) -> Callable[[str, str, int], list[str]]:
    vectors = {one.name: np.load(one / "vectors.npy", mmap_mode="r") for one in work.iterdir()}
    ids = {one.name: (one / "ids").read_text("utf-8").split("\n") for one in work.iterdir()}
    minilm = MiniLM(str(model))

    def search(question: str, place: str, limit: int) -> list[str]:
        cosines = vectors[place] @ minilm.embed(question)
        best = np.argpartition(-cosines, limit)[:limit]
        return [ids[place][row] for row in best[np.argsort(-cosines[best])]]

    return search
