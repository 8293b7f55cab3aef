"""Which findings are shown, given whom each document binds: law for everybody comes first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Verdict
from pincite.answering.applicability import Asker, applicability
from pincite.answering.selecting import Limits, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.library.read import Library

_ABOUT_SCOPE = re.compile(
    r"\b(?:applicab\w+|scope|exempt\w*|exclusions?|definitions?|defined)\b", re.IGNORECASE
)
_NEAR = 30  # sections of a document on each side of a cited one
_AT_MOST = 5
# How far behind the best section one that binds everybody may be, where else there is none.
_FAR_BEHIND = 0.8
_GENERAL = 3


def chosen_and_bound(
    found: Sequence[Finding], asker: Asker, limits: Limits, library: Library
) -> tuple[list[Finding], dict[str, Applicability]]:
    """The findings to show and, by document, whom they bind.

    Where all of them bind one trade alone that the asker has not told to be of, the best law that
    binds anybody is added, if any stands close enough.
    """
    chosen = select(found, limits)
    bound = _bound(chosen, asker, library)
    if chosen and all(item.verdict is Verdict.ONLY_IF for item in bound.values()):
        others = [
            replace(finding, behind=0.0, score=finding.score)
            for finding in found
            if finding.section.document not in bound and finding.behind <= _FAR_BEHIND
        ]
        for document in dict.fromkeys(finding.section.document for finding in others):
            own = [finding for finding in others if finding.section.document == document]
            best = select(own, replace(limits, statements=_GENERAL, sections=1))
            verdict = _bound(best, asker, library)
            if best and verdict[document].verdict is Verdict.APPLIES:
                return [*best, *chosen], verdict | bound
    return chosen, bound


def _bound(chosen: Sequence[Finding], asker: Asker, library: Library) -> dict[str, Applicability]:
    groups: dict[str, list[Finding]] = {}
    for finding in chosen:
        groups.setdefault(finding.section.document, []).append(finding)
    return {
        document: applicability(group, about_scope(group, library), asker)
        for document, group in groups.items()
    }


def about_scope(group: Sequence[Finding], library: Library) -> tuple[Section, ...]:
    """The sections of the findings' document, near them, that say whom it binds."""
    lines = library.document_lines(group[0].section.document)
    places = {line.id: place for place, line in enumerate(lines)}
    cited = [places[one.section.id] for one in group if one.section.id in places]
    near = sorted(
        (min(abs(place - one) for one in cited), place)
        for place, line in enumerate(lines)
        if cited and _ABOUT_SCOPE.search(line.heading)
    )
    chosen = [lines[place].id for distance, place in near if distance <= _NEAR][:_AT_MOST]
    sections = (library.section(identifier) for identifier in chosen)
    return tuple(section for section in sections if section is not None)


def basis_sections(bound: Mapping[str, Applicability], library: Library) -> tuple[Section, ...]:
    """The sections that say whom the documents bind."""
    cited = dict.fromkeys(quote.section for item in bound.values() for quote in item.basis)
    sections = (library.section(identifier) for identifier in cited)
    return tuple(section for section in sections if section is not None)
