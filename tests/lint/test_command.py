"""`library lint`, `library diff` and `read --history` as a user runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pincite.cli.app import app
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path


def run(home: Path, *args: str | Path) -> tuple[int, str, str]:
    environment = {"PINCITE_HOME": str(home), "PINCITE_VECTORS": "false"}
    found = CliRunner().invoke(app, [str(one) for one in args], env=environment)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.exit_code, found.stdout, found.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which Franklin's statutes were installed and then updated."""
    folder = tmp_path_factory.mktemp("history")
    first, second = sample_packs(folder / "1"), sample_packs(folder / "2", snapshot=2)
    assert run(folder / "home", "library", "add", "us_fr_statutes", "--from", first)[0] == 0
    assert run(folder / "home", "library", "update", "us_fr_statutes", "--from", second)[0] == 0
    return folder / "home"


def test_lint_prints_findings_as_json_and_ends_with_one(home: Path) -> None:
    code, out, _ = run(home, "library", "lint", "us_fr_statutes", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert set(found) == {"findings", "packs"}
    one = found["findings"][0]
    assert {"id", "rule", "severity", "pack", "act_id", "citation", "message", "span"} <= set(one)
    assert all(item["severity"] != "note" for item in found["findings"])


def test_lint_ends_with_zero_where_nothing_of_that_severity_is_found(home: Path) -> None:
    code, out, _ = run(home, "library", "lint", "--rule", "truncated-text")
    assert code == 0
    assert "us_fr_statutes" in out


def test_lint_reads_packs_that_are_not_installed(home: Path, tmp_path: Path) -> None:
    folder = sample_packs(tmp_path / "packs")
    code, out, _ = run(
        home, "library", "lint", "us_fr_regulations", "--from", folder, "--severity", "serious"
    )
    assert code == 0
    assert "us_fr_regulations" in out


def test_hostile_law_cannot_reach_the_terminal(home: Path) -> None:
    for form in ("text", "markdown", "json"):
        _, out, _ = run(home, "library", "lint", "--severity", "note", "--format", form)
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_diff_compares_a_snapshot_with_what_is_installed_now(home: Path) -> None:
    code, out, _ = run(home, "library", "diff", "us_fr_statutes@1", "us_fr_statutes", "-f", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["added"], found["removed"], found["renumbered"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("us_fr_statutes@9", "has snapshots 1 to 2"),
        ("us_fr_statutes@x", "the number of a snapshot"),
        ("us_zz_statutes", "is not installed"),
        ("nowhere/pack.parquet", "is no file of a pack"),
    ],
)
def test_a_state_that_is_not_there_is_named(home: Path, state: str, said: str) -> None:
    code, _, err = run(home, "library", "diff", state, "us_fr_statutes")
    assert code in {1, 2}
    assert said in err


def test_read_with_history_shows_the_words_that_changed(home: Path) -> None:
    code, out, _ = run(home, "read", "Frank. Stat. § 12-4-103", "--history")
    assert code == 0
    assert "[-forty-five-]{+thirty+}" in out


def test_history_follows_a_renumbering_both_ways(home: Path) -> None:
    assert "moved to /us-fr/fs/s12-4-120" in run(home, "read", "FS 12-4-109", "--history")[1]
    _, out, _ = run(home, "read", "FS 12-4-120", "--history", "--format", "json")
    assert json.loads(out)["moved_from"] == ["/us-fr/fs/s12-4-109"]
