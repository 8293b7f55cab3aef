"""haiku.rag's retrieval: its database and its hybrid search, the local model in place of Ollama's.

Sections are given as ready pieces of one document a jurisdiction: its own cutting of files needs a
tokenizer from a hub. Its reranker is off, as it is where none is configured.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np
from docling_core.types.doc.document import DoclingDocument
from haiku.rag.client import HaikuRAG
from haiku.rag.config import AppConfig
from haiku.rag.embeddings import EmbedderWrapper
from haiku.rag.store.models.chunk import Chunk
from minilm import MiniLM
from places import places, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DIMENSIONS = 384


class _Local(EmbedderWrapper):
    def __init__(self, model: str) -> None:
        super().__init__(None, _DIMENSIONS)
        self._model = MiniLM(model)

    async def _embed_query(self, text: str) -> list[float]:
        return self._model.embed(text).tolist()


def _config() -> AppConfig:
    config = AppConfig()
    config.embeddings.model.name = "local"
    config.embeddings.model.vector_dim = _DIMENSIONS
    return config


async def _fill(place: Path, database: Path) -> None:
    vectors = np.load(place / "vectors.npy")
    chunks = [
        Chunk(
            content=row["text"] or row["heading"],
            metadata={"headings": [row["heading"]], "act": row["id"]},
            embedding=vector.tolist(),
        )
        for row, vector in zip(rows(place), vectors, strict=True)
    ]
    async with HaikuRAG(database, config=_config(), create=True) as client:
        await client.import_document(DoclingDocument(name=place.name), chunks, uri=place.name)
        await client.vacuum()


def build(corpus: Path, work: Path) -> None:
    for place in places(corpus):
        asyncio.run(_fill(place, work / f"{place.name}.lancedb"))


def opened(_corpus: Path, work: Path, model: str | None) -> Callable[[str, str, int], list[str]]:
    loop = asyncio.new_event_loop()
    clients: dict[str, HaikuRAG] = {}
    embedder = _Local(str(model))
    for path in work.glob("*.lancedb"):
        client = HaikuRAG(path, config=_config(), read_only=True)
        loop.run_until_complete(client.__aenter__())
        client.chunk_repository.embedder = embedder
        clients[path.stem] = client

    def search(question: str, place: str, limit: int) -> list[str]:
        client = clients[place]
        found = loop.run_until_complete(client.chunk_repository.search(question, limit=limit))
        return [chunk.metadata["act"] for chunk, _ in found]

    return search
