"""When a question gets no answer, and what is said instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.coverage import code_name
from pincite.index.lexical import tokens
from pincite.law.section import Kind
from pincite.retrieval.titles import missing_titles, titles_about
from pincite.retrieval.unanswerable import Unanswerable
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pincite.answer import Statement
    from pincite.library.read import InstalledPack
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.topics import Topic
    from pincite.retrieval.understand import Understanding

_NEAREST = 3
# Below these log-odds the evidence does not answer; between them it does unless a whole title is
# missing.
_FAR, _DOUBTFUL = -1.0, -0.5
# Below these it does not where a whole title is missing whose subject is the topic's domain.
_LACKING = 1.5
# Excerpts were chosen for their topics and have few headings to go by.
_FAR_EXCERPTS = -2.0
# A question is strange whose nearest phrasing of any topic is further than this cosine, whose
# likeliest topic is no likelier than this share, and less of whose words its topics know.
_LIKE_NOTHING, _NO_TOPIC, _KNOWN = 0.48, 0.35, 0.5
_TOPICS = 3
# What one of the best sections must reach to answer in any case: two cosines to the topics and the
# share of a line of their terms that it holds.
_BEST, _ON_TOPIC = 5, 2.0
_TITLE = 2  # levels of a hierarchy: the code and its title
_UNANSWERABLE = {
    Unanswerable.CASE: "refused_case",
    Unanswerable.FORECAST: "refused_forecast",
    Unanswerable.STATISTIC: "refused_statistic",
    Unanswerable.RECOMMENDATION: "refused_recommendation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no answer; `choices` to choose from, `nearest` as notes.

    `distant` where law was found, and stands too far from the question to answer it.
    """

    reason: str
    choices: tuple[str, ...] = ()
    nearest: tuple[Statement, ...] = ()
    distant: bool = False


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
    return Refusal(reason=reason, nearest=nearest(retrieved), distant=True) if reason else None


def closeness_score(retrieved: Retrieved) -> float:
    """How likely what was found answers at all, as a log-odds; the closeness of the best is known.

    What speaks for it: the best section stands near the topics and the question, its title holds
    many of the best ten, and the best stands out from the tenth. Fitted on questions whose
    law is known: what was found for them against what is left of it when the whole documents of
    that law are taken away (docs/retrieval.md).
    """
    best = retrieved.evidence[0]
    close = retrieved.closeness[best.section.id]
    ten = [item for item in retrieved.evidence[:10] if item.section.id in retrieved.closeness]
    title = best.section.hierarchy[:_TITLE]
    alike = sum(item.section.hierarchy[:_TITLE] == title for item in ten) / 10
    return (
        0.60 * close.heading
        + 1.79 * close.topic_passage
        + 1.06 * close.topic_heading
        + 2.55 * close.terms
        + 2.27 * alike
        + 3.83 * (best.score - ten[-1].score)
        - 7.08
    )


def _not_close(
    understood: Understanding, packs: Sequence[InstalledPack], retrieved: Retrieved
) -> str | None:
    """Why the best evidence stands too far from the question to answer it, or `None`."""
    if retrieved.evidence[0].section.id not in retrieved.closeness:
        return None
    if _strange(understood):
        return note("refused_no_evidence").text
    score = closeness_score(retrieved)
    far = _FAR_EXCERPTS if all(pack.excerpts for pack in packs) else _FAR
    missing = None
    if score < max(far, _DOUBTFUL):
        missing = _title_missing(_group, understood, packs)
    if score < _LACKING and missing is None:
        missing = _title_missing(_domain, understood, packs)
    if missing is not None or score >= far or _on_the_topic(retrieved):
        return missing
    return note("refused_no_evidence").text


def _on_the_topic(retrieved: Retrieved) -> bool:
    """Whether one of the best sections stands on the topics themselves.

    Where much law is near, in several codes, none stands out and no title holds it all.
    """
    close = [retrieved.closeness.get(item.section.id) for item in retrieved.evidence[:_BEST]]
    return any(
        one is not None and one.topic_passage + one.topic_heading + one.terms >= _ON_TOPIC
        for one in close
    )


def _group(topic: Topic) -> str:
    return topic.group.replace(".", " ").replace("-", " ")


def _domain(topic: Topic) -> str:
    return topic.domain


def _title_missing(
    subject: Callable[[Topic], str], understood: Understanding, packs: Sequence[InstalledPack]
) -> str | None:
    """The title in which such law would stand and that a pack lacks, as a reason."""
    if not understood.topics:
        return None
    about = subject(understood.topics[0].topic)
    for pack in packs:
        if pack.excerpts or pack.kind is not Kind.STATUTE:
            continue
        for title in titles_about(about, missing_titles(pack.name, pack.titles))[:1]:
            return note("refused_title", codes=code_name(pack), titles=str(title)).text
    return None


def _strange(understood: Understanding) -> bool:
    """Whether the question is like no topic at all: it is about something that is no law's."""
    topics = understood.topics[:_TOPICS]
    if understood.likeness is None or understood.likeness >= _LIKE_NOTHING or not topics:
        return False
    if topics[0].share >= _NO_TOPIC:
        return False
    known = {
        word
        for match in topics
        for line in (
            *match.topic.lay,
            *match.topic.words,
            *match.topic.terms,
            *match.topic.headings,
        )
        for word in tokens(line)
    }
    words = set(understood.words)
    return len(words & known) < _KNOWN * len(words)


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
