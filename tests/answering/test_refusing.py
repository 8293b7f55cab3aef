"""What was found, and whether it answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tests.verification.invented import section

from pincite.answering.refusing import closeness_score, not_answered
from pincite.law.section import Kind
from pincite.retrieval.rerank import Closeness
from pincite.retrieval.topic_vectors import shipped_topics
from pincite.retrieval.topics import TopicMatch

LAW = section("2", "The coroner shall pay each juror one dollar.")


def retrieved(terms: float) -> Any:
    near = Closeness(
        passage=0.5, heading=0.5, topic_passage=0.5, topic_heading=0.5, group=0.0, terms=terms
    )
    best = SimpleNamespace(section=LAW, score=1.5, found_by=("words", "vectors"))
    tenth = SimpleNamespace(section=section("3", "No more."), score=0.6, found_by=("words",))
    return SimpleNamespace(evidence=(best, tenth), closeness={LAW.id: near, tenth.section.id: near})


def asked(topic: str) -> Any:
    match = next(one for one in shipped_topics() if one.id == topic)
    return SimpleNamespace(
        places=SimpleNamespace(jurisdictions=(SimpleNamespace(id="us-co", name="Colorado"),)),
        named=(),
        topics=(TopicMatch(match, 1.0, 1.0),),
        likeness=0.9,
        words=(),
    )


def pack(*titles: str) -> Any:
    return SimpleNamespace(
        name="us_co_statutes",
        titles=titles,
        excerpts=False,
        kind=Kind.STATUTE,
        jurisdiction="us-co",
        codes=("crs",),
        from_document=False,
    )


LEAVE, LOANS = "employment.leave.jury-witness", "credit.loans.usury"


@pytest.mark.parametrize(
    ("topic", "terms", "refused"),
    [
        (LEAVE, 0.8, True),  # near, and the title on labor is not there
        (LOANS, 0.8, False),  # as near, and no title on loans is missing
        (LEAVE, 1.6, False),  # so near that it is the law, wherever it stands
        (LOANS, 0.0, True),
    ],
)
def test_what_stands_near_answers_where_no_title_on_it_is_missing(
    topic: str, terms: float, *, refused: bool
) -> None:
    found = retrieved(terms)
    told = not_answered(asked(topic), "us-co", (pack("Title 1", "Title 5", "Title 6"),), found)
    assert (told is not None) is refused, closeness_score(found)


def test_the_missing_title_is_named() -> None:
    told = not_answered(asked(LEAVE), "us-co", (pack("Title 1", "Title 6"),), retrieved(0.8))
    assert told is not None
    assert "Title 8 (Labor and Industry)" in told.reason
