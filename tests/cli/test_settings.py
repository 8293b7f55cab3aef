"""Settings by file, environment and option, through the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pincite


def test_an_unknown_variable_is_refused_by_name(installed: Pincite) -> None:
    found = replace(installed, more=(("PINCITE_HOEM", "x"),))("library", "list")
    assert found.code == 2
    assert "PINCITE_HOEM is no setting; is PINCITE_HOME meant?" in found.err


def test_an_unknown_key_of_the_file_is_refused_by_name(installed: Pincite, tmp_path: Path) -> None:
    file = tmp_path / "pincite.toml"
    file.write_text('colour = "red"\n', encoding="utf-8")
    found = replace(installed, more=(("PINCITE_CONFIG", str(file)),))("library", "list")
    assert found.code == 2
    assert "colour" in found.err


@pytest.mark.parametrize("text", ["home = [", "statements = 'many'", "statements = 0"])
def test_a_file_that_cannot_be_read_is_told(installed: Pincite, tmp_path: Path, text: str) -> None:
    file = tmp_path / "pincite.toml"
    file.write_text(text, encoding="utf-8")
    found = replace(installed, more=(("PINCITE_CONFIG", str(file)),))("library", "list")
    assert found.code == 2
    assert found.err.count("\n") == 1


def test_a_file_that_is_named_and_not_there_is_told(installed: Pincite) -> None:
    found = replace(installed, more=(("PINCITE_CONFIG", "nowhere.toml"),))("library", "list")
    assert found.code == 2
    assert "nowhere.toml" in found.err


def test_options_win_over_the_environment_and_that_over_the_file(
    installed: Pincite, tmp_path: Path
) -> None:
    file = tmp_path / "pincite.toml"
    file.write_text(f"home = '{tmp_path / 'of-file'}'\n", encoding="utf-8")
    with_file = replace(installed, more=(("PINCITE_CONFIG", str(file)),))
    assert with_file("library", "list", "-f", "json").json["packs"]
    elsewhere = str(tmp_path / "of-option")
    assert with_file("--home", elsewhere, "library", "list", "-f", "json").json == {"packs": []}


def test_an_empty_variable_is_no_setting(installed: Pincite) -> None:
    empty = replace(installed, more=(("PINCITE_MODELS", ""), ("PINCITE_STATEMENTS", "")))
    assert empty("library", "list").code == 0


def test_offline_never_reaches_for_the_network(empty: Pincite) -> None:
    args = ("--offline", "--packs", "https://packs.example", "ask", "May I do it in Missouri?")
    found = empty(*args)
    assert found.code == 1
    assert "the settings say offline" in found.err
