"""Numbers of law and policy made comparable: periods in hours, each kind by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.reading.provision import Quantity

_HOURS = {
    "minute": 1 / 60,
    "hour": 1,
    "day": 24,
    "week": 168,
    "month": 730,
    "quarter": 2190,
    "year": 8760,
}
_SAME = 0.005
_WITH_UNIT = ("money", "percent")


def size(quantity: Quantity) -> float:
    """What two numbers of a kind are compared by."""
    value = float(quantity.value)
    return value * _HOURS.get(quantity.unit, 1) if quantity.kind == "period" else value


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are of one kind; a count may stand without what it counts."""
    if one.kind == "period" or other.kind == "period":
        return one.kind == other.kind
    if one.kind in _WITH_UNIT or other.kind in _WITH_UNIT:
        return one.kind == other.kind
    return other.kind in ("count", "number")


def equal(one: Quantity, other: Quantity) -> bool:
    if not comparable(one, other):
        return False
    # "Calendar" says no more than "days" do; business days are other days.
    if one.qualifier != other.qualifier and "business" in (one.qualifier, other.qualifier):
        return False
    first, second = size(one), size(other)
    return abs(first - second) <= _SAME * max(abs(first), abs(second))


def marks(quantity: Quantity) -> tuple[str, str]:
    """What stands for the number among words: its kind, and its kind with its size."""
    kind = "count" if quantity.kind == "number" else quantity.kind
    return f"#{kind}", f"#{kind}={size(quantity):g}"
