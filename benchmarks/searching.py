"""Words search beside bare tantivy: the same index directories, the same words, the same filter."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

import tantivy

from benchmarks.figures import Figure, p50_p95
from pincite.assistant import Search
from pincite.index.lexical import ANALYSER, Term, analyser, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.questions import Asked
    from pincite import Assistant

_LIMIT = 100
_ROUNDS = 3  # of each query; the median counts
_PEER = "bare tantivy, the same index, words and filter"


def measure(assistant: Assistant, asked: Sequence[Asked]) -> list[Figure]:
    """Ours and the bare index, query by query, in turns."""
    bare = _Bare(assistant)
    ways: dict[str, Callable[[Asked], object]] = {
        "index": lambda one: _words(assistant, one),
        "bare": bare.search,
        "search": lambda one: assistant.search(
            Search(words=one.words, jurisdictions=(one.jurisdiction,))
        ),
    }
    taken = _in_turns(ways, asked)
    p50, p95 = p50_p95(taken["bare"])
    of = f"{len(asked)} queries, {bare.packs} packs"
    lines = (
        ("words in one jurisdiction, best 100", "index", 2.0),
        ("`search`: the best 10 with passages and pinpoints", "search", None),
    )
    return [
        Figure(
            name=name,
            ours=p50_p95(taken[way])[0],
            p95=p50_p95(taken[way])[1],
            unit="ms",
            peer=p50,
            peer_p95=p95,
            peer_name=_PEER,
            target=target,
            ratio_counts=True,
            of=of,
        )
        for name, way, target in lines
    ]


def _in_turns(
    ways: dict[str, Callable[[Asked], object]], asked: Sequence[Asked]
) -> dict[str, list[float]]:
    """Seconds by way, one for each query; which way comes first changes with each query."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for place, one in enumerate(asked):
        rounds: dict[str, list[float]] = {name: [] for name in ways}
        names = list(ways)
        for turn in range(_ROUNDS):
            shift = (place + turn) % len(names)
            for name in names[shift:] + names[:shift]:
                start = perf_counter()
                ways[name](one)
                rounds[name].append(perf_counter() - start)
        for name, seconds in rounds.items():
            taken[name].append(sorted(seconds)[len(seconds) // 2])
    return taken


def _words(assistant: Assistant, one: Asked) -> list[tuple[int, float]]:
    parts = [
        part
        for word in dict.fromkeys(tokens(one.words))
        for part in (Term("text", word), Term("heading", word, 2.0))
    ]
    found: list[tuple[int, float]] = []
    for pack in assistant.shelf.packs(one.jurisdiction):
        found += assistant.shelf.index(pack).search(parts, limit=_LIMIT)
    return sorted(found, key=lambda pair: -pair[1])[:_LIMIT]


class _Bare:
    """The index directories opened by tantivy alone, and asked through its own query language."""

    def __init__(self, assistant: Assistant) -> None:
        self._open: dict[str, list[tantivy.Index]] = {}
        packs = assistant.library.packs()
        self.packs = len(packs)
        for pack in packs:
            self._open.setdefault(pack.jurisdiction, []).append(_opened(pack.index))

    def search(self, one: Asked) -> list[tuple[int, float]]:
        words = " ".join(re.findall(r"\w+", one.words))
        found: list[tuple[int, float]] = []
        for index in self._open.get(one.jurisdiction, ()):
            searcher = index.searcher()
            query = index.parse_query(
                f"+({words}) +live:true", ["text", "heading"], {"heading": 2.0}
            )
            hits = searcher.search(query, limit=_LIMIT, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
            found += [
                (int(key or 0), float(score)) for (score, _), key in zip(hits, keys, strict=True)
            ]
        return sorted(found, key=lambda pair: -pair[1])[:_LIMIT]


def _opened(directory: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(directory))
    index.register_tokenizer(ANALYSER, analyser())
    return index
