"""An ordinary answer on several jurisdictions closes with what differs between them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.compare.conftest import DAY, QUESTION

from pincite import render_json
from pincite.answer import StatementKind

if TYPE_CHECKING:
    from tests.compare.conftest import States

    from pincite import Answer
    from pincite.answer import Statement


def answered(states: States, *places: str, question: str = QUESTION) -> Answer:
    return asyncio.run(states.helper.ask(question, as_of=DAY, jurisdictions=places))


def differing(answer: Answer) -> tuple[Statement, ...]:
    return next((one.statements for one in answer.blocks if one.heading == "What differs"), ())


def test_an_answer_closes_with_what_differs_in_the_laws_own_words(states: States) -> None:
    answer = answered(states, "FR", "NV", "DE")
    assert answer.blocks[-1].heading == "What differs"
    first, *rest = differing(answer)
    assert first.text == (
        "Not the same in State of Franklin, Nevada and Delaware: by when or how long."
    )
    assert [one.text.partition(":")[0] for one in rest] == [
        "State of Franklin",
        "Nevada",
        "Delaware",
    ]
    for one in rest:
        assert one.kind is StatementKind.QUOTE
        for quote in one.quotes:
            section = states.helper.section(quote.section)
            assert section is not None
            assert section.text[quote.start : quote.end] == quote.text


def test_it_rests_on_what_the_parts_quote_already(states: States) -> None:
    answer = answered(states, "FR", "NV", "DE")
    before = {q.section for block in answer.blocks[:-1] for s in block.statements for q in s.quotes}
    assert {quote.section for one in differing(answer) for quote in one.quotes} <= before


def test_where_the_same_is_asked_and_told_nothing_is_said_to_differ(states: States) -> None:
    assert differing(answered(states, "FR", "DE")) == ()


def test_one_jurisdiction_differs_from_nothing(states: States) -> None:
    assert differing(answered(states, "NV")) == ()


def test_a_jurisdiction_without_an_answer_is_not_said_to_differ(states: States) -> None:
    told = differing(answered(states, "FR", "NV", "OR"))
    assert told
    assert not [one for one in told if "Oregon" in one.text]


def test_what_was_not_asked_for_is_not_compared(states: States) -> None:
    question = "Must a business give notice of a breach of security?"
    assert differing(answered(states, "FR", "NV", question=question)) == ()


def test_penalties_differ_where_penalties_are_asked_for(states: States) -> None:
    question = "What is the penalty for not giving notice of a breach of security?"
    told = [one.text for one in differing(answered(states, "FR", "NV", question=question))]
    assert "Not the same in State of Franklin and Nevada: what follows if not." in told


@pytest.mark.parametrize("places", [("FR", "NV"), ("FR", "NV", "DE")])
def test_a_saved_answer_with_it_holds_and_a_changed_one_does_not(
    states: States, places: tuple[str, ...]
) -> None:
    body = render_json(answered(states, *places))
    assert states.helper.verify(body.encode(), source="saved").holds
    changed = body.replace("Nevada: ", "Delaware: ")
    assert changed != body
    assert not states.helper.verify(changed.encode(), source="changed").holds
