"""The server on a library of the State of Franklin, called in the process."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from pincite import Assistant, Settings
from pincite.sample import PACKS, sample_packs
from pincite.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
QUESTION = "How soon must a service provider give notice of a breach in the State of Franklin?"


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with Franklin's packs installed; nobody changes it."""
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(home=folder / "home", packs=str(sample_packs(folder / "packs")))
    Assistant(settings, now=NOW).add(PACKS)
    return folder


@pytest.fixture(scope="session")
def shared_settings(franklin: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library for tests that do not mind what others ask and keep there."""
    home = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(franklin / "home", home)
    return Settings(home=home, packs=str(franklin / "packs"))


@pytest.fixture(scope="session")
def client(shared_settings: Settings) -> Iterator[TestClient]:
    app = create_app(shared_settings, clock=lambda: NOW)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@pytest.fixture
def settings(franklin: Path, tmp_path: Path) -> Settings:
    """A library of one's own, to change."""
    shutil.copytree(franklin / "home", tmp_path / "home")
    return Settings(home=tmp_path / "home", packs=str(franklin / "packs"))


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings, clock=lambda: NOW)


@pytest.fixture
def own_client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://localhost") as client:
        yield client
