"""A server with accounts over the law of Franklin: two workspaces, and one person of each role."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from pincite.accounts.directory import Directory
from pincite.accounts.passwords import Passwords
from pincite.accounts.people import Role, Scope
from pincite.accounts.store import ACCOUNTS, Store
from pincite.assistant import Assistant
from pincite.sample import sample_packs
from pincite.settings import Settings
from pincite.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from pincite.web.auth.desk import FrontDesk

QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PASSWORD = "the ferry leaves at nine"
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PEOPLE = (
    ("root", Role.ADMIN, ("default",)),
    ("ann", Role.EDITOR, ("north",)),
    ("bob", Role.EDITOR, ("south",)),
    ("cleo", Role.READER, ("north",)),
    ("dora", Role.EDITOR, ("north", "south")),
)


@dataclass
class Clock:
    """The time that the server sees; it stands still until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)


@dataclass
class Server:
    """The application, and ways to call it as somebody."""

    app: FastAPI
    clock: Clock
    settings: Settings
    opened: list[TestClient] = field(default_factory=list)

    @property
    def desk(self) -> FrontDesk:
        return self.app.state.desk

    def browser(self, **headers: str) -> TestClient:
        """Somebody who is not logged in; redirects are for the test to see."""
        return TestClient(
            self.app,
            base_url="http://localhost",
            headers={"Accept": "text/html", **headers},
            follow_redirects=False,
        )

    def as_person(self, name: str, workspace: str | None = None) -> Person:
        account = self.desk.directory.named(name)
        session = self.desk.sessions.begin(account, now=self.clock(), workspace=workspace)
        client = self.browser()
        client.cookies.set("pincite_session", session)
        return Person(client, session)

    def key(self, name: str, *scopes: Scope) -> str:
        account = self.desk.directory.named(name)
        return self.desk.keys.add(
            account,
            scopes=frozenset(scopes or account.role.scopes),
            workspace=account.workspaces[0],
            label="test",
            now=self.clock(),
        )

    def program(self, name: str, *scopes: Scope) -> TestClient:
        """Somebody's program with a key of theirs."""
        return TestClient(
            self.app,
            base_url="http://localhost",
            headers={"Authorization": f"Bearer {self.key(name, *scopes)}"},
            follow_redirects=False,
        )


@dataclass
class Person:
    """A browser that is logged in."""

    client: TestClient
    session: str

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send a form as a page of ours has it, with its token."""
        from pincite.accounts.sessions import form_token

        return self.client.post(
            path, data={**(data or {}), "form_token": form_token(self.session)}, **more
        )


def token_in(page: str) -> str:
    """The token of the last form of a page."""
    found = re.findall(r'name="form_token" value="([^"]+)"', page)
    assert found, page
    return str(found[-1])


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with Franklin's law; nobody changes it."""
    folder = tmp_path_factory.mktemp("teams")
    packs = sample_packs(folder / "packs")
    assistant = Assistant(Settings(home=folder / "home", packs=str(packs)), now=NOON)
    assistant.add([offer.name for offer in assistant.offers()])
    assistant.library.close()
    return folder


def a_server(home: Path, franklin: Path, **more: Any) -> Iterator[Server]:
    shutil.copytree(franklin / "home", home)
    settings = Settings(home=home, packs=str(franklin / "packs"), **more)
    with Store(home, ACCOUNTS) as store:
        directory = Directory(store, Passwords(WEAK))
        for workspace in ("north", "south"):
            directory.add_workspace(workspace, now=NOON)
        for name, role, workspaces in PEOPLE:
            directory.add(name, PASSWORD, role=role, now=NOON, workspaces=workspaces)
    clock = Clock()
    app = create_app(settings, auth=True, clock=clock)
    server = Server(app, clock, settings)
    desk = server.desk
    desk.directory = Directory(desk._store, Passwords(WEAK))  # noqa: SLF001  (fast because weak)
    with TestClient(app, base_url="http://localhost"):
        yield server


@pytest.fixture
def server(tmp_path: Path, franklin: Path) -> Iterator[Server]:
    yield from a_server(tmp_path / "home", franklin)


@pytest.fixture
def https(tmp_path: Path, franklin: Path) -> Iterator[Server]:
    """The same behind a proxy that speaks https."""
    yield from a_server(tmp_path / "home", franklin, url="https://pincite.example.org")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, franklin: Path) -> Iterator[Server]:
    """One server for what changes nothing that another test sees."""
    yield from a_server(tmp_path_factory.mktemp("shared") / "home", franklin)
