"""Where the time of an answer and of an install goes, and what the least of it could be.

    python -m benchmarks.profile HOME [--vectors] [--commands N] [--out FILE]
    python -m benchmarks.profile --install PACK...

Stages are functions of the pipeline, timed from outside by wall and by the processor; a stage
that runs inside another counts for itself alone. Questions are those of `own_questions`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.asking import _DAY, assistant_of, fresh_state
from benchmarks.figures import machine
from benchmarks.own_questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stage, module, the name by which its caller knows it.
_ASK = (
    ("understand", "pincite.answering.ask", "understand"),
    ("search: index", "pincite.index.lexical", "LexicalIndex.search"),
    ("search: the rest", "pincite.answering.ask", "search"),
    ("read sections from the library", "pincite.library.read", "Library.by_keys"),
    ("places of candidates", "pincite.library.read", "Library.places"),
    ("nearest in meaning", "pincite.answering.ask", "with_nearest"),
    ("rerank", "pincite.retrieval.rerank", "Reranker.rerank"),
    ("is the law sound", "pincite.answering.sound", "Soundness.evidence"),
    ("federal floor", "pincite.answering.ask", "federal_floor"),
    ("read provisions", "pincite.reading.readings", "Readings.of"),
    ("weigh findings", "pincite.answering.ask", "findings"),
    ("kin", "pincite.answering.ask", "kinship"),
    ("select and bind", "pincite.answering.ask", "chosen_and_bound"),
    ("write", "pincite.answering.ask", "draft"),
    ("law beside", "pincite.answering.ask", "beside"),
    ("verify", "pincite.answering.ask", "check"),
    ("assemble", "pincite.answering.ask", "_assemble"),
)
_INSTALL = (
    ("read Parquet", "pincite.parsing.parquet", "PackFile._batches"),
    ("rows", "pincite.parsing.pack_columns", "RowReader.take"),
    ("fingerprint", "pincite.parsing.pack_row", "PackRow.fingerprint"),
    ("section", "pincite.index.build", "section_of"),
    ("document", "pincite.parsing.documents", "Documents.place"),
    ("to SQLite", "pincite.library.write", "SnapshotWriter.add"),
    ("finish the snapshot", "pincite.library.write", "SnapshotWriter.finish"),
    ("read back", "pincite.library.write", "current_sections"),
    ("index: add", "pincite.index.lexical", "LexicalWriter.add"),
    ("index: commit", "pincite.index.lexical", "LexicalWriter.commit"),
    ("index: close", "pincite.index.lexical", "LexicalWriter.close"),
)


class Clock:
    """Seconds by stage, wall and processor, of the stage's own work."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self._inner = [[0.0, 0.0]]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._inner.append([0.0, 0.0])
        start, before = perf_counter(), process_time()
        try:
            yield
        finally:
            wall, cpu = perf_counter() - start, process_time() - before
            inner_wall, inner_cpu = self._inner.pop()
            self._inner[-1][0] += wall
            self._inner[-1][1] += cpu
            self.wall[name] = self.wall.get(name, 0.0) + wall - inner_wall
            self.cpu[name] = self.cpu.get(name, 0.0) + cpu - inner_cpu
            self.calls[name] = self.calls.get(name, 0) + 1


@contextmanager
def timed(clock: Clock, stages: tuple[tuple[str, str, str], ...]) -> Iterator[None]:
    """Have the named functions report to the clock, and put them back at the end."""
    kept: list[tuple[Any, str, Any]] = []
    try:
        for stage, module, path in stages:
            owner: Any = importlib.import_module(module)
            *parents, name = path.split(".")
            for parent in parents:
                owner = getattr(owner, parent)
            original = owner.__dict__[name]
            kept.append((owner, name, original))
            setattr(owner, name, _reporting(clock, stage, original))
        yield
    finally:
        for owner, name, original in kept:
            setattr(owner, name, original)


def _reporting(clock: Clock, stage: str, original: Any) -> Any:  # noqa: ANN401 -- any callable
    if isinstance(original, property):
        return property(_reporting(clock, stage, original.fget))

    def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        with clock.stage(stage):
            result = original(*given, **named)
        return _stepping(clock, stage, result) if hasattr(result, "send") else result

    return call


