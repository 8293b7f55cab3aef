"""What checking a memo gives: every citation and quotation in it, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pincite.change import Edit


class Standing(StrEnum):
    """Whether a citation or a quotation of a memo holds, and if not, why."""

    GOOD = "good"
    MISQUOTED = "misquoted"
    ELSEWHERE = "found_elsewhere"
    NOT_FOUND = "not_found"
    NO_SECTION = "no_such_section"
    NO_SUBDIVISION = "no_such_subdivision"
    REPEALED = "repealed"
    NOT_IN_FORCE = "not_in_force"
    NOT_INSTALLED = "not_installed"
    AMBIGUOUS = "ambiguous"
    UNATTRIBUTED = "unattributed"
    DOUBTFUL = "doubtful"
    NOT_CHECKED = "not_checked"


# The law's outline is not sure, or what is cited or quoted is no law that could be held against
# the library: neither good nor a fault of the memo.
OPEN = frozenset({Standing.DOUBTFUL, Standing.NOT_CHECKED})


class MemoPart(StrEnum):
    """What of the memo a finding is about."""

    CITATION = "citation"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoPlace:
    """Where words stand in the law: `section.text[start:end] == text`, by stored identifier."""

    citation: str
    section: str
    pinpoint: str
    start: int
    end: int
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoFinding:
    """One citation or quotation of the memo.

    `where` says in words where it stands (`paragraph 3`, `footnote 2`); `passage` is the number of
    the passage that was read, from 0, and `passage.text[start:end] == text`. `citation` is what
    it was held against, printed in full. `edits` turn the law's words (`law`) into the memo's
    (`told`); `places` are where the words of a quotation stand in the installed law.
    """

    part: MemoPart
    standing: Standing
    where: str
    passage: int
    start: int
    end: int
    text: str
    message: str
    citation: str = ""
    section: str = ""
    law: str = ""
    told: str = ""
    edits: tuple[Edit, ...] = ()
    places: tuple[MemoPlace, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.standing is Standing.GOOD

    @property
    def faulty(self) -> bool:
        """Whether somebody must look at it."""
        return not self.good and self.standing not in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoCheck:
    """Every finding of a memo, in its order. `notes` say what was not read or not looked for."""

    name: str
    as_of: date
    jurisdiction: str | None
    passages: int
    findings: tuple[MemoFinding, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faulty

    @property
    def faulty(self) -> tuple[MemoFinding, ...]:
        return tuple(finding for finding in self.findings if finding.faulty)

    def count(self, part: MemoPart, standing: Standing | None = None) -> int:
        """How many findings are about `part` and, if given, have that standing."""
        return sum(
            1 for one in self.findings if one.part is part and standing in {None, one.standing}
        )
