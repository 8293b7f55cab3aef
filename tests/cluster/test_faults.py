"""Nodes die, stall and fill up: nothing acknowledged is lost, no answer is told in part."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.library.conftest import Franklin

from pincite.assistant import Assistant
from pincite.assistant.searching import Search
from pincite.errors import ClusterFailed
from pincite.index.build import Outcome, Stage
from pincite.settings import Settings
from pincite.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cluster.servers import Node, Servers

    from pincite.index.build import Installed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROWS = 2_500
PACK = "us_fr_statutes"
WORDS = Search(words="orchard ledger", limit=10)


class Law:
    """A pack of Franklin on the cluster, and what was acknowledged of it."""

    def __init__(self, folder: Path, address: str, servers: Servers) -> None:
        self.servers = servers
        self.franklin = Franklin(folder / "packs", folder / "home")
        self.franklin.packs.mkdir(parents=True)
        self.address = address

    def assistant(self) -> Assistant:
        settings = Settings(
            home=self.franklin.home,
            packs=str(self.franklin.packs),
            library=self.address,
            offline=True,
            vectors=False,
        )
        return Assistant(settings, now=NOW)

    def put(
        self, rows: list[Any], during: Callable[[Stage, int], None] = lambda _stage, _done: None
    ) -> Installed:
        self.franklin.write(rows)
        (installed,) = self.assistant().engine.writer.install(
            open_source(str(self.franklin.packs)),
            (PACK,),
            now=NOW,
            progress=lambda stage, _pack, done, _total: during(stage, done),
        )
        return installed

    def rows(self, count: int = ROWS) -> list[Any]:
        return self.franklin.rows(count)

    def found(self, assistant: Assistant | None = None) -> tuple[str, ...]:
        hits = (assistant or self.assistant()).search(WORDS).hits
        return tuple(hit.section.id for hit in hits)

    def holds(self, rows: list[Any]) -> None:
        """Every row that was acknowledged is there, to the byte."""
        library = self.assistant().library
        stored = {section.act_id: section.text for _, section in library.keyed(PACK)}
        assert stored == {row["act_id"]: row["text"] for row in rows}

    def holder(self, pattern: str, *, primary: bool) -> Node:
        """A node that holds a copy of an index whose name has these words in it."""
        for one in self.servers.ask(
            self.servers.running[0], "/_cat/shards?format=json&h=index,prirep,state,node"
        ):
            if pattern in one["index"] and one["prirep"] == ("p" if primary else "r"):
                return self.servers.nodes[int(one["node"].removeprefix("node-"))]
        raise AssertionError(f"no node holds {pattern}")


@pytest.fixture
def law(servers: Servers, library: str, tmp_path: Path) -> Iterator[Law]:
    yield Law(tmp_path, library, servers)
    for node in servers.nodes:
        if node.process is None:
            servers.start_node(node)
    servers.wait()


def test_a_node_that_dies_during_an_install_loses_nothing(law: Law) -> None:
    killed: list[Node] = []

    def during(stage: Stage, done: int) -> None:
        if stage is Stage.INDEX and done >= ROWS // 3 and not killed:
            killed.append(law.holder(law.address.rpartition("/")[2] + "-built", primary=True))
            law.servers.kill(killed[0])

    rows = law.rows()
    installed = law.put(rows, during)
    assert killed
    if installed.outcome is Outcome.FAILED:
        assert "nothing was changed" in (installed.reason or "")
        assert law.assistant().packs() == ()
        law.servers.start_node(killed[0])
        law.servers.wait()
        installed = law.put(rows)
    assert installed.outcome is Outcome.INSTALLED
    law.holds(rows)
    assert law.found()


def test_a_node_that_dies_during_searches_makes_no_answer_partial(law: Law) -> None:
    law.put(law.rows())
    right = law.found()
    assert right
    victim = law.holder(law.address.rpartition("/")[2] + "-built", primary=True)
    told, failed = asked_while(law, lambda: law.servers.kill(victim))
    assert set(told) == {right}
    assert all("ask again" in one or "did not answer" in one for one in failed)
    assert law.found() == right, "it recovers with no hand laid on it"


def test_what_was_acknowledged_is_there_after_all_nodes_died(law: Law) -> None:
    rows = law.rows(300)
    assert law.put(rows).outcome is Outcome.INSTALLED
    right = law.found()
    for node in law.servers.nodes:
        law.servers.kill(node)
    for node in law.servers.nodes:
        law.servers.start_node(node)
    law.servers.wait()
    assert law.found() == right
    law.holds(rows)


@pytest.mark.soak  # it waits for rounds of the nodes', two to four minutes
def test_a_full_disk_is_told_and_writing_goes_on_when_there_is_room(law: Law) -> None:
    rows = law.rows(300)
    law.put(rows)
    right = law.found()
    more = [*rows, law.franklin.row("7-7-7", "An added section.")]
    _watermarks(law.servers, "900tb")
    try:
        _until_blocked(law.servers, blocked=True)
        assert "full" in _refused(law, more)
        assert law.found() == right, "reading goes on"
        law.holds(rows)
    finally:
        _watermarks(law.servers, "1kb")
    _until_blocked(law.servers, blocked=False)
    assert _refused(law, more) == ""
    law.holds(more)


def _refused(law: Law, rows: list[Any]) -> str:
    """Why the rows cannot be installed; empty where they were."""
    try:
        return law.put(rows).reason or ""
    except ClusterFailed as error:
        return str(error)


def test_a_node_that_stalls_delays_answers_and_changes_none(law: Law) -> None:
    law.put(law.rows(300))
    right = law.found()
    victim = law.holder(law.address.rpartition("/")[2] + "-built", primary=False)
    law.servers.pause(victim)
    try:
        told, failed = asked_while(law, lambda: None)
    finally:
        law.servers.resume(victim)
    assert set(told) <= {right}
    assert all("did not answer" in one or "ask again" in one for one in failed)
    law.servers.wait()
    assert law.found() == right


def asked_while(law: Law, act: Callable[[], None]) -> tuple[list[Any], list[str]]:
    """What two readers are told while something is done, for twelve seconds: results, errors."""
    told: list[Any] = []
    failed: list[str] = []
    end = time.monotonic() + 12

    def ask() -> None:
        assistant = law.assistant()
        while time.monotonic() < end:
            try:
                told.append(law.found(assistant))
            except ClusterFailed as error:
                failed.append(str(error))

    readers = [threading.Thread(target=ask) for _ in range(2)]
    for one in readers:
        one.start()
    time.sleep(1)
    act()
    for one in readers:
        one.join()
    assert told or failed
    return told, failed


def _until_blocked(servers: Servers, *, blocked: bool) -> None:
    """Wait until the nodes have looked at their disks, and block writing or let go of it."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        found = str(servers.ask(servers.running[0], "/_cluster/state/blocks"))
        if ("flood-stage" in found) if blocked else ("'blocks': {}" in found):
            return
        time.sleep(1)
    raise AssertionError(found)


def _watermarks(servers: Servers, free: str) -> None:
    """Have nodes with less room than this count as full."""
    disk = "cluster.routing.allocation.disk"
    settings = {
        f"{disk}.threshold_enabled": "true",
        f"{disk}.watermark.low": free,
        f"{disk}.watermark.high": free,
        f"{disk}.watermark.flood_stage": free,
        "cluster.info.update.interval": "10s",
    }
    servers.ask(servers.running[0], "/_cluster/settings", {"transient": settings}, "PUT")
