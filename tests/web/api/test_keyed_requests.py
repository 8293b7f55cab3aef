"""Keys of requests: what was begun, by whom, and for how long it is known."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.web.api.conftest import NOW

from pincite.library.requests import Before, KeyedRequests

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_runs_then_has_made_something_then_is_forgotten(tmp_path: Path) -> None:
    with KeyedRequests(tmp_path, workspace="w") as requests:
        assert requests.begin("k", "hash", now=NOW).before is Before.NOTHING
        assert requests.begin("k", "hash", now=NOW).before is Before.RUNNING
        assert requests.begin("k", "other", now=NOW).before is Before.OTHER
        requests.end("k", "answer-1")
        assert requests.begin("k", "hash", now=NOW).made == "answer-1"
        later = NOW + timedelta(days=1, seconds=1)
        assert requests.begin("k", "other", now=later).before is Before.NOTHING


def test_a_request_whose_process_died_may_be_sent_again(tmp_path: Path) -> None:
    with KeyedRequests(tmp_path, workspace="w") as requests:
        requests.begin("k", "hash", now=NOW)
        later = NOW + timedelta(minutes=16)
        assert requests.begin("k", "hash", now=later).before is Before.NOTHING


def test_workspaces_do_not_see_each_others_keys(tmp_path: Path) -> None:
    with (
        KeyedRequests(tmp_path, workspace="one") as one,
        KeyedRequests(tmp_path, workspace="two") as two,
    ):
        one.begin("k", "hash", now=NOW)
        one.end("k", "answer-1")
        assert two.begin("k", "hash", now=NOW).before is Before.NOTHING


def test_of_several_at_once_one_begins_also_in_a_new_file(tmp_path: Path) -> None:
    for number in range(25):
        home = tmp_path / str(number)
        ready = threading.Barrier(6)
        found: list[Before] = []

        def begin(home: Path = home, ready: threading.Barrier = ready) -> None:
            ready.wait()
            with KeyedRequests(home, workspace="w") as requests:
                found.append(requests.begin("k", "hash", now=NOW).before)  # noqa: B023

        threads = [threading.Thread(target=begin) for _ in range(6)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(found) == [Before.NOTHING, *[Before.RUNNING] * 5]
