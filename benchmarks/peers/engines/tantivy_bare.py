"""tantivy as its tutorial has it: heading and text, English stems, its own query language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tantivy
from places import places, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def build(corpus: Path, work: Path) -> None:
    for place in places(corpus):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in ("heading", "text"):
            builder.add_text_field(field, tokenizer_name="en_stem")
        (work / place.name).mkdir()
        index = tantivy.Index(builder.build(), path=str(work / place.name))
        writer = index.writer()
        for row in rows(place):
            writer.add_document(tantivy.Document(**row))
        writer.commit()
        writer.wait_merging_threads()


def opened(_corpus: Path, work: Path, _model: str | None) -> Callable[[str, str, int], list[str]]:
    indexes = {path.name: tantivy.Index.open(str(path)) for path in work.iterdir()}

    def search(question: str, place: str, limit: int) -> list[str]:
        index = indexes[place]
        searcher = index.searcher()
        query = index.parse_query(" ".join(re.findall(r"\w+", question)), ["heading", "text"])
        return [searcher.doc(one)["id"][0] for _, one in searcher.search(query, limit).hits]

    return search
