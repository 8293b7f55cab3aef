"""The sections around a cited one that may say whom it binds and what its words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.section import Status
from pincite.reading.definitions import is_definitions
from pincite.reading.reach import Reach, governs, reach_of
from pincite.reading.scope import is_about_scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pincite.law.section import Section
    from pincite.library.protocol import Library

_REACH = 45  # sections on each side of a cited one
_AT_MOST = 4
_PARTS = 3  # of a number that tells chapter, article and section
_OPENING = 420
# How a section without a heading shows that it defines or says whom law binds.
_OPENS = re.compile(
    r"\W*(?:\(?\w{1,3}[.)]\s*)?(?:as\s+used\s+in|for\s+(?:the\s+)?purposes?\s+of|when\s+used\s+in|in\s+this"
    r"|this\s+(?:chapter|article|title|part|act|section)\s+(?:applies|does\s+not\s+apply|shall\s+(?:not\s+)?apply)"
    r"|the\s+(?:provisions|requirements)\s+of\s+(?:this\s+\w+|sections?\s.{3,60}?)\s+(?:shall\s+|do\s+|does\s+)?(?:not\s+)?apply"
    r"|the\s+following\s+(?:words|terms|definitions))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Near:
    """A section that speaks for another: `reach` is how far what it says holds."""

    section: Section
    reach: Reach | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """The sections around a cited one, in the order of the code."""

    order: tuple[Section, ...]

    def speaking_for(self, cited: Section) -> tuple[Near, ...]:
        """The sections whose definitions or scope hold for the cited one, the nearest first."""
        places = {section.id: place for place, section in enumerate(self.order)}
        here = places.get(cited.id)
        if here is None:
            return ()
        found: list[tuple[int, Near]] = []
        for place, section in enumerate(self.order):
            if section.id == cited.id or not _speaks(section):
                continue
            reach = reach_of(opening(section))
            if governs(reach, section, cited, self.order):
                found.append((abs(place - here), Near(section, reach)))
        found.sort(key=lambda item: item[0])
        return tuple(near for _, near in found[:_AT_MOST])


def opening(section: Section) -> str:
    """The words in which a section says how far it reaches."""
    return section.text[:_OPENING]


def _speaks(section: Section) -> bool:
    if section.heading:
        return (
            is_about_scope(section.heading)
            or is_definitions(section.heading)
            or ("definition" in section.heading.lower())
        )
    return bool(_OPENS.match(section.text))


def neighbourhood(cited: Section, library: Library, as_of: date) -> Neighbourhood:
    """The sections of the cited one's document or chapter near it that are law on the day."""
    key = library.key_of(cited.id)
    places = {} if key is None else library.places([key])
    if key is None or key not in places:
        return Neighbourhood(order=(cited,))
    around = library.around(cited.pack, places[key].position, _REACH)
    return Neighbourhood(order=tuple(_same(cited, around, as_of)))


def article(number: str) -> str:
    """What a number of three parts or more says of its act: `47-8` of `47-8-15`; else empty."""
    parts = number.split("-")
    return "-".join(parts[:-1]) if len(parts) >= _PARTS else ""


def _same(cited: Section, around: Iterable[Section], as_of: date) -> Iterable[Section]:
    for section in around:
        if section.id == cited.id or (
            (section.document == cited.document or section.hierarchy == cited.hierarchy)
            and article(section.number) == article(cited.number)
            and section.status is Status.IN_FORCE
            and section.validity.covers(as_of)
        ):
            yield section
