"""Which findings are shown, given whom each act binds: law for everybody comes first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.answering.applicability import Bound, applicability
from pincite.answering.near import Neighbourhood, article, neighbourhood
from pincite.answering.selecting import Limits, list_of, select
from pincite.index.lexical import tokens
from pincite.reading.effective import told_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pincite.answer import Applicability
    from pincite.answering.asker import Asker
    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.reading.readings import Readings

# How far behind the best section one that binds everybody may be, where else there is none.
_FAR_BEHIND = 0.8
_KIN = 0.5
_GENERAL = 3
_MOST_ASIDE = 3
_FOR_OTHERS = 2  # statements of a document that binds one trade
_FAR_BELOW = 0.5  # how far its best score may be below the best of all
_ROUNDS = 2
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Cited findings of one act, best first, with the sections around and whom it binds."""

    findings: tuple[Finding, ...]
    near: Neighbourhood
    bound: Bound

    @property
    def sections(self) -> tuple[Section, ...]:
        """The cited sections of the act, each once."""
        return tuple({one.section.id: one.section for one in self.findings}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is shown: findings, best first, and their acts.

    `aside` are acts that do not bind the asker: they are named and not told.
    """

    findings: tuple[Finding, ...]
    acts: tuple[Act, ...] = ()
    aside: tuple[Act, ...] = ()
    bound: Mapping[str, Bound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binder:
    """Tells whom findings bind; what it has found of an act it knows."""

    asker: Asker
    library: Library
    readings: Readings
    as_of: date
    _near: dict[str, Neighbourhood] = field(default_factory=dict)
    _law: dict[str, bool] = field(default_factory=dict)

    def acts(self, chosen: Sequence[Finding]) -> tuple[Act, ...]:
        """The findings by act, in order of their best, each with whom it binds."""
        groups: list[tuple[tuple[object, ...], Neighbourhood, list[Finding]]] = []
        for finding in chosen:
            key = _act_of(finding.section)
            for known, near, group in groups:
                within = finding.section.id in {section.id for section in near.order}
                if known == key and within:
                    group.append(finding)
                    break
            else:
                groups.append((key, self._around(finding.section), [finding]))
        return tuple(act for _, near, group in groups for act in self._by_party(group, near))

    def is_law(self, section: Section) -> bool:
        """Whether the section's own words let it be law on the day."""
        known = self._law.get(section.id)
        if known is None:
            known = self._law[section.id] = told_period(section.text).covers(self.as_of)
        return known

    def _by_party(self, group: Sequence[Finding], near: Neighbourhood) -> list[Act]:
        """One act's findings apart where its sections bind different people."""
        sections: dict[str, list[Finding]] = {}
        for finding in group:
            sections.setdefault(finding.section.id, []).append(finding)
        parts: dict[tuple[object, ...], tuple[list[Finding], Bound]] = {}
        for own in sections.values():
            # A section that names nobody binds whom the others of its act name.
            others = [one for one in group if one.section.id != own[0].section.id]
            bound = applicability([*own, *others], near, self.asker, self.readings)
            key = (bound.verdict, tuple(" ".join(q.text.lower().split()) for q in bound.who))
            parts.setdefault(key, ([], bound))[0].extend(own)
        return [Act(findings=tuple(own), near=near, bound=bound) for own, bound in parts.values()]

    def _around(self, section: Section) -> Neighbourhood:
        found = self._near.get(section.id)
        if found is None:
            found = neighbourhood(section, self.library, self.as_of)
            self._near[section.id] = found
        return found


def chosen_and_bound(
    found: Sequence[Finding], question: Sequence[str], limits: Limits, binder: Binder
) -> Chosen:
    """The findings to show and whom their acts bind; `question` are the question's tokens.

    An act that does not bind the asker leaves its room to others. Where all of them bind one
    trade alone that the asker has not told to be of, law that binds anybody is added, if any
    stands close enough: first a section that defines words of the question, for it is about them.
    A section that says itself that it is not law yet, or no more, is not told.
    """
    found = [one for one in found if binder.is_law(one.section)]
    chosen = select(found, limits)
    acts = binder.acts(chosen)
    aside: list[Act] = []
    left = found
    for _ in range(_ROUNDS):
        alien = [act for act in acts if act.bound.verdict is Verdict.NOT_YOU]
        if not alien:
            break
        aside += alien
        left = _outside(left, alien, [act for act in acts if act not in alien])
        chosen = [one for one in select(left, limits) if one.behind <= _FAR_BEHIND]
        acts = binder.acts(chosen)
    acts = tuple(act for act in acts if act.bound.verdict is not Verdict.NOT_YOU)
    kept = {section.id for act in acts for section in act.sections}
    chosen = [finding for finding in chosen if finding.section.id in kept]
    if acts and acts[0].bound.verdict is Verdict.ONLY_IF:
        chosen, acts = _for_one_trade(found, question, limits, binder, (chosen, acts, aside))
    return _made(_fewer_for_others(chosen, acts), acts, aside[:_MOST_ASIDE])


def _fewer_for_others(chosen: Sequence[Finding], acts: Sequence[Act]) -> list[Finding]:
    """Where some law binds anybody, law for one trade stands beside it in few words, if at all."""
    verdicts = {one.section.id: act.bound.verdict for act in acts for one in act.findings}
    if Verdict.APPLIES not in verdicts.values():
        return list(chosen)
    best: dict[str, float] = {}
    for finding in chosen:
        best[finding.section.document] = max(
            best.get(finding.section.document, finding.score), finding.score
        )
    least = max(best.values()) - _FAR_BELOW
    kept: list[Finding] = []
    lists: dict[str, set[object]] = {}
    for finding in chosen:
        if verdicts.get(finding.section.id) is Verdict.ONLY_IF:
            if best[finding.section.document] < least:
                continue
            own = lists.setdefault(finding.section.document, set())
            own.add(list_of(finding))
            if len(own) > _FOR_OTHERS:
                own.discard(list_of(finding))
                continue
        kept.append(finding)
    return kept


def _outside(
    found: Sequence[Finding], aside: Sequence[Act], others: Sequence[Act] = ()
) -> list[Finding]:
    """The findings that are of none of the acts `aside`.

    Of an act that binds the asker elsewhere (`others`) only the sections that do not are left out.
    """
    bound = {_act_of(act.sections[0]) for act in others}
    out = {
        (_act_of(act.sections[0]), one.id)
        for act in aside
        for one in (act.sections if _act_of(act.sections[0]) in bound else act.near.order)
    }
    return [one for one in found if (_act_of(one.section), one.section.id) not in out]


def _for_one_trade(
    found: Sequence[Finding],
    question: Sequence[str],
    limits: Limits,
    binder: Binder,
    so_far: tuple[list[Finding], tuple[Act, ...], list[Act]],
) -> tuple[list[Finding], tuple[Act, ...]]:
    """Law for one trade leads: law that binds anybody is looked for to stand before it."""
    chosen, acts, aside = so_far
    left = _outside(found, aside)
    if any(act.bound.verdict is Verdict.APPLIES for act in acts):
        return chosen, acts
    shown = {section.document for act in acts for section in act.sections}
    others: dict[str, list[Finding]] = {}
    for finding in left:
        near = finding.behind <= _FAR_BEHIND and finding.kin >= _KIN
        if near and finding.section.document not in shown:
            others.setdefault(finding.section.id, []).append(finding)
    order = sorted(
        others.values(),
        key=lambda own: (not _defines(own[0], question, binder.readings), own[0].behind),
    )
    for own in order:
        best = select([replace(one, behind=0.0) for one in own], replace(limits, sections=1))
        more = binder.acts(best)
        if best and all(act.bound.verdict is Verdict.APPLIES for act in more):
            return [*best[:_GENERAL], *chosen], (*more, *acts)
    return chosen, acts


def _made(chosen: Sequence[Finding], acts: Sequence[Act], aside: Sequence[Act]) -> Chosen:
    bound: dict[str, Bound] = {}
    for act in (*acts, *aside):
        bound.update({section.id: act.bound for section in act.sections})
    for act in (*acts, *aside):
        # A section that only says whom the act binds is of that act.
        for quote in (*act.bound.who, *act.bound.exempt):
            bound.setdefault(quote.section, act.bound)
    return Chosen(findings=tuple(chosen), acts=tuple(acts), aside=tuple(aside), bound=bound)


def _act_of(section: Section) -> tuple[object, ...]:
    """What sections of one act share: document and hierarchy, less levels of one section."""
    number = (_DIGITS.findall(section.number) or [""])[-1]
    levels = tuple(
        level for level in section.hierarchy if not number or number not in _DIGITS.findall(level)
    )
    return (section.jurisdiction, section.code, levels, article(section.number))


def _defines(finding: Finding, question: Sequence[str], readings: Readings) -> bool:
    """Whether the section defines a term of several words that the question uses."""
    for definition in readings.definitions_of(finding.section):
        term = tokens(definition.term)
        places = range(len(question) - len(term) + 1)
        if len(term) > 1 and any(list(question[at : at + len(term)]) == term for at in places):
            return True
    return False


def basis_sections(chosen: Chosen) -> tuple[Section, ...]:
    """The sections that say whom the shown acts bind."""
    known = {
        section.id: section
        for act in (*chosen.acts, *chosen.aside)
        for section in (*act.sections, *act.near.order)
    }
    cited = dict.fromkeys(
        quote.section
        for act in (*chosen.acts, *chosen.aside)
        for quote in (*act.bound.who, *act.bound.exempt)
    )
    return tuple(known[identifier] for identifier in cited if identifier in known)


def applicabilities(chosen: Chosen, owner: Mapping[str, str]) -> dict[str, Applicability]:
    """By section whom its act binds; `owner` has the duty's section for those told beside it."""
    found = {one: bound.applicability for one, bound in chosen.bound.items()}
    for section, duty in owner.items():
        if duty in found:
            found.setdefault(section, found[duty])
    return found
