"""What official formats have in common: a section with its place, its notes and its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pincite.law.section import Status

if TYPE_CHECKING:
    from pincite.parsing.pack_row import PackRow

_GONE = {
    "repealed": Status.REPEALED,
    "removed": Status.REPEALED,
    "revoked": Status.REPEALED,
    "reserved": Status.RESERVED,
    "vacant": Status.RESERVED,
    "omitted": Status.OMITTED,
    "expired": Status.EXPIRED,
    "terminated": Status.EXPIRED,
    "transferred": Status.RENUMBERED,
    "renumbered": Status.RENUMBERED,
    "recodified": Status.RENUMBERED,
    "redesignated": Status.RENUMBERED,
}
_WORD = "|".join(_GONE)
# The whole text, the heading's start ("Repealed. Pub. L. 94–183") or its end ("... [Repealed]").
_ONLY = re.compile(rf"\W*({_WORD})\W*", re.IGNORECASE)
_START = re.compile(rf"\W*({_WORD})(?:[.\]]|,|\s*$)", re.IGNORECASE)
_END = re.compile(rf"\[({_WORD})\.?\]?\W*$", re.IGNORECASE)


class Mark(NamedTuple):
    """A subdivision that the XML itself marks: its labels, and where the last one stands."""

    path: tuple[str, ...]
    start: int


class Level(NamedTuple):
    """A unit of the hierarchy: `("Chapter", "94", "PRIVACY")`."""

    word: str
    number: str
    name: str

    @property
    def label(self) -> str:
        return f"{self.word} {self.number}".rstrip()

    @property
    def titled(self) -> str:
        return f"{self.label} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialSection:
    """A section as its publisher has it: the row that a pack has of it, and what a row cannot hold.

    `marks` are the subdivisions of the XML, for formats that mark them; `terms` the defined
    terms that it marks; `authority` the law that a regulation rests on; `notes` the publisher's
    annotations that are neither source note nor text.
    """

    row: PackRow
    marks: tuple[Mark, ...] = ()
    terms: tuple[str, ...] = ()
    authority: str = ""
    notes: tuple[str, ...] = ()


def status_named(word: str) -> Status | None:
    """The status that a format's own attribute names; `None` for one that says nothing of it."""
    return _GONE.get(word.strip().lower())


def status_of(heading: str, text: str) -> Status:
    """What heading and text say of themselves; the text is read whole and not in part.

    A live section that holds "(a) [Repealed]" is in force.
    """
    body = text.strip()
    found = _ONLY.fullmatch(body) if body else None
    found = found or _END.search(heading)
    if found is None and not body:
        found = _START.match(heading)
    return Status.IN_FORCE if found is None else _GONE[found[1].lower()]
