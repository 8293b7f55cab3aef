"""Labels of lists, counted as word processors and browsers show them: 3, c, C, iii, III."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_LETTERS = 26


def counted(number: int, style: str) -> str:
    """The number in a style: HTML's `1`, `a`, `A`, `i`, `I`, or Word's `lowerLetter` and so on."""
    printed = _STYLES.get(style)
    return str(number) if printed is None else printed(number)


def letters(number: int) -> str:
    """From a to z, then aa, bb, as Word counts."""
    if not 0 < number <= 20 * _LETTERS:
        return str(number)
    times, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (times + 1)


def roman(number: int) -> str:
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_STYLES: dict[str, Callable[[int], str]] = {
    "a": letters,
    "lowerLetter": letters,
    "A": lambda number: letters(number).upper(),
    "upperLetter": lambda number: letters(number).upper(),
    "i": roman,
    "lowerRoman": roman,
    "I": lambda number: roman(number).upper(),
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": lambda number: f"{number}{_ordinal(number)}",
}
