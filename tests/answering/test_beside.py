"""What is kept beside a duty: the meaning of its words, and the exceptions that it names."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from pincite.assistant import Assistant
from pincite.sample import sample_packs
from pincite.settings import Settings

if TYPE_CHECKING:
    from pincite.answer import Answer, Block

AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("franklin")
    packs = sample_packs(folder / "packs")
    settings = Settings(home=folder / "home", packs=str(packs), vectors=False)
    return Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC))


def ask(franklin: Assistant, question: str, *facts: str) -> Answer:
    return asyncio.run(franklin.ask(question, as_of=AS_OF, facts=facts))


def block(answer: Answer, heading: str) -> Block:
    return next(one for one in answer.blocks if one.heading == heading)


PRIVACY = "In the State of Franklin, must a company let consumers delete their personal data?"
PROGRAM = "In the State of Franklin, what security program is required for customer data?"


def test_words_are_told_from_the_document_of_the_duty(franklin: Assistant) -> None:
    answer = ask(franklin, PRIVACY)
    meant = block(answer, "What the words mean").statements
    documents = {source.id: source.document for source in answer.sources}
    assert 0 < len(meant) <= 3
    for statement in meant:
        (quote,) = statement.quotes
        assert documents[quote.section] == "/us-fr/fs/ch12-3"
        assert quote.pinpoint


def test_the_exception_that_a_duty_names_is_named(franklin: Assistant) -> None:
    told = [s.text for s in block(ask(franklin, PRIVACY), "Exceptions").statements]
    assert any("12-3-202" in text for text in told)


def test_an_answer_opens_with_whom_the_law_binds_and_on_what(franklin: Assistant) -> None:
    first = ask(franklin, PRIVACY).blocks[0]
    assert first.heading == "Who must comply"
    assert any(s.text.startswith("This applies only if") for s in first.statements)


def test_facts_sort_the_same_law_anew(franklin: Assistant) -> None:
    without, told = ask(franklin, PRIVACY), ask(franklin, PRIVACY, "60,000 customers")
    assert {s.document for s in without.sources} == {s.document for s in told.sources}
    verdicts = [{s.applicability.verdict for s in one.sources} for one in (without, told)]
    assert verdicts == [{"only_if"}, {"applies"}]


def test_insurance_law_is_only_for_insurers(franklin: Assistant) -> None:
    def verdicts(*facts: str) -> set[str]:
        sources = ask(franklin, PROGRAM, *facts).sources
        return {s.applicability.verdict for s in sources if "/ch26-9" in s.document}

    assert "applies" not in verdicts()
    assert verdicts("we are an insurer") == {"applies"}


def test_what_does_not_bind_is_one_line_at_the_end(franklin: Assistant) -> None:
    answer = ask(franklin, PROGRAM, "we are a bank")
    last = answer.blocks[-1]
    assert last.heading == "Not you"
    insurance = [s.id for s in answer.sources if "/ch26-9" in s.document]
    lines = [one for one in last.statements if one.quotes[0].section in insurance]
    assert len(lines) == 1
    told = [s for b in answer.blocks[:-1] for s in b.statements]
    assert not any(q.section in insurance for s in told for q in s.quotes)


def test_every_source_says_whom_it_binds(franklin: Assistant) -> None:
    for source in ask(franklin, PRIVACY).sources:
        assert source.applicability.binds
        assert source.applicability.basis
