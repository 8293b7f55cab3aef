"""`pincite ask`, through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from tests.cli.conftest import QUESTION

from pincite.rendering.wire import json_schema

if TYPE_CHECKING:
    from tests.cli.conftest import Pincite

SCHEMA = Path(__file__).parents[2] / "schema" / "answer.schema.json"


def test_a_question_gets_a_cited_answer(installed: Pincite) -> None:
    found = installed("ask", QUESTION)
    assert found.code == 0
    assert "[1.1" in found.out
    assert "Frank. Stat. §" in found.out
    assert "not legal advice" in found.out


def test_a_question_need_not_be_quoted(installed: Pincite) -> None:
    assert installed("ask", "-f", "json", *QUESTION.split()).json["question"] == QUESTION


def test_the_published_schema_is_that_of_this_release() -> None:
    assert SCHEMA.read_text("utf-8") == json_schema()


def test_an_answer_in_json_is_as_the_published_schema_says(answer: dict[str, Any]) -> None:
    jsonschema.validate(answer, json.loads(SCHEMA.read_text("utf-8")))


def test_every_quote_is_the_stored_text_that_read_shows(
    installed: Pincite, answer: dict[str, Any]
) -> None:
    sources = {one["label"]: one for one in answer["sources"]}
    cites = [
        cite
        for block in [{"statements": answer["summary"]}, *answer["blocks"]]
        for statement in block["statements"]
        for cite in statement["cites"]
    ]
    assert cites
    for cite in cites:
        source = sources[cite["source"]]
        law = installed("read", source["id"], "-f", "json").json
        assert law["text"][cite["start"] : cite["end"]] == cite["quote"]
        assert law["text_sha256"] == source["text_sha256"]


def test_a_question_without_a_jurisdiction_is_refused_with_exit_code_3(installed: Pincite) -> None:
    found = installed("ask", "How soon must a business tell of a breach?")
    assert found.code == 3
    assert "names no jurisdiction" in " ".join(found.out.split())


@pytest.mark.parametrize("place", ["FR", "us-fr", "Franklin", "State of Franklin", "fr,FR"])
def test_in_takes_every_name_of_a_jurisdiction(installed: Pincite, place: str) -> None:
    found = installed("ask", "How soon must I tell of a breach?", "--in", place, "-f", "json")
    assert [one["id"] for one in found.json["jurisdictions"]] == ["us-fr"]


def test_facts_are_told_in_the_answer(installed: Pincite) -> None:
    found = installed("ask", QUESTION, "--fact", "we are an insurer", "-f", "json")
    assert "we are an insurer" in found.json["facts"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["ask", ""], "empty"),
        (["ask", "   "], "empty"),
        (["ask", QUESTION, "--in", "Atlantis"], "'Atlantis' is no jurisdiction"),
        (["ask", QUESTION, "--as-of", "yesterday"], "write 2026-11-21"),
        (["ask", QUESTION, "--format", "xml"], "xml"),
        (["ask", QUESTION, "--out", "no/such/folder/a.json"], "there is no folder"),
        (["ask", QUESTION, "--out", "."], "is a folder"),
        (["ask", "x " * 20_000], "at most 20,000"),
        (["ask"], "Missing argument"),
        (["ask", QUESTION, "--nonsense"], "No such option"),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(
    installed: Pincite, args: list[str], said: str
) -> None:
    found = installed(*args)
    assert found.code == 2
    assert said in found.err
    assert not found.out
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00\x01binary", "no text in UTF-8"),
        (b"why? " * 2_000_000, "longer than a megabyte"),
    ],
    ids=["empty", "binary", "ten-megabytes"],
)
def test_a_question_from_standard_input_is_checked(
    installed: Pincite, data: bytes, said: str
) -> None:
    found = installed("ask", "-", stdin=data)
    assert found.code == 2
    assert said in found.err


def test_a_question_may_come_from_standard_input(installed: Pincite) -> None:
    found = installed("ask", "-", "-f", "json", stdin=f"\ufeff{QUESTION}\n".encode())
    assert found.json["question"] == QUESTION


def test_control_characters_do_not_reach_the_terminal(installed: Pincite) -> None:
    found = installed("ask", "--in", "FR", "\x1b]0;evil\x07 breach \x00\u202e of security?")
    assert not {"\x1b", "\x07", "\x00", "\u202e"} & set(found.out + found.err)


def test_a_question_in_another_language_is_answered_or_refused(installed: Pincite) -> None:
    assert installed("ask", "弗兰克林州的数据泄露通知期限是多久?").code in {0, 3}


def test_the_suffix_of_the_file_chooses_the_format(installed: Pincite, tmp_path: Path) -> None:
    out = tmp_path / "answer.json"
    found = installed("ask", QUESTION, "--out", out)
    assert found.code == 0
    assert not found.out
    assert json.loads(out.read_text("utf-8"))["question"] == QUESTION
    assert list(tmp_path.iterdir()) == [out]


def test_the_trace_tells_what_each_stage_saw(installed: Pincite, tmp_path: Path) -> None:
    trace = tmp_path / "trace.json"
    assert installed("ask", QUESTION, "--trace", trace).code == 0
    stages = [stage["stage"] for stage in json.loads(trace.read_text("utf-8"))["stages"]]
    assert stages[0] == "understanding"
    assert {"retrieval", "reading", "verification"} <= set(stages)
    assert '"understanding"' in installed("ask", QUESTION, "--trace", "-").err


def test_with_neither_packs_nor_network_the_message_says_what_to_do(empty: Pincite) -> None:
    found = empty("ask", "May I record a call in Missouri?")
    assert found.code == 1
    assert "the law of Missouri is not installed" in found.err
    assert "PINCITE_PACKS" in found.err
    assert found.err.count("\n") == 1


def test_an_error_is_json_where_json_was_asked_for(empty: Pincite) -> None:
    found = empty("ask", "May I record a call in Missouri?", "--format", "json")
    assert found.code == 1
    assert json.loads(found.err)["error"]["kind"] == "SourceUnreachable"


def test_the_sample_stands_in_only_when_asked_for_and_says_so(empty: Pincite) -> None:
    found = empty("ask", "--sample-if-offline", "--", "May I record a call in Missouri?")
    assert found.code == 0
    assert "Neither packs nor a network" in found.out
    assert "The question was not answered" in found.out
    assert "State of Franklin" in found.out
    assert "Mo. Rev. Stat." not in found.out


def test_a_question_about_franklin_needs_no_source(empty: Pincite) -> None:
    found = empty("ask", QUESTION)
    assert found.code == 0
    assert "Frank. Stat. §" in found.out


def test_one_states_question_is_not_answered_with_anothers_law(installed: Pincite) -> None:
    found = installed("ask", "How soon must I tell of a breach of security in Texas?", "-f", "json")
    assert found.code == 3
    assert found.json["abstained"]
    assert not found.json["sources"]


def test_full_shows_no_less(installed: Pincite, answer: dict[str, Any]) -> None:
    full = installed("ask", QUESTION, "--full", "-f", "json").json

    def count(one: dict[str, Any]) -> int:
        return sum(len(block["statements"]) for block in one["blocks"])

    assert count(full) >= count(answer)
