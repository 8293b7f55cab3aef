"""Nothing calls home: what a process reaches for is seen by the interpreter's own audit."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.running.conftest import QUESTION, environment

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = """
import sys
def seen(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        print("REACHED", event, args[1:], file=sys.stderr)
sys.addaudithook(seen)
"""
COMMAND = (
    WATCHED + "sys.argv = ['pincite', *sys.argv[1:]]\nfrom pincite.cli.app import run\nrun()\n"
)
SERVER = (
    WATCHED
    + """
from pathlib import Path
from starlette.testclient import TestClient
from pincite.settings import Settings
from pincite.web.app import create_app
with TestClient(create_app(Settings(home=Path(sys.argv[1]))), base_url="http://localhost") as it:
    for path in ("/", "/library", "/search?q=ferry", "/metrics"):
        assert it.get(path).status_code == 200, path
    assert it.post("/api/v1/ask", json={"question": sys.argv[2]}).status_code == 200
"""
)


def run(program: str, home: Path, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        capture_output=True,
        text=True,
        # Not even by the setting: what is installed needs no network.
        env=environment(home, PINCITE_OFFLINE="false"),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_command_reaches_for_nothing(home: Path) -> None:
    assert "REACHED" not in run(COMMAND, home, "ask", QUESTION)


def test_a_server_reaches_for_nothing(home: Path) -> None:
    assert "REACHED" not in run(SERVER, home, str(home), QUESTION)


def test_the_watch_would_see_it(home: Path) -> None:
    program = (
        WATCHED
        + "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass"
    )
    assert "REACHED socket.connect" in run(program, home)
