"""Updating a library: every pack unchanged, then some sections of each changed; parsing; memory.

    python -m benchmarks.updating HOME SOURCE [--share 0.01] [--seed 1] [--only NAME...]

HOME is a library of the packs in the folder SOURCE; a copy of it is updated. Changed packs are
made by program: of each pack a share of the rows gets other words, and a tenth as many go and
come, by the seed. Each update runs in a process of its own, whose peak memory is told. `--child
HOME SOURCE NAME...` is that process, `--xml FILE` one that parses a file of an official format.
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
    """Write the pack with a share of its rows changed, a tenth as many gone, and as many new.

    Returns how many were touched. A share of 0 gives a file of other bytes and the same rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(f"{seed} {source.name}")
    file = pq.ParquetFile(source)
    touched = 0
    with pq.ParquetWriter(target, file.schema_arrow, compression="snappy") as writer:
        for batch in file.iter_batches(batch_size=2048):
            rows: list[dict[str, Any]] = []
            for row in batch.to_pylist():
                drawn = chance.random()
                whole = row["text"] and (row.get("total_chunks") or 1) == 1
                if drawn < share and whole:
                    row["text"] = _other_words(row["text"], chance)
                    touched += 1
                if share <= drawn < 1.1 * share and whole:
                    touched += 1
                    continue
                rows.append(row)
                if 1.1 * share <= drawn < 1.2 * share and whole:
                    rows.append(_new(row, touched))
                    touched += 1
            writer.write_table(pa.Table.from_pylist(rows, schema=batch.schema))
    return touched


def _new(row: dict[str, Any], number: int) -> dict[str, Any]:
    """A section that stands behind another, with a number and words of its own."""
    return row | {
        "act_id": f"{row.get('act_id')}-new-{number}",
        "citation": f"{row['citation']}.{9000 + number}",
        "text": f"{row['text']} This section number {number} is new.",
    }


def later_packs(source: Path, target: Path, names: list[str]) -> None:
    """The packs with the same law, current through a later day."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target.mkdir()
    for name in names:
        table = pq.read_table(source / f"{name}.parquet")
        place = table.schema.get_field_index("current_through")
        later = pa.array(["2027-01-01"] * table.num_rows, table.schema.field(place).type)
        table = table.set_column(place, table.schema.field(place), later)
        pq.write_table(table, target / f"{name}.parquet", row_group_size=8192)


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


_FORMATS = Path(__file__).parents[1] / "tests" / "formats"


_PARAGRAPH = (
    "<P>(c) A keeper who lets a <I>landing</I> stand open after the hour that paragraph (a) names "
    "shall tell the warden of it not later than the second day after that.</P>\n"
)


def large_files(folder: Path, size: int) -> list[Path]:
    """Files of the official formats of about that many bytes: ours, their sections repeated."""
    made = []
    for name, start, end in (
        ("ecfr-part.xml", "<DIV8 ", "</DIV8>"),
        ("usc99.xml", "<section identifier", "</section>"),
    ):
        text = (_FORMATS / name).read_text("utf-8")
        first = text.index(start)
        last = text.rindex(end) + len(end) if name.startswith("ecfr") else _end(text, first, end)
        # Our sections are short, those of the CFR have some two thousand bytes.
        block = text[first:last].replace("</DIV8>", 10 * _PARAGRAPH + "</DIV8>") + "\n"
        path = folder / name
        with path.open("w", encoding="utf-8") as file:
            file.write(text[:first])
            for _ in range(size // len(block.encode())):
                file.write(block)
            file.write(text[last:])
        made.append(path)
    return made


def _end(text: str, first: int, end: str) -> int:
    """Where the first section ends: before the next one begins."""
    return text.rindex(end, first, text.index("<section status", first)) + len(end)


def parse_xml(path: Path) -> dict[str, Any]:
    from pincite.parsing import ecfr, uslm

    sections = (uslm if path.name.startswith("usc") else ecfr).sections
    started, worked = perf_counter(), process_time()
    with path.open("rb") as stream:
        count = sum(1 for _ in sections(stream, source=path.name))
    seconds, cpu = perf_counter() - started, process_time() - worked
    return {
        "sections": count,
        "mb": round(path.stat().st_size / 1e6),
        "mb_per_second": round(path.stat().st_size / 1e6 / seconds, 1),
        "mb_per_cpu_second": round(path.stat().st_size / 1e6 / cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }


def _child(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.updating", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmarks.updating ended with exit code {done.returncode}")
    return json.loads(done.stdout)


def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    source = given.source
    names = given.only or sorted(path.stem for path in source.glob("*.parquet"))
    home = folder / "home"
    shutil.copytree(given.home, home)
    figures: dict[str, Any] = {"parsing Parquet": parsing(source, names)}
    for size in (10, 80):
        for path in large_files(folder, size * 1_000_000):
            figures[f"parsing {path.name}, {size} MB"] = _child("--xml", str(path))
    figures["the same files"] = _child("--child", str(home), str(source), *names)
    same, other = folder / "same", folder / "other"
    changed_packs(source, same, names, 0.0, given.seed)
    figures["other bytes, the same rows"] = _child("--child", str(home), str(same), *names)
    sections = changed_packs(source, other, names, given.share, given.seed)
    figures[f"{given.share:.1%} changed ({sections:,} rows)"] = _child(
        "--child", str(home), str(other), *names
    )
    later = folder / "later"
    later_packs(source, later, names)
    figures["another currency, the same law"] = _child("--child", str(home), str(later), *names)
    return figures


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--xml"]:
        print(json.dumps(parse_xml(Path(arguments[1]))))
        return
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
