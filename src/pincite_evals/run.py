"""Ask every question of a set, keep what came, and go on where an earlier run stopped."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pincite import PinciteError, Trace, render_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pincite import Assistant
    from pincite_evals.datasets import Item

_RANKED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a question: the pack's row ids in rank, the answer in the wire format, ms."""

    id: str
    ranked: tuple[str, ...]
    answer: dict[str, Any] | None
    ms: float
    retrieval_ms: float

    def line(self) -> str:
        return json.dumps(
            {
                "id": self.id,
                "ranked": list(self.ranked),
                "answer": self.answer,
                "ms": round(self.ms, 1),
                "retrieval_ms": round(self.retrieval_ms, 1),
            },
            ensure_ascii=False,
        )


def sample(items: Sequence[Item], count: int | None, seed: int) -> tuple[Item, ...]:
    """`count` of the items, the same for the same seed, in their own order."""
    if count is None or count >= len(items):
        return tuple(items)
    chosen = set(random.Random(seed).sample(range(len(items)), count))  # noqa: S311
    return tuple(item for place, item in enumerate(items) if place in chosen)


def run(
    items: Iterable[Item],
    assistant: Assistant,
    *,
    as_of: date,
    retrieval_only: bool,
    done: dict[str, Result],
    tick: Callable[[Item], None],
) -> Iterator[Result]:
    """One result a question, in order; those in `done` are not asked again."""
    for item in items:
        if item.id in done and (retrieval_only or done[item.id].answer is not None):
            yield done[item.id]
        else:
            yield _ask(item, assistant, as_of, retrieval_only=retrieval_only)
        tick(item)


def _ask(item: Item, assistant: Assistant, as_of: date, *, retrieval_only: bool) -> Result:
    start = time.perf_counter()
    ranked: tuple[str, ...] = ()
    answer = None
    retrieval_ms = 0.0
    if retrieval_only:
        ranked = assistant.rank(item.question, as_of=as_of, limit=_RANKED)
        retrieval_ms = (time.perf_counter() - start) * 1000
    else:
        trace = Trace(kept=True)
        found = asyncio.run(assistant.ask(item.question, as_of=as_of, trace=trace))
        answer = json.loads(render_json(found))
        ranked, retrieval_ms = trace.ranked, trace.retrieval_ms
    return Result(
        id=item.id,
        ranked=ranked[:_RANKED],
        answer=answer,
        ms=(time.perf_counter() - start) * 1000,
        retrieval_ms=retrieval_ms,
    )


def read_results(path: Path | None) -> dict[str, Result]:
    """The results of an earlier run; a last line that was cut off is left out."""
    if path is None or not path.is_file():
        return {}
    results: dict[str, Result] = {}
    for line in path.read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
            results[row["id"]] = Result(
                id=row["id"],
                ranked=tuple(row["ranked"]),
                answer=row["answer"],
                ms=float(row["ms"]),
                retrieval_ms=float(row.get("retrieval_ms", 0.0)),
            )
        except (ValueError, KeyError, TypeError):
            continue
    return results


__all__ = ["PinciteError", "Result", "read_results", "run", "sample"]
