"""Pincite and its peers side by side, in one run: quality, speed, memory, disk.

    python -m benchmarks.peers.run HOME QUESTIONS... --environments FOLDER [--out FILE]
        [--packs NAME,...] [--peers NAME,...]

HOME is a library installed from PINCITE_PACKS, which is only read. Where it has vectors of every
pack that is named, peers with vectors take part, with the same vectors; PINCITE_MODELS names the
model. A question of one jurisdiction, that of a named pack, is asked of each peer in turn; which
comes first changes with each question. Peers are told the jurisdiction; Pincite finds it out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from benchmarks.asking import fresh_state
from benchmarks.figures import machine, p50_p95, tell
from benchmarks.peers import corpus
from benchmarks.peers.environments import interpreter
from pincite.index.dense import read_state, segment_directory
from pincite.library.read import Library
from pincite_evals.datasets import read_items
from pincite_evals.metrics import of_ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite_evals.datasets import Item

_WORKER = Path(__file__).with_name("engines") / "worker.py"
_CODES = {"us": "federal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One system: the module that runs it, and whether it ranks by meaning."""

    name: str
    module: str
    vectors: bool = False

    @property
    def ours(self) -> bool:
        return self.module == "pincite_local"


PEERS = (
    Peer(name="Pincite, words", module="pincite_local"),
    Peer(name="Pincite, vectors", module="pincite_local", vectors=True),
    Peer(name="tantivy", module="tantivy_bare"),
    Peer(name="bm25s", module="bm25s_plain"),
    Peer(name="SQLite FTS5", module="sqlite_fts5"),
    Peer(name="MiniLM, dense", module="dense_minilm", vectors=True),
    Peer(name="LanceDB, hybrid", module="lancedb_hybrid", vectors=True),
    Peer(name="haiku.rag", module="haiku_rag", vectors=True),
    Peer(name="PaperQA", module="paperqa_docs", vectors=True),
)


@dataclass(slots=True)
class Measured:
    """What came of one peer; `failed` says why it took no part."""

    peer: Peer
    built: dict[str, float] = field(default_factory=dict)
    opened: dict[str, float] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    scores: list[dict[str, float]] = field(default_factory=list)
    peak_mb: float = 0.0
    failed: str | None = None

    def row(self) -> dict[str, Any]:
        row: dict[str, Any] = {"name": self.peer.name, "failed": self.failed}
        if self.failed is None:
            p50, p95 = p50_p95([one / 1000 for one in self.ms])
            row |= {
                "recall@10": statistics.fmean(one["recall@10"] for one in self.scores),
                "ndcg@10": statistics.fmean(one["ndcg@10"] for one in self.scores),
                "p50_ms": p50,
                "p95_ms": p95,
                "cpu_ms": statistics.median(self.cpu_ms),
                "peak_mb": self.peak_mb,
                "questions": len(self.scores),
            }
        return row | self.built | self.opened


