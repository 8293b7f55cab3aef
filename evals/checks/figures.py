"""Numbers turned from words to figures and back, apart from the reader that the checks use."""

from __future__ import annotations

import re
from functools import cache

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = r"(?:calendar |business |working )?(?:days?|months?|years?|hours?|weeks?|percent|dollars)"
_FIGURE = re.compile(rf"(?<![\w$.,-])(\d{{1,3}})(?= {_UNITS}\b)")


def in_words(number: int) -> str:
    """The number as a statute spells it: "one hundred fifty thousand"."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        ones = number % 10
        return _TENS[number // 10] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (f" {in_words(rest)}" if rest else "")
    rest = number % 1000
    return f"{in_words(number // 1000)} thousand" + (f" {in_words(rest)}" if rest else "")


@cache
def _spelled() -> dict[str, int]:
    numbers = [*range(2, 200), *range(200, 1000, 50), *range(1000, 200_000, 500)]
    return {in_words(number): number for number in numbers}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join((*_ONES, *_TENS[2:], "hundred", "thousand"))
    number = rf"(?:{words})(?:[ -](?:{words}))*"
    return re.compile(rf"\b({number})(?: \(\$?[\d,]+(?:\.00)?\))?(?= ({_UNITS})\b)", re.IGNORECASE)


def to_figures(text: str) -> str:
    """Forty-five days told as 45 days; what cannot be read is left."""

    def figure(found: re.Match[str]) -> str:
        number = _spelled().get(found[1].lower())
        return found[0] if number is None else f"{number:,}"

    return _pattern().sub(figure, text)


def to_words(text: str) -> str:
    return _FIGURE.sub(lambda found: in_words(int(found[1])), text)
