"""What a policy covers of what law requires: requirements, verdicts, and quotes of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pincite.answer import Quote
    from pincite.law.section import Section


class RequirementKind(StrEnum):
    """What a section asks for: an act, an omission, an act in time, or something to be included."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    DEADLINE = "deadline"
    CONTENT = "content"


class CoverVerdict(StrEnum):
    """Whether a policy says what a requirement asks for.

    `differs` is said where it speaks of the matter with another number, with less force, or of a
    part of it; `not_found` where nothing like it was found, which is not that nothing is there.
    """

    COVERED = "covered"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"


class DifferenceKind(StrEnum):
    """How a policy differs from a requirement that it speaks of."""

    NUMBER = "number"
    NO_NUMBER = "no_number"
    FORCE = "force"
    POLARITY = "polarity"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference: words cut from the law and, where it has them, from the policy.

    `detail` is a sentence of fixed form; `words` of the law that the policy has nothing like stand
    in `law` one after another.
    """

    kind: DifferenceKind
    law: tuple[str, ...]
    policy: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPlace:
    """A passage of a policy: the quote, what its section is cited as, its pages if it has any."""

    quote: Quote
    citation: str
    heading: str
    pages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Something that a section requires: its words, and the lead-ins that they complete."""

    kind: RequirementKind
    quote: Quote
    leads: tuple[Quote, ...] = ()
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A requirement, what the policy says of it, and how far that goes.

    `likeness` is between 0 and 1: the share of the requirement's own words that the passage has,
    weighed by how rare they are, with its nearness in meaning where there is a model.
    """

    requirement: Requirement
    verdict: CoverVerdict
    places: tuple[PolicyPlace, ...] = ()
    differences: tuple[Difference, ...] = ()
    likeness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRead:
    """A policy that was read: its name, its pack and how much of it there is."""

    name: str
    pack: str
    sections: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """What policies cover of the requirements of some sections, in the sections' order.

    `notes` say what was left out of the comparison and what it can and cannot tell.
    """

    as_of: date
    laws: tuple[Section, ...]
    policies: tuple[PolicyRead, ...]
    items: tuple[Covered, ...]
    notes: tuple[str, ...]
    model: str = ""

    def of(self, verdict: CoverVerdict) -> tuple[Covered, ...]:
        return tuple(item for item in self.items if item.verdict is verdict)
