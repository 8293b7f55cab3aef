"""When a question gets no answer, and what is said instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.coverage import code_name
from pincite.law.section import Kind
from pincite.retrieval.titles import missing_titles, titles_about
from pincite.retrieval.unanswerable import Unanswerable
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answer import Statement
    from pincite.library.read import InstalledPack
    from pincite.retrieval.rerank import Closeness
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.understand import Understanding

_NEAREST = 3
# Below these log-odds the evidence does not answer; between them it does unless more speaks
# against it: a question like no topic, a whole title missing, no statutes at all.
_FAR, _DOUBTFUL = -0.85, 0.35
# Excerpts were chosen for their topics and have few headings to go by.
_FAR_EXCERPTS = -2.0
_LIKE_NOTHING = 0.465  # cosine to the nearest phrasing of any topic
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
) -> Refusal | None:
    """Whether what was found does not answer the question."""
    name = next(item.name for item in understood.places.jurisdictions if item.id == jurisdiction)
    if not packs:
        return Refusal(reason=note("refused_not_installed", jurisdiction=name).text)
    missing = _named_but_missing(understood, jurisdiction, retrieved)
    if missing:
        return Refusal(reason=note("refused_no_section", citation=missing).text)
    if not retrieved.evidence:
        return Refusal(reason=note("refused_no_evidence").text)
    if retrieved.evidence[0].found_by[:1] == ("citation",):
        return None
    reason = _not_close(understood, packs, retrieved)
    return Refusal(reason=reason, nearest=nearest(retrieved)) if reason else None


def closeness_score(close: Closeness) -> float:
    """How likely the best evidence answers at all, as a log-odds.

    Fitted on the development sets: the best evidence of answerable questions against the best that
    is left when the whole documents of the gold are taken away (docs/retrieval.md).
    """
    return (
        2.53 * close.heading
        + 3.99 * close.topic_passage
        + 2.07 * close.topic_heading
        + 0.44 * close.group
        - 0.30 * close.passage
        - 3.68
    )


def _not_close(
    understood: Understanding, packs: Sequence[InstalledPack], retrieved: Retrieved
) -> str | None:
    """Why the best evidence stands too far from the question to answer it, or `None`."""
    close = retrieved.closeness.get(retrieved.evidence[0].section.id)
    if close is None:
        return None
    score = closeness_score(close)
    strange = understood.likeness is not None and understood.likeness < _LIKE_NOTHING
    far = _FAR_EXCERPTS if all(pack.excerpts for pack in packs) else _FAR
    if score < far or (strange and score < _DOUBTFUL):
        return note("refused_no_evidence").text
    topic = understood.topics[0].topic if understood.topics else None
    if topic is None or score >= _DOUBTFUL:
        return None
    about = topic.group.replace(".", " ").replace("-", " ")
    for pack in packs:
        if pack.excerpts or pack.kind is not Kind.STATUTE:
            continue
        for title in titles_about(about, missing_titles(pack.name, pack.titles))[:1]:
            return note("refused_title", codes=code_name(pack), titles=str(title)).text
    return None


def nearest(retrieved: Retrieved) -> tuple[Statement, ...]:
    """The best sections that were found, as notes: they do not answer, but stand nearest."""
    return tuple(
        note(
            "nearest_section",
            citation=item.section.citation,
            heading=item.section.heading or item.section.document_name,
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
