"""Which kind of quantity a question asks for, and whether a provision gives one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pincite.reading import Provision

_UNIT_OF_TIME = r"(?:minutes|hours|days|weeks|months|years)"
# The kinds are those of reading's quantities, and `age`, which the law gives in years.
_CUES = {
    "money": (
        r"how much (?!notice|time|warning|longer|break)|what .{0,30}\bcost|\bfees?\b|\bfine[sd]?\b"
        r"|\bprice|\bcharge|penalt|\bdeposit|the most|\bcap on|\bwages?\b"
    ),
    "period": (
        r"how (?:soon|quickly|fast|long|often|far (?:ahead|in advance|back))|how late"
        rf"|how many {_UNIT_OF_TIME}|how much (?:time|notice|warning|longer|break)"
        r"|by when|deadline|time limit|\bwhen\b|before how"
    ),
    "age": r"how (?:old|young)|\bage\b|-year-olds?\b",
    "time": r"what (?:hours|times?)\b|how (?:late|early)",
    "percent": r"per ?cent|interest|\brate\b|what share|commission",
    "count": (
        r"how many|how (?:big|far|close|large|tall|high|hot|cold|deep|loud|wide|heavy)|what size"
        r"|print size|temperature|threshold|distance|how much (?:can|may) .{0,20}\b(?:sell|carry)"
    ),
}
_COMPILED = {kind: re.compile(cue, re.IGNORECASE) for kind, cue in _CUES.items()}
_ENDED = re.compile(r"(?<=[.?!])\s+")
_GIVEN = {"date": "period", "number": "count"}


def quantities_asked(text: str) -> frozenset[str]:
    """The kinds of quantity that the question's sentences that ask want to know; often none."""
    sentences = _ENDED.split(text)
    asking = " ".join(one for one in sentences if one.endswith("?")) or text
    return frozenset(kind for kind, cue in _COMPILED.items() if cue.search(asking))


def gives(provision: Provision, asked: AbstractSet[str]) -> bool:
    """Whether the provision holds a quantity of a kind that was asked for."""
    if not asked:
        return False
    for quantity in (*provision.amounts, *provision.periods):
        kinds = {_GIVEN.get(quantity.kind, quantity.kind)}
        if quantity.unit == "year":
            kinds.add("age")
        if kinds & asked:
            return True
    return False
