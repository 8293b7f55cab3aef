"""Tells which titles of a code a pack lacks, and which of them a question falls under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Title", "missing_titles", "titles_about", "titles_of"]

_NUMBER = re.compile(
    r"(?:title|chapter)?\s*(?:(\d+(?:[.:]\d+)*[a-z]?)|([ivxl]+))(?=[\s.,]|$)", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_WORD = re.compile(r"[a-z]{3,}")
# Words of titles' names that say nothing of their subject.
_EMPTY = re.compile(
    r"and|the|other|general(?:ly)?|code|act|provisions|state|department|office|board|main|certain|"
    r"miscellaneous|uniform|related|special|public|commission|laws?"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a code; `unit` is what the code calls it: Title, Chapter, Code."""

    number: str
    name: str
    unit: str = "Title"

    def __str__(self) -> str:
        """`Title 8 (Labor and Industry)`; one of California's codes goes by its name alone."""
        return self.name if self.unit == "Code" else f"{self.unit} {self.number} ({self.name})"


@cache
def titles_of(pack: str) -> tuple[Title, ...]:
    """The titles that the code of a pack (`us_co_statutes`) has, in the code's own order.

    Empty where there is no list. Repealed and reserved titles, and those whose name was not
    certain, are not in the lists, and of some codes only the main chapters or agencies are.
    """
    table = files("pincite.retrieval.titles").joinpath(f"{pack.removesuffix('.parquet')}.tsv")
    if not re.fullmatch(r"us_[a-z]+_[a-z]+(\.parquet)?", pack) or not table.is_file():
        return ()
    lines = table.read_text(encoding="utf-8").splitlines()
    unit = lines[0].rpartition("\t")[2]
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Title(number, name, unit) for number, name in rows)


def missing_titles(pack: str, present: Sequence[str]) -> tuple[Title, ...]:
    """The titles of the pack's code that are not among `present`.

    `present` is as an index of packs has it: "Title 8", "Title XXVI TRADE AND COMMERCE",
    "Chapter 57 trade practices", and "Title 182" for 18.2. For California it is the names of the
    codes. Empty where there is no list, or where nothing in `present` is a title of the code:
    an excerpt or an unknown shape says nothing of what is missing.
    """
    known = titles_of(pack)
    if known and known[0].unit == "Code":
        here = {title for title in known if any(_names_code(text, title) for text in present)}
    else:
        roman = all(_roman(title.number) for title in known)
        numbers = {_number(text, roman=roman) for text in present}
        # Virginia's packs write 18.2 as 182; where periods are kept, 4.1 is not 41.
        dotless = not any("." in number for number in numbers if number)
        here = {
            title
            for title in known
            if (number := _number(title.number, roman=roman)) in numbers
            or (dotless and number and number.replace(".", "") in numbers)
        }
    return tuple(title for title in known if title not in here) if here else ()


def titles_about(text: str, titles: Sequence[Title]) -> tuple[Title, ...]:
    """Those of `titles` whose subject `text` (a question, a topic's name) speaks of.

    The best match first: a title counts by the words of its name that are in the text, and by
    the lay words of `subjects.tsv` ("overtime" for labor).
    """
    words = _words(text)
    scored = [(len(words & _subject(title.name)), title) for title in titles]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return tuple(title for _, title in best)


def _number(text: str, *, roman: bool) -> str | None:
    """A title's number with neither case nor leading zeros, roman ones in digits."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    if match.group(2):
        value = _roman(match.group(2))
        return str(value) if roman and value else None
    return match.group(1).lower().lstrip("0")


def _roman(text: str) -> int:
    """The value of a roman numeral up to 89, or 0."""
    values = [_ROMAN.get(letter, 0) for letter in text.lower()]
    if not values or 0 in values:
        return 0
    return sum(
        -value if any(later > value for later in values[at + 1 :]) else value
        for at, value in enumerate(values)
    )


def _names_code(text: str, title: Title) -> bool:
    short = title.name.removesuffix(" Code")
    abbreviated = {"Civil Code": "Civ. Code"}.get(title.name, title.name)
    return (
        bool(
            re.search(
                rf"(?<!of )\b(?:{re.escape(title.name)}|{re.escape(abbreviated)})(?!\w)", text
            )
        )
        or text.strip().lower() == short.lower()
    )


@cache
def _lay_words() -> dict[str, frozenset[str]]:
    table = files("pincite.retrieval.titles").joinpath("subjects.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {subject: _words(words) for subject, words in rows}


def _words(text: str) -> frozenset[str]:
    words = (
        word.removesuffix("s") for word in _WORD.findall(text.lower()) if not _EMPTY.fullmatch(word)
    )
    return frozenset(words)


@cache
def _subject(name: str) -> frozenset[str]:
    lay = _lay_words()
    own = _WORD.findall(name.lower())
    return _words(name).union(*(lay[word] for word in own if word in lay))
