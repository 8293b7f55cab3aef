"""The pages over the law of Franklin, asked in the same process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from pincite.assistant import Assistant
from pincite.sample import sample_packs
from pincite.settings import Settings
from pincite.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Clock:
    """Each look at it is a second later, so that no two answers are given at one time."""

    def __init__(self) -> None:
        self._now = NOW

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def installed_at(folder: Path) -> Settings:
    """Franklin's packs, installed below the folder."""
    packs = sample_packs(folder / "packs")
    settings = Settings(home=folder / "home", packs=str(packs))
    assistant = Assistant(settings, now=NOW)
    assistant.add([offer.name for offer in assistant.offers()])
    assistant.library.close()
    return settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return installed_at(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    yield from _client(settings)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """No law, and no source of it."""
    yield from _client(Settings(home=tmp_path / "home", packs=str(tmp_path / "none")))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[TestClient, Settings]]:
    """A library of its own, to change."""
    settings = installed_at(tmp_path)
    for client in _client(settings):
        yield client, settings


@pytest.fixture(scope="session")
def answer(client: TestClient) -> str:
    """Where one answer is kept."""
    found = client.post("/ask", data={"question": QUESTION}, follow_redirects=False)
    assert found.status_code == 303, found.text
    return str(found.headers["location"])


def _client(settings: Settings) -> Iterator[TestClient]:
    app = create_app(settings, clock=Clock())
    with TestClient(app, base_url="http://localhost", headers={"Accept": "text/html"}) as client:
        yield client
