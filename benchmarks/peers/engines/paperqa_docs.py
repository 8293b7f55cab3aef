"""PaperQA's retrieval: its Docs with the local model in place of a hosted one, its MMR search.

Its own reading of files, which asks a language model for each file's citation, is left out: a
section is given as one text of one document. What it keeps is a pickle, as its README has it.
"""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING

import numpy as np
from lmi import EmbeddingModel
from minilm import MiniLM
from paperqa import Doc, Docs, Settings, Text
from places import places, rows, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class _Local(EmbeddingModel):
    name: str = "local"
    folder: str

    async def embed_documents(self, texts: list[str]) -> list[list[float]]:
        model = _MODELS.setdefault(self.folder, MiniLM(self.folder))
        return [model.embed(text).tolist() for text in texts]


_MODELS: dict[str, MiniLM] = {}


def _settings() -> Settings:
    return Settings(
        parsing={"multimodal": False, "use_doc_details": False, "defer_embedding": True}
    )


async def _filled(place: Path) -> Docs:
    docs, settings = Docs(), _settings()
    vectors = np.load(place / "vectors.npy")
    for row, vector in zip(rows(place), vectors, strict=True):
        doc = Doc(docname=row["id"], dockey=row["id"], citation=row["id"], content_hash=row["id"])
        text = Text(text=words(row), name=row["id"], doc=doc, embedding=vector.tolist())
        await docs.aadd_texts([text], doc, settings=settings)
    return docs


def build(corpus: Path, work: Path) -> None:
    for place in places(corpus):
        docs = asyncio.run(_filled(place))
        with (work / f"{place.name}.pickle").open("wb") as file:
            pickle.dump(docs, file)


def opened(_corpus: Path, work: Path, model: str | None) -> Callable[[str, str, int], list[str]]:
    kept = {path.stem: pickle.loads(path.read_bytes()) for path in work.glob("*.pickle")}
    embedding, settings = _Local(folder=str(model)), _settings()

    def search(question: str, place: str, limit: int) -> list[str]:
        found = asyncio.run(
            kept[place].retrieve_texts(question, limit, settings, embedding_model=embedding)
        )
        return [text.doc.dockey for text in found]

    return search
