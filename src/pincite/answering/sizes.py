"""Sizes from which law binds, and whether the asker's own reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.asker import COUNTED
from pincite.reading.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from pincite.answering.asker import Asker
    from pincite.reading.provision import Quantity, Span

# The words before a number, with what they make of it: (a least size?, without the number itself?).
_BEFORE_NUMBER: tuple[tuple[re.Pattern[str], bool, bool], ...] = tuple(
    (re.compile(rf"\b(?:{words})\s*(?:a\s+total\s+of\s*)?$", re.IGNORECASE), least, strict)
    for words, least, strict in (
        (r"(?:no|not)\s+(?:fewer|less)\s+than|at\s+least|a\s+minimum\s+of", True, False),
        (r"(?:no|not)\s+(?:more|greater)\s+than|not\s+exceed\w*|at\s+most|up\s+to", False, False),
        (r"more\s+than|in\s+excess\s+of|exceed\w*|over|greater\s+than", True, True),
        (r"(?:fewer|less)\s+than|under|below", False, True),
    )
)
_OR_MORE = re.compile(
    r"\s*(?:\(\d[\d,]*\)\s*)?or\s+(?P<more>more|greater)|\s*(?:\(\d[\d,]*\)\s*)?or\s+(?:fewer|less)",
    re.IGNORECASE,
)
_NOUNS = sorted({name for names in COUNTED.values() for name in names}, key=len, reverse=True)
_WHAT = re.compile(
    rf"\s*(?:\(\d[\d,]*\)\s*)?(?:or\s+(?:more|fewer|less|greater)\s+)?(?:[\w-]+\s+){{0,2}}?(?P<what>{'|'.join(_NOUNS)})\b",
    re.IGNORECASE,
)
_REVENUE = re.compile(r"\b(?:revenues?|receipts|sales|income|business\s+done)\b", re.IGNORECASE)
# "25,000 consumers and derives more than 25 percent of gross revenue": the number is not enough.
_BESIDES = re.compile(r"[^;]{0,60}?\band\s+deriv\w+\b", re.IGNORECASE)
_BEFORE, _AFTER = 60, 80
_OR_MORE_WITHIN = 42  # "one hundred thousand (100,000) or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A size from which (`least`) or up to which (`most`) law binds; `more`: and a share too."""

    unit: str
    least: Decimal | None = None
    most: Decimal | None = None
    more: bool = False

    def holds(self, asker: Asker) -> bool | None:
        """Whether the asker is of this size; `None` where that was not told."""
        own = asker.counts.get(self.unit)
        if own is None:
            return None
        fits = (self.least is None or own >= self.least) and (self.most is None or own <= self.most)
        return None if fits and self.more else fits

    @property
    def words(self) -> str:
        """The size in a few words of ours: "15 or more employees"."""
        if self.unit == "usd":
            more = self.least is not None
            return f"revenue of ${self.least or self.most:,f} or {'more' if more else 'less'}"
        unit = f"{self.unit}s"
        if self.least is not None:
            return f"{self.least:,f} or more {unit}"
        return f"{self.most:,f} or fewer {unit}"


def sizes(text: str, span: Span) -> tuple[Size, ...]:
    """The sizes that the words name: so many employees, units, consumers, so much revenue."""
    found = (_size(text, span, quantity) for quantity in quantities(text, *span))
    return tuple(dict.fromkeys(size for size in found if size is not None))


def _size(text: str, span: Span, quantity: Quantity) -> Size | None:
    before = text[max(span[0], quantity.start - _BEFORE) : quantity.start]
    near = text[quantity.start : min(span[1], quantity.end + _AFTER)]
    unit = _unit(text, span, quantity)
    if not unit:
        return None
    value = quantity.value
    told = next(
        ((least, strict) for sign, least, strict in _BEFORE_NUMBER if sign.search(before)), None
    )
    after = _OR_MORE.search(near[:_OR_MORE_WITHIN])
    if after is not None:
        told = (bool(after["more"]), False)
    if told is None:
        return None
    least, strict = told
    step = 1 if strict and unit != "usd" else 0
    if least and value + step <= 1 and unit != "usd":
        return None  # "one or more employees": whoever has any
    more = bool(_BESIDES.match(text, quantity.end, min(span[1], quantity.end + 2 * _AFTER)))
    if least:
        return Size(unit=unit, least=value + step, more=more)
    return Size(unit=unit, most=value - step, more=more)


def _unit(text: str, span: Span, quantity: Quantity) -> str:
    if quantity.kind == "money":
        around = text[max(span[0], quantity.start - 120) : min(span[1], quantity.end + 60)]
        return "usd" if _REVENUE.search(around) else ""
    if quantity.kind not in {"count", "number"}:
        return ""
    what = quantity.unit
    if quantity.kind == "number":
        named = _WHAT.match(text, quantity.end, span[1])
        what = named["what"].lower() if named else ""
    return next((unit for unit, names in COUNTED.items() if what in names), "")


def fits(found: Iterable[Size], asker: Asker) -> bool | None:
    """Whether the asker is of any of these sizes; `None` where that is not known."""
    told: Sequence[bool | None] = [size.holds(asker) for size in found]
    if True in told:
        return True
    return None if None in told else False
