"""Asks the same of the embedded engine and of a cluster, to see that they agree, and how fast.

`python -m benchmarks.cluster ADDRESS PACK...`: the packs of PINCITE_PACKS are installed in a folder
of its own and on the cluster at ADDRESS (`opensearch://host:port/prefix`), then asked.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.assistant import Assistant
from pincite.assistant.searching import Search
from pincite.law.jurisdiction import by_id
from pincite.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 21, tzinfo=UTC)
QUERIES = 500
TOP = 10
SHAPES = (
    "What must a business do about {} in {}?",
    "Who is exempt from the rules on {} in {}?",
    "How long do we have to act on {} in {}?",
    "What is the fine for breaking the law on {} in {}?",
    "Can our company be sued over {} in {}?",
)
SUBJECTS = (
    "a data breach",
    "a security deposit",
    "late wages",
    "food labels",
    "automatic renewals",
    "debt collection calls",
    "unpaid overtime",
    "insurance cancellation",
    "medical records",
    "child labour",
    "tip pooling",
    "a liquor licence",
    "home repair contracts",
    "used car sales",
    "hazardous waste",
    "gift cards",
    "price gouging",
    "a franchise",
    "pay-day loans",
    "tenant eviction",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("packs", nargs="+")
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    source = os.environ.get("PINCITE_PACKS") or sys.exit("set PINCITE_PACKS to a folder of packs")
    told: dict[str, Any] = {"packs": given.packs}
    with tempfile.TemporaryDirectory() as folder:
        engines = {
            "embedded": _assistant(Path(folder) / "embedded", source, None),
            "cluster": _assistant(Path(folder) / "cluster", source, given.address),
        }
        for name, assistant in engines.items():
            begun = time.perf_counter()
            done = assistant.add(given.packs)
            told[f"{name} install, s"] = round(time.perf_counter() - begun, 1)
            for one in done:
                print(name, one.pack, one.outcome, one.sections, one.reason or "", flush=True)
        queries = list(_queries(engines["embedded"], given.queries))
        for kind in ("search", "phrase", "rank"):
            told[kind] = _compared(engines, kind, [text for what, text in queries if what == kind])
            print(kind, json.dumps(told[kind], indent=1), flush=True)
    told["RSS, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if given.out:
        given.out.write_text(json.dumps(told, indent=1) + "\n")


def _assistant(home: Path, source: str, address: str | None) -> Assistant:
    settings = Settings(home=home, packs=source, library=address, vectors=False, offline=True)
    return Assistant(settings, now=NOW)


def _queries(assistant: Assistant, count: int) -> Iterator[tuple[str, str]]:
    """Questions of the three kinds, by program: from headings, texts, and subjects in lay words."""
    chance = random.Random(7)
    packs = assistant.packs()
    sections = {
        pack.name: [
            one for _, one in assistant.library.keyed(pack.name) if one.status == "in_force"
        ]
        for pack in packs
    }
    for at in range(count):
        pack = packs[at % len(packs)]
        section = chance.choice(sections[pack.name])
        if at % 5 < 2 and section.heading:
            yield "search", section.heading[:200]
        elif at % 5 == 2:
            words = section.text.split()
            first = chance.randrange(max(1, len(words) - 4))
            phrase = " ".join(words[first : first + 3]).replace('"', "")
            yield ("phrase", f'"{phrase}"') if any(map(str.isalpha, phrase)) else ("search", phrase)
        else:
            place = by_id(pack.jurisdiction).name
            lay = chance.choice((*SUBJECTS, section.heading[:80].lower() or "records"))
            yield "rank", chance.choice(SHAPES).format(lay, place)


def _compared(engines: dict[str, Assistant], kind: str, queries: list[str]) -> dict[str, object]:
    shared: list[float] = []
    same, apart = 0, []
    times: dict[str, list[float]] = {name: [] for name in engines}
    for text in queries:
        found: dict[str, tuple[str, ...]] = {}
        for name, assistant in engines.items():
            begun = time.perf_counter()
            found[name] = _asked(assistant, kind, text)
            times[name].append(1000 * (time.perf_counter() - begun))
        one, other = found["embedded"], found["cluster"]
        shared.append(
            len({*one} & {*other}) / max(len(one), len(other), 1) if one or other else 1.0
        )
        same += one == other
        if {*one} != {*other}:
            apart.append({"query": text, "embedded": one, "cluster": other})
    return {
        "queries": len(queries),
        "overlap of the top 10": round(statistics.mean(shared), 4),
        "same order": same,
        "other sections": len(apart),
        "ms p50 and p95": {
            name: [round(statistics.median(ms), 1), round(statistics.quantiles(ms, n=20)[-1], 1)]
            for name, ms in times.items()
        },
        "apart": apart[:5],
    }


def _asked(assistant: Assistant, kind: str, text: str) -> tuple[str, ...]:
    ask: dict[str, Callable[[], tuple[str, ...]]] = {
        "rank": lambda: assistant.rank(text, as_of=NOW.date(), limit=TOP),
        "search": lambda: tuple(
            hit.section.id for hit in assistant.search(Search(words=text, limit=TOP)).hits
        ),
    }
    return ask.get(kind, ask["search"])()


if __name__ == "__main__":
    main()
