"""Questions, asked as a command and in one process, by words and with vectors."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, p50_p95
from pincite import Assistant, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.questions import Asked

_DAY = date(2026, 11, 21)
_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_ROUNDS = 2
_LAW = ("library.db", "index")
_ANSWERED = (0, 3)  # exit codes: answered, no answer


def assistant_of(home: Path, packs: str, models: str | None, *, vectors: bool) -> Assistant:
    given = {"home": home, "packs": packs, "models": models, "vectors": vectors, "offline": True}
    return Assistant(load_settings(given), now=_NOW)


@contextmanager
def fresh_state(home: Path) -> Iterator[Path]:
    """The same law by links, and nothing else: no cache and no saved answers."""
    with tempfile.TemporaryDirectory() as folder:
        for name in _LAW:
            (Path(folder) / name).symlink_to(home.resolve() / name)
        yield Path(folder)


def as_command(
    home: Path, asked: Sequence[Asked], models: str | None, *, vectors: bool
) -> list[Figure]:
    """Wall time of `pincite ask`, each question once a round, in a state that never saw it."""
    taken: list[float] = []
    cpu: list[float] = []
    bare: list[float] = []
    for _ in range(_ROUNDS):
        with fresh_state(home) as state:
            for one in asked:
                bare.append(_times([sys.executable, "-c", "pass"], {})[0])
                environment = {"PINCITE_HOME": str(state), "PINCITE_MODELS": models or ""}
                more = [] if vectors else ["--words"]
                command = [sys.executable, "-m", "pincite", "--offline", "ask", *more, "--"]
                wall, processor = _times([*command, one.question], environment)
                taken.append(wall)
                cpu.append(processor)
    p50, p95 = p50_p95(taken)
    start50, start95 = p50_p95(bare)
    how = "with vectors, none cached" if vectors else "by words"
    return [
        Figure(
            name=f"`pincite ask` as a command, {how}",
            ours=p50 / 1000,
            p95=p95 / 1000,
            cpu=statistics.median(cpu),
            unit="s",
            peer=start50 / 1000,
            peer_p95=start95 / 1000,
            peer_name="an empty Python program",
            target=3.0 if vectors else 1.5,
            of=f"{len(asked)} questions, {_ROUNDS} rounds",
        )
    ]


def _times(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the wall and of the processor, of a program and what it starts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    before, start = os.times(), perf_counter()
    done = subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, check=False, timeout=300
    )
    taken, after = perf_counter() - start, os.times()
    if done.returncode not in _ANSWERED:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}: {done.stderr}")
    processor = after.children_user + after.children_system
    return taken, processor - before.children_user - before.children_system


def in_process(assistant: Assistant, asked: Sequence[Asked], *, vectors: bool) -> list[Figure]:
    """Whole answers and retrieval alone, p50 and p95, in a process that is warm."""

    def answer(one: Asked) -> object:
        return asyncio.run(assistant.ask(one.question, as_of=_DAY))

    def rank(one: Asked) -> object:
        return assistant.rank(one.question, as_of=_DAY)

    how = "with vectors" if vectors else "by words"
    target = None if vectors else 400.0
    figures = []
    for name, work, limit in (("ask", answer, target), ("retrieval", rank, None)):
        work(asked[0])  # the first opens the index and reads the taxonomy
        before = process_time()
        p50, p95 = p50_p95([_seconds(work, one) for one in asked])
        mean = (process_time() - before) / len(asked)
        figures.append(
            Figure(
                name=f"{name} in a running process, {how}",
                ours=p50,
                p95=p95,
                cpu=mean * 1000,
                unit="ms",
                target=limit,
                of=f"{len(asked)} questions",
            )
        )
    return figures


def _seconds(work: Callable[[Asked], object], one: Asked) -> float:
    start = perf_counter()
    work(one)
    return perf_counter() - start
