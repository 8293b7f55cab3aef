"""Installing packs in a process of its own: sections a second, peak memory, size on disk.

`python -m benchmarks.installing SOURCE HOME NAME...` installs and prints one JSON object;
`--bare` reads the same files and indexes their words by tantivy alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.sources.offer import PackOffer

_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_SMALL = 1_000  # sections; a pack of fewer tells nothing of speed


def middle(offers: Sequence[PackOffer]) -> tuple[str, ...]:
    """The pack in the middle by sections; all of them where none is of any size."""
    sized = sorted(
        (offer.sections, offer.name) for offer in offers if (offer.sections or 0) >= _SMALL
    )
    return (sized[len(sized) // 2][1],) if sized else tuple(offer.name for offer in offers)


def measure(source: Path, home: Path, names: Sequence[str]) -> list[Figure]:
    """Install into `home`, then do the bare work beside it."""
    ours = _child(str(source), str(home), *names)
    with tempfile.TemporaryDirectory() as aside:
        bare = _child("--bare", str(source), aside, *names)
    of = f"{len(names)} packs, {ours['sections']:,} sections" if len(names) > 1 else (
        f"{names[0]}, {ours['sections']:,} sections"
    )  # fmt: skip
    text, disk = ours["text_bytes"], ours["library_bytes"] + ours["index_bytes"]
    return [
        Figure(
            name="install by words",
            ours=ours["sections"] / ours["seconds"],
            cpu=ours["sections"] / ours["cpu_seconds"],
            unit="sections/s",
            peer=bare["sections"] / bare["seconds"],
            peer_name="Parquet read and indexed by tantivy alone, nothing stored",
            target=3_000,
            higher=True,
            of=of,
        ),
        Figure(
            name="peak memory of the install",
            ours=ours["peak_mb"],
            unit="MB",
            peer=bare["peak_mb"],
            peer_name="the same",
            target=1_500,
            of=of,
        ),
        Figure(
            name="library and index on disk",
            ours=disk / 1e6,
            unit="MB",
            peer=text / 1e6,
            peer_name="the bytes of the packs' text",
            target=3.0,
            ratio_counts=True,
            of=of,
        ),
        Figure(
            name="index alone",
            ours=ours["index_bytes"] / 1e6,
            unit="MB",
            peer=bare["index_bytes"] / 1e6,
            peer_name="the bare index",
            of=of,
        ),
    ]


def _child(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.installing", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"benchmarks.installing ended with exit code {done.returncode}")
    return json.loads(done.stdout)


def install(source: Path, home: Path, names: Sequence[str]) -> dict[str, Any]:
    from pincite.index.build import Outcome, install
    from pincite.sources import open_source

    start, before = perf_counter(), process_time()
    results = install(home, open_source(str(source)), names, now=_NOW)
    seconds, cpu_seconds = perf_counter() - start, process_time() - before
    failed = [
        f"{one.pack}: {one.reason}" for one in results if one.outcome is not Outcome.INSTALLED
    ]
    if failed:
        raise SystemExit("; ".join(failed))
    peak = _peak_mb()
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "sections": sum(one.sections for one in results),
        "peak_mb": peak,
        "text_bytes": sum(_text_bytes(source / f"{name}.parquet") for name in names),
        "library_bytes": _size(*home.glob("library.db*")),
        "index_bytes": _size(home / "index"),
    }


def bare(source: Path, aside: Path, names: Sequence[str]) -> dict[str, Any]:
    import pyarrow.parquet as pq
    import tantivy

    from pincite.index.lexical import ANALYSER, analyser

    start = perf_counter()
    sections = 0
    for name in names:
        builder = tantivy.SchemaBuilder()
        for field in ("section_title", "text"):
            builder.add_text_field(field, tokenizer_name=ANALYSER, index_option="position")
        folder = aside / name
        folder.mkdir()
        index = tantivy.Index(builder.build(), path=str(folder))
        index.register_tokenizer(ANALYSER, analyser())
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        rows = pq.ParquetFile(source / f"{name}.parquet")
        for batch in rows.iter_batches(columns=["section_title", "text"]):
            for row in batch.to_pylist():
                document = tantivy.Document()
                for field, value in row.items():
                    document.add_text(field, value or "")
                writer.add_document(document)
                sections += 1
        writer.commit()
        writer.wait_merging_threads()
    return {
        "seconds": perf_counter() - start,
        "sections": sections,
        "peak_mb": _peak_mb(),
        "index_bytes": _size(aside),
    }


def _text_bytes(file: Path) -> int:
    import pyarrow.parquet as pq

    rows = pq.ParquetFile(file).iter_batches(columns=["text"])
    return sum(len(text.encode()) for batch in rows for text in batch.column(0).to_pylist() if text)


def _peak_mb() -> float:
    """The most memory that this process ever held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def _size(*paths: Path) -> int:
    """The bytes of files, and of all that is in folders."""
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,))]
    return sum(file.stat().st_size for file in files if file.is_file())


def main(arguments: list[str]) -> None:
    work = install
    if arguments[0] == "--bare":
        work, arguments = bare, arguments[1:]
    source, into, *names = arguments
    print(json.dumps(work(Path(source), Path(into), names)))


if __name__ == "__main__":
    main(sys.argv[1:])
