"""Policies held against sections of law: each requirement with a verdict, both sides quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Quote
from pincite.answering.cover.differences import differences
from pincite.answering.cover.matching import Match, Matcher
from pincite.answering.cover.passages import passages
from pincite.answering.cover.requirements import requirements
from pincite.answering.cover.stems import formal, stems
from pincite.covering import (
    Covered,
    CoverVerdict,
    Difference,
    DifferenceKind,
    PolicyPlace,
    RequirementKind,
)
from pincite.law.outline import outline
from pincite.law.pages import printed_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answering.cover.passages import Passage
    from pincite.answering.cover.requirements import Asked
    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel
    from pincite.reading.provision import Quantity
    from pincite.reading.readings import Readings

# Set on one half of the derived policies of `evals/cover` and measured on the other.
FOUND, WHOLE = 0.46, 0.60
"""Least scores at which a passage speaks of a requirement, and covers it."""
_NEAR = 400  # characters around a passage in which its number may stand
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_MOST_WORDS = 8


def cover(
    laws: Iterable[Section],
    policy: Iterable[Section],
    readings: Readings,
    model: EmbeddingModel | None = None,
) -> tuple[tuple[Covered, ...], int]:
    """Each requirement of the sections with what the policy says of it, in the law's order.

    Beside them how many duties were left out because they bind public bodies.
    """
    asked: list[Asked] = []
    officials = 0
    for section in laws:
        required = requirements(readings.of(section))
        asked += required.asked
        officials += required.officials
    found = passages(policy)
    matcher = Matcher(asked, found, model)
    items = [_covered(one, matcher.best(place)) for place, one in enumerate(asked)]
    return tuple(_with_choices(asked, items)), officials


def _covered(asked: Asked, best: Match | None) -> Covered:
    if best is None or best.score < FOUND:
        return Covered(
            requirement=asked.requirement,
            verdict=CoverVerdict.NOT_FOUND,
            likeness=round(best.score, 3) if best else 0.0,
        )
    found = differences(asked, best.passage, _near(best.passage))
    # Words that a notice must hold may stand in a policy and in no notice of it.
    content = asked.requirement.kind is RequirementKind.CONTENT
    if best.score < WHOLE or (content and not best.passage.lists):
        found = (*found, _absent(asked, best))
    return Covered(
        requirement=asked.requirement,
        verdict=CoverVerdict.DIFFERS if found else CoverVerdict.COVERED,
        places=(_place(best.passage),),
        differences=found,
        likeness=round(best.score, 3),
    )


def _absent(asked: Asked, match: Match) -> Difference:
    """The law's words that the passage has nothing like, as they stand in the law."""
    missing = frozenset(match.absent) - formal()
    words = [
        one[0]
        for one in _WORD.finditer(asked.words)
        if (found := stems(one[0])) and found <= missing
    ]
    return Difference(
        kind=DifferenceKind.WORDS,
        law=tuple(dict.fromkeys(words))[:_MOST_WORDS],
        detail="the policy's words cover a part of it",
    )


def _near(passage: Passage) -> tuple[Quantity, ...]:
    from pincite.reading.quantities import quantities

    text = passage.section.text
    return quantities(text, max(0, passage.start - _NEAR), min(len(text), passage.end + _NEAR))


def _place(passage: Passage) -> PolicyPlace:
    section = passage.section
    start = passage.start
    unit = outline(section.text).at(start, passage.end)
    pinpoint = "" if unit is None else "".join(f"({label})" for label in unit.path)
    return PolicyPlace(
        quote=Quote(
            section=section.id,
            pinpoint=pinpoint,
            start=start,
            end=passage.end,
            text=passage.text,
        ),
        citation=section.citation,
        heading=section.heading,
        pages=printed_pages(section.pages, start, passage.end),
    )


def _with_choices(asked: Sequence[Asked], items: Sequence[Covered]) -> Iterable[Covered]:
    """Less the items of a list of which one is enough, where the policy has another of them."""
    met = {
        (one.section.id, one.choice)
        for one, item in zip(asked, items, strict=True)
        if one.choice is not None and item.verdict is not CoverVerdict.NOT_FOUND
    }
    for one, item in zip(asked, items, strict=True):
        key = (one.section.id, one.choice)
        if item.verdict is CoverVerdict.NOT_FOUND and one.choice is not None and key in met:
            continue
        yield item
