"""Which findings an answer shows: the best, no two alike, few enough to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answering.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is shown; `floor` is the part of the best score that another must reach."""

    statements: int = 12
    words: int = 520
    sections: int = 6
    a_section: int = 4
    floor: float = 0.62


def select(found: Sequence[Finding], limits: Limits) -> list[Finding]:
    """The findings to show, best first."""
    if not found:
        return []
    least = found[0].score * limits.floor
    chosen: list[Finding] = []
    words = 0
    of_section: Counter[str] = Counter()
    for finding in found:
        if len(chosen) >= limits.statements or finding.score < least:
            break
        section = finding.section.id
        new = section not in of_section
        if of_section[section] >= limits.a_section or (new and len(of_section) >= limits.sections):
            continue
        if _covered(finding, chosen):
            continue
        length = len(finding.whole.split())
        if chosen and words + min(length, 110) > limits.words:
            continue
        chosen.append(finding)
        of_section[section] += 1
        words += min(length, 110)
    return _without_bare_leads(chosen)


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
