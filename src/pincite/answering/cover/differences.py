"""How a passage differs from a requirement that it speaks of: numbers, force, denial."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answering.cover.counted import comparable, equal, size
from pincite.covering import Difference, DifferenceKind, RequirementKind
from pincite.reading.provision import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.answering.cover.passages import Passage
    from pincite.answering.cover.requirements import Asked
    from pincite.reading.provision import Quantity

_COMPARED = frozenset(("period", "money", "percent", "count"))
_BARE = 100  # a smaller number that counts nothing is as a rule a label
_MAY = re.compile(r"\b(?:may|can)\b", re.IGNORECASE)


def differences(asked: Asked, passage: Passage, near: Sequence[Quantity]) -> tuple[Difference, ...]:
    """What differs, gravest first. `near` are the numbers that stand around the passage."""
    return (*_polarity(asked, passage), *_numbers(asked, passage, near), *_force(asked, passage))


def _polarity(asked: Asked, passage: Passage) -> Iterator[Difference]:
    # The denial of a list stands in its lead-in, which a policy may have elsewhere.
    alone = not asked.requirement.leads
    if asked.requirement.kind is RequirementKind.PROHIBITION and alone and not passage.negated:
        yield Difference(
            kind=DifferenceKind.POLARITY,
            law=(asked.provision.modal or "",),
            detail="the law forbids it; the policy's words do not",
        )


def _force(asked: Asked, passage: Passage) -> Iterator[Difference]:
    duty = asked.provision.role in (Role.DUTY, Role.DEADLINE)
    if passage.may and duty and _MAY.search(asked.words) is None:
        yield Difference(
            kind=DifferenceKind.FORCE,
            law=(asked.provision.modal or "",),
            policy=("may",),
            detail="the law requires it; the policy permits it",
        )


def _numbers(asked: Asked, passage: Passage, near: Sequence[Quantity]) -> Iterator[Difference]:
    law, policy = asked.section.text, passage.section.text
    wanted = [
        one for one in (*asked.provision.periods, *asked.provision.amounts) if one.kind in _COMPARED
    ]
    for one in wanted:
        own = [other for other in passage.numbers if comparable(one, other)]
        # Where the passage names none, the sentence beside it may.
        if any(equal(one, other) for other in own or near):
            continue
        said = law[one.start : one.end]
        if not own:
            yield Difference(
                kind=DifferenceKind.NO_NUMBER,
                law=(said,),
                detail=f"the policy's words name no {_NAMES.get(one.kind, 'number')}",
            )
            continue
        nearest = min(own, key=lambda other: abs(size(other) - size(one)))
        yield Difference(
            kind=DifferenceKind.NUMBER,
            law=(said,),
            policy=(policy[nearest.start : nearest.end],),
            detail=_compared(one, nearest),
        )


_NAMES = {"period": "period", "money": "amount", "percent": "share", "count": "number"}


def _compared(law: Quantity, policy: Quantity) -> str:
    if law.kind == "period" and law.qualifier != policy.qualifier and size(law) == size(policy):
        return "the days are counted otherwise"
    more = size(policy) > size(law)
    if law.kind == "period":
        return "the policy's period is longer" if more else "the policy's period is shorter"
    return "the policy's number is larger" if more else "the policy's number is smaller"
