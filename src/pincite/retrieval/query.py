"""From a question and its topics to what is searched for: weighed words in weighed fields."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.index.lexical import Phrase, Term, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.retrieval.topics import TopicMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part of a query counts; the figures are those of `docs/retrieval.md`.

    `question` is the weight of the asker's own words where topics are known, `alone` where none
    is; `heading` multiplies either in the heading field. `terms`, `headings` and `acts` are the
    weights of a topic's parts, times its share. `saturation` flattens the gain of a word that
    many lines of a topic hold.
    """

    question: float = 0.3
    alone: float = 1.0
    heading: float = 1.5
    terms: float = 1.0
    headings: float = 1.0
    acts: float = 1.0
    saturation: float = 0.5
    least: float = 0.02


def query_parts(
    question_tokens: Sequence[str], topics: Iterable[TopicMatch], weights: Weights
) -> list[Term | Phrase]:
    """The words to look for, each once a field, in a fixed order."""
    topics = tuple(topics)
    sought: dict[tuple[str, str], float] = defaultdict(float)
    own = weights.question if topics else weights.alone
    for token in dict.fromkeys(question_tokens):
        sought["text", token] += own
        sought["heading", token] += own * weights.heading
    for match in topics:
        topic = match.topic
        for field, lines, weight in (
            ("text", topic.terms, weights.terms),
            ("heading", topic.headings, weights.headings),
            ("hierarchy", topic.acts, weights.acts),
        ):
            for token, count in _line_counts(lines).items():
                flat = count / (count + weights.saturation)
                sought[field, token] += weight * match.share * flat
    return [
        Term(field, token, round(weight, 4))
        for (field, token), weight in sorted(sought.items())
        if weight > weights.least
    ]


def _line_counts(lines: Iterable[str]) -> Counter[str]:
    """In how many of the lines each word stands."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(set(tokens(line)))
    return counts
