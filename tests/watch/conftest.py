"""A library of the State of Franklin that is watched while its law changes."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Pincite

from pincite.sample import sample_packs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


THROUGH = "2026 Special Session (2026-10-01)"


@dataclass
class Hook:
    """A webhook on this machine: what it was sent, and what it answers, in turn."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def told(self) -> list[Any]:
        return [json.loads(body) for _, body in self.received]


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:  # type: ignore[override]
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.received.append((dict(self.headers), body))
            status = made.answers.pop(0) if made.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", made.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}/told?by=pincite"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def next_session(packs: Path) -> Path:
    """The second snapshot of the law in this folder, current through a day that is past."""
    sample_packs(packs, snapshot=2)
    for path in packs.glob("*.parquet"):
        table = pq.read_table(path)
        at = table.schema.get_field_index("current_through")
        through = pa.array([THROUGH] * table.num_rows)
        pq.write_table(table.set_column(at, "current_through", through), path)
    (packs / "index.json").unlink()
    return packs


@dataclass(frozen=True)
class Franklin:
    """The command, and a way to let a session of the legislature pass."""

    pincite: Pincite
    packs: Path

    def __call__(self, *args: str | Path, stdin: bytes = b"") -> Any:
        return self.pincite(*args, stdin=stdin)

    def session(self) -> None:
        """The next snapshot of the law, installed; it is current through a day that is past."""
        next_session(self.packs)
        found = self("library", "update")
        assert found.code == 0, found.err


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which three questions are watched."""
    folder = tmp_path_factory.mktemp("watched")
    made = Pincite(home=folder / "home", packs=sample_packs(folder / "packs"))
    for question in (BREACH, CARD):
        found = made("watch", "add", question, "--in", "FR")
        assert found.code == 0, found.err
    return folder


@pytest.fixture
def franklin(asked: Path, tmp_path: Path) -> Franklin:
    """A copy of that library, to change."""
    import shutil

    shutil.copytree(asked / "home", tmp_path / "home")
    packs = sample_packs(tmp_path / "packs")
    return Franklin(Pincite(home=tmp_path / "home", packs=packs), packs)


BREACH = "How soon must a business give notice of a breach of security?"
CARD = "May I print a Social Security number on a card?"
RAFFLE = "What must a person do before holding a raffle?"