def _stepping(clock: Clock, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
    """A generator does its work when it is asked for the next."""
    while True:
        with clock.stage(stage):
            try:
                one = next(steps)
            except StopIteration:
                return
        yield one


def asked(home: Path, *, vectors: bool) -> dict[str, Any]:
    """The stages of `ask` in a warm process, means a question, and the floor beside them."""
    from pincite import render_json

    models = os.environ.get("PINCITE_MODELS") if vectors else None
    clock, whole, cpus = Clock(), [], []
    with fresh_state(home) as state:
        with clock.stage("open"):
            assistant = assistant_of(state, "", models, vectors=vectors)
            assistant.desk  # noqa: B018 -- puts all of it together
        asyncio.run(assistant.ask(QUESTIONS[0], as_of=_DAY))
        opening = clock.wall["open"], clock.cpu["open"]
        clock = Clock()
        floor = Floor()
        with timed(clock, _ASK), floor.watching():
            for question in QUESTIONS:
                start, before = perf_counter(), process_time()
                with clock.stage("everything else"):
                    answer = asyncio.run(assistant.ask(question, as_of=_DAY))
                whole.append(perf_counter() - start)
                cpus.append(process_time() - before)
                with clock.stage("render (JSON)"):
                    render_json(answer)
        bare = floor.again()
        assistant.library.close()
    count = len(QUESTIONS)
    return {
        "stages": _means(clock, count),
        "ask": {
            "p50_ms": statistics.median(whole) * 1000,
            "p95_ms": sorted(whole)[-(-95 * count // 100) - 1] * 1000,
            "cpu_p50_ms": statistics.median(cpus) * 1000,
        },
        "open_ms": {"wall": opening[0] * 1000, "cpu": opening[1] * 1000},
        "floor": bare,
    }


def _means(clock: Clock, count: int) -> dict[str, dict[str, float]]:
    rows = {
        name: {
            "wall_ms": clock.wall[name] * 1000 / count,
            "cpu_ms": clock.cpu[name] * 1000 / count,
            "calls": clock.calls[name] / count,
        }
        for name in clock.wall
    }
    return dict(sorted(rows.items(), key=lambda pair: -pair[1]["cpu_ms"]))


class Floor:
    """The least that a question costs: its searches of the index and its reads of the library.

    What was asked of both is noted, and asked again with nothing around it: the same words of
    tantivy, the same rows of SQLite by their keys.
    """

    def __init__(self) -> None:
        self._searches: list[tuple[Any, list[Any], dict[str, Any]]] = []
        self._reads: list[tuple[Any, list[int]]] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        from pincite.index.lexical import LexicalIndex
        from pincite.library.read import Library

        search, by_keys = LexicalIndex.search, Library.by_keys

        def searched(index: LexicalIndex, parts: Any, **named: Any) -> Any:  # noqa: ANN401
            parts = list(parts)
            self._searches.append((index, parts, named))
            return search(index, parts, **named)

        def read(library: Library, keys: Any) -> Any:  # noqa: ANN401
            keys = list(keys)
            self._reads.append((library, keys))
            return by_keys(library, keys)

        LexicalIndex.search, Library.by_keys = searched, read
        try:
            yield
        finally:
            LexicalIndex.search, Library.by_keys = search, by_keys

    def again(self) -> dict[str, float]:
        count = len(QUESTIONS)
        start, before = perf_counter(), process_time()
        for index, parts, named in self._searches:
            index.search(parts, **named)
        searching = perf_counter() - start, process_time() - before
        rows = text = 0
        start, before = perf_counter(), process_time()
        for library, keys in self._reads:
            marks = ",".join("?" * len(keys))
            found = library._db.execute(  # noqa: SLF001 -- the floor stands below the library
                f"SELECT text FROM sections WHERE key IN ({marks})", keys
            ).fetchall()
            rows += len(found)
            text += sum(len(one[0]) for one in found)
        reading = perf_counter() - start, process_time() - before
        scored = sum(
            max(
                (index.frequency(part.field, part.token) for part in parts if _is_term(part)),
                default=0,
            )
            for index, parts, _ in self._searches
        )
        return {
            "searches": len(self._searches) / count,
            "search_ms": searching[0] * 1000 / count,
            "search_cpu_ms": searching[1] * 1000 / count,
            "sections_with_the_commonest_word": scored / count,
            "rows_read": rows / count,
            "characters_read": text / count,
            "read_ms": reading[0] * 1000 / count,
            "read_cpu_ms": reading[1] * 1000 / count,
        }


def _is_term(part: object) -> bool:
    return hasattr(part, "token")


def commands(home: Path, count: int) -> dict[str, float]:
    """Processor seconds of starting: Python, the command's imports, a whole question."""
    ways = {
        "python": ["-c", "pass"],
        "import pincite": ["-c", "import pincite"],
        "pincite --help": ["-m", "pincite", "--help"],
        "pincite ask": ["-m", "pincite", "--offline", "ask", "--words", "--", QUESTIONS[0]],
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count):
        for name, rest in ways.items():
            with fresh_state(home) as state:
                environment = os.environ | {"PINCITE_HOME": str(state), "PINCITE_MODELS": ""}
                before = os.times()
                subprocess.run(
                    [sys.executable, *rest], env=environment, capture_output=True, check=False
                )
                after = os.times()
            taken[name].append(
                after.children_user + after.children_system
                - before.children_user - before.children_system
            )  # fmt: skip
    return {name: statistics.median(each) for name, each in taken.items()}


def installed(names: list[str]) -> dict[str, Any]:
    """The stages of an install by words, and bare tantivy with bare SQLite on the same rows."""
    from benchmarks.installing import bare, install

    source = Path(os.environ["PINCITE_PACKS"])
    rows: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        plain = install(source, Path(folder) / "plain", names)
        clock = Clock()
        with timed(clock, _INSTALL), clock.stage("everything else"):
            install(source, Path(folder) / "home", names)
        (Path(folder) / "bare").mkdir()
        before = process_time()
        rows["bare tantivy"] = bare(source, Path(folder) / "bare", names)["seconds"]
        rows["bare tantivy, cpu"] = process_time() - before
        start, before = perf_counter(), process_time()
        _bare_sqlite(source, names, Path(folder) / "bare.db")
        rows["bare SQLite"], rows["bare SQLite, cpu"] = (
            perf_counter() - start,
            process_time() - before,
        )
    return {
        "sections": plain["sections"],
        "install": {"wall_s": plain["seconds"], "cpu_s": plain["cpu_seconds"]},
        "stages_us": _means(clock, plain["sections"]),
        "floor": rows,
    }


def _bare_sqlite(source: Path, names: list[str], file: Path) -> None:
    """Every column of the rows in one table with an index, in one transaction."""
    import sqlite3

    import pyarrow.parquet as pq

    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    made = False
    for name in names:
        parquet = pq.ParquetFile(source / f"{name}.parquet")
        for batch in parquet.iter_batches():
            columns = batch.to_pydict()
            if not made:
                told = ", ".join(f'"{column}"' for column in columns)
                connection.execute(f"CREATE TABLE law (key INTEGER PRIMARY KEY, {told})")
                connection.execute("CREATE INDEX by_citation ON law (citation)")
                made = True
            marks = ",".join("?" * (len(columns) + 1))
            rows = (
                (None, *(_plain(one) for one in row)) for row in zip(*columns.values(), strict=True)
            )
            connection.executemany(f"INSERT INTO law VALUES ({marks})", rows)
    connection.commit()
    connection.close()


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--vectors", action="store_true")
    parser.add_argument("--commands", type=int, default=0, help="how often each is started")
    parser.add_argument("--install", nargs="+", default=[], metavar="PACK")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    found: dict[str, Any] = dict(machine())
    if given.home is not None:
        found["ask"] = asked(given.home, vectors=given.vectors)
        if given.commands:
            found["commands_cpu_s"] = commands(given.home, given.commands)
    if given.install:
        found["install"] = installed(given.install)
    found["load_after"] = machine()["load"]
    told = json.dumps(found, indent=1)
    print(told)
    if given.out:
        given.out.write_text(told + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
