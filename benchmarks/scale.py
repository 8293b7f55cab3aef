"""How time, size and memory grow with the law installed.

    python -m benchmarks.scale grow FOLDER --packs NAME... --versions N... [--out FILE]
    python -m benchmarks.scale look HOME [--out FILE]
    python -m benchmarks.scale scan FOLDER --rows N... [--out FILE]

`grow` makes, for each N, packs in which each section has N versions (the packs' own text last, the
others changed by program and dated a year apart), installs them into a scratch library under
FOLDER, measures it and removes it. `look` measures a library that is there, which is only read.
`scan` measures the scan of vectors alone, on rows made by program: its time does not depend on
what the rows say. Each result is one line of JSON, added to FILE.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.asking import _DAY, assistant_of, fresh_state
from benchmarks.figures import machine, p50_p95, tell
from benchmarks.questions import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_YEAR = 1990
_QUESTIONS = 30
_SEED = 7
_ROUND = 512


def versions(source: Path, target: Path, count: int) -> None:
    """The pack with `count` versions of each row; the text of today is the last of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pack = pq.ParquetFile(source)
    # A column of dates that are all missing has no type of its own.
    place = pack.schema_arrow.get_field_index("effective_date")
    schema = pack.schema_arrow.set(place, pa.field("effective_date", pa.string()))
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in pack.iter_batches(batch_size=_ROUND):
            rows = [one for row in batch.to_pylist() for one in _versions(row, count)]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _versions(row: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    text = row["text"] or ""
    for number in range(count):
        year = _FIRST_YEAR + number
        if number == count - 1:
            yield row | ({} if count == 1 else {"effective_date": f"{year}-01-01"})
        else:
            old = text.replace(" shall ", " is to ", number + 1)
            day = f"{year}-01-01" if number else None
            yield row | {"text": f"{old}\n[As in {year}.]", "effective_date": day}


def grown(folder: Path, packs: list[str], count: int) -> dict[str, Any]:
    """Make, install, measure and remove a library in which each section has `count` versions."""
    source = Path(os.environ["PINCITE_PACKS"])
    made, home = folder / f"packs-{count}", folder / f"home-{count}"
    made.mkdir(parents=True)
    try:
        tell(f"{count} versions: packs")
        for name in packs:
            versions(source / f"{name}.parquet", made / f"{name}.parquet", count)
        tell(f"{count} versions: install")
        before = machine()["load"]
        command = [sys.executable, "-m", "benchmarks.installing", str(made), str(home), *packs]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found = {"versions": count, "install": json.loads(done.stdout), "load": before}
        tell(f"{count} versions: questions")
        return found | _looked_apart(home)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def _looked_apart(home: Path) -> dict[str, Any]:
    """In a process of its own, so that memory is that of asking alone."""
    command = [sys.executable, "-m", "benchmarks.scale", "look", str(home)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def looked(home: Path) -> dict[str, Any]:
    """What a library costs to open, to search and to ask, one jurisdiction at a time."""
    from pincite.assistant import Search

    asked = draw(home, _QUESTIONS, _SEED)
    with fresh_state(home) as state:
        start, before = perf_counter(), process_time()
        assistant = assistant_of(state, "", None, vectors=False)
        packs = assistant.library.packs()
        assistant.search(Search(words=asked[0].words, jurisdictions=(asked[0].jurisdiction,)))
        cold = (perf_counter() - start) * 1000, (process_time() - before) * 1000
        opened = _peak_mb()
        ways: dict[str, Callable[[Any], object]] = {
            "search": lambda one: assistant.search(
                Search(words=one.words, jurisdictions=(one.jurisdiction,))
            ),
            "rank": lambda one: assistant.rank(one.question, as_of=_DAY),
            "ask": lambda one: asyncio.run(assistant.ask(one.question, as_of=_DAY)),
        }
        found = {name: _times(way, asked) for name, way in ways.items()}
        # Versions of one section that are found crowd out other sections.
        ranked = [len(assistant.rank(one.question, as_of=_DAY)) for one in asked]
        sections = sum(pack.sections for pack in packs)
        assistant.library.close()
    return {
        "sections": sections,
        "packs": len(packs),
        "sections_a_pack": sections / len(packs),
        "library_mb": _size_mb(*home.glob("library.db*")),
        "index_mb": _size_mb(*(one for one in (home / "index").glob("*/*") if one.is_file())),
        "cold_search_ms": cold[0],
        "cold_search_cpu_ms": cold[1],
        "opened_mb": opened,
        "peak_mb": _peak_mb(),
        "load_asking": machine()["load"],
        "ranked": statistics.fmean(ranked),
        **found,
    }


def _times(way: Callable[[Any], object], asked: Any) -> dict[str, float]:  # noqa: ANN401
    way(asked[0])
    wall, cpu = [], []
    for one in asked:
        start, before = perf_counter(), process_time()
        way(one)
        wall.append(perf_counter() - start)
        cpu.append(process_time() - before)
    p50, p95 = p50_p95(wall)
    return {"p50_ms": p50, "p95_ms": p95, "cpu_p50_ms": statistics.median(cpu) * 1000}


def scanned(folder: Path, count: int) -> dict[str, Any]:
    """The exact scan of `count` vectors of 384 dimensions, best 40."""
    import numpy as np

    from pincite.index.dense import DenseSegment

    place = folder / f"rows-{count}"
    place.mkdir(parents=True)
    try:
        source = np.random.default_rng(_SEED)
        with (place / "rows.i8").open("wb") as rows:
            for start in range(0, count, 65_536):
                some = min(65_536, count - start)
                rows.write(source.integers(-60, 60, (some, 384), dtype=np.int8).tobytes())
        np.arange(count, dtype="<i8").tofile(place / "keys.i64")
        state = {"model": "made", "dimensions": 384, "count": count, "complete": True}
        (place / "segment.json").write_text(json.dumps(state), "utf-8")
        segment = DenseSegment(place)
        question = source.standard_normal(384).astype(np.float32)
        question /= np.linalg.norm(question)
        wall, cpu = [], []
        for _ in range(7):
            start, before = perf_counter(), process_time()
            segment.search(question, 40)
            wall.append(perf_counter() - start)
            cpu.append(process_time() - before)
        return {
            "rows": count,
            "mb": _size_mb(place),
            "p50_ms": statistics.median(wall) * 1000,
            "cpu_p50_ms": statistics.median(cpu) * 1000,
            "peak_mb": _peak_mb(),
            "load": machine()["load"],
        }
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _peak_mb() -> float:
    """The most memory of this program; `ru_maxrss` would count what started it as well."""
    status = Path("/proc/self/status")
    if not status.is_file():  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    told = status.read_text("utf-8").partition("VmHWM:")[2].split()
    return int(told[0]) / 1e3


def _size_mb(*paths: Path) -> float:
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,))]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("what", choices=("grow", "look", "scan"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--packs", nargs="+", default=[])
    parser.add_argument("--versions", nargs="+", type=int, default=[1])
    parser.add_argument("--rows", nargs="+", type=int, default=[150_000])
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    if given.what == "look":
        found = [looked(given.folder)]
    elif given.what == "scan":
        found = [scanned(given.folder, count) for count in given.rows]
    else:
        found = []
        for count in given.versions:
            found.append(grown(given.folder, given.packs, count))
            _keep(given.out, found[-1])
    for one in found:
        print(json.dumps(one))
        if given.what != "grow":
            _keep(given.out, one)


def _keep(file: Path | None, row: dict[str, Any]) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
