"""An install may be killed at any moment: the library is the old one or the new one, whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pincite.index.build import Outcome, install
from pincite.index.doctor import examine
from pincite.index.lexical import LexicalIndex
from pincite.library import Library
from pincite.sources import open_source

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PACKS = os.environ.get("PINCITE_PACKS")
# A process that has everything imported and is forked for each install: the time that passes
# before a kill is then the install's own.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def kill_again_and_again(
    kills: int, base: Path, home: Path, packs: Path, name: str, seed: int
) -> set[str]:
    """Start from `base`, install over and over, kill at random moments, look each time.

    Returns the digests that were seen after the kills.
    """
    processes: Any = multiprocessing.get_context(METHOD)
    if METHOD == "forkserver":
        processes.set_forkserver_preload(["pincite.index.build", "pyarrow.parquet", "tantivy"])
    source = open_source(str(packs))
    with Library.open(base) as library:
        old = library.digest()
        others = [replace(pack, index=home) for pack in library.packs() if pack.name != name]

    def start() -> Any:
        process = processes.Process(
            target=install, args=(home, source, [name]), kwargs={"now": NOW}
        )
        process.start()
        return process

    def restore() -> None:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(base, home)

    # The second install tells how long one takes: the first also starts the fork server.
    for _ in range(2):
        restore()
        started = time.monotonic()
        process = start()
        process.join()
        duration = time.monotonic() - started
        assert process.exitcode == 0
    with Library.open(home) as library:
        new = library.digest()
    assert new != old
    restore()
    chance, seen, killed = random.Random(seed), set[str](), 0
    while killed < kills:
        started = time.monotonic()
        process = start()
        process.join(chance.uniform(0, duration * 1.1))
        process.kill()
        process.join()
        if process.exitcode == 0:
            # It was faster than the kill: the machine has more time for us than before.
            duration = time.monotonic() - started
        else:
            killed += 1
        with Library.open(home) as library:
            digest = library.digest()
            assert digest in {old, new}
            seen.add(digest)
            for pack in library.packs():
                assert LexicalIndex(pack.index).size == pack.sections
            left = [replace(pack, index=home) for pack in library.packs() if pack.name != name]
            assert left == others
        if digest == new:
            restore()
    troubles = {problem.trouble for problem in examine(home, now=NOW, texts=True)}
    assert troubles <= {"stray"}
    return seen


def contents(home: Path) -> list[tuple[object, ...]]:
    """Everything that is law in the library, without its keys."""
    with closing(sqlite3.connect(home / "library.db")) as connection:
        return connection.execute(
            "SELECT s.id, s.act_id, s.position, s.number, s.citation, s.local_citation, s.heading, "
            "s.status, s.valid_from, s.valid_to, s.current_through, s.url, s.source_note, s.text, "
            "s.text_sha256, s.fingerprint, d.id, d.name, d.code, d.hierarchy, p.name, p.sections "
            "FROM sections s JOIN documents d ON d.key = s.document JOIN packs p ON p.key = s.pack "
            "WHERE s.seen_to IS NULL ORDER BY p.name, s.position"
        ).fetchall()


def test_thirty_kills_at_random_moments_lose_nothing(franklin: Any, tmp_path: Path) -> None:
    franklin.write(franklin.rows(300), "us_fr_regulations")
    franklin.write(franklin.rows(1500))
    franklin.install("us_fr_regulations", "us_fr_statutes")
    # The new edition changes half of the sections.
    rows = franklin.rows(1500)
    rows[::2] = franklin.rows(1500, edition="second")[::2]
    franklin.write(rows)
    home = tmp_path / "killed"
    seed = random.randrange(10**9)
    seen = kill_again_and_again(30, franklin.home, home, franklin.packs, "us_fr_statutes", seed)
    assert seen, f"seed {seed}"
    again = install(home, open_source(str(franklin.packs)), ["us_fr_statutes"], now=NOW)
    assert again[0].outcome in {Outcome.UPDATED, Outcome.UNCHANGED}
    assert again[0].sections == 1500
    assert examine(home, now=NOW) == ()
    clean = type(franklin)(franklin.packs, tmp_path / "clean")
    clean.install("us_fr_regulations", "us_fr_statutes")
    assert contents(home) == contents(clean.home)


def test_kills_of_an_update_that_changes_the_index_in_place_lose_nothing(
    franklin: Any, tmp_path: Path
) -> None:
    rows = franklin.rows(900)
    franklin.write(rows[:50], "us_fr_regulations")
    franklin.write(rows)
    franklin.install("us_fr_regulations", "us_fr_statutes")
    # Few enough sections change, go and come that the index is changed, not built anew.
    rows[::20] = franklin.rows(900, edition="second")[::20]
    del rows[5:15]
    rows[100:100] = [franklin.row(f"88-1-{n}", f"(a) Section {n} is new.") for n in range(10)]
    franklin.write(rows)
    home = tmp_path / "killed"
    seed = random.randrange(10**9)
    kill_again_and_again(20, franklin.home, home, franklin.packs, "us_fr_statutes", seed)
    source = open_source(str(franklin.packs))
    # The same update again, whatever the kills left, is harmless.
    for _ in range(2):
        (again,) = install(home, source, ["us_fr_statutes"], now=NOW)
        assert again.sections == 900, f"seed {seed}"
    assert examine(home, now=NOW, texts=True) == ()
    clean = type(franklin)(franklin.packs, tmp_path / "clean")
    clean.install("us_fr_regulations", "us_fr_statutes")
    assert placeless(contents(home)) == placeless(contents(clean.home)), f"seed {seed}"


def placeless(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The same rows without their positions, which only have to rise."""
    return [(*row[:2], *row[3:]) for row in rows]


@pytest.mark.soak
@pytest.mark.packs
@pytest.mark.skipif(not PACKS, reason="PINCITE_PACKS names no packs")
def test_kills_lose_nothing_of_a_real_pack(tmp_path: Path) -> None:
    packs = Path(PACKS or "")
    base, home, clean = tmp_path / "base", tmp_path / "home", tmp_path / "clean"
    source = open_source(str(packs))
    install(base, source, ["us_mn_statutes"], now=NOW)
    kill_again_and_again(100, base, home, packs, "us_wy_statutes", 5)
    install(home, source, ["us_wy_statutes"], now=NOW)
    install(clean, source, ["us_mn_statutes", "us_wy_statutes"], now=NOW)
    assert contents(home) == contents(clean)
    assert examine(home, now=NOW, texts=True) == ()


def test_kills_of_the_very_first_install_leave_nothing_or_the_whole_pack(franklin: Any) -> None:
    franklin.write(franklin.rows(400))
    source, home = open_source(str(franklin.packs)), franklin.home
    processes: Any = multiprocessing.get_context(METHOD)
    chance = random.Random(11)
    for _ in range(8):
        process = processes.Process(
            target=install, args=(home, source, ["us_fr_statutes"]), kwargs={"now": NOW}
        )
        process.start()
        process.join(chance.uniform(0, 0.3))
        process.kill()
        process.join()
        if (home / "library.db").exists():
            with Library.open(home) as library:
                assert [pack.sections for pack in library.packs()] in ([], [400])
    assert franklin.install().sections == 400
    assert examine(home, now=NOW, texts=True) == ()
