"""Three OpenSearch nodes on loopback: started, killed, stopped for a while, started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.cluster.artifacts import classpath

if TYPE_CHECKING:
    from pathlib import Path

_HEAP = "512m"
_START_SECONDS = 120
NODES = 3


@dataclass(slots=True)
class Node:
    """One node: its number, its address, and its process while it runs."""

    number: int
    host: str
    http: int
    transport: int
    folder: Path
    namespace: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.http}"


@dataclass(slots=True)
class Servers:
    """A cluster of nodes in a folder of its own. `settings` are given to every node."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)

    @classmethod
    def local(cls, folder: Path, count: int = NODES, **settings: str) -> Servers:
        """Nodes on free ports of 127.0.0.1."""
        ports = _free_ports(count * 2)
        nodes = [
            Node(at, "127.0.0.1", ports[at], ports[count + at], folder / f"node-{at}")
            for at in range(count)
        ]
        return cls(folder, dict(settings), nodes)

    @property
    def address(self) -> str:
        """What the setting `library` says, with a prefix still to be put behind it."""
        return "opensearch://" + ",".join(f"{node.host}:{node.http}" for node in self.nodes)

    def start(self) -> None:
        for node in self.nodes:
            self.start_node(node)
        self.wait()

    def start_node(self, node: Node) -> None:
        node.folder.mkdir(parents=True, exist_ok=True)
        everybody = ",".join(f"{one.host}:{one.transport}" for one in self.nodes)
        settings = {
            "cluster.name": "pincite-test",
            "node.name": f"node-{node.number}",
            "path.home": str(node.folder),
            "path.data": str(node.folder / "data"),
            "path.logs": str(node.folder / "logs"),
            "network.host": node.host,
            "http.port": str(node.http),
            "transport.port": str(node.transport),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            # A machine with two cores: a node of three does not get them all.
            "node.processors": "2",
        }
        if len(self.nodes) > 1:
            settings |= {
                "discovery.seed_hosts": everybody,
                "cluster.initial_cluster_manager_nodes": ",".join(
                    f"node-{one.number}" for one in self.nodes
                ),
            }
        else:
            settings["discovery.type"] = "single-node"
        command = [
            "java",
            f"-Xms{_HEAP}",
            f"-Xmx{_HEAP}",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=4",
            "-cp",
            classpath(),
            "ClusterNode",
            *(f"{key}={value}" for key, value in (settings | self.settings).items()),
        ]
        if node.namespace:
            command = ["ip", "netns", "exec", node.namespace, *command]
        with (node.folder / "out.log").open("ab") as log:
            node.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.PIPE, start_new_session=True
            )

    def wait(self, status: str = "green", nodes: int | None = None) -> None:
        """Wait until so many nodes (all, if not told) are one cluster of that colour."""
        wanted = len(self.nodes) if nodes is None else nodes
        end = time.monotonic() + _START_SECONDS
        last: dict[str, Any] = {}
        while time.monotonic() < end:
            for node in self.running:
                with suppress(OSError, ValueError):
                    last = self.ask(node, f"/_cluster/health?wait_for_status={status}&timeout=1s")
                    if last["number_of_nodes"] == wanted and last["status"] in {status, "green"}:
                        return
            time.sleep(0.3)
        raise AssertionError(f"the cluster did not become {status} ({last}); logs: {self.folder}")

    @property
    def running(self) -> list[Node]:
        return [node for node in self.nodes if node.process is not None]

    def ask(self, node: Node, path: str, body: object = None, method: str = "GET") -> Any:
        request = urllib.request.Request(
            node.url + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=15) as reply:
            return json.load(reply)

    def kill(self, node: Node) -> None:
        """As a loss of power does: nothing is written first."""
        self._end(node, signal.SIGKILL)

    def pause(self, node: Node) -> None:
        assert node.process is not None
        os.killpg(node.process.pid, signal.SIGSTOP)

    def resume(self, node: Node) -> None:
        assert node.process is not None
        os.killpg(node.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        for node in self.running:
            with suppress(ProcessLookupError):
                assert node.process is not None
                os.killpg(node.process.pid, signal.SIGCONT)
                os.killpg(node.process.pid, signal.SIGTERM)
        for node in self.running:
            self._end(node, signal.SIGKILL, patience=10.0)

    def forget(self) -> None:
        """Stop, and delete all that the nodes wrote."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, node: Node, sign: signal.Signals, patience: float = 0.0) -> None:
        if node.process is None:
            return
        try:
            node.process.wait(patience or 0.001)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(node.process.pid, sign)
            node.process.wait(20)
        if node.process.stdin is not None:
            node.process.stdin.close()
        node.process = None


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
