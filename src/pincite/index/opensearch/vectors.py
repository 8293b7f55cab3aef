"""The vectors of a pack on a cluster: found by Lucene, scored again by the rows as they are."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from pincite.index.dense import passage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from pincite.index.opensearch.client import Cluster
    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel

_SCALE = 127.0
# Lucene's graph is asked for so many times more than are wanted: it may pass a near one over.
_WIDER = 5
_BATCH = 256


def vector_index(dimensions: int) -> dict[str, object]:
    """What the index of a pack's vectors is made with."""
    return {
        "settings": {
            "index.knn": True,
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "index.unassigned.node_left.delayed_timeout": "5s",
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["vector"]},
            "properties": {
                "key": {"type": "long"},
                "row": {"type": "binary"},
                "vector": {
                    "type": "knn_vector",
                    "dimension": dimensions,
                    "data_type": "byte",
                    "method": {
                        "name": "hnsw",
                        "engine": "lucene",
                        "space_type": "innerproduct",
                        "parameters": {"m": 24, "ef_construction": 200},
                    },
                },
            },
        },
    }


class ClusterVectors:
    """One pack's vectors, in the index of that name."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index

    def search(self, question: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """`(key, cosine)` of the nearest `limit` sections, best first; ties by key."""
        import numpy as np

        wider = limit * _WIDER
        asked = np.clip(np.round(question * _SCALE), -127, 127).astype(np.int8).tolist()
        body = {
            "size": wider,
            "query": {"knn": {"vector": {"vector": asked, "k": wider}}},
            "_source": ["key", "row"],
        }
        hits = self._cluster.hits(self._index, body)
        if not hits:
            return []
        keys = [hit["_source"]["key"] for hit in hits]
        rows = np.stack(
            [np.frombuffer(base64.b64decode(hit["_source"]["row"]), dtype=np.int8) for hit in hits]
        )
        cosines = (rows.astype(np.float32) @ question) / _SCALE
        found = [(key, float(cosine)) for key, cosine in zip(keys, cosines, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def there(cluster: Cluster, index: str) -> frozenset[int]:
    """The keys that have a vector."""
    pages = cluster.pages(
        index, {"query": {"match_all": {}}, "_source": ["key"]}, order="key", size=5_000
    )
    return frozenset(hit["_source"]["key"] for hit in pages)


def rows(
    sections: Iterable[tuple[int, Section]], model: EmbeddingModel, told: Callable[[int], None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A document for each section, its vector made as the embedded engine makes it."""
    import numpy as np

    batch: list[tuple[int, Section]] = []
    done = 0

    def made() -> Iterator[tuple[str, dict[str, Any]]]:
        vectors = model.embed([passage_of(section) for _, section in batch])
        for (key, _), vector in zip(batch, vectors, strict=True):
            row = np.round(vector * _SCALE).astype(np.int8)
            text = base64.b64encode(row.tobytes()).decode()
            yield str(key), {"key": key, "row": text, "vector": row.tolist()}

    for pair in sections:
        batch.append(pair)
        if len(batch) == _BATCH:
            yield from made()
            done += len(batch)
            told(done)
            batch.clear()
    if batch:
        yield from made()
        told(done + len(batch))
