"""Backups: made while others write, put back whole, refused where anything is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tarfile
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.running.conftest import NOON, pincite

from pincite.accounts.audit import AuditLog
from pincite.accounts.people import ALONE
from pincite.accounts.store import AUDIT, KEPT, Store
from pincite.assistant.backup import back_up, restore
from pincite.errors import LibraryMissing, UsageError
from pincite.index.doctor import examine
from pincite.library import Library
from pincite.library.answers import SavedAnswers


def answers(home: Path) -> list[str]:
    with SavedAnswers(home) as saved:
        return sorted(one.body for one in saved.all())


def law(home: Path) -> str:
    with Library.open(home) as library:
        return library.digest()


def keep(home: Path, count: int, after: int = 0) -> None:
    with SavedAnswers(home) as saved, Store(home, AUDIT) as store:
        for number in range(after, after + count):
            at = NOON + timedelta(seconds=number)
            body = json.dumps({"number": number})
            saved.save(question=f"Question {number}?", asked_at=at, body=body)
            AuditLog(store).add(ALONE, "ask", now=at, question=f"Question {number}?")


def test_a_backup_brings_everything_back(home: Path, tmp_path: Path) -> None:
    keep(home, 5)
    made = back_up(home, tmp_path / "b.tar", now=NOON)
    assert {"library.db", "answers.db", "audit.db"} <= {name for name, _ in made.files}
    other = tmp_path / "other" / "home"
    assert restore(other, tmp_path / "b.tar", now=NOON) == made
    assert answers(other) == answers(home)
    assert law(other) == law(home)
    assert examine(other, now=NOON, texts=True) == ()
    with Store(other, AUDIT) as store:
        assert AuditLog(store).verify().entries == 5
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "home", "other"]
    assert [p.name for p in other.parent.iterdir()] == ["home"]


def test_it_is_one_moment_while_others_write(home: Path, tmp_path: Path) -> None:
    over = threading.Event()
    kept = [0]

    def write() -> None:
        while not over.is_set():
            keep(home, 1, kept[0])
            kept[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            before = kept[0]
            back_up(home, tmp_path / f"{number}.tar", now=NOON)
            other = tmp_path / f"home-{number}"
            restore(other, tmp_path / f"{number}.tar", now=NOON)
            numbers = sorted(json.loads(body)["number"] for body in answers(other))
            assert numbers == list(range(len(numbers)))
            assert before <= len(numbers) + 1
            with Store(other, AUDIT) as store:
                found = AuditLog(store).verify()
            assert found.troubles == ()
            # The log was copied before the answers.
            assert found.entries <= len(numbers)
    finally:
        over.set()
        writer.join()


def test_an_index_that_is_not_in_the_backup_is_built_again(home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / "index")
    back_up(home, tmp_path / "b.tar", now=NOON)
    restore(tmp_path / "other", tmp_path / "b.tar", now=NOON)
    assert examine(tmp_path / "other", now=NOON) == ()


def test_a_home_that_is_not_empty_is_kept_unless_it_is_said(home: Path, tmp_path: Path) -> None:
    keep(home, 2)
    back_up(home, tmp_path / "b.tar", now=NOON)
    keep(home, 2, after=2)
    now = answers(home)
    with pytest.raises(UsageError, match="not empty"):
        restore(home, tmp_path / "b.tar", now=NOON)
    assert answers(home) == now
    restore(home, tmp_path / "b.tar", now=NOON, replace=True)
    assert len(answers(home)) == 2


def test_a_backup_that_fails_leaves_the_one_of_before(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.tar"
    back_up(home, out, now=NOON)
    before = out.read_bytes()
    (home / "answers.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Exception, match="answers"):
        back_up(home, out, now=NOON)
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "home"]
    with pytest.raises(LibraryMissing):
        back_up(tmp_path / "nothing", out, now=NOON)


@pytest.fixture(scope="module")
def backup(franklin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("backup") / "b.tar"
    back_up(franklin / "home", out, now=NOON)
    return out


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.data())
def test_a_byte_that_changed_is_found_or_changes_nothing(
    backup: Path, tmp_path: Path, data: st.DataObject
) -> None:
    whole = backup.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    damaged, home = tmp_path / "damaged.tar", tmp_path / "restored"
    damaged.write_bytes(changed)
    shutil.rmtree(home, ignore_errors=True)
    try:
        restore(home, damaged, now=NOON)
    except UsageError:
        assert not home.exists()
    else:
        # Padding, or the time or owner in a header, which is used for nothing.
        assert law(home)
        assert examine(home, now=NOON, texts=True) == ()
    assert not list(tmp_path.glob(".restored*"))


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 0.999])
def test_a_backup_that_was_cut_off_is_refused(backup: Path, tmp_path: Path, part: float) -> None:
    whole = backup.read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: int(len(whole) * part) if part < 0.9 else len(whole) - 12_000])
    with pytest.raises(UsageError, match="backup"):
        restore(tmp_path / "restored", cut, now=NOON)
    assert not (tmp_path / "restored").exists()


def evil(path: Path, name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> None:
    data = b"evil"
    sha256 = hashlib.sha256(data).hexdigest()
    told = {
        "format": 1,
        "release": "0",
        "made_at": NOON.isoformat(),
        "files": {name: {"bytes": 4, "sha256": sha256}},
    }
    with tarfile.open(path, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        entry.size = 4 if kind == tarfile.REGTYPE else 0
        tar.addfile(entry, io.BytesIO(data))
        manifest = json.dumps(told).encode()
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(manifest)
        tar.addfile(entry, io.BytesIO(manifest))


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("../evil", tarfile.REGTYPE, ""),
        ("/tmp/evil", tarfile.REGTYPE, ""),
        ("index/../../evil", tarfile.REGTYPE, ""),
        ("index/a/../../../evil", tarfile.REGTYPE, ""),
        ("library.db", tarfile.SYMTYPE, "/etc/passwd"),
        ("library.db", tarfile.LNKTYPE, "/etc/passwd"),
        ("index/a", tarfile.SYMTYPE, "/"),
        ("library.db", tarfile.CHRTYPE, ""),
        ("pincite.toml", tarfile.REGTYPE, ""),
        ("index/a/b\nc", tarfile.REGTYPE, ""),
    ],
)
def test_a_backup_writes_nothing_but_what_a_backup_holds(
    tmp_path: Path, name: str, kind: bytes, target: str
) -> None:
    evil(tmp_path / "evil.tar", name, kind, target)
    with pytest.raises(UsageError):
        restore(tmp_path / "a" / "b" / "home", tmp_path / "evil.tar", now=NOON)
    left = [p for p in tmp_path.rglob("*") if p.name != "evil.tar" and not p.is_dir()]
    assert left == []
    assert not Path("/tmp/evil").exists()


def _restore(home: Path, backup: Path, now: datetime) -> None:
    restore(home, backup, now=now, replace=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the exchange is one step on Linux alone")
def test_a_restore_that_is_killed_leaves_the_old_state_or_the_new(
    home: Path, tmp_path: Path
) -> None:
    keep(home, 3)
    back_up(home, tmp_path / "b.tar", now=NOON)
    keep(home, 3, after=3)
    old, new = answers(home), answers(home)[:3]
    processes: Any = multiprocessing.get_context("fork")
    chance, seen = random.Random(7), set[int]()
    began = time.monotonic()
    process = processes.Process(target=_restore, args=(home, tmp_path / "b.tar", NOON))
    process.start()
    process.join()
    duration = time.monotonic() - began
    assert answers(home) == new
    for _ in range(25):
        keep(home, 3, after=3)
        assert answers(home) == old
        process = processes.Process(target=_restore, args=(home, tmp_path / "b.tar", NOON))
        process.start()
        process.join(chance.uniform(0, duration * 1.1))
        process.kill()
        process.join()
        found = answers(home)
        assert found in (old, new)
        seen.add(len(found))
        assert law(home)
        assert examine(home, now=NOON) == ()
    assert seen
    # What the killed ones left beside the home, the next one takes away.
    restore(home, tmp_path / "b.tar", now=NOON, replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "home"]


def _back_up(home: Path, out: Path, now: datetime) -> None:
    back_up(home, out, now=now)


@pytest.mark.skipif(sys.platform == "win32", reason="kills of POSIX")
def test_a_backup_that_is_killed_leaves_the_one_of_before(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.tar"
    back_up(home, out, now=NOON)
    processes: Any = multiprocessing.get_context("fork")
    chance = random.Random(3)
    for _ in range(10):
        process = processes.Process(target=_back_up, args=(home, out, NOON))
        process.start()
        process.join(chance.uniform(0, 0.15))
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        shutil.rmtree(tmp_path / "other", ignore_errors=True)
        restore(tmp_path / "other", out, now=NOON)
    back_up(home, out, now=NOON)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "home", "other"]
    assert not list(home.glob(".backup-*"))


def test_the_commands_tell_what_they_did(home: Path, tmp_path: Path) -> None:
    with Store(home, KEPT):
        pass
    done = pincite(home, "backup", tmp_path / "b.tar")
    assert done.returncode == 0
    assert "files" in done.stderr
    assert oct((tmp_path / "b.tar").stat().st_mode)[-3:] == "600"
    refused = pincite(home, "restore", tmp_path / "b.tar")
    assert refused.returncode == 2
    assert "not empty" in refused.stderr
    assert pincite(tmp_path / "new", "restore", tmp_path / "b.tar").returncode == 0
    assert pincite(tmp_path / "new", "doctor").returncode == 0
    assert pincite(home, "restore", tmp_path / "none.tar").returncode == 2
