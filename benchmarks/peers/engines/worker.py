"""Runs one peer in its own process: `worker.py build|serve PEER CORPUS WORK [MODEL]`.

`build` makes the index and prints what it took. `serve` opens it, then answers each line of
standard input (`{"question", "place"}`) with a line (`{"ids", "ms", "cpu_ms"}`), and at the end
prints the most memory that it held. A peer is a module with `build(corpus, work)` and
`opened(corpus, work, model)`, which gives `search(question, place, limit) -> ids`.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

_LIMIT = 100


def _tell(**row: object) -> None:
    os.write(_OUT, (json.dumps(row) + "\n").encode())


def _peak_mb() -> float:
    """The most memory of this program; `ru_maxrss` would count what started it as well."""
    status = Path("/proc/self/status")
    if not status.is_file():  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    told = status.read_text("utf-8").partition("VmHWM:")[2].split()
    return int(told[0]) / 1e3


def _size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main(verb: str, peer: str, corpus: Path, work: Path, model: str | None) -> None:
    module = importlib.import_module(peer)
    work.mkdir(parents=True, exist_ok=True)
    start, before = perf_counter(), process_time()
    if verb == "build":
        module.build(corpus, work)
        _tell(
            seconds=perf_counter() - start,
            cpu_seconds=process_time() - before,
            peak_mb=_peak_mb(),
            disk_mb=_size_mb(work),
        )
        return
    search = module.opened(corpus, work, model)
    _tell(open_ms=(perf_counter() - start) * 1000, open_mb=_peak_mb())
    for line in sys.stdin:
        row = json.loads(line)
        start, before = perf_counter(), process_time()
        ids = search(row["question"], row["place"], _LIMIT)
        taken, cpu = perf_counter() - start, process_time() - before
        _tell(ids=ids, ms=taken * 1000, cpu_ms=cpu * 1000)
    _tell(peak_mb=_peak_mb())


if __name__ == "__main__":
    # What a peer prints must not come between the lines of the answer.
    _OUT = os.dup(1)
    os.dup2(2, 1)
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), *(sys.argv[5:6] or [None]))
