"""A server as a process: its log, its figures, how it stops."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient
from tests.running.conftest import NOON, PATIENCE, QUESTION, pincite, serving

from pincite.library.answers import SavedAnswers
from pincite.settings import Settings
from pincite.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "zanzibarian"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@POSIX
def test_what_is_being_answered_is_answered_when_the_server_is_told_to_stop(home: Path) -> None:
    with serving(home) as server, ThreadPoolExecutor(12) as pool:
        server.ask(QUESTION)
        started = threading.Barrier(13)

        def ask(number: int) -> tuple[int, str]:
            started.wait()
            try:
                return server.ask(f"{QUESTION} Number {number}.")
            except OSError as error:
                return 0, str(error)

        asked = [pool.submit(ask, number) for number in range(12)]
        started.wait()
        # Until they are in: the figure counts this very request too.
        while _figure(server.get("/metrics")[1], "pincite_requests_running") < 5:
            pass
        code = server.stop()
        answers = [one.result() for one in asked]
    assert code == 0, server.log
    whole = [json.loads(text) for status, text in answers if status == 200]
    # What was in is answered whole; what came too late was never taken.
    assert len(whole) >= 4
    assert all(one["summary"] or one["abstained"] for one in whole)
    assert {status for status, _ in answers} <= {200, 0}
    told = [json.loads(line) for line in server.log.splitlines()]
    assert sum(one.get("status") == 200 and one["route"] == "/api/v1/ask" for one in told) >= 4


@POSIX
def test_the_log_holds_no_question(home: Path) -> None:
    with serving(home) as server:
        assert server.ask(f"{QUESTION} We are {MARKER}.")[0] == 200
        assert server.get(f"/search?q={MARKER}")[0] == 200
        assert server.get(f"/us-fr/{MARKER}")[0] == 404
        assert server.ask(f"{MARKER} " * 4_000)[0] == 422
        server.stop()
    lines = [json.loads(line) for line in server.log.splitlines()]
    routes = {one["route"] for one in lines if one["event"] == "request"}
    assert {"/api/v1/ask", "/search", "/us-{place:path}"} <= routes
    assert MARKER not in server.log


def test_an_error_is_logged_by_its_place_and_not_by_its_words() -> None:
    """What an exception says may repeat the question that set it off."""
    program = (
        "import logging; from pincite.web import logs; logs.configure(questions={});"
        "log = logging.getLogger('pincite.web')\n"
        "try:\n    raise ValueError('zanzibarian')\n"
        "except ValueError:\n    log.exception('request %s failed', 'x')\n"
    )
    for wanted in (False, True):
        done = subprocess.run(
            [sys.executable, "-c", program.format(wanted)], capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        (line,) = done.stderr.splitlines()
        assert (MARKER in line) is wanted
        assert "ValueError" in line
        assert json.loads(line)["event"] == "request x failed"


@POSIX
@pytest.mark.soak
def test_the_figures_are_those_of_all_processes(home: Path) -> None:
    with serving(home, "--workers", "2") as server:
        for _ in range(20):
            assert server.get("/search?q=ferry")[0] == 200
        text = server.get("/metrics")[1]
        assert server.stop() == 0
    assert 'pincite_requests_total{method="GET",route="/search",status="200"} 20.0' in text
    assert re.search(r'pincite_request_seconds_count\{method="GET",route="/search"\} 20.0', text)


@POSIX
def test_a_server_with_accounts_is_opened_with_a_key(home: Path, tmp_path: Path) -> None:
    password = "the ferry leaves at nine\n"
    assert (
        pincite(home, "accounts", "add", "root", "--role", "admin", stdin=password).returncode == 0
    )
    key = pincite(home, "accounts", "key", "add", "root", "--scope", "admin").stdout.strip()
    assert key.startswith("pincite_")
    with serving(home, "--auth") as server:
        assert server.ask(QUESTION)[0] == 401
        assert server.get("/metrics")[0] == 401
        assert server.get("/metrics", key)[0] == 200
        # Also while it runs: a backup is made, and none is put in its place.
        assert pincite(home, "backup", tmp_path / "b.tar").returncode == 0
        refused = pincite(home, "restore", "--replace", tmp_path / "b.tar")
        assert (refused.returncode, "stop it first" in refused.stderr) == (1, True)
        assert server.stop(signal.SIGINT) == 0
    assert pincite(home, "restore", "--replace", tmp_path / "b.tar").returncode == 0
    verified = pincite(home, "audit", "verify")
    assert verified.returncode == 0
    assert "2 entries" in verified.stdout


def test_a_server_deletes_what_is_too_old(home: Path) -> None:
    with SavedAnswers(home) as saved:
        old = NOON - timedelta(days=31)
        saved.save(question=MARKER, asked_at=old, body=json.dumps({"question": MARKER}))
        kept = saved.save(question="new", asked_at=NOON, body="{}").id
    app = create_app(Settings(home=home, keep_days=30, offline=True), clock=lambda: NOON)
    until = time.monotonic() + PATIENCE
    with TestClient(app):
        while _ids(home) != [kept]:
            assert time.monotonic() < until
            time.sleep(0.05)
    assert not [p for p in home.iterdir() if p.is_file() and MARKER.encode() in p.read_bytes()]


def _ids(home: Path) -> list[str]:
    with SavedAnswers(home) as saved:
        return [one.id for one in saved.all()]


def _figure(text: str, name: str) -> float:
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0
