"""What a rule sees and says: a section among its neighbours, and a mark on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pincite.law.outline_notes import note_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pincite.finding import Severity
    from pincite.law.section import Section

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NUMBER = r"\d[0-9A-Za-z]*(?:[-.:–][0-9A-Za-z]+)*"
ENTRY = re.compile(
    rf"(?:(?P<sign>§+|Sec(?:tion|s?\.))[ \u00a0]*)?(?P<number>{_NUMBER})"
    r"(?P<stop>\.?[ ]?[-–—:.]*\s+)(?=[A-Z\[“\"])(?!(?:And|To|Through|Commentary)\b)"
)
"""A section's number before what may be its heading."""
_SIGN = re.compile(r"(?:§+|Sec(?:tion|s?\.))[ \u00a0]*$")
_SIGNED = re.compile(r"(?:§+|Sec(?:tion|s?\.))[ \u00a0]*(?=\d)")
_FURTHEST = 20_000
_PARTS = re.compile(r"[^0-9A-Za-z]+")


class Mark(NamedTuple):
    """What a rule objects to; `start` and `end` are offsets into the text, or `None`.

    `absent` is an identifier that must not be anywhere in the pack, or there is no objection.
    """

    message: str
    evidence: str = ""
    start: int | None = None
    end: int | None = None
    count: int = 1
    absent: str = ""


class Twin(NamedTuple):
    """What is kept of a row to know its text again."""

    citation: str
    heading: str
    document: str


@dataclass(frozen=True)
class Standing:
    """A section as it stands in its pack: with the sections around it, nearest first.

    `given` is the pack's own section number, empty where the source of the section does not tell.
    `twin` is an earlier row of the pack with the same text, `double` whether an
    earlier row has the same identifier.
    """

    section: Section
    before: tuple[Section, ...] = ()
    after: tuple[Section, ...] = ()
    given: str = ""
    twin: Twin | None = None
    double: bool = False

    @cached_property
    def body(self) -> str:
        """The text without the source note at its end."""
        text = self.section.text
        return text[: note_start(text)].rstrip()

    @cached_property
    def listed(self) -> tuple[re.Match[str], ...]:
        """Other sections' numbers in the text, each before what may be its heading."""
        return entries(self.section, self.section.text)

    @cached_property
    def own(self) -> frozenset[str]:
        """The ways in which the section's own number may be written, squashed."""
        number = self.section.number
        whole = squash(re.sub(r"^\D*", "", number))
        first = squash(re.split(r"\s*(?:,|\bto\b|\bthrough\b|\band\b|–|—)\s*", number)[0])
        return frozenset({whole, first})


class Rule(NamedTuple):
    """A rule by name; `alone` rules look at nothing but the section."""

    name: str
    severity: Severity
    about: str
    check: Callable[[Standing], Mark | None]
    alone: bool = True


class Asked(NamedTuple):
    """What a row keeps and breaks of a group of habits that could each hold in its pack."""

    group: str
    kept: tuple[str, ...]
    broken: tuple[str, ...]
    mark: Mark


class Habit(NamedTuple):
    """A rule that holds only where nearly all rows of the pack keep it."""

    name: str
    severity: Severity
    about: str
    ask: Callable[[Standing], Iterator[Asked]]


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return _NOT_WORD.sub("", text.lower())


def parts(number: str) -> tuple[str, ...]:
    """`57-12C-5` as 57, 12C, 5."""
    return tuple(part for part in _PARTS.split(number) if part)


def entries(section: Section, text: str) -> tuple[re.Match[str], ...]:
    """Numbers of other sections of the same code that stand before headings of their own.

    A number in a sentence, `under § 12-3-4. The`, is a reference: an entry starts a line, or
    follows the end of what stands before it, perhaps with no space between.
    """
    mine = parts(section.number)
    if not mine or (len(mine) > 1 and mine[0] not in text):
        return ()
    found: list[re.Match[str]] = []
    for at in _places(section.number, mine, text[:_FURTHEST]):
        sign = _SIGN.search(text, max(0, at - 9), at)
        match = ENTRY.match(text, at if sign is None else sign.start())
        if match is None or not (
            match["sign"] or match["stop"].strip() or _starts_line(text, match.start())
        ):
            continue
        its = parts(match["number"])
        if len(its) != len(mine) or (its[0] != mine[0] and len(mine) > 1):
            continue
        if squash(match["number"]) != squash(section.number) and _begins(text, match.start()):
            found.append(match)
    return tuple(found)


def _places(number: str, mine: tuple[str, ...], text: str) -> Iterator[int]:
    """Where another number of the section's chapter may stand."""
    if len(mine) == 1:
        yield from (match.end() for match in _SIGNED.finditer(text))
        return
    start = number.find(mine[0])
    wanted = number[start : start + len(mine[0]) + 1]
    at = text.find(wanted)
    while at >= 0:
        if at == 0 or not (
            text[at - 1].isdigit() or (text[at - 1] in "-.:" and text[at - 2 : at - 1].isdigit())
        ):
            yield at
        at = text.find(wanted, at + 1)


def _starts_line(text: str, at: int) -> bool:
    return not text[:at].strip() or text[max(0, at - 3) : at].rstrip(" \t").endswith("\n")


def _begins(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at]
    bare = before.rstrip(" \t")
    if not bare or bare[-1] in "\n]":
        return True
    return (bare == before and before[-1] not in "(§-–—/") or (
        bare[-1] in ".;" and text[at] in "§S"
    )


def excerpt(text: str, start: int, end: int, reach: int = 40) -> str:
    """What stands at the span, with a little on both sides, on one line."""
    left, right = max(0, start - reach), min(len(text), max(end, start + 1) + reach)
    return " ".join(text[left : min(right, left + 200)].split())
