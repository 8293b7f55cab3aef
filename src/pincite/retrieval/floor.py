"""The federal floor: the federal sections that a state question's topics name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite import citations
from pincite.answer import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.library.protocol import Library
    from pincite.retrieval.topics import TopicMatch

FEDERAL = "us"
_LIKELY = 0.2  # share of a topic whose federal law is looked up


def federal_citations(topics: Sequence[TopicMatch]) -> tuple[str, ...]:
    """The citations of federal law that the likelier topics name, the likeliest first."""
    named = (
        citation for match in topics if match.share >= _LIKELY for citation in match.topic.federal
    )
    return tuple(dict.fromkeys(named))


def federal_floor(
    topics: Sequence[TopicMatch], library: Library, as_of: date
) -> tuple[Evidence, ...]:
    """Those of them that are installed, as evidence that nobody searched for."""
    found: list[Evidence] = []
    for text in federal_citations(topics):
        citation = citations.parse(text, jurisdiction=FEDERAL)
        section = None if citation is None else library.section(citation.id, as_of)
        if section is not None:
            found.append(Evidence(section=section, score=0.0, found_by=("federal floor",)))
    return tuple(found)
