"""An hour of asks, installs, updates, removals and kills together: the library stays whole."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pincite import Assistant, Settings
from pincite.errors import PinciteError
from pincite.index.build import Outcome, install, remove
from pincite.index.doctor import examine
from pincite.index.lexical import LexicalIndex
from pincite.library import Library
from pincite.sample import PACKS, sample_packs
from pincite.sources import open_source

pytestmark = pytest.mark.soak
NOW = datetime(2027, 11, 21, 12, 0, tzinfo=UTC)
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
QUESTIONS = (
    "How soon must a service provider give notice of a breach in the State of Franklin?",
    "Can I use third-party customer service tools in Franklin?",
    "What must a landlord do with a security deposit in Franklin?",
    "What is the penalty for late wages in Franklin?",
)
_GROWTH = 48  # megabytes that a process may come to hold beyond what it held when it was warm
_WARM = 30  # asks


def work(home: Path, what: str, source: Path, name: str, now: datetime) -> None:
    """What another process does to the library, until it is killed."""
    if what == "remove":
        remove(home, name, now=now)
    elif what == "mend":
        examine(home, fix=True, now=now, wait_seconds=60)
    else:
        for one in install(home, open_source(str(source)), [name], now=now):
            assert one.outcome is not Outcome.FAILED, one.reason


class Whole:
    """What each pack holds in each snapshot, taken from libraries that nobody killed."""

    def __init__(self, folder: Path, sources: list[Path]) -> None:
        self.known: dict[str, set[tuple[object, ...]]] = {name: set() for name in PACKS}
        for number, source in enumerate(sources):
            home = folder / f"clean-{number}"
            install(home, open_source(str(source)), PACKS, now=NOW)
            for name, held in contents(home).items():
                self.known[name].add(held)

    def check(self, home: Path) -> None:
        """The library opens; every pack is whole, old or new; its index has all of it."""
        for name, held in contents(home).items():
            assert held in self.known[name], f"{name} is neither old nor new"
        with Library.open(home) as library:
            for pack in library.packs():
                assert LexicalIndex(pack.index).size == pack.sections


def contents(home: Path) -> dict[str, tuple[object, ...]]:
    """Each pack's law as it stands now, without keys."""
    found: dict[str, list[object]] = {}
    with closing(sqlite3.connect(home / "library.db")) as connection:
        for name, *row in connection.execute(
            "SELECT p.name, s.id, s.act_id, s.citation, s.heading, s.status, s.valid_from, "
            "s.valid_to, s.current_through, s.source_note, s.text, s.text_sha256, d.id, p.sections "
            "FROM sections s JOIN documents d ON d.key = s.document JOIN packs p ON p.key = s.pack "
            "WHERE s.seen_to IS NULL ORDER BY p.name, s.id, s.valid_from"
        ):
            found.setdefault(name, []).append(tuple(row))
    return {name: tuple(rows) for name, rows in found.items()}


class Asker:
    """A long-lived process's assistant, as a server has it."""

    def __init__(self, home: Path, packs: Path) -> None:
        settings = Settings(home=home, packs=str(packs), vectors=False, offline=True)
        self._assistant = Assistant(settings, now=NOW)
        self.resident: list[int] = []

    def ask(self, text: str, now: datetime) -> str:
        """Ask, and hold every quote against the version that the answer names."""
        assistant = self._assistant.at(now)
        try:
            answer = asyncio.run(assistant.ask(text, as_of=now.date(), jurisdictions=("us-fr",)))
        except PinciteError as error:
            return f"refused: {type(error).__name__}"
        hashes = {one.id: one.text_sha256 for one in answer.sources}
        gone = False
        for statement in answer.statements:
            for quote in statement.quotes:
                same = [
                    one
                    for one in assistant.library.versions(quote.section)
                    if one.text_sha256 == hashes[quote.section]
                ]
                # Another process may have removed the pack since.
                gone = gone or not same
                assert all(one.text[quote.start : quote.end] == quote.text for one in same)
        gc.collect()
        self.resident.append(resident())
        if gone:
            return "answered, and the pack removed since"
        return "abstained" if answer.abstained else "answered"


def resident() -> int:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_mixed_work_with_kills_leaves_the_library_whole_and_memory_flat(tmp_path: Path) -> None:
    minutes = float(os.environ.get("SOAK_MINUTES", "60"))
    seed = int(os.environ.get("SOAK_SEED", "0")) or random.randrange(10**9)
    chance, counts = random.Random(seed), Counter[str]()
    sources = [sample_packs(tmp_path / f"packs-{n}", snapshot=n) for n in (1, 2)]
    home = tmp_path / "home"
    whole = Whole(tmp_path, sources)
    install(home, open_source(str(sources[0])), PACKS, now=NOW)
    asker = Asker(home, sources[0])
    processes: Any = multiprocessing.get_context(METHOD)
    if METHOD == "forkserver":
        processes.set_forkserver_preload(["pincite.index.build", "pyarrow.parquet", "tantivy"])
    usual = {"install": 1.0, "remove": 0.3, "mend": 0.3}
    now, end = NOW, time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        now += timedelta(seconds=1)
        what = chance.choices(["install", "remove", "mend"], [7, 2, 1])[0]
        arguments = (home, what, chance.choice(sources), chance.choice(PACKS), now)
        started = time.monotonic()
        process = processes.Process(target=work, args=arguments)
        process.start()
        if chance.random() < 0.3:
            counts[asker.ask(chance.choice(QUESTIONS), now)] += 1
        if chance.random() < 0.6:
            process.join(chance.uniform(0, 1.1 * usual[what]))
            process.kill()
            process.join()
        else:
            process.join(120)
            assert process.exitcode == 0, f"seed {seed}: {what} fails"
        ended = "done" if process.exitcode == 0 else "killed"
        if ended == "done":
            usual[what] = 0.5 * usual[what] + 0.5 * (time.monotonic() - started)
        counts[f"{what} {ended}"] += 1
        whole.check(home)
        if ended == "killed":
            examine(home, fix=True, texts=True, now=now)
            assert examine(home, texts=True, now=now) == (), f"seed {seed}: the doctor left it"
            counts["mended or sound"] += 1
        counts[asker.ask(chance.choice(QUESTIONS), now)] += 1
    held = asker.resident
    print(f"\nseed {seed}; {dict(sorted(counts.items()))}; MB {held[:1]} {held[-1:]}")  # noqa: T201
    assert counts["answered"] > 0
    if len(held) > 3 * _WARM:
        grown = max(held[-_WARM:]) - max(held[: 2 * _WARM])
        assert grown < _GROWTH, f"seed {seed}: memory grew by {grown} MB"
