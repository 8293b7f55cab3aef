"""What reading and searching the law give: sections opened, the reason why not, and hits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.law.outline import Outline, Subdivision
    from pincite.law.section import Section, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A section named in a list."""

    id: str
    citation: str
    heading: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedTerm:
    """A term of the section that its document defines: `text` is cut from `section`'s text."""

    term: str
    section: str
    citation: str
    pinpoint: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A section as the library has it, and what stands around it.

    `citation` and `local_citation` have the pinpoint that was asked for; `subdivision` is it, or
    `None` for the whole section or where the outline is not sure of it (`doubt` says so).
    `versions` are all versions of the section, the oldest first.
    """

    section: Section
    code: str
    citation: str
    local_citation: str
    outline: Outline
    subdivision: Subdivision | None = None
    doubt: str = ""
    before: Line | None = None
    after: Line | None = None
    definitions: tuple[DefinedTerm, ...] = ()
    versions: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A chapter, part or range of sections: its sections in order."""

    citation: str
    lines: tuple[Line, ...]


class Reason(StrEnum):
    """Why a citation opens no law in force."""

    NOT_A_CITATION = "not_a_citation"
    AMBIGUOUS = "ambiguous"
    NOT_INSTALLED = "not_installed"
    NO_SECTION = "no_such_section"
    NO_SUBDIVISION = "no_such_subdivision"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"
    NOT_IN_FORCE = "not_in_force"
    NO_VERSION = "no_such_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Why there is no law to show; `message` is one sentence, `advice` what to do, if anything.

    `at_console` is the same advice as the command line gives it, where that is another.

    `opened` is what stands at that place all the same: a repealed section's row, or the section
    that lacks the subdivision. `choices` are citations, with their jurisdiction, to choose from.
    """

    asked: str
    reason: Reason
    message: str
    advice: str = ""
    at_console: str = ""
    citation: str = ""
    opened: Opened | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A section that was found, and its best passage: `section.text[start:end]`."""

    section: Section
    code: str
    score: float
    start: int
    end: int
    pinpoint: str
    found_by: str

    @property
    def passage(self) -> str:
        return self.section.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a search of the installed law gave, best first, and the packs that were searched."""

    words: str
    hits: tuple[Hit, ...]
    packs: tuple[str, ...]
    not_installed: tuple[str, ...] = ()
