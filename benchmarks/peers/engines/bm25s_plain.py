"""bm25s with English stop words and stems, as its README has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import bm25s
import Stemmer
from places import places, rows, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def build(corpus: Path, work: Path) -> None:
    stemmer = Stemmer.Stemmer("english")
    for place in places(corpus):
        ids, texts = [], []
        for row in rows(place):
            ids.append(row["id"])
            texts.append(words(row))
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        index = bm25s.BM25()
        index.index(tokens, show_progress=False)
        index.save(str(work / place.name))
        (work / place.name / "ids.json").write_text(json.dumps(ids), "utf-8")


def opened(_corpus: Path, work: Path, _model: str | None) -> Callable[[str, str, int], list[str]]:
    stemmer = Stemmer.Stemmer("english")
    indexes = {path.name: bm25s.BM25.load(str(path), mmap=True) for path in work.iterdir()}
    ids = {path.name: json.loads((path / "ids.json").read_text("utf-8")) for path in work.iterdir()}

    def search(question: str, place: str, limit: int) -> list[str]:
        tokens = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        found, _ = indexes[place].retrieve(tokens, k=limit, show_progress=False)
        return [ids[place][row] for row in found[0]]

    return search
