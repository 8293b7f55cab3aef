"""When a question gets no answer, and what is said instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.retrieval.unanswerable import Unanswerable
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answer import Statement
    from pincite.answering.findings import Finding
    from pincite.library.read import InstalledPack, Library
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.understand import Understanding

_NEAREST = 3
_UNANSWERABLE = {
    Unanswerable.CASE: "refused_case",
    Unanswerable.FORECAST: "refused_forecast",
    Unanswerable.STATISTIC: "refused_statistic",
    Unanswerable.RECOMMENDATION: "refused_recommendation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no answer; `choices` to choose from, `nearest` as notes."""

    reason: str
    choices: tuple[str, ...] = ()
    nearest: tuple[Statement, ...] = ()


def refused(understood: Understanding) -> Refusal | None:
    """Whether the question can be refused before any search."""
    found = understood.places
    if found.elsewhere and not found.jurisdictions:
        return Refusal(reason=note("refused_unknown", jurisdiction=", ".join(found.elsewhere)).text)
    if understood.unanswerable is not None:
        return Refusal(reason=note(_UNANSWERABLE[understood.unanswerable]).text)
    if found.local:
        return Refusal(reason=note("refused_local").text)
    if found.choices and not found.jurisdictions:
        return Refusal(
            reason=note("refused_ambiguous", jurisdiction=" or ".join(found.choices)).text,
            choices=found.choices,
        )
    if not found.jurisdictions:
        return Refusal(reason=note("refused_jurisdiction").text)
    return None


def not_answered(
    understood: Understanding,
    jurisdiction: str,
    packs: Sequence[InstalledPack],
    retrieved: Retrieved,
    found: Sequence[Finding],
    library: Library,
) -> Refusal | None:
    """Whether what was found does not answer the question."""
    del library
    name = next(item.name for item in understood.places.jurisdictions if item.id == jurisdiction)
    if not packs:
        return Refusal(reason=note("refused_not_installed", jurisdiction=name).text)
    missing = _named_but_missing(understood, jurisdiction, retrieved)
    if missing:
        return Refusal(reason=note("refused_no_section", citation=missing).text)
    if not found:
        return Refusal(reason=note("refused_no_evidence").text)
    return None


def nearest(retrieved: Retrieved) -> tuple[Statement, ...]:
    """The best sections that were found, as notes: they do not answer, but stand nearest."""
    return tuple(
        note(
            "nearest_section",
            citation=item.section.citation,
            heading=item.section.heading or "no heading",
        )
        for item in retrieved.evidence[:_NEAREST]
    )


def _named_but_missing(
    understood: Understanding, jurisdiction: str, retrieved: Retrieved
) -> str | None:
    """The section that the question names and the installed code does not hold."""
    from pincite import citations

    named = [item for item in understood.named if item.citation.jurisdiction == jurisdiction]
    have = {item.section.id.casefold() for item in retrieved.evidence}
    missing = [item for item in named if item.citation.id.casefold() not in have]
    if named and len(missing) == len(named):
        return citations.official(missing[0].citation)
    return None
