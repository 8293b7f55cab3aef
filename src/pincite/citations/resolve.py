"""Citations looked up in what is installed: found, or a plain word on why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pincite.citations.load import code_form
from pincite.citations.number import order
from pincite.citations.parse import from_identifier
from pincite.citations.print import official, printed_pinpoint
from pincite.law.section import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pincite.citations.citation import Citation

    Key = tuple[tuple[int, int, str], ...]


class Law(Protocol):
    """What must be known of the installed law. Identifiers are compared by their `lookup_key`."""

    def installed_codes(self) -> Collection[tuple[str, str]]:
        """Jurisdiction and code of every code of which at least one section is installed."""
        ...

    def status(self, section: str) -> Status | None:
        """The status of the section with this identifier, `None` where there is none."""
        ...

    def inside(self, section: str, path: tuple[str, ...]) -> bool | None:
        """Whether the section has the subdivision; `None` where its outline cannot tell."""
        ...

    def sections(self, jurisdiction: str, code: str, near: Near) -> Iterable[str]:
        """The identifiers of a code's sections; asked only for ranges, chapters and misses.

        At least those that `near` admits: it says which of a large code are worth reading.
        """
        ...


@dataclass(frozen=True, slots=True)
class Near:
    """Which identifiers of a code may belong to a citation, told without reading each as one.

    They begin with `beginning`, in any case, which ends with a slash. The number of a section has
    its first digits from `low` to `high`; `None` where these tell nothing.
    """

    beginning: str
    low: int | None = None
    high: int | None = None

    def admits(self, identifier: str) -> bool:
        if self.low is None or self.high is None:
            return True
        # Rows of several sections (`s4306...4308`, `s1008,1009`), and whatever had to be escaped.
        if "..." in identifier or "," in identifier or "%" in identifier:
            return True
        if self.low == self.high and str(self.low) not in identifier:
            return False  # the next lines are ten times slower, and a code has 50,000 rows
        digits = _DIGITS.search(identifier, identifier.rfind("/"))
        return digits is not None and self.low <= int(digits[0]) <= self.high


class Outcome(StrEnum):
    FOUND = "found"
    NOT_INSTALLED = "code_not_installed"
    NO_SECTION = "no_such_section"
    NO_SUBDIVISION = "no_such_subdivision"
    DOUBTFUL_SUBDIVISION = "doubtful_subdivision"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a citation leads to. `sections` are identifiers, in order, also of a repealed section.

    `message` is one sentence for the reader, empty where the outcome is `FOUND`.
    """

    citation: Citation
    outcome: Outcome
    sections: tuple[str, ...] = ()
    message: str = ""

    @property
    def found(self) -> bool:
        return self.outcome is Outcome.FOUND


_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"[A-Za-z0-9.-]+")

# 201 CMR 17.00 names all of chapter 17, as agencies' regulations often do.
_WHOLE = ".00"

_WORDS = {
    Status.REPEALED: (Outcome.REPEALED, "is repealed"),
    Status.RENUMBERED: (Outcome.RENUMBERED, "is renumbered"),
    Status.EXPIRED: (Outcome.NOT_IN_FORCE, "has expired"),
    Status.RESERVED: (Outcome.NOT_IN_FORCE, "is reserved and holds no law"),
    Status.OMITTED: (Outcome.NOT_IN_FORCE, "is omitted from the code"),
}


def resolve(citation: Citation, law: Law) -> Resolution:
    """What `citation` leads to in `law`; never raises."""
    if (citation.jurisdiction, citation.code) not in law.installed_codes():
        name = _name(citation)
        verb = "are" if _plural(name) else "is"
        return _result(citation, Outcome.NOT_INSTALLED, f"The {name} {verb} not installed.")
    if (status := law.status(citation.id)) is not None:
        return _section(citation, citation.id, status, law)
    sections = _members(citation, law)
    if not sections and citation.number.endswith(_WHOLE):
        whole = replace(citation, number=citation.number.removesuffix(_WHOLE), unit="chapter")
        sections = _members(whole, law)
    if not sections:
        where = f"There is no {official(citation.section)} in the installed {_name(citation)}."
        return _result(citation, Outcome.NO_SECTION, where)
    if len(sections) == 1 and (status := law.status(sections[0])) is not None:
        return _section(citation, sections[0], status, law)
    return Resolution(citation=citation, outcome=Outcome.FOUND, sections=sections)


