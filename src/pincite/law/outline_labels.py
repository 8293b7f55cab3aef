"""What a printed label can mean: which kind of list it is in, and its place in that list."""

from __future__ import annotations

import re
from functools import lru_cache

Place = tuple[int, int]
"""Where a label stands in its list: its ordinal, and 0 or the rank of an inserted label.

`(2)` is `(2, 0)`, `(2-a)` and `(2a)` are `(2, 1)`, `(2.5)` is `(2, 50)`.
"""

Reading = tuple[str, Place]
"""One way to read a label: the kind of list, and the place in it.

Kinds: `n` numbers, `a` and `A` letters, `i` and `I` roman numerals, `aa` and `AA` doubled letters
that begin a list of their own, as subclauses of the US Code do.
"""

FIRST: Place = (1, 0)

_NUMBER = re.compile(r"(\d{1,3})(?:\.(\d{1,2})|[-–]?([A-Za-z]{1,2})|[-–](\d{1,2}))?")
_LETTER = re.compile(r"([A-Za-z])(?:\.(\d{1,2})|[-–.]?(\d{1,2})|[-–]([A-Za-z]))")
_ROMAN = re.compile(r"(?:c{0,1})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ALPHABET = 26
_PAIR = 2
_LONGEST_DOUBLED = 4


@lru_cache(maxsize=8192)
def readings(label: str) -> tuple[Reading, ...]:
    """Every way to read `label`, the likelier first; empty where it is no label at all."""
    if label[0].isdigit():
        return _read_number(label)
    if not label.isalpha():
        return _read_inserted(label)
    if not (label.islower() or label.isupper()):
        return ()
    found: list[Reading] = []
    upper = label.isupper()
    word = label.lower()
    if (ordinal := _letter_ordinal(word)) is not None:
        found.append(("A" if upper else "a", (ordinal, 0)))
    if _ROMAN.fullmatch(word):
        found.append(("I" if upper else "i", (_roman_ordinal(word), 0)))
    if len(word) == _PAIR and word[0] == word[1]:
        found.append(("AA" if upper else "aa", (ord(word[0]) - 96, 0)))
    return tuple(found)


def follows(before: Place, after: Place) -> bool:
    """Whether `after` is a lawful successor: the next label, or one inserted between."""
    if after[1]:
        return before[0] == after[0] and before[1] < after[1]
    return after[0] == before[0] + 1


def is_first(place: Place) -> bool:
    return place[0] == 1


def _read_number(label: str) -> tuple[Reading, ...]:
    match = _NUMBER.fullmatch(label)
    if match is None or int(match[1]) == 0:
        return ()
    decimal, letters, second = match[2], match[3], match[4]
    if decimal:
        rank = int(decimal) * (10 if len(decimal) == 1 else 1)
    elif letters:
        rank = _letter_ordinal(letters.lower()) or 1
    else:
        rank = int(second) if second else 0
    return (("n", (int(match[1]), rank)),)


def _read_inserted(label: str) -> tuple[Reading, ...]:
    match = _LETTER.fullmatch(label)
    if match is None:
        return _read_inserted_roman(label)
    letter = match[1]
    decimal, number, second = match[2], match[3], match[4]
    if decimal:
        rank = int(decimal) * (10 if len(decimal) == 1 else 1)
    elif number:
        rank = int(number)
    else:
        rank = ord(second.lower()) - 96
    kind = "a" if letter.islower() else "A"
    found: list[Reading] = [(kind, (ord(letter.lower()) - 96, rank))]
    if letter.lower() in "ivx":
        found.append(("i" if letter.islower() else "I", (_roman_ordinal(letter.lower()), rank)))
    return tuple(found)


def _read_inserted_roman(label: str) -> tuple[Reading, ...]:
    stem, _, tail = label.replace("–", "-").replace(".", "-").partition("-")
    if not tail or not _ROMAN.fullmatch(stem.lower()):
        return ()
    rank = int(tail) if tail.isdigit() else ord(tail[0].lower()) - 96
    kind = "i" if stem.islower() else "I"
    return ((kind, (_roman_ordinal(stem.lower()), rank)),)


def _letter_ordinal(word: str) -> int | None:
    """`a` is 1, `z` 26, `aa` 27; after that both `bb` and `ab` are 28."""
    first = ord(word[0]) - 96
    if len(set(word)) == 1:
        return first + _ALPHABET * (len(word) - 1) if len(word) <= _LONGEST_DOUBLED else None
    if len(word) == _PAIR:
        return _ALPHABET * first + ord(word[1]) - 96
    return None


def _roman_ordinal(word: str) -> int:
    total = 0
    for letter, following in zip(word, [*word[1:], "i"], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if value < _ROMAN_VALUES[following] else value
    return total
