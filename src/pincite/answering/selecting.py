"""Which findings an answer shows: the best, no two alike, few enough to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answering.findings import Finding

# Further sections stand by how far behind the first they are, and by this much of how far their
# best statement is behind the best; those of the first one's act stand so much before others.
_MERIT, _SAME = 0.2, 0.4
_FURTHEST = 0.8  # behind the first section, whatever a section says
_LIFT = 0.5  # scores may be below zero
_List = tuple[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is shown.

    `behind` is how far behind the best section another's place may be. `floor` is the part of the
    section's own best finding that another of its findings must reach. `first` and `other` bound
    the findings of the best section and of each other, `items` those of one list, `longest` the
    words of one statement.
    """

    statements: int = 12
    words: int = 600
    sections: int = 5
    first: int = 9
    other: int = 2
    items: int = 3
    longest: int = 150
    behind: float = 0.30
    floor: float = 0.50


def select(found: Sequence[Finding], limits: Limits) -> list[Finding]:
    """The findings to show, best first: few sections, and the best of each."""
    sections = _sections(found, limits)
    if not sections:
        return []
    best: dict[str, float] = {}
    for finding in found:
        best.setdefault(finding.section.id, finding.score)
    main = max(sections, key=lambda section: best[section])
    chosen: list[Finding] = []
    words = 0
    lists: Counter[_List] = Counter()
    of_section: Counter[str] = Counter()
    for finding in found:
        section = finding.section.id
        if section not in sections or _covered(finding, chosen):
            continue
        if finding.score + _LIFT < limits.floor * (best[section] + _LIFT):
            continue
        # The items of one list are one statement.
        lead = list_of(finding)
        if lists[lead]:
            if lists[lead] >= limits.items:
                continue
            length = len(finding.text.split())
        else:
            room = limits.first if section == main else limits.other
            if len(lists) >= limits.statements or of_section[section] >= room:
                continue
            length = len(finding.whole.split())
        length = min(length, limits.longest)
        if chosen and words + length > limits.words:
            continue
        chosen.append(finding)
        of_section[section] += not lists[lead]
        lists[lead] += 1
        words += length
    return _without_bare_leads(chosen)


def list_of(finding: Finding) -> _List:
    """What parts the list that the finding is an item of, or else the finding, from others."""
    provision = finding.provision
    return (finding.section.id, provision.lead or (provision.start, provision.end))


def _sections(found: Sequence[Finding], limits: Limits) -> list[str]:
    """The sections to cite, best first.

    A section's place is how far it stands behind the first, with a part of how far its best
    finding stands behind the best of all; one of the first's document stands a little nearer.
    """
    leading: dict[str, Finding] = {}
    best: dict[str, float] = {}
    for finding in found:
        section = finding.section.id
        if section not in leading or finding.rank < leading[section].rank:
            leading[section] = finding
        best[section] = max(best.get(section, finding.score), finding.score)
    if not leading:
        return []
    first = min(leading.values(), key=lambda one: one.rank)
    top = max(best.values())

    def place(finding: Finding) -> float:
        same = finding.section.document == first.section.document
        return finding.behind + _MERIT * (top - best[finding.section.id]) - _SAME * same

    order = sorted(leading.values(), key=lambda one: (place(one), one.rank))
    near = [
        one.section.id for one in order if place(one) <= limits.behind and one.behind <= _FURTHEST
    ]
    return near[: limits.sections] or [first.section.id]


def _covered(finding: Finding, chosen: Iterable[Finding]) -> bool:
    """Whether what the finding says is shown already, perhaps by a doubled section."""
    text = " ".join(finding.whole.split()).casefold()
    for other in chosen:
        if other.section.id == finding.section.id:
            same = other.provision
            if same.start <= finding.provision.start and finding.provision.end <= same.end:
                return True
        if text == " ".join(other.whole.split()).casefold():
            return True
    return False


def _without_bare_leads(chosen: list[Finding]) -> list[Finding]:
    """A lead-in is not shown by itself where an item that completes it is."""
    leads = {(finding.section.id, lead) for finding in chosen for lead in finding.provision.leads}
    return [
        finding
        for finding in chosen
        if (finding.section.id, (finding.provision.start, finding.provision.end)) not in leads
    ]