def _section(citation: Citation, section: str, status: Status, law: Law) -> Resolution:
    name = official(citation.section)
    if status in _WORDS:
        outcome, words = _WORDS[status]
        return _result(citation, outcome, f"{name} {words}.", section)
    if citation.path:
        pinpoint = printed_pinpoint(citation.jurisdiction, citation.code, citation.path)
        inside = law.inside(section, citation.path)
        if inside is None:
            message = f"{name} is there; its subdivisions are not sure enough to find {pinpoint}."
            return _result(citation, Outcome.DOUBTFUL_SUBDIVISION, message, section)
        if not inside:
            message = f"{name} has no subdivision {pinpoint}."
            return _result(citation, Outcome.NO_SUBDIVISION, message, section)
    return Resolution(citation=citation, outcome=Outcome.FOUND, sections=(section,))


def _members(citation: Citation, law: Law) -> tuple[str, ...]:
    """The sections of a range, chapter or part, or the row of a range or list that holds one."""
    first, last = order(citation.number), order(citation.through or citation.number)
    near = _near(citation, first, last)
    found: list[tuple[Key, str]] = []
    for section in law.sections(citation.jurisdiction, citation.code, near):
        row = from_identifier(section)
        if row is None or row.title.casefold() != _title(citation).casefold():
            continue
        if citation.unit != "section":
            if _in_unit(citation, row):
                found.append((order(row.number), section))
        elif any(start <= last and first <= end for start, end in _spans(row)):
            found.append((order(row.number), section))
    return tuple(section for _, section in sorted(found))


def _near(citation: Citation, first: Key, last: Key) -> Near:
    """A bound on what `_members` reads; every identifier that it would take is within."""
    beginning = f"/{citation.jurisdiction}/{citation.code}/"
    form, title = code_form(citation.jurisdiction, citation.code), _title(citation)
    if form is None or "{a}" in form.id:
        return Near(beginning)  # the number's first digits are the act's
    head, titled, _ = form.id.partition("{t}/")
    if titled and _PLAIN.fullmatch(title):
        beginning = f"{beginning}{head}{title}/"
    by_title = title != citation.title
    if by_title or not first or not last or first[0][0] or last[0][0]:
        return Near(beginning)
    return Near(beginning, first[0][1], last[0][1])


def _title(citation: Citation) -> str:
    """A chapter of a code of chapters (G.L. c. 93H) stands where its sections have the title."""
    form = code_form(citation.jurisdiction, citation.code)
    chapters = form is not None and form.id.startswith("c{t}") and citation.unit == "chapter"
    return citation.number if chapters else citation.title


def _in_unit(citation: Citation, row: Citation) -> bool:
    if _title(citation) != citation.title:
        return True
    number, unit = row.number.casefold(), citation.number.casefold()
    return number.startswith(unit) and number[len(unit) : len(unit) + 1] in {".", "-", ":"}


def _spans(row: Citation) -> list[tuple[Key, Key]]:
    """First and last number of every part of a row: `2841, 2851 to 2856` has two parts."""
    if ", " not in row.number:
        return [(order(row.number), order(row.through or row.number))]
    parts = [part.partition(" to ") for part in row.number.split(", ")]
    return [(order(first), order(last or first)) for first, _, last in parts]


def _name(citation: Citation) -> str:
    form = code_form(citation.jurisdiction, citation.code)
    return form.code.name if form is not None else f"code {citation.code}"


def _plural(name: str) -> bool:
    head = name.partition(" of ")[0].partition(" (")[0].partition(",")[0]
    return head.endswith(("Statutes", "Laws", "Rules", "Regulations"))


def _result(
    citation: Citation, outcome: Outcome, message: str, section: str | None = None
) -> Resolution:
    sections = () if section is None else (section,)
    return Resolution(citation=citation, outcome=outcome, sections=sections, message=message)
