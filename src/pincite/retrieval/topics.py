"""Topics of compliance law: lay words on one side, the law's own terms on the other.

The taxonomy is data (`taxonomy/*.toml`, one file a domain). A question is matched to the topics
that it may be about; what is then searched for is the topic's terms, headings and acts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, cast

from pincite.index.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# How much a word of each part of a topic says that a question is about it.
_PART_WEIGHTS = {"words": 3.0, "name": 2.0, "lay": 1.0, "headings": 0.6, "terms": 0.4}
_PHRASE_BONUS = 1.6
_SATURATION = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One leaf of the taxonomy, as its file has it (the files' README tells what each key is)."""

    id: str
    name: str
    lay: tuple[str, ...]
    words: tuple[str, ...]
    terms: tuple[str, ...]
    headings: tuple[str, ...]
    acts: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    federal: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    uniform: tuple[str, ...] = ()
    govern: str = "statute"

    @property
    def domain(self) -> str:
        return self.id.partition(".")[0]

    @property
    def group(self) -> str:
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic that a question may be about; `share` is its part of the whole belief, 0 to 1."""

    topic: Topic
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class TopicBag:
    """A topic as the matcher sees it: the weight of each analysed word, and its phrases."""

    weights: Mapping[str, float]
    phrases: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class TopicMatcher:
    """Finds the topics of a question by its words and, where given, by vectors.

    `bags` are one a topic, where they were made before; else they are made here.
    """

    topics: tuple[Topic, ...]
    bags: tuple[TopicBag, ...] = ()
    _postings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    _phrases: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _rarity: dict[str, float] = field(default_factory=dict)
    # What a word adds to each topic, found when the word is first met.
    _adds: dict[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        phrases: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, bag in enumerate(self.bags or (bag_of(topic) for topic in self.topics)):
            for token, weight in bag.weights.items():
                weights[token].append((number, weight))
            for words in bag.phrases:
                phrases[words].append(number)
        self._postings = dict(weights)
        self._phrases = dict(phrases)
        count = len(self.topics)
        self._rarity = {
            token: math.log(1 + count / (0.5 + len(found))) for token, found in weights.items()
        }

    def score(self, question_tokens: Sequence[str]) -> dict[int, float]:
        """A score a topic number, for every topic that shares a word with the question."""
        scores: dict[int, float] = defaultdict(float)
        for token in dict.fromkeys(question_tokens):
            for number, added in self._added_by(token):
                scores[number] += added
        for words, numbers in self._phrases_in(question_tokens):
            bonus = _PHRASE_BONUS * sum(self._rarity.get(word, 0.0) for word in words) / len(words)
            for number in numbers:
                scores[number] += bonus
        return dict(scores)

    def match(
        self,
        question_tokens: Sequence[str],
        *,
        limit: int = 6,
        vector_scores: Mapping[int, float] | None = None,
        vector_weight: float = 0.0,
        sharpness: float = 1.0,
    ) -> tuple[TopicMatch, ...]:
        """The likeliest topics, best first; their shares sum to at most 1."""
        scores = self.score(question_tokens)
        if vector_scores:
            for number, cosine in vector_scores.items():
                scores[number] = scores.get(number, 0.0) + vector_weight * cosine
        best = nsmallest(limit, scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not best:
            return ()
        top = best[0][1]
        beliefs = [math.exp(sharpness * (score - top)) for _, score in best]
        whole = sum(beliefs)
        return tuple(
            TopicMatch(self.topics[number], score, belief / whole)
            for (number, score), belief in zip(best, beliefs, strict=True)
        )

    def _added_by(self, token: str) -> tuple[tuple[int, float], ...]:
        added = self._adds.get(token)
        if added is None:
            rarity = self._rarity.get(token, 0.0)
            added = self._adds[token] = tuple(
                (number, rarity * weight / (weight + _SATURATION))
                for number, weight in self._postings.get(token, ())
            )
        return added

    def _phrases_in(
        self, question_tokens: Sequence[str]
    ) -> Iterable[tuple[tuple[str, ...], list[int]]]:
        seen: set[tuple[str, ...]] = set()
        for length in range(2, 5):
            for start in range(len(question_tokens) - length + 1):
                words = tuple(question_tokens[start : start + length])
                if words in self._phrases and words not in seen:
                    seen.add(words)
                    yield words, self._phrases[words]


def bag_of(topic: Topic) -> TopicBag:
    """The weight of each word for the topic: the part it stands in, and how often."""
    bag: dict[str, float] = defaultdict(float)
    for part, weight in _PART_WEIGHTS.items():
        value = getattr(topic, part)
        lines = (value,) if isinstance(value, str) else value
        for line in lines:
            for token in dict.fromkeys(tokens(line)):
                bag[token] += weight
    phrases = (tuple(tokens(phrase)) for phrase in topic.words)
    return TopicBag(
        {token: round(weight, 3) for token, weight in bag.items()},
        tuple(words for words in phrases if len(words) > 1),
    )


def read_topics(texts: Iterable[str]) -> tuple[Topic, ...]:
    """Topics from the texts of taxonomy files, in order."""
    import tomllib

    return tuple(topic_of(row) for text in texts for row in tomllib.loads(text).get("topic", ()))


def topic_of(row: Mapping[str, object]) -> Topic:
    """The topic that a row of a taxonomy file holds."""

    def lines(key: str) -> tuple[str, ...]:
        value = cast("Sequence[str]", row.get(key, ()))
        return (value,) if isinstance(value, str) else tuple(value)

    return Topic(
        id=str(row["id"]),
        name=str(row["name"]),
        lay=lines("lay"),
        words=lines("words"),
        terms=lines("terms"),
        headings=lines("headings"),
        acts=lines("acts"),
        definitions=lines("definitions"),
        actors=lines("actors"),
        asks=lines("asks"),
        exclude=lines("exclude"),
        federal=lines("federal"),
        general=lines("general"),
        uniform=lines("uniform"),
        govern=str(row.get("govern", "statute")),
    )
