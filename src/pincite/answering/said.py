"""What a model wrote, read a line at a time: statements and nothing else."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.snapping import Cite

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LINE = 8_000
_LONGEST_TEXT = 700
_FEWEST_WORDS = 3
_MOST_CITES = 4
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# A label that is written into the sentence would look like one of ours.
_WRITTEN_LABELS = re.compile(r"\s*\[\s*(?:S?\d{1,3}(?:\.\d{1,3})?\s*[,;]?\s*)+\]", re.IGNORECASE)
_MARKUP = re.compile(r"://|\bwww\.|\]\(|!\[|</?[a-zA-Z!]|`|\bjavascript:|\bdata:", re.IGNORECASE)
_FENCE = re.compile(r"^(?:```\w*|\[|\]|,|\],?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as a model gives it. Empty text asks for the law's own words.

    `replaces` is the number of the faulty statement that it is to stand for, if it says one.
    """

    text: str
    cites: tuple[Cite, ...]
    summary: bool = False
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no statement, and what is wrong with it."""

    problem: str


@dataclass(slots=True)
class Lines:
    """Takes the answer in pieces and gives each line's statement as soon as the line is whole."""

    _waiting: str = ""
    _open: str = ""  # an object that runs over several lines
    _skipping: bool = False

    def feed(self, piece: str) -> Iterator[Said | Unread]:
        """The statements that the piece completes."""
        *whole, self._waiting = (self._waiting + piece).split("\n")
        for line in whole:
            if self._skipping:
                self._skipping = False
                continue
            yield from self._line(line)
        if len(self._waiting) > _LONGEST_LINE:
            self._waiting = ""
            if not self._skipping:
                yield Unread(f"a line of more than {_LONGEST_LINE} characters")
            self._skipping = True

    def close(self) -> Iterator[Said | Unread]:
        """What the last line says; it may lack its end, and is then no statement."""
        if not self._skipping:
            yield from self._line(self._waiting)
        if self._open:
            yield Unread("the last statement has no end")
        self._waiting = self._open = ""

    def _line(self, line: str) -> Iterator[Said | Unread]:
        line = line.strip()
        if not self._open:
            line = line.rstrip(",")
        if not line or (_FENCE.match(line) and not self._open):
            return
        together = f"{self._open}\n{line}" if self._open else line
        found = _objects(together)
        if found is None and self._open and (alone := _objects(line)):
            yield Unread("a statement has no end")
            found = alone
        if found is not None:
            self._open = ""
            for one in found:
                yield _said(one)
        elif line.startswith('{"') and self._open:
            yield Unread("a statement has no end")
            self._open = line
        elif together.startswith("{") and len(together) < _LONGEST_LINE:
            self._open = together
        else:
            self._open = ""
            yield Unread("a line that is no JSON object")


def _objects(text: str) -> list[object] | None:
    """The JSON values that the text is made of, or `None` where it is not JSON all through."""
    decoder = json.JSONDecoder()
    found: list[object] = []
    at = 0
    text = text.removeprefix("[").removesuffix("]") if text[:2] in {"[{", "[ "} else text
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            while at < len(text) and text[at] in " ,\t\r\n":
                at += 1
    except (ValueError, RecursionError):  # RecursionError: ten thousand brackets
        return None
    return found


def _said(value: object) -> Said | Unread:
    if not isinstance(value, dict):
        return Unread("a line that is no JSON object")
    text, cites = value.get("text", ""), value.get("cites")
    if not isinstance(text, str) or not isinstance(cites, list):
        return Unread("a statement without text and cites")
    if len(text) > _LONGEST_TEXT:
        return Unread(f"a statement of more than {_LONGEST_TEXT} characters")
    if _MARKUP.search(text):
        return Unread("a statement that holds a link or markup")
    text = cleaned(_WRITTEN_LABELS.sub("", text)).lstrip("-*•# ")
    if text and len(text.split()) < _FEWEST_WORDS:
        return Unread("a statement that is no sentence")
    number = value.get("replaces")
    return Said(
        text=text,
        cites=tuple(_cites(cites[:_MOST_CITES])),
        summary=value.get("summary") is True,
        replaces=number if isinstance(number, int) and not isinstance(number, bool) else None,
    )


def _cites(values: list[object]) -> Iterator[Cite]:
    for value in values:
        told = value if isinstance(value, dict) else {}
        source, anchor, at = (told.get(key) or "" for key in ("source", "anchor", "at"))
        # A citation that is not of the form is kept, so that it is found to point nowhere.
        yield Cite(source=_word(source), anchor=_word(anchor), at=_word(at))


def _word(value: object) -> str:
    return cleaned(value) if isinstance(value, str) else ""


def cleaned(text: str) -> str:
    """The text on one line, without control and format characters or halves of characters."""
    kept = (" " if c in "\t\n\r" else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in _HIDDEN).split())
