"""A node that is cut off from the others tells nothing wrong, and joins again by itself."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cluster.conftest import ASKED
from tests.cluster.servers import Node, Servers
from tests.cluster.test_faults import Law, asked_while

from pincite.index.build import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HUB = "pincite-hub"
_NET = "10.213.7"
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h

pytestmark = pytest.mark.soak


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Servers]:
    """Three nodes, each in a network of its own, joined by a bridge that only they and we reach."""
    if not os.environ.get(ASKED):
        pytest.skip(f"starts a cluster; {ASKED} is not set")
    if not sys.platform.startswith("linux") or os.geteuid() or shutil.which("ip") is None:
        pytest.skip("networks are cut between namespaces, which takes Linux, root and ip")
    nodes = [
        Node(at, f"{_NET}.{at + 1}", 9200, 9300, tmp_path / f"node-{at}", f"pincite-node-{at}")
        for at in range(3)
    ]
    servers = Servers(tmp_path, {}, nodes)
    here = os.open("/proc/self/ns/net", os.O_RDONLY)
    try:
        _networks(nodes)
        _enter(os.open(f"/run/netns/{_HUB}", os.O_RDONLY))
        servers.start()
        yield servers
    finally:
        servers.stop()
        _enter(here)
        for name in (*(node.namespace for node in nodes), _HUB):
            subprocess.run(("ip", "netns", "del", name), check=False, capture_output=True)


def test_a_node_that_is_cut_off_changes_no_answer_and_loses_nothing(
    apart: Servers, tmp_path: Path
) -> None:
    law = Law(tmp_path / "law", f"{apart.address}/cut", apart)
    rows = law.rows(300)
    assert law.put(rows).outcome is Outcome.INSTALLED
    right = law.found()
    victim = law.holder("cut-built", primary=True)
    told, failed = asked_while(law, lambda: _link(victim, "down"))
    assert set(told) <= {right}
    assert all("did not answer" in one or "ask again" in one for one in failed)
    more = [*rows, law.franklin.row("7-7-7", "An added section.")]
    during = law.put(more)
    _link(victim, "up")
    apart.wait()
    if during.outcome is Outcome.FAILED:
        assert "nothing was changed" in (during.reason or "")
        law.holds(rows)
        assert law.put(more).outcome is Outcome.UPDATED
    law.holds(more)


def _networks(nodes: list[Node]) -> None:
    _ip("netns", "add", _HUB)
    hub = ("-n", _HUB)
    _ip(*hub, "link", "add", "bridge", "type", "bridge")
    _ip(*hub, "addr", "add", f"{_NET}.254/24", "dev", "bridge")
    for link in ("bridge", "lo"):
        _ip(*hub, "link", "set", link, "up")
    for node in nodes:
        own, end = ("-n", node.namespace), f"to-{node.number}"
        _ip("netns", "add", node.namespace)
        _ip(*hub, "link", "add", end, "type", "veth", "peer", "eth0", "netns", node.namespace)
        _ip(*hub, "link", "set", end, "master", "bridge", "up")
        _ip(*own, "addr", "add", f"{node.host}/24", "dev", "eth0")
        for link in ("eth0", "lo"):
            _ip(*own, "link", "set", link, "up")


def _link(node: Node, way: str) -> None:
    _ip("-n", _HUB, "link", "set", f"to-{node.number}", way)


def _ip(*words: str) -> None:
    subprocess.run(("ip", *words), check=True, capture_output=True)


def _enter(network: int) -> None:
    """Move this thread, and those that it starts, into a network."""
    if ctypes.CDLL(None, use_errno=True).setns(network, _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "setns")
    os.close(network)
