"""The docs are complete, their links lead somewhere, and their examples run."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from pincite.answer import FaultKind
from pincite.sample import sample_packs
from pincite.verification.notes import NOTE_TEMPLATES

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("src/**/*.md"))
    if "__pycache__" not in path.parts
)
ANSWERS = (ROOT / "docs" / "answers.md").read_text("utf-8")
NAMED = [str(path.relative_to(ROOT)) for path in PAGES]


def rows(page: str, heading: str) -> dict[str, str]:
    """The table under a heading: first cell, less its backticks, to second."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no part {heading}"
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", found[1], re.MULTILINE))


def test_every_kind_of_fault_is_described() -> None:
    assert set(rows(ANSWERS, "Faults")) == {kind.value for kind in FaultKind}


def test_every_note_is_told_as_it_is() -> None:
    told = rows(ANSWERS, "Notes")
    changed = {key: text for key, text in NOTE_TEMPLATES.items() if told.get(key) != text}
    lines = "\n".join(f"| `{key}` | {text} |" for key, text in changed.items())
    assert not changed, f"docs/answers.md needs these lines:\n{lines}"
    assert set(told) == set(NOTE_TEMPLATES)


def test_every_field_of_the_answer_is_described() -> None:
    schema = json.loads((ROOT / "schema" / "answer.schema.json").read_text("utf-8"))
    parts = [schema, *schema["$defs"].values()]
    fields = {field for part in parts for field in part.get("properties", ())}
    values = {value for part in parts for field in part.get("properties", {}).values()
              for value in field.get("enum", ())}  # fmt: skip
    assert {one for one in fields | values if f"`{one}`" not in ANSWERS} == set()


@pytest.mark.parametrize("path", PAGES, ids=NAMED)
def test_links_within_the_docs_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file) if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def test_every_page_stands_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert {name for name in pages if f"({name})" not in index} == set()


def test_every_decision_stands_in_the_list_once_and_in_order() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\[(\d{4})\]\((\S+?)\)", (folder / "README.md").read_text("utf-8"))
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name for _, name in listed] == files
    assert all(name.startswith(f"{number}-") for number, name in listed)


def test_every_key_of_a_topic_is_described() -> None:
    from dataclasses import fields

    from pincite.retrieval.topics import Topic

    folder = ROOT / "src" / "pincite" / "retrieval" / "taxonomy"
    page = (folder / "README.md").read_text("utf-8")
    assert {field.name for field in fields(Topic) if f"| `{field.name}` |" not in page} == set()


def test_the_page_on_retrieval_has_the_figures_of_the_code() -> None:
    from pincite.retrieval.neighbours import Nearness
    from pincite.retrieval.query import Weights
    from pincite.retrieval.rerank import HEAD

    page = " ".join((ROOT / "docs" / "retrieval.md").read_text("utf-8").split())
    weights, nearness = Weights(), Nearness()
    told = (
        f"| {weights.question} where topics are known, {weights.alone} where none is |",
        f"| {weights.heading} times that |",
        f"× `n / (n + {weights.saturation})` |",
        f"what is below {weights.least} is",
        f"within {nearness.window}",
        f"`e^(−distance / {nearness.reach:g})`, times {nearness.gain}",
        f"The {HEAD} best sections are read",
    )
    assert [one for one in told if one not in page] == []
    assert weights.terms == weights.headings == weights.acts == 1.0, "the page has no weight there"


def test_the_number_of_checks_is_told_as_it_is() -> None:
    from pincite.verification.checks import QUOTE_CHECKS, STATEMENT_CHECKS

    assert len((*QUOTE_CHECKS, *STATEMENT_CHECKS)) == 18, "the docs say eighteen"


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "docs" / "development.md").read_text("utf-8")
    assert {one for one in targets if f"`make {one}" not in page} == set()


@pytest.fixture
def franklin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment in which the invented state is the only source, and no file of settings."""
    for name in os.environ:
        if name.startswith("PINCITE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PINCITE_PACKS", str(sample_packs(tmp_path / "packs")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", PAGES, ids=NAMED)
def test_python_examples_run(path: Path, request: pytest.FixtureRequest) -> None:
    examples = re.findall(
        r"^```python\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    if not examples:
        return
    request.getfixturevalue("franklin")
    for example in examples:
        exec(compile(example, str(path), "exec"), {})


@pytest.mark.parametrize("path", PAGES, ids=NAMED)
def test_commands_in_the_docs_are_ones_that_the_program_takes(path: Path) -> None:
    """Every `pincite ...` line of an example is parsed; nothing is run."""
    import typer

    from pincite.cli.app import app

    command = typer.main.get_command(app)
    blocks = re.findall(
        r"^```(?:sh|console)\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for line in "".join(blocks).splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[:1] != ["pincite"]:
            continue
        parsed(command, words[1:], line)


def parsed(command: Any, words: list[str], line: str) -> None:
    """Follow the words through groups to a command and hold its options to those it has."""
    path = []
    while words and hasattr(command, "commands"):
        if words[0].startswith("-"):
            takes = option(command, words[0], line)
            words = words[2 if takes else 1 :]
            continue
        name = words.pop(0)
        assert name in command.commands, f"{line}: there is no command {name}"
        command = command.commands[name]
        path.append(name)
    assert path, f"{line}: no command"
    for word in words:
        if word.startswith("-") and len(word) > 1:
            option(command, word.partition("=")[0], line)


def option(command: Any, name: str, line: str) -> bool:
    """Whether the option takes a value; fails where the command has no such option."""
    for parameter in command.params:
        if name in parameter.opts or name in parameter.secondary_opts:
            return not getattr(parameter, "is_flag", False)
    pytest.fail(f"{line}: there is no option {name}")
