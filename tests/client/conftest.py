"""A server of the State of Franklin, listening, for clients of it."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import uvicorn

from pincite import Assistant, Settings
from pincite.client import Client
from pincite.sample import PACKS, sample_packs
from pincite.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
QUESTION = "How soon must a service provider give notice of a breach in the State of Franklin?"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("listening")
    settings = Settings(home=folder / "home", packs=str(sample_packs(folder / "packs")))
    Assistant(settings, now=NOW).add(PACKS)
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(settings, clock=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client
