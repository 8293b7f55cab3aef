"""How a passage differs from a requirement that it speaks of: numbers, force, denial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.covering import Difference, DifferenceKind, RequirementKind
from pincite.reading.provision import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from pincite.answering.cover.passages import Passage
    from pincite.answering.cover.requirements import Asked
    from pincite.reading.provision import Quantity

_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "quarter": 2190,
          "year": 8760}  # fmt: skip
_COMPARED = frozenset(("period", "money", "percent", "count", "number"))
_SAME = 0.005


def differences(asked: Asked, passage: Passage, near: Sequence[Quantity]) -> tuple[Difference, ...]:
    """What differs, gravest first. `near` are the numbers that stand around the passage."""
    return (*_polarity(asked, passage), *_numbers(asked, passage, near), *_force(asked, passage))


def _polarity(asked: Asked, passage: Passage) -> Iterator[Difference]:
    if asked.requirement.kind is RequirementKind.PROHIBITION and not passage.negated:
        yield Difference(
            kind=DifferenceKind.POLARITY,
            law=(asked.provision.modal or "",),
            detail="the law forbids it; the policy's words do not",
        )


def _force(asked: Asked, passage: Passage) -> Iterator[Difference]:
    if passage.may and asked.provision.role in (Role.DUTY, Role.DEADLINE):
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
        own = [other for other in passage.numbers if _comparable(one, other)]
        # Where the passage names none, the sentence beside it may.
        if any(_equal(one, other) for other in own or near):
            continue
        said = law[one.start : one.end]
        if not own:
            yield Difference(
                kind=DifferenceKind.NO_NUMBER,
                law=(said,),
                detail=f"the policy's words name no {_NAMES.get(one.kind, 'number')}",
            )
            continue
        nearest = min(own, key=lambda other: abs(_size(other) - _size(one)))
        yield Difference(
            kind=DifferenceKind.NUMBER,
            law=(said,),
            policy=(policy[nearest.start : nearest.end],),
            detail=_compared(one, nearest),
        )


_NAMES = {"period": "period", "money": "amount", "percent": "share", "count": "number"}


def _comparable(one: Quantity, other: Quantity) -> bool:
    if one.kind == "period" or other.kind == "period":
        return one.kind == other.kind
    if one.kind in ("money", "percent") or other.kind in ("money", "percent"):
        return one.kind == other.kind
    return other.kind in ("count", "number")


def _equal(one: Quantity, other: Quantity) -> bool:
    if not _comparable(one, other):
        return False
    # "Calendar" says no more than "days" do; business days are other days.
    if one.qualifier != other.qualifier and "business" in (one.qualifier, other.qualifier):
        return False
    first, second = _size(one), _size(other)
    return abs(first - second) <= _SAME * max(abs(first), abs(second))


def _size(quantity: Quantity) -> float:
    value: Decimal = quantity.value
    return float(value) * (_HOURS.get(quantity.unit, 1) if quantity.kind == "period" else 1)


def _compared(law: Quantity, policy: Quantity) -> str:
    if law.kind == "period" and law.qualifier != policy.qualifier and _size(law) == _size(policy):
        return "the days are counted otherwise"
    more = _size(policy) > _size(law)
    if law.kind == "period":
        return "the policy's period is longer" if more else "the policy's period is shorter"
    return "the policy's number is larger" if more else "the policy's number is smaller"
