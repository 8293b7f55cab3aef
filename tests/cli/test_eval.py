"""`pincite eval`, through the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pincite


def row(name: str, question: str, gold: str = "", **more: object) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": name,
        "question": question,
        "jurisdictions": ["fr"] if gold else [],
        "topic": "breach" if gold else "none",
        "kind": "k",
        "gold": [{"act_id": gold, "citation": "", "essential": True}] if gold else [],
        "facts": [],
        "answerable": bool(gold),
    }
    return made | more


ROWS = [
    row(
        "a",
        "How soon must a business give notice of a breach of security in the State of Franklin?",
        "us/fr/statutes/frank.-stat.-12-4-103",
        facts=["forty-five days", "no such words"],
    ),
    row(
        "b",
        "What must a contract with a service provider contain in Franklin's privacy act?",
        "us/fr/statutes/frank.-stat.-12-3-402",
    ),
    row("c", "Who will win the next election?"),
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "franklin.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in ROWS), encoding="utf-8")
    return file


def test_figures_of_retrieval_and_answers_are_counted(installed: Pincite, questions: Path) -> None:
    found = installed("eval", questions, "--format", "json")
    assert found.code == 0
    figures = found.json["sets"]["franklin"]
    assert figures["retrieval"]["n"] == 2
    assert figures["retrieval"]["recall@100"] == 1.0
    assert figures["answers"]["n"] == 3
    assert figures["answers"]["refused_right"] == 1.0
    assert figures["answers"]["quotes"] > 0
    assert figures["answers"]["quotes_not_equal"] == 0
    assert figures["answers"]["uncited_statements"] == 0
    assert figures["answers"]["facts_present"] == 0.5
    assert set(figures["by_topic"]) == {"breach", "none"}
    assert set(figures["by_part"]) <= {"tune", "mixed", "held out"}
    assert set(figures["by_jurisdiction"]) == {"fr", "none"}
    assert "franklin: 3 of 3" in found.err
    assert "recall@10" in installed("eval", questions).out


def test_retrieval_alone_writes_no_answers(
    installed: Pincite, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results.jsonl"
    args = ("eval", questions, "--retrieval-only", "--out", out, "-f", "json")
    figures = installed(*args).json["sets"]["franklin"]
    assert "answers" not in figures
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["answer"] for line in lines] == [None] * 3
    assert len(lines[0]["ranked"]) <= 100
    assert "us/fr/statutes/frank.-stat.-12-4-103" in lines[0]["ranked"]


def test_ranks_are_the_same_with_answers_and_without(
    installed: Pincite, questions: Path, tmp_path: Path
) -> None:
    ranked = []
    for number, more in enumerate(((), ("--retrieval-only",))):
        out = tmp_path / f"{number}.jsonl"
        installed("eval", questions, "--out", out, *more)
        ranked.append([json.loads(line)["ranked"] for line in out.read_text("utf-8").splitlines()])
    assert ranked[0] == ranked[1]


def test_a_run_that_was_cut_off_is_continued(
    installed: Pincite, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results.jsonl"
    whole = installed("eval", questions, "--out", out, "-f", "json").json
    lines = out.read_text("utf-8").splitlines(keepends=True)
    out.write_text(lines[0] + lines[1][: len(lines[1]) // 2], encoding="utf-8")
    again = installed("eval", questions, "--out", out, "-f", "json").json
    assert out.read_text("utf-8").startswith(lines[0])
    kept = []
    for line in out.read_text("utf-8").splitlines():
        try:
            kept.append(json.loads(line)["id"])
        except ValueError:
            continue
    assert kept == ["a", "b", "c"]
    for name in ("gold_cited", "facts_present", "refused_right", "statements"):
        mine = again["sets"]["franklin"]["answers"][name]
        assert mine == whole["sets"]["franklin"]["answers"][name]


def test_a_sample_is_the_same_for_the_same_seed(
    installed: Pincite, questions: Path, tmp_path: Path
) -> None:
    chosen = []
    for number in range(2):
        out = tmp_path / f"{number}.jsonl"
        args = ("--retrieval-only", "--sample", "2", "--seed", "7", "--out", out)
        installed("eval", questions, *args)
        chosen.append([json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()])
    assert chosen[0] == chosen[1]
    assert len(chosen[0]) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no question"),
        ("{}\n", "x.jsonl:1"),
        (json.dumps(ROWS[0]) + "\nnot json\n", "x.jsonl:2"),
        (json.dumps(ROWS[0]) + "\n" + json.dumps(ROWS[0]) + "\n", "a is also in"),
    ],
)
def test_a_file_that_holds_no_questions_is_named(
    installed: Pincite, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(text, encoding="utf-8")
    found = installed("eval", file)
    assert found.code == 1
    assert said in found.err
