"""What a question is about: where, who asks, what for, which topics, which sections it names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TYPE_CHECKING

from pincite import citations
from pincite.index.lexical import tokens
from pincite.law.jurisdiction import ALL
from pincite.retrieval.asks import Ask, asks
from pincite.retrieval.facts import facts
from pincite.retrieval.places import PlacesFound, places
from pincite.retrieval.unanswerable import Unanswerable, unanswerable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pincite.answer import Question
    from pincite.models.base import EmbeddingModel
    from pincite.retrieval.topic_vectors import TopicVectors
    from pincite.retrieval.topics import TopicMatch, TopicMatcher

# Words that a question is made of whatever it is about. They are left out of the search.
_QUESTION_WORDS = frozenset(
    tokens(
        "can could may might must shall should will would do does did have has had need needs want "
        "get got let know tell say ask question answer law laws legal legally rule rules require "
        "required requirement requirements allow allowed allowable okay ok long soon many much "
        "often when what which who whom whose where why how please thanks thank help us our ours "
        "we i me my mine you your yours they them their he she his her him it its that this these "
        "those there here else just still also too so if then than before after about under over "
        "happen happens thing things something anything someone anyone business company people "
        "federal state"
    )
)
_QUOTED = re.compile('["\u201c]([^"\u201c\u201d]{3,120})["\u201d]')
_MATCHED_TOPICS = 5
_VECTOR_WEIGHT = 25.0
_VECTOR_FLOOR = 0.25
_SHARPNESS = 0.4
# A question of several sentences is matched to topics as a whole and sentence by sentence.
_SENTENCE = re.compile(r"(?<=[.?!;])\s+")
_TELLS = 2  # words that a sentence must have beside those of any question
_SENTENCES = 8
_BY_SENTENCE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question taken apart; `likeness` is the cosine of the nearest topic's phrasing.

    `vector` is the question's own, where there is a model.
    """

    text: str
    places: PlacesFound
    facts: tuple[str, ...]
    asks: tuple[Ask, ...]
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    named: tuple[citations.Found, ...]
    topics: tuple[TopicMatch, ...]
    likeness: float | None = None
    vector: NDArray[np.float32] | None = None
    unanswerable: Unanswerable | None = None


def understand(
    question: Question,
    matcher: TopicMatcher,
    *,
    installed: Collection[str] = (),
    model: EmbeddingModel | None = None,
    vectors: TopicVectors | None = None,
) -> Understanding:
    """Take the question apart; with a model and the topics' vectors topics are matched better."""
    found = places(question.text, given=question.jurisdictions, installed=installed)
    home = found.jurisdictions[0].id if len(found.jurisdictions) == 1 else None
    named = citations.find(question.text, jurisdiction=home)
    bare = _without_places(question.text, named)
    words = tuple(word for word in tokens(bare) if word not in _QUESTION_WORDS)
    texts = [bare, *_sentences(bare)]
    embedded = [None] * len(texts) if model is None else list(model.embed(texts))
    if model is None or (vectors is not None and vectors.model != model.name):
        vectors = None
    (whole, likeness), *each = (
        _matched(part, vector, matcher, vectors)
        for part, vector in zip(texts, embedded, strict=True)
    )
    return Understanding(
        text=bare,
        places=found,
        facts=tuple(dict.fromkeys((*question.facts, *facts(question.text)))),
        asks=asks(bare),
        words=words,
        phrases=tuple(match[1] for match in _QUOTED.finditer(question.text)),
        named=named,
        topics=_together(whole, [topics for topics, _ in each]),
        likeness=likeness,
        vector=embedded[0],
        unanswerable=unanswerable(question.text),
    )


def _matched(
    text: str,
    vector: NDArray[np.float32] | None,
    matcher: TopicMatcher,
    vectors: TopicVectors | None,
) -> tuple[tuple[TopicMatch, ...], float | None]:
    """The topics of a text by its words and, where there are vectors, by meaning.

    Also the cosine of the nearest topic's phrasing.
    """
    nearness: dict[int, float] = {}
    likeness = None
    if vector is not None and vectors is not None:
        each = vectors.cosines(vector, len(matcher.topics))
        nearness = {
            number: float(cosine) - _VECTOR_FLOOR
            for number, cosine in enumerate(each)
            if cosine > _VECTOR_FLOOR
        }
        likeness = float(each.max()) if len(each) else None
    topics = matcher.match(
        tokens(text),
        limit=_MATCHED_TOPICS,
        vector_scores=nearness,
        vector_weight=_VECTOR_WEIGHT,
        sharpness=_SHARPNESS,
    )
    return topics, likeness


def _sentences(text: str) -> list[str]:
    """The sentences of a question of several, those that tell something; else none."""
    parts = [
        part
        for part in _SENTENCE.split(text)
        if sum(word not in _QUESTION_WORDS for word in tokens(part)) >= _TELLS
    ]
    return parts[:_SENTENCES] if len(parts) > 1 else []


def _together(
    whole: tuple[TopicMatch, ...], each: Sequence[tuple[TopicMatch, ...]]
) -> tuple[TopicMatch, ...]:
    """The topics of a question with those of its sentences: one may ask what another hides."""
    if not each:
        return whole
    matches: dict[str, TopicMatch] = {}
    shares: dict[str, float] = defaultdict(float)
    for weight, found in (
        (1 - _BY_SENTENCE, whole),
        *((_BY_SENTENCE / len(each), one) for one in each),
    ):
        for match in found:
            matches.setdefault(match.topic.id, match)
            shares[match.topic.id] += weight * match.share
    best = nsmallest(_MATCHED_TOPICS, shares, key=lambda one: (-shares[one], one))
    total = sum(shares[one] for one in best)
    return tuple(replace(matches[one], share=shares[one] / total) for one in best)


_NAMES = re.compile(
    r"\b(?:the\s+)?(?:state\s+of\s+)?(?:"
    + "|".join(sorted((re.escape(item.name) for item in ALL), key=len, reverse=True))
    + r"|Washington,?\s+D\.?C\.?|D\.C\.)(?:['\u2019]s)?(?=\W|$)",
    re.IGNORECASE,
)


def _without_places(text: str, named: tuple[citations.Found, ...]) -> str:
    """The question less its states and citations, which say where and not what."""
    for found in reversed(named):
        text = text[: found.start] + " " + text[found.end :]
    return " ".join(_NAMES.sub(" ", text).split())