class _Serving:
    """A peer's process that answers questions."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log.open("w"),
            text=True,
        )
        self.opened = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def ask(self, question: str, place: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"question": question, "place": place}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def end(self) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise OSError("the process ended without an answer")
        return json.loads(line)


def main(arguments: list[str]) -> None:
    given = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, fresh_state(given.home) as home:
        before = machine()
        rows, about = _measured(given, Path(folder), home)
    about |= before | {"load_after": machine()["load"]}
    sys.stdout.write(table(rows, about))
    if given.out:
        given.out.write_text(json.dumps(about | {"peers": rows}, indent=2) + "\n", "utf-8")


def _measured(
    given: argparse.Namespace, folder: Path, home: Path
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    with Library.open(home) as library:
        packs = [
            one for one in library.packs() if not given.packs or one.name in given.packs.split(",")
        ]
        dense = all(
            (state := read_state(segment_directory(one.index))) is not None and state.complete
            for one in packs
        )
        tell(f"corpus of {', '.join(one.name for one in packs)}")
        counts = corpus.write(library, packs, folder / "corpus")
    places = {_CODES.get(one, one.removeprefix("us-")): one for one in counts}
    items = [
        item
        for file in given.questions
        for item in read_items(file)
        if item.answerable and item.own and len(item.jurisdictions) == 1
        and item.jurisdictions[0] in places
    ]  # fmt: skip
    wanted = given.peers.split(",") if given.peers else [one.name for one in PEERS]
    peers = [one for one in PEERS if one.name in wanted and (dense or not one.vectors)]
    if not dense:
        tell("the library has no vectors of every pack: peers that need them are left out")
    run = _Run(given, folder, home, [one.name for one in packs])
    measured = [run.build(peer) for peer in peers]
    run.ask_all(measured, items, places)
    about = {"packs": [one.name for one in packs], "sections": counts, "vectors": dense}
    return [one.row() for one in measured], about | {"questions": len(items)}


class _Run:
    """Where things are in this run, and how a peer's process is started."""

    def __init__(
        self, given: argparse.Namespace, folder: Path, home: Path, packs: Sequence[str]
    ) -> None:
        self._environments, self._folder, self._home = given.environments, folder, home
        self._models = os.environ.get("PINCITE_MODELS", "")
        self._environment = os.environ | {"PEERS_PACKS": ",".join(packs)}

    def build(self, peer: Peer) -> Measured:
        measured = Measured(peer)
        tell(f"{peer.name}: index")
        done = subprocess.run(
            self._command("build", peer, self._folder / peer.name),
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            measured.failed = (done.stderr.strip().splitlines() or ["no reason told"])[-1]
        else:
            measured.built = json.loads(done.stdout)
        return measured

    def ask_all(
        self, measured: Sequence[Measured], items: Sequence[Item], places: dict[str, str]
    ) -> None:
        serving: dict[str, _Serving] = {}
        try:
            for one in measured:
                if one.failed is None:
                    self._open(one, serving)
            tell(f"{len(items)} questions of {len(serving)} systems")
            for turn, item in enumerate(items):
                names = list(serving)
                shift = turn % max(1, len(names))
                for name in names[shift:] + names[:shift]:
                    one = next(each for each in measured if each.peer.name == name)
                    said = serving[name].ask(item.question, places[item.jurisdictions[0]])
                    one.ms.append(said["ms"])
                    one.cpu_ms.append(said["cpu_ms"])
                    one.scores.append(of_ranking(item, said["ids"]))
            for one in measured:
                if one.peer.name in serving:
                    one.peak_mb = serving[one.peer.name].end()["peak_mb"]
        finally:
            for process in serving.values():
                process.__exit__()

    def _open(self, one: Measured, serving: dict[str, _Serving]) -> None:
        # Pincite is asked from the library that has the vectors; its own was installed to be timed.
        work = self._home if one.peer.ours else self._folder / one.peer.name
        log = self._folder / f"{one.peer.name}.log"
        try:
            found = _Serving(self._command("serve", one.peer, work), self._environment, log)
            # The first question of a jurisdiction loads what is loaded once; it is in no figure.
            for place in sorted((self._folder / "corpus").iterdir()):
                found.ask("What must a business tell its customers?", place.name)
        except OSError:
            one.failed = (log.read_text("utf-8").strip().splitlines() or ["no reason told"])[-1]
            return
        one.opened = found.opened
        serving[one.peer.name] = found

    def _command(self, verb: str, peer: Peer, work: Path) -> list[str]:
        python = interpreter(self._environments, peer.module)
        command = [str(python), str(_WORKER), verb, peer.module]
        command += [str(self._folder / "corpus"), str(work)]
        return [*command, self._models] if peer.vectors else command


def table(rows: Iterable[dict[str, Any]], about: dict[str, Any]) -> str:
    """The figures as a Markdown table."""
    load = about["load"][0], about["load_after"][0]
    columns = (
        *("", "R@10", "nDCG@10", "p50 / p95 ms", "processor ms", "memory MB"),
        *("index s (processor)", "disk MB", "open ms"),
    )
    lines = [
        f"{about['questions']} questions; load {load[0]} before, {load[1]} after",
        "",
        "| " + " | ".join(columns) + " |",
        "| --- |" + " ---: |" * (len(columns) - 1),
    ]
    for row in rows:
        if row["failed"] is not None:
            lines.append(f"| {row['name']} | took no part: {row['failed'][:120]} | | | | | | | |")
            continue
        lines.append(
            f"| {row['name']} | {row['recall@10']:.3f} | {row['ndcg@10']:.3f} "
            f"| {row['p50_ms']:.1f} / {row['p95_ms']:.1f} | {row['cpu_ms']:.1f} "
            f"| {row['peak_mb']:,.0f} | {row['seconds']:.1f} ({row['cpu_seconds']:.1f}) "
            f"| {row['disk_mb']:,.0f} | {row['open_ms']:,.0f} |"
        )
    return "\n".join(lines) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.run", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--environments", type=Path, required=True)
    parser.add_argument("--packs", default="", help="names, with commas; all of HOME if not given")
    parser.add_argument("--peers", default="", help="names, with commas; all if not given")
    parser.add_argument("--out", type=Path)
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
