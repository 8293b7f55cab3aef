"""The server under load, as its users make it; prints a table.

    python -m benchmarks.serving --home FOLDER [--workers N] [--vectors] [--out FILE]

Starts `pincite serve` on a library, which is only read, and measures: people who pause between
questions; as many questions as it takes, one after another; streams that all wait while `/health`
is timed; memory over many questions. A part whose number is 0 is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

from benchmarks.asking import fresh_state
from benchmarks.figures import Figure, as_json, machine, p50_p95, table, tell
from benchmarks.questions import draw

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from benchmarks.questions import Asked

_STARTS_SECONDS = 120.0
_LOOK_SECONDS = 0.05
_ADDRESS = re.compile(r"http://\S+")
_DIFFERENT = 200  # questions; then they come again
_PROC = Path("/proc")


@dataclass(slots=True)
class Taken:
    """How long each answer took, in seconds, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> None:
    given = _parser().parse_args(arguments)
    about = machine()
    with fresh_state(given.home) as state:
        asked = draw(given.home, _DIFFERENT, given.seed)
        with _server(state, given) as (address, process):
            figures = asyncio.run(_measured(address, process.pid, asked, given))
    how = f"{given.workers} {'process' if given.workers == 1 else 'processes'}, "
    how += "with vectors" if given.vectors else "by words"
    sys.stdout.write(f"{how}\n\n{table(figures)}")
    if given.out:
        more = {"seed": given.seed, "how": how, "load_after": machine()["load"]}
        given.out.write_text(as_json(figures, about | more), "utf-8")


