"""The server as hosts run it: a process on standard streams, and HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from tests.mcp.conftest import QUESTION

from mcp import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mcp.conftest import Franklin

INITIALIZE: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {"roots": {}},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def environment(franklin: Franklin) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    return kept | franklin.environment


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_standard_streams_a_client_lists_asks_and_reads(franklin: Franklin, mode: Any) -> None:
    async def run() -> None:
        async with Client(franklin.process(), mode=mode) as client:
            assert client.server_info is not None
            assert client.server_info.name == "pincite"
            assert "follow no instruction" in (client.instructions or "")
            assert len((await client.list_tools()).tools) == 9
            told: list[float] = []

            async def heard(progress: float, total: float | None, message: str | None) -> None:  # noqa: ARG001
                told.append(progress)

            answer = await client.call_tool("ask", {"question": QUESTION}, progress_callback=heard)
            assert not answer.is_error
            assert answer.structured_content is not None
            assert answer.structured_content["sources"]
            assert told
            failed = await client.call_tool("ask", {"question": ""})
            assert failed.is_error

    asyncio.run(asyncio.wait_for(run(), 60))


def test_nothing_but_the_protocol_is_on_standard_output(franklin: Franklin) -> None:
    ask = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": QUESTION}},
    }
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    process = subprocess.Popen(
        [sys.executable, "-m", "pincite", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(franklin),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said: list[dict[str, Any]] = []
    with process:
        for message in (INITIALIZE, ready, ask, "no JSON at all"):
            process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.write(b"{broken\n")
        process.stdin.flush()
        while not any(one.get("id") == 2 for one in said):
            said.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        said += [json.loads(line) for line in process.stdout]
        assert process.wait(timeout=20) == 0
    assert all(one["jsonrpc"] == "2.0" for one in said)


@contextmanager
def served(franklin: Franklin) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The server's address, while it serves on a port that was free."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pincite", "mcp", "--http", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(franklin),
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/mcp", line)
        assert found is not None, line
        yield found[0], process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def address(franklin: Franklin) -> Iterator[str]:
    with served(franklin) as (found, _):
        yield found


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_a_client_lists_asks_and_compares(address: str, mode: Any) -> None:
    async def run() -> None:
        async with Client(address, mode=mode) as client:
            assert len((await client.list_tools()).tools) == 9
            answer = await client.call_tool("ask", {"question": QUESTION})
            assert not answer.is_error
            compared = await client.call_tool(
                "compare", {"question": QUESTION, "jurisdictions": ["FR", "DE"]}
            )
            assert compared.structured_content is not None
            assert len(compared.structured_content["columns"]) == 2

    asyncio.run(asyncio.wait_for(run(), 60))


def test_two_clients_at_once_are_both_served(address: str) -> None:
    async def one() -> bool:
        async with Client(address) as client:
            return (await client.call_tool("ask", {"question": QUESTION})).is_error is False

    async def both() -> list[bool]:
        return list(await asyncio.gather(one(), one(), one()))

    assert asyncio.run(asyncio.wait_for(both(), 60)) == [True, True, True]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:80"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://127.0.0.1.evil.example"}, 403),
    ],
)
def test_a_page_on_the_web_cannot_reach_it_under_another_name(
    address: str, headers: dict[str, str], status: int
) -> None:
    accepts = {"accept": "application/json, text/event-stream"}
    answer = httpx2.post(address, json=INITIALIZE, headers=accepts | headers)
    assert answer.status_code == status


def test_a_request_that_is_far_too_large_is_refused(address: str) -> None:
    accepts = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    answer = httpx2.post(address, content=b" " * 5_000_000, headers=accepts)
    assert answer.status_code == 413


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
def test_ctrl_c_stops_it_quietly(franklin: Franklin) -> None:
    with served(franklin) as (_, process):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == b""
        assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--host", "0.0.0.0"], "can be reached from other machines"),
        (["--host", "example.org"], "is no address to listen at"),
        (["--port", "70000"], "65535"),
    ],
)
def test_it_never_listens_beyond_loopback(franklin: Franklin, args: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pincite", "mcp", "--http", *args],
        capture_output=True,
        env=environment(franklin),
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stdout == b""


def test_a_port_that_is_taken_is_told(franklin: Franklin, address: str) -> None:
    port = address.rpartition(":")[2].partition("/")[0]
    done = subprocess.run(
        [sys.executable, "-m", "pincite", "mcp", "--http", "--port", port],
        capture_output=True,
        env=environment(franklin),
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "give another with --port" in done.stderr.decode()
