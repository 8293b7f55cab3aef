"""A saved answer is checked again to the byte: whatever was changed in it is found."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verification.invented import BREACH_LAW, LAW, sentence

from pincite.errors import UsageError
from pincite.verification import verify_answer

SALE = sentence("No person may")
PENALTY = sentence("The court may")


def cite(quote: Any, pinpoint: str) -> dict[str, Any]:
    return {
        "source": "1.1",
        "pinpoint": pinpoint,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
    }


def saved() -> dict[str, Any]:
    law = BREACH_LAW
    return {
        "as_of": "2026-03-01",
        "jurisdictions": [{"id": "us-fr", "name": "Franklin", "how": "named"}],
        "summary": [{"text": "Yes, on conditions.", "kind": "note", "cites": []}],
        "blocks": [
            {
                "heading": "What you may not do",
                "statements": [
                    {"text": f"“{SALE.text}”", "kind": "quote", "cites": [cite(SALE, "(d)")]},
                    {
                        "text": "The court may impose a civil penalty of $25,000.",
                        "kind": "paraphrase",
                        "cites": [cite(PENALTY, "(e)")],
                    },
                ],
            }
        ],
        "sources": [
            {
                "label": "1.1",
                "id": law.id,
                "citation": law.citation,
                "local_citation": law.local_citation,
                "heading": law.heading,
                "code": law.code,
                "hierarchy": list(law.hierarchy),
                "document": law.document,
                "document_name": law.document_name,
                "status": "in_force",
                "effective_date": None,
                "current_through": "",
                "url": None,
                "text_sha256": law.text_sha256,
                "applicability": {"binds": "a person", "verdict": "applies", "basis": []},
            }
        ],
    }


def test_an_answer_that_was_left_alone_holds() -> None:
    report = verify_answer(saved(), LAW.get)
    assert report.holds
    assert [finding.place for finding in report.findings] == [
        "summary[0]",
        "blocks[0].statements[0]",
        "blocks[0].statements[1]",
        "sources[0]",
    ]


def test_law_that_was_changed_since_is_found() -> None:
    now = replace(BREACH_LAW, text=BREACH_LAW.text.replace("minor", "child"), text_sha256="0")
    report = verify_answer(saved(), {**LAW, now.id: now}.get)
    assert [f.place for f in report.faulty] == ["blocks[0].statements[0]", "sources[0]"]


def test_a_library_without_the_section_says_so() -> None:
    report = verify_answer(saved(), {}.get)
    assert "is not in the library" in report.faulty[-1].faults[0].detail


def test_a_label_without_a_source_and_a_source_without_a_cite_are_found() -> None:
    answer = saved()
    for statement in answer["blocks"][0]["statements"]:
        statement["cites"][0]["source"] = "9.9"
    kinds = {
        fault.kind for finding in verify_answer(answer, LAW.get).faulty for fault in finding.faults
    }
    assert kinds >= {"not_retrieved", "not_cited"}


_CITES = [("blocks", 0, "statements", n, "cites", 0, "quote") for n in (0, 1)]


@given(
    place=st.sampled_from([*_CITES, ("blocks", 0, "statements", 0, "text")]),
    at=st.integers(0, 30),
    letter=st.characters(categories=["L", "N"]),
)
def test_any_changed_letter_of_a_quote_is_found(
    place: tuple[str | int, ...], at: int, letter: str
) -> None:
    answer = copy.deepcopy(saved())
    holder: Any = answer
    for key in place[:-1]:
        holder = holder[key]
    text = holder[place[-1]]
    changed = text[: at + 1] + letter + text[at + 2 :]
    holder[place[-1]] = changed
    assert verify_answer(answer, LAW.get).holds == (changed == text)


@pytest.mark.parametrize("field", ["start", "end"])
def test_any_changed_offset_is_found(field: str) -> None:
    for step in (-1, 1, 10_000):
        answer = saved()
        answer["blocks"][0]["statements"][0]["cites"][0][field] += step
        assert not verify_answer(answer, LAW.get).holds


@pytest.mark.parametrize(
    "field", ["id", "citation", "local_citation", "heading", "status", "text_sha256", "document"]
)
def test_any_changed_field_of_a_source_is_found(field: str) -> None:
    answer = saved()
    answer["sources"][0][field] += "x"
    assert not verify_answer(answer, LAW.get).holds


def test_a_changed_amount_in_a_paraphrase_is_found() -> None:
    answer = saved()
    answer["blocks"][0]["statements"][1]["text"] = "The court may impose a civil penalty of $2,500."
    assert not verify_answer(answer, LAW.get).holds


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"sources": "x"},
        {**saved(), "as_of": "soon"},
        {**saved(), "blocks": [{"statements": [{"text": 1, "kind": "quote", "cites": []}]}]},
        {**saved(), "summary": [{"text": "x", "kind": "poem", "cites": []}]},
    ],
)
def test_what_is_no_saved_answer_is_refused_by_name(broken: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="not a saved answer"):
        verify_answer(broken, LAW.get)
