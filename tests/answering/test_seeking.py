"""When the general law is asked, and which questions are like nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from pincite.answer import Question
from pincite.answering.refusing import _strange
from pincite.answering.seeking import _in_general
from pincite.retrieval.topic_vectors import matcher
from pincite.retrieval.topics import TopicMatch
from pincite.retrieval.understand import Understanding, understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pincite.answering.ask import Desk
    from pincite.retrieval.topics import TopicMatcher

TOPICS = {topic.id: topic for topic in matcher().topics}
SPECIAL, GENERAL = "privacy.notice.privacy-policy", "consumer.practices.unfair-deceptive"
NO_GENERAL = "employment.wages.final-pay"


class Letters:
    """An embedding by letters: near enough for what is not about meaning."""

    name = "letters"
    dimensions = 26

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [[text.lower().count(chr(97 + n)) + 0.01 for n in range(26)] for text in texts]
        found = np.array(rows, dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@dataclass
class Table:
    """As much of a desk as finding the general topics needs."""

    matcher: TopicMatcher
    model: Letters | None
    passages: None = None


def _asked(text: str, **topics: float) -> Understanding:
    question = Question(
        text=text, as_of=date(2026, 11, 21), asked_at=datetime(2026, 11, 21, tzinfo=UTC)
    )
    found = understand(question, matcher(), model=Letters())
    matches = tuple(TopicMatch(TOPICS[name], 1.0, share) for name, share in topics.items())
    return replace(found, topics=matches)


def _general(topics: dict[str, float], model: Letters | None) -> Understanding | None:
    desk = cast("Desk", Table(matcher=matcher(), model=model))
    return _in_general(_asked("What must our site say in Franklin?", **topics), desk)


def test_a_topic_that_general_law_reaches_is_sought_there() -> None:
    wider = _general({SPECIAL: 0.9, NO_GENERAL: 0.1}, Letters())
    assert wider is not None
    assert [(match.topic.id, match.share) for match in wider.topics] == [(GENERAL, 1.0)]
    assert wider.vector is not None
    assert float(wider.vector @ wider.vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("topics", "model"),
    [
        ({NO_GENERAL: 1.0}, Letters()),
        ({SPECIAL: 0.4, NO_GENERAL: 0.6}, Letters()),
        ({}, Letters()),
        ({SPECIAL: 1.0}, None),
    ],
    ids=["names none", "likelier another", "no topic", "no model"],
)
def test_no_other_is(topics: dict[str, float], model: Letters | None) -> None:
    assert _general(topics, model) is None


def test_general_topics_are_topics_and_name_none_themselves() -> None:
    named = {one for topic in TOPICS.values() for one in topic.general}
    assert named
    assert {one for one in named if one not in TOPICS or TOPICS[one].general} == set()


@pytest.mark.parametrize(
    ("likeness", "share", "strange"),
    [(0.40, 0.2, True), (0.55, 0.2, False), (0.40, 0.6, False), (None, 0.2, False)],
)
def test_a_question_is_strange_that_is_like_nothing(
    likeness: float | None, share: float, strange: bool
) -> None:
    asked = _asked("Must the moon sing to our toaster in Franklin?", **{SPECIAL: share})
    assert _strange(replace(asked, likeness=likeness)) is strange


def test_a_question_in_its_topics_own_words_is_not_strange() -> None:
    asked = _asked("personal information consent website policy in Franklin?", **{SPECIAL: 0.2})
    assert not _strange(replace(asked, likeness=0.3))


def test_a_question_of_two_sentences_is_about_what_each_asks() -> None:
    solar = "We sell solar panels to homeowners in Franklin."
    calls = "Who may we telephone, and who is on a do not call list?"
    whole = {match.topic.id for match in _matched(f"{solar} {calls}")[:3]}
    assert {match.topic.id for match in _matched(calls)[:1]} <= whole
    assert sum(match.share for match in _matched(f"{solar} {calls}")) == pytest.approx(1.0)


def _matched(text: str) -> tuple[TopicMatch, ...]:
    question = Question(
        text=text, as_of=date(2026, 11, 21), asked_at=datetime(2026, 11, 21, tzinfo=UTC)
    )
    return understand(question, matcher()).topics
