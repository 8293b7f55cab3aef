"""Numbers, amounts, periods and dates of a text, in words or in figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from pincite.reading.provision import Quantity
from pincite.reading.references import references
from pincite.reading.scan import matches
from pincite.reading.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.reading.provision import Reference

_ONES = {word: value for value, word in enumerate(words("quantities", "ones"))}
_TENS = {word: 10 * (place + 2) for place, word in enumerate(words("quantities", "tens"))}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FRACTIONS = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "thirds": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"),
    "fourth": Decimal("0.25"),
    "fourths": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "fifths": Decimal("0.2"),
    "tenth": Decimal("0.1"),
    "tenths": Decimal("0.1"),
}
_MONTHS = words("quantities", "months")

_NUMBER_WORD = "|".join([*_ONES, *_TENS, "hundred", *_SCALES])
_WORDS = (
    rf"(?:{_NUMBER_WORD})(?:(?:\s+and\s+|[\s-]+)(?:{_NUMBER_WORD})){{0,12}}"
    rf"(?:(?:\s+and\s+(?:a|one|two|three)[\s-]+|-)(?:{'|'.join(_FRACTIONS)}))?"
)
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTH = "|".join(_MONTHS)
_TOKEN = re.compile(
    rf"(?P<month>\b(?:{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?\b)"
    rf"|(?P<monthonly>\b(?:{_MONTH})\s+(?P<yearonly>\d{{4}})\b)"
    r"|(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<clock>\b(?:\d{1,2}(?::\d{2})?|noon|midnight)\s*[ap]\.?m\b\.?)"
    rf"|(?P<dollar>\$\s?)?(?<![\w.-])(?P<figure>{_FIGURES})(?P<ordinal>st|nd|rd|th)?(?!\w|[-.]\d|\(\w)"
    rf"|\b(?P<words>{_WORDS})\b",
    re.IGNORECASE,
)
# Where a quantity may begin.
_BEGINS = re.compile(
    r"[$\d]|\b(?:[Oo]ne|[Tt](?:wo|hree|en|hir|w[ei])|[Ff](?:our|ive|if|or)|[Ss](?:ix|even)|[Ee](?:ight|leven)|"
    r"[Nn](?:in|oon)|[Hh]undred|[Mm]illion|[Bb]illion|[Tt]housand|[Zz]ero|midnight|"
    r"[JFMASOND][a-z]{2,8}\s+\d)"
)
# After a number: "(45)", "million", then what it counts.
_REPEAT = re.compile(rf"\s*\(\$?\s?(?P<figure>{_FIGURES})\s?%?\)")
_SCALE = re.compile(r"[\s-]+(hundred|thousand|million|billion)\b", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<percent>\s?%|[\s-]+per\s?cent(?:um)?\b|\s+percentage\s+points?\b)"
    r"|(?P<money>[\s-]+(?:u\.?s\.?\s+)?(?:dollars?|cents?)\b)"
    r"|[\s-]+(?:(?:or\s+more|or\s+fewer|or\s+less|full|additional|consecutive|successive|such|"
    r"complete)\s+)?"
    r"(?:(?P<qualifier>calendar|business|working|school|legislative|banking|judicial|court|trading)"
    r"[\s-]+)?"
    r"(?P<time>minutes?|hours?|days?|weeks?|months?|quarters?|years?)\b"
    r"|\s+(?:or\s+(?:more|fewer|less)\s+)?(?:(?:full|part)[\s-]time\s+|of\s+(?:its|the|his|their)\s+"
    r"|covered\s+|individual\s+|or\s+|additional\s+|different\s+|separate\s+)*"
    r"(?P<noun>[A-Za-z]{3,})",
    re.IGNORECASE,
)
# "1 CCR", "section 5", "Title 9", "§ 12": numbers that name law are citations, not quantities.
_NAMES_LAW = re.compile(
    r"(?:§|sections?|sec\.|secs\.|subsections?|subdivisions?|subd\.|paragraphs?|subparagraphs?"
    r"|chapters?|ch\.|titles?|parts?|articles?|art\.|rules?|acts? of|c\.|no\.|number|p\.|nrs|rcw"
    r"|clauses?|items?|schedules?|forms?|laws|stats?\.|vol\.|l\.|h\.b\.|s\.b\.|form)\s*\(?$",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset(words("quantities", "not_counted"))
_SHORTEST_IES = 5
_FAR = 1 << 62
_LONGEST_LOOK_BACK = 16


def quantities(
    text: str,
    start: int = 0,
    end: int | None = None,
    citing: Sequence[Reference] | None = None,
) -> tuple[Quantity, ...]:
    """Every quantity in `text[start:end]`, in order; a number that names law is left out.

    "forty-five (45) calendar days" is one period of 45 days; "twenty-five thousand dollars
    ($25,000)" is one amount. The words "one" and "a" count only before a unit. `citing` are the
    references of the same span, if they were read already.
    """
    end = len(text) if end is None else end
    citing = references(text, start, end) if citing is None else citing
    named = iter(sorted((reference.start, reference.end) for reference in citing))
    return tuple(_outside(_scan(text, start, end), named))


def _outside(found: Iterator[Quantity], named: Iterator[tuple[int, int]]) -> Iterator[Quantity]:
    """The quantities that stand in no reference; both come in order."""
    begin, stop = next(named, (_FAR, _FAR))
    for quantity in found:
        while stop <= quantity.start:
            begin, stop = next(named, (_FAR, _FAR))
        if quantity.start < begin or quantity.kind == "date":
            yield quantity


def _scan(text: str, start: int, end: int) -> Iterator[Quantity]:
    at = start
    for token in matches(_BEGINS, _TOKEN, text, start, end):
        if token.start() < at:
            continue
        if token["month"] or token["monthonly"] or token["iso"]:
            yield _date(token)
        elif token["clock"]:
            yield _clock(token)
        elif not _NAMES_LAW.search(
            text, max(start, token.start() - _LONGEST_LOOK_BACK), token.start()
        ):
            quantity = _counted(text, token, end)
            if quantity is not None:
                at = max(at, quantity.end)
                yield quantity


def _counted(text: str, token: re.Match[str], end: int) -> Quantity | None:
    value = _figure(token["figure"]) if token["figure"] else value_of(token["words"])
    if value is None or token["ordinal"]:
        return None
    at = token.end()
    while scale := _SCALE.match(text, at, end):
        value *= 100 if scale[1].lower() == "hundred" else _SCALES[scale[1].lower()]
        at = scale.end()
    if token["words"]:
        at = _after_repeat(text, at, end, value)
    if token["dollar"]:
        return Quantity(start=token.start(), end=at, kind="money", value=value, unit="usd")
    return _with_unit(text, token, value, at, end)


def _with_unit(
    text: str, token: re.Match[str], value: Decimal, at: int, end: int
) -> Quantity | None:
    unit = _UNIT.match(text, at, end)
    start = token.start()
    if unit is not None and unit["percent"]:
        stop = _after_repeat(text, unit.end(), end, value)
        return Quantity(start=start, end=stop, kind="percent", value=value, unit="percent")
    if unit is not None and unit["money"]:
        cents = "cent" in unit["money"].lower()
        value = value / 100 if cents else value
        stop = _after_repeat(text, unit.end(), end, value)
        return Quantity(start=start, end=stop, kind="money", value=value, unit="usd")
    if unit is not None and unit["time"]:
        name = unit["time"].lower().rstrip("s")
        qualifier = (unit["qualifier"] or "").lower()
        qualifier = "business" if qualifier == "working" else qualifier
        return Quantity(
            start=start,
            end=unit.end(),
            kind="period",
            value=value,
            unit=name,
            qualifier=qualifier,
        )
    if token["words"] and value <= 1:
        return None
    noun = unit["noun"].lower() if unit is not None else ""
    if noun and noun not in _NOT_COUNTED and unit is not None:
        return Quantity(
            start=start,
            end=unit.end("noun"),
            kind="count",
            value=value,
            unit=singular(noun),
        )
    return Quantity(start=start, end=at, kind="number", value=value)


def _after_repeat(text: str, at: int, end: int, value: Decimal) -> int:
    """Behind "($25,000)" after the same amount in words; another amount stands for itself."""
    repeat = _REPEAT.match(text, at, end)
    return repeat.end() if repeat and _figure(repeat["figure"]) == value else at


def _date(token: re.Match[str]) -> Quantity:
    if token["iso"]:
        value = int(token["iso"].replace("-", ""))
    elif token["monthonly"]:
        value = int(token["yearonly"]) * 10_000 + _month(token["monthonly"]) * 100
    else:
        year = int(token["year"] or 0)
        value = year * 10_000 + _month(token["month"]) * 100 + int(token["day"])
    return Quantity(start=token.start(), end=token.end(), kind="date", value=Decimal(value))


def _month(date: str) -> int:
    return _MONTHS.index(date.split(maxsplit=1)[0].lower()) + 1


def _clock(token: re.Match[str]) -> Quantity:
    figures = re.match(r"(\d{1,2})(?::(\d{2}))?", token["clock"])
    hour = int(figures[1]) % 12 if figures else 0
    minute = int(figures[2] or 0) if figures else 0
    if "p" in token["clock"].lower().lstrip("0123456789: ")[:1]:
        hour += 12
    return Quantity(
        start=token.start(),
        end=token.end(),
        kind="time",
        value=Decimal(hour * 100 + minute),
    )


def _figure(figures: str) -> Decimal:
    return Decimal(figures.replace(",", ""))


def value_of(number: str) -> Decimal | None:
    """The value of a number in words ("one hundred fifty thousand"), or `None` if it is none."""
    total, group, fraction = Decimal(0), Decimal(0), Decimal(0)
    parts = re.findall(r"[a-z]+", number.lower())
    for place, word in enumerate(parts):
        if word in _ONES:
            group += _ONES[word]
        elif word in _TENS:
            group += _TENS[word]
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word in _SCALES:
            total += (group or Decimal(1)) * _SCALES[word]
            group = Decimal(0)
        elif word in _FRACTIONS:
            return _with_fraction(parts[:place], total, group, _FRACTIONS[word])
        elif word not in {"and", "a"}:
            return None
    return total + group + fraction


def _with_fraction(before: list[str], total: Decimal, group: Decimal, part: Decimal) -> Decimal:
    """Two and one-half is 2 + 1 × 1/2."""
    if "and" not in before:
        return (total + group or Decimal(1)) * part
    numerator = Decimal(_ONES.get(before[-1], 1))
    return total + group - (numerator if before[-1] in _ONES else 0) + numerator * part


def singular(noun: str) -> str:
    """The noun without its plural ending, near enough to compare two nouns."""
    if noun.endswith("ies") and len(noun) >= _SHORTEST_IES:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
