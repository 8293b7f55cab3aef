"""Checks of the law that a statement names, and of where and when it is law."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind
from pincite.citations import find
from pincite.law.jurisdiction import ALL
from pincite.law.section import Status
from pincite.reading.references import references
from pincite.reading.words import words
from pincite.verification.words import stems

if TYPE_CHECKING:
    from pincite.verification.grounds import Grounds

_MAYBE_CITATION = re.compile(r"§|\d|\b[Ss]ections?\b|\b[Cc]hapters?\b|\b[A-Z][\w.]+\.?\s\d")
_GONE = re.compile(
    r"^\W*(?:\[?\s*)?(?:repealed|recompiled|expired|reserved|renumbered|obsolete|not applicable|"
    r"transferred|omitted|rescinded|vacant|deleted|superseded|unconstitutional|executed)\b",
    re.IGNORECASE,
)
_NUMBERS = "|".join((*words("quantities", "ones"), *words("quantities", "tens"), "hundred"))
# "sections seven and nine", as Massachusetts has it.
_SPELLED = re.compile(
    rf"\b(?:sections?|chapters?|articles?|titles?|parts?|paragraphs?|clauses?)\s+"
    rf"(?:(?:{_NUMBERS})(?:[ -](?:{_NUMBERS}))*[A-Z]?(?:,?\s+(?:and|or|to)\s+|,\s+)?)+(?<=\w)",
    re.IGNORECASE,
)
_ONLY_GONE = 40


def citations_hold(grounds: Grounds) -> Fault | None:
    """Every citation in the statement's own words is a cited section or stands in the quotes."""
    own = grounds.own
    if not grounds.statement.quotes or not _MAYBE_CITATION.search(own):
        return _acts_hold(grounds)
    home = grounds.cited[0].jurisdiction if grounds.cited else None
    cited = {section.id for section in grounds.cited}
    quoted = " ".join(grounds.quoted.split())
    known = {found.citation.id for found in find(quoted, jurisdiction=home)}
    spans = []
    for found in find(own, jurisdiction=home):
        spans.append((found.start, found.end))
        if found.citation.id not in cited | known:
            told = own[found.start : found.end]
            return Fault(
                kind=FaultKind.CITATION, detail=f"{told} is neither cited nor in the quotes"
            )
    lower = quoted.lower()
    for spelled in _SPELLED.finditer(own):
        if " ".join(spelled[0].lower().split()) not in lower:
            detail = f"{spelled[0]} is neither cited nor in the quotes"
            return Fault(kind=FaultKind.CITATION, detail=detail)
    for reference in references(own):
        named = " ".join(own[reference.start : reference.end].split())
        inside = any(
            a <= reference.start < b or reference.start <= a < reference.end for a, b in spans
        )
        if reference.kind == "act" or inside or named.lower().startswith("this "):
            continue
        if named.lower() not in lower and not _names_cited(named, grounds):
            return Fault(
                kind=FaultKind.CITATION, detail=f"{named} is neither cited nor in the quotes"
            )
    return _acts_hold(grounds)


def _names_cited(named: str, grounds: Grounds) -> bool:
    """Whether the last word, its pinpoint aside, is the number of a cited section."""
    last = named.rsplit(maxsplit=1)[-1].partition("(")[0]
    return any(last == section.number for section in grounds.cited)


def _acts_hold(grounds: Grounds) -> Fault | None:
    """An act named in the statement is named in the quotes or is the document of a section."""
    known = None
    for reference in references(grounds.own):
        if reference.kind != "act":
            continue
        if known is None:
            names = (n for s in grounds.cited for n in (s.heading, s.document_name, *s.hierarchy))
            known = set(stems(" ".join((grounds.quoted, *names))))
        act = grounds.own[reference.start : reference.end]
        if not known.issuperset(stems(act)):
            return Fault(kind=FaultKind.CITATION, detail=f"{act} is named in no quote")
    return None


def in_force(grounds: Grounds) -> Fault | None:
    """Every cited section is law on the as-of date, as far as the library tells."""
    for section in grounds.cited:
        if section.status is not Status.IN_FORCE:
            told = section.status.value.replace("_", " ")
            return Fault(kind=FaultKind.NOT_IN_FORCE, detail=f"{section.citation} is {told}")
        if not section.validity.covers(grounds.as_of):
            period = f"{section.validity.start or '…'} to {section.validity.end or '…'}"
            return Fault(
                kind=FaultKind.NOT_IN_FORCE, detail=f"{section.citation} is law from {period}"
            )
        if _GONE.match(section.heading) and len(section.heading) < _ONLY_GONE:
            return Fault(
                kind=FaultKind.NOT_IN_FORCE, detail=f"{section.citation}: {section.heading}"
            )
    for quote in grounds.statement.quotes:
        if _GONE.match(quote.text) and len(quote.text) < _ONLY_GONE * 2:
            return Fault(
                kind=FaultKind.NOT_IN_FORCE, detail=f"{quote.section} reads “{quote.text[:60]}”"
            )
    return None


def in_jurisdiction(grounds: Grounds) -> Fault | None:
    """Every cited section is law of a jurisdiction asked about, and no other one is named."""
    asked = set(grounds.jurisdictions)
    for section in grounds.cited:
        if asked and section.jurisdiction not in asked:
            where = f"{section.citation} is law of {section.jurisdiction}"
            return Fault(kind=FaultKind.WRONG_JURISDICTION, detail=where)
    if not grounds.cited:
        return None
    homes = {section.jurisdiction for section in grounds.cited}
    for match in _state_names().finditer(grounds.own):
        name = match.group()
        if _ids()[name] not in homes and name not in grounds.quoted:
            return Fault(kind=FaultKind.WRONG_JURISDICTION, detail=f"{name} is not the law cited")
    return None


@cache
def _ids() -> dict[str, str]:
    return {j.name: j.id for j in ALL if j.id != "us"}


@cache
def _state_names() -> re.Pattern[str]:
    names = sorted(_ids(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
