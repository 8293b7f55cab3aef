"""The pages on commands and settings: complete, and their examples run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pincite.settings import Settings

if TYPE_CHECKING:
    from tests.cli.conftest import Pincite

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
NAMES = (
    "ask",
    "compare",
    "cover",
    "mcp",
    "read",
    "search",
    "verify",
    "export",
    "check",
    "library add",
    "library list",
    "library update",
    "library remove",
    "library info",
    "library lint",
    "library diff",
    "watch add",
    "watch list",
    "watch remove",
    "watch run",
    "doctor",
    "eval",
    "serve",
    "accounts add",
    "accounts list",
    "accounts remove",
    "accounts role",
    "accounts password",
    "accounts key add",
    "accounts key list",
    "accounts key revoke",
    "accounts workspace add",
    "accounts workspace list",
    "accounts workspace remove",
    "accounts workspace join",
    "accounts workspace leave",
    "audit verify",
    "audit export",
    "answers list",
    "answers export",
    "answers delete",
    "answers expire",
    "feedback export",
    "backup",
    "restore",
)


def part_of(name: str) -> str:
    found = re.search(rf"^#+ {name}\n(.*?)(?=^#|\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/commands.md has no part on {name}"
    return found[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_a_command_is_described(installed: Pincite, name: str) -> None:
    shown = installed(*name.split(), "--help").out
    options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown.partition("Options:")[2]))
    missing = {one for one in options - {"--help"} if f"`{one}`" not in part_of(name)}
    assert not missing


def test_every_command_is_described(installed: Pincite) -> None:
    commands = installed("--help").out.partition("Commands:")[2].partition("Exit codes")[0]
    listed = re.findall(r"^  (\w+) ", commands, re.MULTILINE)
    assert {name.split()[0] for name in NAMES} == set(listed)


def test_every_option_before_the_command_is_described(installed: Pincite) -> None:
    shown = installed("--help").out.partition("Commands:")[0]
    missing = {one for one in re.findall(r"--[a-z-]+", shown) if f"`{one}`" not in COMMANDS}
    assert not missing


def test_every_setting_is_described() -> None:
    page = (DOCS / "settings.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"| `{name}` |" in page
        assert f"`PINCITE_{name.upper()}`" in page


def test_the_examples_run(own: Pincite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^\$ pincite (.+)$", COMMANDS, re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        found = own(*shlex.split(line))
        assert found.code == 0, f"{line}: {found.out} {found.err}"
