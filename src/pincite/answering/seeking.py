"""What the law of one jurisdiction has on a question; where it has nothing, its general law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answering.aiming import aim_of
from pincite.answering.refusing import Refusal, not_answered
from pincite.retrieval.rerank import Reranker, topic_text, unit
from pincite.retrieval.search import Query, Retrieved, search, with_nearest
from pincite.retrieval.topics import TopicMatch

if TYPE_CHECKING:
    from pincite.answer import Question
    from pincite.answering.ask import Desk
    from pincite.reading.readings import Readings
    from pincite.retrieval.understand import Understanding

# A topic that the question is less likely about does not say which general law reaches it, and
# those that do must together be likelier than all else.
_LIKELY, _TOGETHER = 0.2, 0.5
# So many sections of the general law stand before what was found at first.
_FIRST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found for one jurisdiction, and the understanding by which it was.

    `general` names the general law where only that was found. `refusal` is why what was found
    does not answer.
    """

    understood: Understanding
    retrieved: Retrieved
    refusal: Refusal | None
    general: str | None = None


def sought(
    question: Question,
    understood: Understanding,
    jurisdiction: str,
    desk: Desk,
    readings: Readings,
) -> Sought:
    """Evidence on the question, or on the general law that its topics name, or a refusal."""
    packs = desk.shelf.packs(jurisdiction)
    found = retrieved(question, understood, jurisdiction, desk, readings)
    refusal = not_answered(understood, jurisdiction, packs, found)
    narrow = Sought(understood=understood, retrieved=found, refusal=refusal)
    if refusal is None or not refusal.distant:
        return narrow
    wider = _in_general(understood, desk)
    if wider is None:
        return narrow
    again = retrieved(question, wider, jurisdiction, desk, readings)
    if not_answered(wider, jurisdiction, packs, again) is not None:
        return narrow
    first = again.evidence[:_FIRST]
    have = {item.section.id for item in first}
    rest = tuple(item for item in found.evidence if item.section.id not in have)
    return Sought(
        understood=wider,
        retrieved=replace(again, evidence=(*first, *rest)),
        refusal=None,
        general=_lower(wider.topics[0].topic.name),
    )


def retrieved(
    question: Question,
    understood: Understanding,
    jurisdiction: str,
    desk: Desk,
    readings: Readings,
) -> Retrieved:
    """Candidates by words and topics; with a model the best of them by meaning."""
    query = _query(understood, jurisdiction)
    packs = desk.shelf.packs(jurisdiction)
    found = search(query, packs, shelf=desk.shelf, as_of=question.as_of)
    if desk.model is None or understood.vector is None:
        return found
    found = with_nearest(
        found,
        understood.vector,
        packs,
        shelf=desk.shelf,
        model=desk.model.name,
        as_of=question.as_of,
    )
    evidence, closeness = Reranker(desk.passages or desk.model, desk.matcher).rerank(
        query, understood.vector, found.evidence, aim_of(understood).sought, readings
    )
    return Retrieved(evidence=evidence, candidates=found.candidates, closeness=closeness)


def _query(understood: Understanding, jurisdiction: str) -> Query:
    return Query(
        text=understood.text,
        words=understood.words,
        phrases=understood.phrases,
        topics=understood.topics,
        sections=tuple(
            item.citation.id
            for item in understood.named
            if item.citation.jurisdiction == jurisdiction
        ),
    )


def _lower(name: str) -> str:
    """A topic's name as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def _in_general(understood: Understanding, desk: Desk) -> Understanding | None:
    """The question as one on the general law that its likeliest topics name."""
    saying = [m for m in understood.topics if m.share >= _LIKELY and m.topic.general]
    if sum(match.share for match in saying) < _TOGETHER:
        return None
    named = dict.fromkeys(one for match in saying for one in match.topic.general)
    topics = {topic.id: topic for topic in desk.matcher.topics if topic.id in named}
    model = desk.passages or desk.model
    if not topics or model is None or understood.vector is None:
        return None
    share = 1 / len(topics)
    matches = tuple(TopicMatch(topics[one], 0.0, share) for one in named if one in topics)
    vector = understood.vector + model.embed([topic_text(match) for match in matches]).mean(axis=0)
    return replace(
        understood,
        topics=matches,
        words=(),
        vector=unit(vector),
    )
