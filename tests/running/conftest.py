"""A home with Franklin's law, and servers as processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pincite.assistant import Assistant
from pincite.sample import sample_packs
from pincite.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PATIENCE = 90.0


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with Franklin's law; nobody changes it."""
    folder = tmp_path_factory.mktemp("running")
    packs = sample_packs(folder / "packs")
    assistant = Assistant(Settings(home=folder / "home", packs=str(packs)), now=NOON)
    assistant.add([offer.name for offer in assistant.offers()])
    assistant.library.close()
    return folder


@pytest.fixture
def home(franklin: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(franklin / "home", tmp_path / "home")
    return tmp_path / "home"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PINCITE_")}
    return kept | {"PINCITE_HOME": str(home), "PINCITE_OFFLINE": "true"} | more


def pincite(home: Path, *args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pincite", *map(str, args)],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(home),
        check=False,
        timeout=PATIENCE,
    )


@dataclass
class Process:
    """A server that runs; its log is complete once it was stopped."""

    popen: subprocess.Popen[str]
    address: str
    log: str = ""

    def get(self, path: str, key: str = "") -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self._sent(urllib.request.Request(f"{self.address}{path}", headers=headers))

    def ask(self, question: str) -> tuple[int, str]:
        data = json.dumps({"question": question}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/api/v1/ask", data, headers)
        return self._sent(request)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.popen.send_signal(number)
        _, err = self.popen.communicate(timeout=PATIENCE)
        self.log += err
        return self.popen.returncode

    @staticmethod
    def _sent(request: urllib.request.Request) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as found:
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@contextmanager
def serving(home: Path, *args: str, **more: str) -> Iterator[Process]:
    """`pincite serve` on a port of its own, ready to answer."""
    popen = subprocess.Popen(
        [sys.executable, "-m", "pincite", "serve", "--port", "0", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(home, **more),
    )
    assert popen.stdout is not None
    first: Any = popen.stdout.readline()
    process = Process(popen, first.split(" ")[3] if first else "")
    try:
        assert first, process.stop()
        until = time.monotonic() + PATIENCE
        while process.get("/ready")[0] != 200:
            assert time.monotonic() < until, "the server is not ready"
            time.sleep(0.1)
        yield process
    finally:
        if popen.poll() is None:
            popen.kill()
            popen.communicate()
