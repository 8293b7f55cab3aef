"""What a provision counts, told short and alike, so that two jurisdictions can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.comparison import FactKind
from pincite.reading.quantities import singular
from pincite.reading.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pincite.reading import Provision
    from pincite.reading.provision import Quantity, Span

_LOOK = 48  # characters
_LEAST = re.compile(
    r"(?:(?P<not>\b(?:not|no)\s+(?:(?:to|be|case|event)\s+)?)?(?:(?:more|greater|later|longer|older)\s+(?:[a-z]+\s+)?than|exceed(?:s|ing)?|"
    r"in\s+excess\s+of|over|after)|at\s+least|(?:a\s+)?minimum\s+of)\s*(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:(?P<not>\b(?:not|no)\s+(?:(?:to|be|case|event)\s+)?)?(?:(?:less|fewer|earlier|sooner|younger)\s+than|under|below)"
    r"|at\s+most|up\s+to|within|(?:a\s+)?maximum\s+of)\s*(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s*(?:\w+\s+){0,2}or\s+(?:more|older|over|longer|greater)\b", re.IGNORECASE)
_OR_LESS = re.compile(
    r"\s*(?:\w+\s+){0,2}or\s+(?:less|fewer|under|younger|sooner)\b", re.IGNORECASE
)
_OF_AGE = re.compile(r"\s+(?:of\s+age|old)\b", re.IGNORECASE)
_BEFORE_AGE = re.compile(r"\bage\s+(?:of\s+)?$", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|such|said|same|preceding|previous|prior)\s+$", re.IGNORECASE)
_NO = re.compile(r"\W*no\b", re.IGNORECASE)
# "Two months' rent" is an amount.
_PAY = re.compile(
    r"['’]?s?['’]?\s+(?:periodic\s+|average\s+)?(rent|wages?|pay|salary|premiums?)\b",
    re.IGNORECASE,
)
# Time that is told without a number.
_SOON: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile(pattern, re.IGNORECASE))
    for value, pattern in (
        ("without unreasonable delay", r"\bwithout\s+(?:unreasonable|undue)\s+delay\b"),
        ("as soon as possible",
         (r"\b(?:as\s+soon\s+as\s+(?:reasonably\s+)?(?:possible|practicabl\w+|practical|feasible)"
          r"|in\s+the\s+most\s+expedient\s+time\s+possible)\b")),
        ("immediately", r"\b(?:immediately|forthwith)\b"),
        ("promptly", r"\bpromptly\b"),
        ("within a reasonable time", r"\bwithin\s+a\s+reasonable\s+(?:period\s+of\s+)?time\b"),
    )
)  # fmt: skip
# What a penalty is, beside its amount.
_PENALTIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile(pattern, re.IGNORECASE))
    for value, pattern in (
        ("felony", r"\bfelony\b"),
        ("misdemeanor", r"\bmisdemeanor\b"),
        ("imprisonment", r"\bimprison\w*"),
        ("civil penalty", r"\b(?:civil|administrative)\s+(?:money\s+)?(?:penalt\w+|fines?)\b"),
        ("fine", r"\bfine[sd]?\b|\binfraction\b|\bpetty\s+offense\b"),
        ("a multiple of the loss",
         r"\b(?:treble|triple|twice|(?:two|three)\s+times|double\s+(?:the\s+)?(?:amount|damages))\b"),
        ("suit for damages", r"\bdamages\b"),
        ("attorney's fees", r"\battorneys?[’']?s?[’']?\s+fees\b"),
        ("injunction", r"\b(?:enjoin\w*|injunct\w*)\b"),
        ("loss of license", r"\b(?:revo\w+|suspen\w+)\b.{0,60}\blicen[cs]es?\b"),
        ("an unfair or deceptive practice",
         r"\b(?:unfair|deceptive|unlawful)\b.{0,40}\b(?:trade\s+)?(?:acts?|practices?)\b"),
    )
)  # fmt: skip
_TURNED = {"more than ": "at most ", "less than ": "at least "}
_NEXT_WORD = re.compile(r"(?:\s+[A-Z]\w+)*\s+([a-z]{3,})\b")
_YEAR = 10_000
_MONTHS = tuple(name.capitalize() for name in words("quantities", "months"))


@dataclass(frozen=True, slots=True)
class Measure:
    """A value to compare, told short, and the words of the section that it was read from.

    `counted` says that the words hold a number.
    """

    told: str
    span: Span
    counted: bool = True


def measures(kind: FactKind, text: str, *provisions: Provision) -> tuple[Measure, ...]:
    """What the provisions count of that kind, each value once, in reading order."""
    reader = {
        FactKind.PERIOD: _periods,
        FactKind.AMOUNT: _amounts,
        FactKind.NUMBER: _numbers,
        FactKind.PENALTY: _penalties,
    }[kind]
    every = [measure for provision in provisions for measure in reader(text, provision)]
    if any(one.counted for one in every):
        every = [one for one in every if one.counted or kind is not FactKind.PERIOD]
    found: dict[str, Measure] = {}
    for measure in sorted(every, key=lambda one: one.span):
        found.setdefault(measure.told, measure)
    return tuple(found.values())


def _periods(text: str, provision: Provision) -> Iterator[Measure]:
    for one in provision.periods:
        if one.kind == "period" and _is_time(text, one):
            yield _measure(text, provision, one, _plural(one.value, _unit(one)))
        elif one.kind == "date" and one.value < _YEAR and one.value % 100:
            # A day of every year; a date with its year says from when the law holds.
            month, day = divmod(int(one.value), 100)
            yield Measure(f"{_MONTHS[month - 1]} {day}", (one.start, one.end))
    yield from _first(_SOON, text, provision)


def _first(
    signs: tuple[tuple[str, re.Pattern[str]], ...], text: str, provision: Provision
) -> Iterator[Measure]:
    for told, pattern in signs:
        found = pattern.search(text, provision.start, provision.end)
        if found is not None:
            yield Measure(told, found.span(), counted=False)
            return


def _amounts(text: str, provision: Provision) -> Iterator[Measure]:
    for one in provision.amounts:
        if one.kind == "money":
            yield _measure(text, provision, one, _money(one.value))
        elif one.kind == "percent":
            yield _measure(text, provision, one, f"{_figure(one.value)}%")
    for one in provision.periods:
        if one.kind == "period" and (pay := _PAY.match(text, one.end)):
            mark = "'" if one.value != 1 else "'s"
            yield _measure(
                text, provision, one, f"{_plural(one.value, one.unit)}{mark} {pay[1].lower()}"
            )


def _numbers(text: str, provision: Provision) -> Iterator[Measure]:
    for one in provision.amounts:
        if one.kind == "count" and one.unit and one.value > 1:
            yield _measure(text, provision, one, _plural(one.value, _noun(text, one)))
    for one in provision.periods:
        if one.kind == "period" and _is_age(text, one):
            yield _measure(text, provision, one, f"{_figure(one.value)} {one.unit}s of age")


def _penalties(text: str, provision: Provision) -> Iterator[Measure]:
    for told, pattern in _PENALTIES:
        found = pattern.search(text, provision.start, provision.end)
        if found is not None:
            yield Measure(told, found.span())
    for one in provision.amounts:
        if one.kind == "money":
            yield _measure(text, provision, one, _money(one.value))
    if any(word in text[provision.start : provision.end].lower() for word in ("jail", "imprison")):
        for one in provision.periods:
            if one.kind == "period" and not _is_age(text, one):
                yield _measure(text, provision, one, _plural(one.value, one.unit))


def _measure(text: str, provision: Provision, one: Quantity, told: str) -> Measure:
    limit = _limit(text, one)
    if _denied(text, provision, one):
        # Who may not take more than two months' rent takes two at most.
        limit = _TURNED.get(limit, limit)
    return Measure(f"{limit}{told}", (one.start, one.end))


def _denied(text: str, provision: Provision, one: Quantity) -> bool:
    """Whether what the number limits is forbidden: "shall not exceed", "no fee above ... may"."""
    limits = (*provision.conditions, *provision.exceptions)
    if not provision.negated or any(start <= one.start < end for start, end in limits):
        return False
    if provision.modal_at is None or one.start >= provision.modal_at[0]:
        return provision.modal_at is not None
    subject = provision.subject
    return subject is not None and subject[0] <= one.start and bool(_NO.match(text, subject[0]))


def _limit(text: str, one: Quantity) -> str:
    """`at least `, `at most `, or nothing where the words around the number say neither."""
    before, after = text[max(0, one.start - _LOOK) : one.start], text[one.end : one.end + _LOOK]
    if _OR_MORE.match(after):
        return "at least "
    if _OR_LESS.match(after):
        return "at most "
    if (found := _LEAST.search(before)) is not None:
        return "at most " if found["not"] else _over(found, one)
    if (found := _MOST.search(before)) is not None:
        return "at least " if found["not"] else _under(found)
    return ""


def _over(found: re.Match[str], one: Quantity) -> str:
    """More than 500 is not 500; "after 30 days" is no more than when something begins."""
    phrase = found[0].lower()
    if phrase.startswith(("at least", "minimum", "a minimum")):
        return "at least "
    return "after " if phrase.startswith("after") and one.kind == "period" else "more than "


def _under(found: re.Match[str]) -> str:
    phrase = found[0].lower()
    exclusive = ("less", "fewer", "earlier", "sooner", "younger", "under", "below")
    return "less than " if phrase.startswith(exclusive) else "at most "


def _is_time(text: str, one: Quantity) -> bool:
    """Whether it is a time to heed: no age, no rent, not "any one day" or "the preceding year"."""
    before = text[max(0, one.start - _LOOK) : one.start]
    return not (_is_age(text, one) or _PAY.match(text, one.end) or _ANY.search(before))


def _is_age(text: str, one: Quantity) -> bool:
    before = text[max(0, one.start - _LOOK) : one.start]
    return one.unit == "year" and bool(_OF_AGE.match(text, one.end) or _BEFORE_AGE.search(before))


def _plural(value: Decimal, unit: str) -> str:
    unit = unit.strip()
    if value == 1:
        return f"1 {unit}"
    ending = "es" if unit.endswith(("s", "x", "ch", "sh")) else "s"
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        unit, ending = unit[:-1], "ies"
    return f"{_figure(value)} {unit}{ending}"


def _unit(one: Quantity) -> str:
    """Days are calendar days unless the law says otherwise."""
    plain = one.qualifier in {"", "calendar"}
    return one.unit if plain else f"{one.qualifier} {one.unit}"


def _noun(text: str, one: Quantity) -> str:
    """What is counted: of "five hundred Franklin residents" the residents."""
    word = text[one.start : one.end].rsplit(maxsplit=1)[-1]
    after = _NEXT_WORD.match(text, one.end)
    return singular(after[1]) if word[:1].isupper() and after is not None else one.unit


def _money(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"${value:,.0f}" if whole else f"${value:,.2f}"


def _figure(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
