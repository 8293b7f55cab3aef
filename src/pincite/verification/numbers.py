"""Checks that every number, amount, percentage, period and date is the law's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind
from pincite.citations import find
from pincite.reading.quantities import quantities
from pincite.reading.references import references
from pincite.reading.words import words
from pincite.verification.words import stem, stems

if TYPE_CHECKING:
    from decimal import Decimal

    from pincite.reading.provision import Quantity
    from pincite.verification.grounds import Grounds

_DIGITS = re.compile(r"\d[\d,.:/-]*")
# "at least", "not less than", "exceeding"; "not" turns a direction round.
_AT_LEAST = re.compile(
    r"(?P<not>\b(?:not|no)\s+)?(?:at\s+least|minimum\s+of|(?:more|greater|later|longer|older)\s+than|"
    r"exceed(?:s|ing|ed)?|in\s+excess\s+of|over|after|above)\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?P<not>\b(?:not|no)\s+)?(?:at\s+most|up\s+to|within|maximum\s+of|"
    r"(?:less|fewer|earlier|sooner|younger)\s+than|under|before|by|below)\s*$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s*(?:\w+\s+){0,2}or\s+(?:more|older|over|longer|greater)\b", re.IGNORECASE)
_OR_LESS = re.compile(r"\s*(?:\w+\s+){0,2}or\s+(?:less|fewer|under|younger)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\s+(?:(?:for\s+)?(?:per|each|every)|an?)\s+(minute|hour|day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    word: f"{place}{'st' if place == 1 else 'nd' if place == 2 else 'rd' if place == 3 else 'th'}"  # noqa: PLR2004
    for place, word in enumerate(words("quantities", "ordinals"), 1)
}
_ORDINAL = re.compile(
    rf"\b(\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})[\s:—]+([A-Za-z]{{3,}})", re.IGNORECASE
)
_LOOK_BACK = 32
_NOUN_NEAR = 80
_NEAR = 120
_SIDE = 6
_NEARER = 2


def numbers_hold(grounds: Grounds) -> Fault | None:
    """Every quantity of the statement's own words is in the quotes, in words or in figures."""
    claims = quantities(grounds.own)
    support = quantities(grounds.quoted)
    for claim in claims:
        told = grounds.own[claim.start : claim.end]
        alike = [held for held in support if _same(claim, held, grounds.quoted)]
        if not alike:
            return Fault(kind=FaultKind.NUMBER, detail=f"“{told}” is not in the quotes")
        if all(_turned(claim, held, grounds.own, grounds.quoted) for held in alike):
            detail = f"“{told}” is another limit or rate in the quotes"
            return Fault(kind=FaultKind.NUMBER, detail=detail)
    return _ordinals_hold(grounds) or _digits_hold(grounds, claims)


def _ordinals_hold(grounds: Grounds) -> Fault | None:
    """The "31st day" of the statement is in the quotes, of the same thing."""
    known = {_ordinal(found) for found in _ORDINAL.finditer(grounds.quoted)}
    for found in _ORDINAL.finditer(grounds.own):
        if _ordinal(found) not in known:
            return Fault(kind=FaultKind.NUMBER, detail=f"“{found[0]}” is not in the quotes")
    return None


def _ordinal(found: re.Match[str]) -> tuple[str, str]:
    word = found[1].lower()
    return _ORDINALS.get(word, word), stem(found[2])


def _digits_hold(grounds: Grounds, claims: tuple[Quantity, ...]) -> Fault | None:
    """Any other figure of the statement's own words stands in the quotes too, or in a citation."""
    named = [(claim.start, claim.end) for claim in claims]
    named += [(found.start, found.end) for found in references(grounds.own)]
    figures = [m for m in _DIGITS.finditer(grounds.own) if not _within(m.start(), named)]
    if not figures:
        return None
    home = grounds.cited[0].jurisdiction if grounds.cited else None
    named = [(found.start, found.end) for found in find(grounds.own, jurisdiction=home)]
    known = set(_DIGITS.findall(grounds.quoted))
    for figure in figures:
        if figure[0] not in known and not _within(figure.start(), named):
            return Fault(kind=FaultKind.NUMBER, detail=f"“{figure[0]}” is not in the quotes")
    return None


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _same(claim: Quantity, held: Quantity, quoted: str) -> bool:
    if claim.kind == "date" or held.kind == "date":
        return claim.kind == held.kind and _same_date(claim.value, held.value)
    if claim.value != held.value:
        return False
    if claim.kind == held.kind and claim.unit == held.unit:
        return _plain(claim.qualifier) == _plain(held.qualifier)
    counted = {"count", "number"}
    if claim.kind in counted and held.kind in counted:
        near = quoted[held.end : held.end + _NOUN_NEAR].lower()
        return not claim.unit or not held.unit or claim.unit in near
    return False


def _plain(qualifier: str) -> str:
    """Days are calendar days unless the law says otherwise."""
    return "" if qualifier == "calendar" else qualifier


def _same_date(claim: Decimal, held: Decimal) -> bool:
    """Equal in every part that the claim gives; the year may be left out."""
    year, day = divmod(int(claim), 10_000)
    held_year, held_day = divmod(int(held), 10_000)
    return day == held_day and (year in {0, held_year})


def _turned(claim: Quantity, held: Quantity, own: str, quoted: str) -> bool:
    """Whether one is a least and the other a most, or one a rate by the hour, the other not."""
    ours, theirs = _limit(claim, own), _limit(held, quoted)
    rate, held_rate = _RATE.match(own, claim.end), _RATE.match(quoted, held.end)
    if (rate[1].lower() if rate else "") != (held_rate[1].lower() if held_rate else ""):
        return bool(rate)
    return bool(ours and theirs and ours != theirs)


def _limit(quantity: Quantity, text: str) -> str:
    before = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    after = text[quantity.end : quantity.end + _LOOK_BACK]
    if _OR_MORE.match(after):
        return "least"
    if _OR_LESS.match(after):
        return "most"
    for limit, turned, pattern in (("most", "least", _AT_MOST), ("least", "most", _AT_LEAST)):
        found = pattern.search(before)
        if found is not None:
            return turned if found["not"] else limit
    return ""


def numbers_belong(grounds: Grounds) -> Fault | None:
    """A quantity stands among the words that it has in the law, not among another's words.

    Of the law's quantities of that kind, the one whose neighbours are most like the statement's
    must be equal to it.
    """
    if not grounds.told:
        return None
    law = [(c.with_leads, held) for c in grounds.clauses for held in quantities(c.with_leads)]
    own = grounds.own
    for claim in quantities(own):
        alike = [(text, held) for text, held in law if held.kind == claim.kind]
        if len({(held.value, held.unit) for _, held in alike}) <= 1:
            continue
        near = _neighbours(own, claim)
        scored = [
            (len(near & _neighbours(text, held)), _same(claim, held, text)) for text, held in alike
        ]
        right = max((score for score, same in scored if same), default=0)
        other = max((score for score, same in scored if not same), default=0)
        if other >= right + _NEARER:
            number = own[claim.start : claim.end]
            detail = f"“{number}” belongs to other words of the law"
            return Fault(kind=FaultKind.NUMBER, detail=detail)
    return None


def _neighbours(text: str, quantity: Quantity) -> set[str]:
    """The nearest words that carry a claim, on either side."""
    before = stems(text[max(0, quantity.start - _NEAR) : quantity.start])[-_SIDE:]
    after = stems(text[quantity.end : quantity.end + _NEAR])[:_SIDE]
    return {*before, *after}
