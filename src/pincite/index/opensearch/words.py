"""The words of a pack on a cluster: our tokens, Lucene's BM25, and scores as tantivy gives them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pincite.index.lexical import Term
from pincite.index.opensearch.mapping import NOW
from pincite.index.opensearch.memory import Memory
from pincite.library.read import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pincite.index.lexical import Phrase
    from pincite.index.opensearch.client import Cluster
    from pincite.index.opensearch.library import ClusterLibrary

_TERMS = 900  # Lucene takes at most 1,024 clauses
_FREQUENCIES = 10_000
_PLACE = ("key", "position", "id", "act_id", "document", "heading")


class ClusterWords:
    """One pack's words, in the index of that name: of what it holds, or no longer holds."""

    def __init__(
        self, cluster: Cluster, library: ClusterLibrary, index: str, which: str = NOW
    ) -> None:
        self._cluster, self._library, self._index = cluster, library, index
        self._which = which
        self._frequencies: Memory[tuple[str, str], int] = Memory(_FREQUENCIES)

    @cached_property
    def size(self) -> int:
        """How many section versions it holds."""
        return self._count({"term": {"now": self._which == NOW}})

    @cached_property
    def until(self) -> date | None:
        """The latest day before which any of them was law by its own dates, of the past alone."""
        order = {"until": {"order": "desc", "missing": "_last", "unmapped_type": "date"}}
        body = {"size": 1, "sort": [order], "_source": ["stored.valid_to"]}
        hits = self._cluster.hits(self._index, {**body, "query": {"exists": {"field": "until"}}})
        return date.fromisoformat(hits[0]["_source"]["stored"]["valid_to"]) if hits else None

    def search(
        self, parts: Iterable[Term | Phrase], *, limit: int, live_only: bool = True
    ) -> list[tuple[int, float]]:
        """`(key, score)` of the best `limit` sections that hold any part, best first."""
        clauses = [clause for part in parts if (clause := self._clause(part)) is not None]
        if not clauses:
            return []
        groups = [clauses[at : at + _TERMS] for at in range(0, len(clauses), _TERMS)]
        should = groups[0] if len(groups) == 1 else [{"bool": {"should": one}} for one in groups]
        held = {"bool": {"should": should, "minimum_should_match": 1}}
        kept = [{"term": {"now": self._which == NOW}}]
        if live_only:
            kept.append({"term": {"live": True}})
        body = {
            "size": limit,
            "query": {"bool": {"must": [held], "filter": kept}},
            "track_total_hits": False,
            "_source": False,
            "docvalue_fields": list(_PLACE),
        }
        hits = self._cluster.hits(self._index, body, {"search_type": "dfs_query_then_fetch"})
        self._library.remember(self._index, filter(None, map(_place, hits)))
        found = [
            (hit["fields"]["key"][0], hit["_score"] * self._cluster.bm25_factor) for hit in hits
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def frequency(self, field: str, token: str) -> int:
        """How many sections hold the token in the field."""
        known = self._frequencies.get((field, token))
        if known is None:
            known = self._count(self._term(field, token))
            self._frequencies.put((field, token), known)
        return known

    def _count(self, query: Mapping[str, object]) -> int:
        body = {"size": 0, "track_total_hits": True, "query": query}
        return int(self._cluster.search(self._index, body)["hits"]["total"]["value"])

    def _clause(self, part: Term | Phrase) -> dict[str, Any] | None:
        if isinstance(part, Term):
            return self._term(part.field, part.token, part.weight)
        if len(part.tokens) < 2:  # noqa: PLR2004 -- one word is no phrase
            return None
        words = {"query": " ".join(part.tokens), "slop": part.slop, "boost": part.weight}
        return {"match_phrase": {f"{self._which}_{part.field}": words}}

    def _term(self, field: str, token: str, weight: float = 1.0) -> dict[str, Any]:
        return {"term": {f"{self._which}_{field}": {"value": token, "boost": weight}}}


def _place(hit: Mapping[str, Any]) -> Place | None:
    """Where a hit stands; `None` where its heading is too long to stand beside the index."""
    fields = hit["fields"]
    if any(name not in fields for name in _PLACE):
        return None
    return Place(*(fields[name][0] for name in _PLACE))
