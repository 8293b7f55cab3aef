"""What a section is about besides the words that it shares with the question."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pincite.law.section import Section
    from pincite.retrieval.topics import TopicMatch, TopicMatcher

_SHARED_TOPICS = 3
_OPENING = 1600  # characters of a section that tell what it is about


def kinship(
    question: str, topics: Sequence[TopicMatch], matcher: TopicMatcher
) -> Callable[[Section], float]:
    """A function that tells how kin a section is to the question, 0 to 1.

    The words of the question and of its topics are taken out of the section; what is left is
    matched to topics of its own, and kinship is their share in the question's domains. A health
    plan's law on "third parties" has the words of a question about vendors, and is no kin of it.
    """
    shared = set(tokens(question))
    for match in topics[:_SHARED_TOPICS]:
        topic = match.topic
        for line in (*topic.terms, *topic.words, *topic.headings):
            shared.update(tokens(line))
    asked: dict[str, float] = defaultdict(float)
    for match in topics:
        asked[match.topic.domain] += match.share

    def kin(section: Section) -> float:
        text = f"{section.heading} {section.document_name} {section.text[:_OPENING]}"
        left = [word for word in tokens(text) if word not in shared]
        matches = matcher.match(left, limit=8, sharpness=0.4)
        return sum(match.share * asked.get(match.topic.domain, 0.0) for match in matches)

    return kin
