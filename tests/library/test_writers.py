"""One writer at a time: a second one waits, or is told who is writing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import LibraryBusy
from pincite.index.build import Outcome, Stage, install
from pincite.library import Library
from pincite.library.lock import writing
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    told = r"installing packs \(process \d+, since 2026-11-21"
    with (
        writing(tmp_path, "installing packs", now=NOW),
        pytest.raises(LibraryBusy, match=told),
        writing(tmp_path, "removing a pack", now=NOW),
    ):
        pytest.fail("two writers at once")
    with writing(tmp_path, "removing a pack", now=NOW):
        pass


def test_a_second_writer_waits_and_says_so(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    heard: list[str] = []
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(franklin.home, "mending the library", now=NOW):
            held.set()
            free.wait(10)

    def progress(stage: Stage, words: str, done: int, total: int | None) -> None:  # noqa: ARG001
        if stage is Stage.WAIT:
            heard.append(words)
            free.set()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    source = open_source(str(franklin.packs))
    (result,) = install(
        franklin.home, source, ["us_fr_statutes"], now=NOW, progress=progress, wait_seconds=10
    )
    holder.join()
    assert result.outcome is Outcome.INSTALLED
    assert len(heard) == 1
    assert "mending the library" in heard[0]


def test_the_lock_goes_with_an_exception(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path, "counting", now=NOW):
        _ = 1 / 0
    with writing(tmp_path, "counting", now=NOW, wait_seconds=0):
        pass


def test_reading_does_not_wait_for_a_writer(franklin: Any) -> None:
    franklin.write(franklin.rows(5))
    franklin.install()
    with (
        writing(franklin.home, "installing packs", now=NOW),
        Library.open(franklin.home) as library,
    ):
        assert library.by_act_id(None, "us/fr/statutes/1-1-1")
