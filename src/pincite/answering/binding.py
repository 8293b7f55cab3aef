"""Which findings are shown, given whom each document binds: law for everybody comes first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Verdict
from pincite.answering.applicability import Asker, applicability
from pincite.answering.selecting import Limits, select
from pincite.index.lexical import tokens
from pincite.reading import definitions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.library.read import Library
    from pincite.reading.readings import Readings

_ABOUT_SCOPE = re.compile(
    r"\b(?:applicab\w+|scope|exempt\w*|exclusions?|definitions?|defined)\b", re.IGNORECASE
)
_NEAR = 30  # sections of a document on each side of a cited one
_AT_MOST = 5
# How far behind the best section one that binds everybody may be, where else there is none.
_FAR_BEHIND = 0.8
_KIN, _LEAST_KIN = 0.5, 0.15
_GENERAL = 3


def chosen_and_bound(
    found: Sequence[Finding],
    question: Sequence[str],
    asker: Asker,
    limits: Limits,
    library: Library,
    readings: Readings,
) -> tuple[list[Finding], dict[str, Applicability]]:
    """The findings to show and, by document, whom they bind; `question` are the question's tokens.

    Where all of them bind one trade alone that the asker has not told to be of, law that binds
    anybody is added, if any stands close enough: first a section that defines words of the
    question, for it is about them.
    """
    chosen = select(found, limits)
    bound = _bound(chosen, asker, library, readings)
    if chosen and bound[chosen[0].section.document].verdict is Verdict.ONLY_IF:
        # Law for one trade leads: what is shown beside it must be about the question's subject.
        chosen = select(found, replace(limits, kin=_LEAST_KIN))
        bound = _bound(chosen, asker, library, readings)
    if not chosen or any(item.verdict is not Verdict.ONLY_IF for item in bound.values()):
        return chosen, bound
    others: dict[str, list[Finding]] = {}
    for finding in found:
        near = finding.behind <= _FAR_BEHIND and finding.kin >= _KIN
        if near and finding.section.document not in bound:
            others.setdefault(finding.section.id, []).append(finding)
    order = sorted(others.values(), key=lambda own: (not _defines(own[0], question), own[0].behind))
    for own in order:
        best = select([replace(one, behind=0.0) for one in own], replace(limits, sections=1))
        verdict = _bound(best, asker, library, readings)
        if best and all(item.verdict is Verdict.APPLIES for item in verdict.values()):
            return [*best[:_GENERAL], *chosen], verdict | bound
    return chosen, bound


def _defines(finding: Finding, question: Sequence[str]) -> bool:
    """Whether the section defines a term of several words that the question uses."""
    section = finding.section
    for definition in definitions(section.text, finding.outline, section.heading):
        term = tokens(definition.term)
        places = range(len(question) - len(term) + 1)
        if len(term) > 1 and any(list(question[at : at + len(term)]) == term for at in places):
            return True
    return False


def _bound(
    chosen: Sequence[Finding], asker: Asker, library: Library, readings: Readings
) -> dict[str, Applicability]:
    groups: dict[str, list[Finding]] = {}
    for finding in chosen:
        groups.setdefault(finding.section.document, []).append(finding)
    return {
        document: applicability(group, about_scope(group, library), asker, readings)
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
