"""Updating a library: every pack unchanged, then some sections of each changed; parsing; memory.

    python -m benchmarks.updating HOME SOURCE [--share 0.01] [--seed 1] [--only NAME...]

HOME is a library of the packs in the folder SOURCE; a copy of it is updated. Changed packs are
made by program: of each pack a share of the rows gets other words, by the seed. Each update runs
in a process of its own, whose peak memory is told. `--child HOME SOURCE NAME...` is that process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

_NOW = datetime(2026, 11, 22, tzinfo=UTC)


def changed_pack(source: Path, target: Path, share: float, seed: int) -> int:
    """Write the pack with the same rows, a share of them with other words; how many changed.

    A share of 0 gives a file of other bytes and the same rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(f"{seed} {source.name}")
    file = pq.ParquetFile(source)
    changed = 0
    with pq.ParquetWriter(target, file.schema_arrow, compression="snappy") as writer:
        for batch in file.iter_batches(batch_size=2048):
            place = batch.schema.get_field_index("text")
            texts = batch.column(place).to_pylist()
            for at, text in enumerate(texts):
                if text and chance.random() < share:
                    texts[at] = _other_words(text, chance)
                    changed += 1
            column = pa.array(texts, type=batch.schema.field(place).type)
            columns = [*batch.columns[:place], column, *batch.columns[place + 1 :]]
            writer.write_table(pa.Table.from_arrays(columns, schema=batch.schema))
    return changed


def _other_words(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    words[at : at + 1] = [words[at], "not", "later", "than", f"{chance.randrange(1, 400)}", "days"]
    return " ".join(words)


def changed_packs(source: Path, target: Path, names: list[str], share: float, seed: int) -> int:
    """Changed packs with an `index.json`; how many sections of all of them changed."""
    target.mkdir()
    known = json.loads((source / "index.json").read_text("utf-8"))
    changed = 0
    listing = {}
    for name in names:
        path = target / f"{name}.parquet"
        changed += changed_pack(source / path.name, path, share, seed)
        data = path.read_bytes()
        listing[path.name] = known.get(path.name, {}) | {
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    (target / "index.json").write_text(json.dumps(listing), "utf-8")
    return changed


def update(home: Path, source: Path, names: list[str]) -> dict[str, Any]:
    """Update the packs in this process and tell what it took."""
    from pincite.index.build import Outcome, install
    from pincite.sources import open_source

    started, worked = perf_counter(), process_time()
    results = install(home, open_source(str(source)), names, now=_NOW)
    failed = [f"{one.pack}: {one.reason}" for one in results if one.outcome is Outcome.FAILED]
    if failed:
        raise SystemExit("; ".join(failed))
    return {
        "seconds": round(perf_counter() - started, 2),
        "cpu_seconds": round(process_time() - worked, 2),
        "packs": len(results),
        "sections": sum(one.sections for one in results),
        "changed": sum(one.change.changed for one in results),
        "added": sum(one.change.added for one in results),
        "removed": sum(one.change.removed for one in results),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }


def parsing(source: Path, names: list[str]) -> dict[str, Any]:
    """Every row of the packs read and taken apart: bytes of text a second, and of the columns."""
    import pyarrow.parquet as pq

    from pincite.parsing.parquet import PackFile

    size = columns = rows = 0
    started, worked = perf_counter(), process_time()
    for name in names:
        path = source / f"{name}.parquet"
        with PackFile(path) as pack:
            for row in pack.rows():
                rows += 1
                size += len(getattr(row, "text", ""))
    seconds, cpu = perf_counter() - started, process_time() - worked
    for name in names:
        meta = pq.read_metadata(source / f"{name}.parquet")
        columns += sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "text_mb_per_second": round(size / 1e6 / seconds, 1),
        "unpacked_mb_per_second": round(columns / 1e6 / seconds, 1),
    }


def _child(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.updating", "--child", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmarks.updating ended with exit code {done.returncode}")
    return json.loads(done.stdout)


def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    source = given.source
    names = given.only or sorted(path.stem for path in source.glob("*.parquet"))
    home = folder / "home"
    shutil.copytree(given.home, home)
    figures: dict[str, Any] = {"parsing": parsing(source, names)}
    figures["the same files"] = _child(str(home), str(source), *names)
    same, other = folder / "same", folder / "other"
    changed_packs(source, same, names, 0.0, given.seed)
    figures["other bytes, the same rows"] = _child(str(home), str(same), *names)
    sections = changed_packs(source, other, names, given.share, given.seed)
    figures[f"{given.share:.1%} changed ({sections:,} rows)"] = _child(
        str(home), str(other), *names
    )
    return figures


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        home, source, *names = arguments[1:]
        print(json.dumps(update(Path(home), Path(source), names)))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for name, figure in measure(given, Path(folder)).items():
            print(f"{name}: {json.dumps(figure)}")


if __name__ == "__main__":
    main(sys.argv[1:])
