"""The best candidates once more, by what their best passages mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.index.lexical import opening, tokens
from pincite.reading.readings import whole_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pincite.answer import Evidence
    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel
    from pincite.reading.readings import Readings
    from pincite.retrieval.search import Query
    from pincite.retrieval.topics import TopicMatch, TopicMatcher

HEAD = 30  # candidates that are read
_PASSAGES = 2  # of each, those nearest in words
_LONGEST = 320  # characters of a passage
# Weights beside 1.0 for the words' score, fitted by a softmax over the candidates of a question
# on the development sets, cross-validated by jurisdiction (docs/retrieval.md).
_PLACE, _PASSAGE, _HEADING, _GROUP = 0.09, 0.89, 0.23, 0.20
_TERMS = 0.15
_TOPICS = 2  # whose terms are looked for
_READ = 4_000  # characters of a section in which they are
_OPENING = 800  # characters of a section that tell what it is about


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a section stands to what was asked; cosines, and a share from 0 to 1.

    `passage` and `heading` are to the question, `topic_passage` and `topic_heading` to its topics,
    the best passage counting; `group` is how much of what the section's own words are about lies
    in the groups of the question's topics; `terms` is how much of a line of the topics' terms the
    section holds.
    """

    passage: float
    heading: float
    topic_passage: float
    topic_heading: float
    group: float
    terms: float


class Reranker:
    """Scores passages by an embedding model. It may be used from several threads.

    The model is that for law, which may keep what it made; questions are not given to it.
    """

    def __init__(self, passages: EmbeddingModel, matcher: TopicMatcher) -> None:
        self._passages = passages
        self._matcher = matcher

    def rerank(
        self,
        query: Query,
        question: NDArray[np.float32],
        evidence: Sequence[Evidence],
        sought: Mapping[str, float],
        readings: Readings,
    ) -> tuple[tuple[Evidence, ...], dict[str, Closeness]]:
        """The evidence, its first `HEAD` put in a new order with new scores.

        `question` is the question's vector. `sought` are the words and terms looked for with
        their weights; they choose the passages. Also how close each of the first stands, by
        identifier.
        """
        head, tail = evidence[:HEAD], evidence[HEAD:]
        if not head:
            return (), {}
        close = self._closeness(query, question, [item.section for item in head], sought, readings)
        top = max(item.score for item in head) or 1.0
        scored = [
            replace(
                item,
                score=item.score / top
                + _PLACE / (place + 1)
                + _PASSAGE * near.passage
                + _HEADING * near.heading
                + _GROUP * near.group
                + _TERMS * near.terms,
                found_by=(*item.found_by, "vectors"),
            )
            for place, (item, near) in enumerate(zip(head, close, strict=True))
        ]
        scored.sort(key=lambda item: -item.score)
        least = scored[-1].score
        rest = [replace(item, score=min(least, item.score / top)) for item in tail]
        known = {item.section.id: near for item, near in zip(head, close, strict=True)}
        return (*scored, *rest), known

    def _closeness(
        self,
        query: Query,
        question: NDArray[np.float32],
        sections: Sequence[Section],
        sought: Mapping[str, float],
        readings: Readings,
    ) -> list[Closeness]:
        passages = [nearest(section, readings, sought, _PASSAGES) for section in sections]
        topics = [topic_text(match) for match in query.topics]
        texts = [*topics]
        for section, own in zip(sections, passages, strict=True):
            heading = section.heading or opening(section.text)
            texts.append(f"{heading}. {section.document_name}")
            texts += [text[:_LONGEST] for text in own]
        vectors = self._passages.embed(texts)
        at = len(topics)
        about = sum(
            (
                match.share * vector
                for match, vector in zip(query.topics, vectors[:at], strict=True)
            ),
            0.0 * question,
        )
        # Of length one, so that a question of one topic and one of five stand on the same scale.
        about = unit(about)
        asked: dict[str, float] = defaultdict(float)
        for match in query.topics:
            asked[match.topic.group] += match.share
        found = []
        for section, own in zip(sections, passages, strict=True):
            body = vectors[at + 1 : at + 1 + len(own)]
            found.append(
                Closeness(
                    passage=float((body @ question).max(initial=0.0)),
                    heading=float(vectors[at] @ question),
                    topic_passage=float((body @ about).max(initial=0.0)),
                    topic_heading=float(vectors[at] @ about),
                    group=self._shared(section, asked),
                    terms=_held(query, section),
                )
            )
            at += 1 + len(own)
        return found

    def _shared(self, section: Section, asked: Mapping[str, float]) -> float:
        words = tokens(f"{section.heading} {section.heading} {section.document_name}")
        words += tokens(section.text[:_OPENING])
        matches = self._matcher.match(words, limit=8, sharpness=0.4)
        return sum(match.share * asked.get(match.topic.group, 0.0) for match in matches)


def _held(query: Query, section: Section) -> float:
    """How much of a line of the topics' terms the section holds, 0 to 1; the best line counts."""
    words = set(tokens(section.text[:_READ]))
    lines = (set(tokens(line)) for match in query.topics[:_TOPICS] for line in match.topic.terms)
    return max((len(line & words) / len(line) for line in lines if line), default=0.0)


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length one; the empty one as it is."""
    return vector / max(float((vector @ vector) ** 0.5), 1e-9)


def topic_text(match: TopicMatch) -> str:
    """A topic as a line of text: its name and its first terms."""
    return f"{match.topic.name}: {'; '.join(match.topic.terms[:4])}"


def nearest(
    section: Section, readings: Readings, sought: Mapping[str, float], count: int
) -> list[str]:
    """The sentences of a section that hold most of the sought weight, best first.

    They are those that its provisions are made of; nothing more of them is read.
    """

    def worth(words: str) -> float:
        return sum(sought.get(word, 0.0) for word in set(tokens(words)))

    told = [(one.start, whole_words(section.text, one)) for one in readings.units_of(section)]
    best = sorted(told, key=lambda one: (-worth(one[1]), one[0]))
    return [words for _, words in best[:count]]
