"""The command line on a library of the State of Franklin, and documents to put into it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.documents.made import POLICY, column, pdf
from typer.testing import CliRunner

from pincite.cli.app import app
from pincite.index.build import install
from pincite.sample import PACKS, sample_packs
from pincite.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def _run(home: Path, packs: Path, *words: str) -> Said:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PINCITE_")}
    done = CliRunner().invoke(
        app,
        list(words),
        env={key: None for key in os.environ if key.startswith("PINCITE_")}
        | kept
        | {"PINCITE_HOME": str(home), "PINCITE_PACKS": str(packs)},
    )
    return Said(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Franklin's packs, and a library in which they are installed."""
    root = tmp_path_factory.mktemp("franklin")
    source = open_source(str(sample_packs(root / "packs")))
    install(root / "home", source, PACKS, now=datetime(2026, 11, 21, tzinfo=UTC))
    return root


@pytest.fixture
def pincite(tmp_path: Path, franklin: Path) -> Callable[..., Said]:
    """The command, with Franklin's law installed."""
    shutil.copytree(franklin, tmp_path, dirs_exist_ok=True)
    return partial(_run, tmp_path / "home", tmp_path / "packs")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """An agency's rules in PDF: two sections, the second over two pages."""
    first = column(
        72,
        90,
        (
            "90-1-10 Notices of keepers",
            "(1) A keeper of fireflies shall post a notice at each gate within nine days after the",
            "swarm begins.",
            "90-1-20 Records of keepers",
            "(1) A keeper of fireflies shall keep a record of each swarm.",
        ),
        24,
    )
    second = column(
        72, 90, ("(2) The record of a swarm of fireflies shall be kept for four years.",)
    )
    file = tmp_path / "firefly-rules.pdf"
    bold = ("90-1-10 Notices of keepers", "90-1-20 Records of keepers")
    file.write_bytes(pdf([first, second], bold=bold, foot="Page # of 2"))
    return file


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "privacy.md"
    file.write_text(POLICY, encoding="utf-8")
    return file
