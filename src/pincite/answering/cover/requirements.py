"""What a section requires of those whom it binds, each thing by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answer import Quote
from pincite.citations import from_identifier, official, printed_pinpoint
from pincite.covering import Requirement, RequirementKind
from pincite.reading.provision import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.law.section import Section
    from pincite.reading.provision import Provision, Span
    from pincite.reading.readings import ReadSection

_ROLES = frozenset((Role.DUTY, Role.PROHIBITION, Role.DEADLINE))
_OFFICIAL = frozenset(("agency", "government", "court", "prosecutor"))
_CONTENT = re.compile(
    r"\b(?:includ\w+|contain\w*|consist\w*|(?<!this )(?<!the )(?<!a )stat(?:e|es|ing)|"
    r"descri\w+|compris\w+|specif\w+|"
    r"set\s+forth|provide\w*\s+the\s+following|list\w*|disclos\w+\s+the\s+following)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:contracts?|agreements?|notices?|statements?|polic(?:y|ies)|programs?|plans?|applications?|"
    r"reports?|disclosures?|forms?|labels?|signs?|records?|receipts?|procedures?)\s+(?:shall|must)\W*$",
    re.IGNORECASE,
)
# "Substitute notice, if:", "where the licensee is:", "to each consumer who:": what follows is no
# requirement; nor is what a word means.
_CONDITION = re.compile(
    r"\b(?:if|when|where|unless|who|whose|provided\s+that|conditions|circumstances)\b"
    r"(?:(?!\b(?:shall|must|may|will)\b)[^.;,]){0,80}$|\bmeans?\W*$",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"\b(?:one(?:\s+or\s+more)?|any(?:\s+one)?|either|at\s+least\s+one)\s+of\s+the\s+following"
    r"|\beither\W*$",
    re.IGNORECASE,
)
_SHORTEST = 3  # letters: "; or" left behind a list is nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement with what matching needs of it.

    `choice` is the lead-in of a list of which one item is enough; `None` elsewhere.
    """

    requirement: Requirement
    provision: Provision
    section: Section
    choice: Span | None = None

    @property
    def words(self) -> str:
        return self.requirement.quote.text

    @property
    def lead(self) -> str:
        return " ".join(lead.text for lead in self.requirement.leads)


@dataclass(frozen=True, slots=True)
class Required:
    """A section's requirements, and how many of its duties bind public bodies alone."""

    asked: tuple[Asked, ...]
    officials: int


def requirements(read: ReadSection) -> Required:
    """The section's duties, prohibitions, deadlines and contents of what must be told, in order."""
    found: list[Asked] = []
    officials = 0
    for provision in read.provisions:
        if not _requires(read.section.text, provision):
            continue
        if provision.actor_class in _OFFICIAL:
            officials += 1
            continue
        found.append(_asked(read.section, provision))
    return Required(tuple(found), officials)


def _requires(text: str, provision: Provision) -> bool:
    if provision.role not in _ROLES or provision.term is not None:
        return False
    if provision.modal is None and Role.DEADLINE not in provision.roles:
        return False
    if provision.opens and not (provision.periods or provision.amounts):
        # The items that it opens say what is required.
        return False
    if any(_CONDITION.search(text[start:end]) for start, end in provision.leads):
        return False
    return sum(letter.isalpha() for letter in text[provision.start : provision.end]) > _SHORTEST


def _asked(section: Section, provision: Provision) -> Asked:
    leads = tuple(_quote(section, span, provision.path) for span in _leads(section, provision))
    choice = next(
        ((start, end) for start, end in provision.leads if _EITHER.search(section.text[start:end])),
        None,
    )
    quote = _quote(section, (provision.start, provision.end), provision.path)
    return Asked(
        requirement=Requirement(
            kind=_kind(section.text, provision),
            quote=quote,
            leads=leads,
            citation=_cited(section, provision.path),
        ),
        provision=provision,
        section=section,
        choice=choice,
    )


def _cited(section: Section, path: tuple[str, ...]) -> str:
    """The official citation with the pinpoint, as the code prints it: `§ 407.1500.2(1)`."""
    own = from_identifier(section.id) if path else None
    if own is not None:
        return official(replace(own, path=path))
    pinpoint = printed_pinpoint(section.jurisdiction, section.code, path) if path else ""
    return section.citation + pinpoint


def _leads(section: Section, provision: Provision) -> Iterator[Span]:
    for start, end in provision.leads:
        if section.text[start:end].strip():
            yield start, end


def _quote(section: Section, span: Span, path: tuple[str, ...]) -> Quote:
    start, end = span
    return Quote(
        section=section.id,
        pinpoint=printed_pinpoint(section.jurisdiction, section.code, path) if path else "",
        start=start,
        end=end,
        text=section.text[start:end],
    )


def _kind(text: str, provision: Provision) -> RequirementKind:
    if provision.role is Role.PROHIBITION or (provision.negated and not provision.leads):
        return RequirementKind.PROHIBITION
    lead = "" if provision.lead is None else text[slice(*provision.lead)]
    if _CONTENT.search(lead) or _DOCUMENT.search(lead):
        return RequirementKind.CONTENT
    return RequirementKind.DEADLINE if Role.DEADLINE in provision.roles else RequirementKind.DUTY