@contextlib.contextmanager
def _server(state: Path, given: argparse.Namespace) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")},
        "PINCITE_HOME": str(state),
        "PINCITE_OFFLINE": "true",
        "PINCITE_VECTORS": "true" if given.vectors else "false",
        "PINCITE_MODELS": os.environ.get("PINCITE_MODELS", ""),
    }
    command = [sys.executable, "-m", "pincite", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--workers", str(given.workers)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a line a request
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = _ADDRESS.search(line)
        if found is None:
            raise SystemExit("the server did not start")
        _wait_until_ready(found[0])
        yield found[0], process
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def _wait_until_ready(address: str) -> None:
    end = time.monotonic() + _STARTS_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(httpx2.TransportError):
            if httpx2.get(f"{address}/ready").is_success:
                return
        time.sleep(_LOOK_SECONDS)
    raise SystemExit("the server is not ready after two minutes")


async def _measured(
    address: str, pid: int, asked: Sequence[Asked], given: argparse.Namespace
) -> list[Figure]:
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    figures: list[Figure] = []
    async with httpx2.AsyncClient(base_url=address, timeout=120.0, limits=limits) as http:
        for question in asked[:4]:  # what is loaded at the first question is loaded
            await _ask(http, question, Taken())
        if given.seconds:
            tell(f"{given.users} people, {given.pause} s of pause, for {given.seconds} s")
            figures += await _people(http, pid, asked, given)
        if given.closed:
            tell(f"questions one after another, for {given.closed} s")
            figures += await _closed(http, pid, asked, given)
        if given.streams:
            tell(f"{given.streams} open streams")
            figures += await _streams(http, asked, given)
        if given.asks:
            tell(f"memory over {given.asks:,} questions")
            figures += await _memory(http, pid, asked, given)
    return figures


async def _people(
    http: httpx2.AsyncClient, pid: int, asked: Sequence[Asked], given: argparse.Namespace
) -> list[Figure]:
    """People who ask, read for a while, and ask again; they do not begin all at once."""
    source, taken, used = random.Random(given.seed), Taken(), _processor_seconds(pid)
    end = time.monotonic() + given.seconds

    async def person(first: float) -> None:
        await asyncio.sleep(first)
        while time.monotonic() < end:
            await _ask(http, source.choice(asked), taken)
            await asyncio.sleep(given.pause)

    async with asyncio.TaskGroup() as group:
        for _ in range(given.users):
            group.create_task(person(source.uniform(0, given.pause)))
    p50, p95 = p50_p95(taken.seconds)
    each = 1000 * (_processor_seconds(pid) - used) / len(taken.seconds)
    name = f"{given.users} people, each pausing {given.pause} s, for {given.seconds} s"
    of = f"{len(taken.seconds)} questions"
    worst = max(taken.seconds) * 1000
    return [
        Figure(name=f"{name}: p50", ours=p50, cpu=each, unit="ms", of=of),
        Figure(name=f"{name}: p95", ours=p95, unit="ms", target=2_000.0, of=of),
        Figure(name=f"{name}: the longest", ours=worst, unit="ms", of=of),
        _errors(name, taken),
    ]


async def _closed(
    http: httpx2.AsyncClient, pid: int, asked: Sequence[Asked], given: argparse.Namespace
) -> list[Figure]:
    """As many callers as cores and twice that, each asking again as soon as it is answered."""
    taken, questions = Taken(), itertools.cycle(asked)
    callers = 2 * (os.cpu_count() or 1)
    begin, used = time.monotonic(), _processor_seconds(pid)

    async def caller() -> None:
        while time.monotonic() < begin + given.closed:
            await _ask(http, next(questions), taken)

    await asyncio.gather(*(caller() for _ in range(callers)))
    rate = len(taken.seconds) / (time.monotonic() - begin)
    p50, p95 = p50_p95(taken.seconds)
    each = (_processor_seconds(pid) - used) / len(taken.seconds)
    of = f"{callers} callers, {len(taken.seconds)} questions"
    return [
        Figure(
            name="questions one after another",
            ours=rate,
            cpu=1 / each,  # what one core to itself would give
            unit="answers/s",
            of=of,
        ),
        Figure(name="each of them", ours=p50, p95=p95, cpu=1000 * each, unit="ms", of=of),
        _errors("questions one after another", taken),
    ]


async def _streams(
    http: httpx2.AsyncClient, asked: Sequence[Asked], given: argparse.Namespace
) -> list[Figure]:
    """Streams that are all opened at once; `/health` is asked until the last has its answer."""
    taken, health = Taken(), Taken()
    questions = [one for one, _ in zip(itertools.cycle(asked), range(given.streams), strict=False)]
    streams = asyncio.gather(*(_stream(http, one, taken) for one in questions))
    while not streams.done():
        await _timed(health, lambda: http.get("/health"))
        await asyncio.sleep(_LOOK_SECONDS)
    await streams
    p50, p95 = p50_p95(health.seconds)
    of = f"{len(health.seconds)} times"
    name = f"`/health` while {given.streams} streams are open"
    last = max(taken.seconds)
    return [
        Figure(name=name, ours=p50, p95=p95, unit="ms", of=of),
        Figure(name=f"{name}: the longest", ours=max(health.seconds) * 1000, unit="ms", of=of),
        Figure(name=f"{given.streams} streams: the last answer", ours=last, unit="s"),
        _errors(f"{given.streams} streams", taken, health),
    ]


async def _memory(
    http: httpx2.AsyncClient, pid: int, asked: Sequence[Asked], given: argparse.Namespace
) -> list[Figure]:
    """What the server holds at each tenth of the questions, all its processes together."""
    taken, questions = Taken(), itertools.cycle(asked)
    callers = os.cpu_count() or 1
    held = [_megabytes(pid)]
    for _ in range(10):
        for _ in range(given.asks // 10 // callers):
            await asyncio.gather(*(_ask(http, next(questions), taken) for _ in range(callers)))
        held.append(_megabytes(pid))
        tell(f"  {len(taken.seconds):,} questions: {held[-1]:.0f} MB")
    of = f"{len(taken.seconds):,} questions; " + ", ".join(f"{one:.0f}" for one in held)
    return [
        Figure(name="memory before", ours=held[0], unit="MB"),
        Figure(name="memory after a tenth", ours=held[1], unit="MB"),
        Figure(name="memory at the end", ours=held[-1], unit="MB", of=of),
        _errors("memory", taken),
    ]


async def _ask(http: httpx2.AsyncClient, asked: Asked, taken: Taken) -> None:
    await _timed(taken, lambda: http.post("/api/v1/ask", json={"question": asked.question}))


async def _stream(http: httpx2.AsyncClient, asked: Asked, taken: Taken) -> None:
    async def whole() -> httpx2.Response:
        response = await http.post(
            "/api/v1/ask",
            json={"question": asked.question},
            headers={"Accept": "text/event-stream"},
        )
        if "event: answer\n" not in response.text:
            raise httpx2.RemoteProtocolError("the stream has no answer")
        return response

    await _timed(taken, whole)


async def _timed(taken: Taken, send: Callable[[], Awaitable[httpx2.Response]]) -> None:
    begin = time.perf_counter()
    try:
        response = await send()
    except httpx2.TransportError as error:
        taken.errors.append(repr(error))
        return
    taken.seconds.append(time.perf_counter() - begin)
    if not response.is_success:
        taken.errors.append(f"{response.status_code} {response.text[:200]}")


def _errors(name: str, *taken: Taken) -> Figure:
    found = [error for one in taken for error in one.errors]
    for error in found[:5]:
        tell(f"  {error}")
    return Figure(name=f"{name}: errors", ours=float(len(found)), unit="", target=0.0)


def _megabytes(pid: int) -> float:
    """The resident memory of a process and of those that it began."""
    pages = 0
    for one in (pid, *_children(pid)):
        with contextlib.suppress(OSError):
            pages += int((_PROC / str(one) / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _processor_seconds(pid: int) -> float:
    """What a process and those that it began have taken of the processor."""
    ticks = 0
    for one in (pid, *_children(pid)):
        with contextlib.suppress(OSError):
            # Behind the name, which may hold spaces: user and system time are the 14th and 15th.
            fields = (_PROC / str(one) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in (_PROC / str(pid) / "task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a library; it is only read")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--vectors", action="store_true", help="with the model of PINCITE_MODELS")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--pause", type=float, default=10.0, help="seconds")
    parser.add_argument("--seconds", type=float, default=300.0, help="of people")
    parser.add_argument("--closed", type=float, default=30.0, help="seconds without a pause")
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--asks", type=int, default=0, help="over which memory is measured")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="also write the figures as JSON")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
