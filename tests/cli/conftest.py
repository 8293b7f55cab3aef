"""The command line, run on a library of the State of Franklin."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from pincite.cli.app import app
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Pincite:
    """The command with a library of its own and no way to a network."""

    home: Path
    packs: Path
    more: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PINCITE_")}
        own = {"PINCITE_HOME": str(self.home), "PINCITE_PACKS": str(self.packs)}
        return kept | own | dict(self.more)

    def __call__(self, *args: str | Path, stdin: bytes = b"") -> Result:
        changed: dict[str, str | None] = {
            name: None for name in os.environ if name.startswith("PINCITE_")
        }
        environment = changed | dict(self.environment)
        found = CliRunner().invoke(app, [str(one) for one in args], input=stdin, env=environment)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Result(found.exit_code, found.stdout, found.stderr)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Pincite:
    """Franklin's two packs, installed once; nobody changes this library."""
    folder = tmp_path_factory.mktemp("franklin")
    pincite = Pincite(home=folder / "home", packs=sample_packs(folder / "packs"))
    done = pincite("library", "add", "--all", "--from", pincite.packs)
    assert done.code == 0, done.err
    return pincite


@pytest.fixture(scope="session")
def answer(installed: Pincite) -> dict[str, Any]:
    """One answer from Franklin's law, as JSON."""
    found = installed("ask", QUESTION, "--format", "json")
    assert found.code == 0, found.err
    return found.json


@pytest.fixture
def own(installed: Pincite, tmp_path: Path) -> Pincite:
    """A copy of that library, to change."""
    shutil.copytree(installed.home, tmp_path / "home")
    shutil.copytree(installed.packs, tmp_path / "packs")
    return Pincite(home=tmp_path / "home", packs=tmp_path / "packs")


@pytest.fixture
def empty(tmp_path: Path) -> Pincite:
    """No library, and a source that is not there."""
    return Pincite(home=tmp_path / "home", packs=tmp_path / "nowhere")
