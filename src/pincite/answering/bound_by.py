"""What the law says of whom it binds: who is named, what that means, its scope and exemptions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.exempting import Exempt
from pincite.answering.naming import (
    Defined,
    Named,
    counterpart,
    defined,
    first_named,
    named,
    names_nobody,
    runs_the_law,
)
from pincite.answering.sizes import Size, sizes
from pincite.answering.verdicts import is_role
from pincite.reading.actors import sector_of
from pincite.reading.parties import Binds, Party, party_of
from pincite.reading.reach import governs, reach_of
from pincite.reading.scope import is_about_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.answering.asker import Asker
    from pincite.answering.findings import Finding
    from pincite.answering.near import Near, Neighbourhood
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading import ScopeRule
    from pincite.reading.provision import Span
    from pincite.reading.readings import Readings

# "Shall also apply to", "unless that act conflicts": whom the law reaches beside those it is for.
_REACHES_TOO = re.compile(
    r"\b(?:also\s+appl\w+|appl\w+\s+also|likewise|in\s+addition|as\s+well|equally|conflicts?|inconsistent)\b",
    re.IGNORECASE,
)
# A scope of one of these is the document's; "this subsection applies to" is a detail.
_WHOLE = frozenset({"chapter", "subchapter", "act", "article", "part", "title", "law", "code"})
_MEANING = 300  # characters of a definition that tell who the party is
_FURTHER = 1_200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the law says of whom it binds, before it is held against the asker."""

    party: Party | None
    words: str
    where: tuple[Section, Outline, Span] | None
    definition: Defined | None = None
    trade: str = ""
    sizes: tuple[Size, ...] = ()
    anybody: bool = False
    meaning: str = ""


def found_in(
    cited: Sequence[Finding], near: Neighbourhood, asker: Asker, readings: Readings
) -> Found:
    speaking = near.speaking_for(cited[0].section)

    def asks(item: Named) -> bool:
        return is_role(item.party, item.words, asker)

    one = named(cited, readings, official=asker.official, asks=asks)
    if one is not None and one.party.binds is Binds.PROTECTED:
        other = counterpart(one, cited, speaking, readings)
        if other is None and one.done is not None:
            # "No child may be employed": nobody may employ one.
            where = (one.section, one.outline, one.done)
            words = one.section.text[slice(*one.done)]
            return Found(party=None, words=words, where=where, anybody=True)
        one = other or one
    own = [item for item in cited if item.section.id == cited[0].section.id]
    open_to_all = None
    if one is None or (runs_the_law(one) and not asker.official) or one.party.backward:
        open_to_all = names_nobody(cited, readings)
    elif (
        one.weak
        or (one.party.binds is Binds.OFFICIAL and not asker.official)
        # Another section's party, that is not the asker, speaks for this one only at last.
        or (one.section.id != cited[0].section.id and not asks(one))
    ):
        open_to_all = names_nobody(own, readings)
    if open_to_all is not None:
        section, _, span = open_to_all
        words = section.text[slice(*span)]
        return Found(party=None, words=words, where=open_to_all, anybody=True)
    if one is None or one.party.backward or (runs_the_law(one) and not asker.official):
        one = first_named(near.order, cited[0].section, readings)
    if one is None:
        return Found(party=None, words="", where=None)
    where = (one.section, one.outline, one.span)
    found = Found(party=one.party, words=one.words, where=where, trade=one.party.trade)
    return _with_definition(found, defined(one.party, cited[0].section, speaking, readings))


def _with_definition(found: Found, meant: Defined | None) -> Found:
    """What the definition of the name makes of whom the duty names."""
    party = found.party
    if meant is None or party is None:
        return found
    text = meant.section.text
    counted = sizes(text, meant.span)
    inner = meant.party
    trade = found.trade
    if inner is not None and inner.trade and inner.trade != "government":
        trade = inner.trade
    if inner is not None and inner.binds is Binds.OFFICIAL and party.binds is not Binds.ANYBODY:
        trade = "government"
    elif party.opaque and not trade:
        trade = sector_of(text[meant.definition.term_at[1] : meant.definition.end][:300])
        trade = "" if trade == "government" else trade
    anybody = party.opaque and inner is not None and inner.binds is Binds.ANYBODY and not trade
    tells = party.opaque or bool(counted) or trade != found.trade
    return Found(
        party=party,
        words=found.words,
        where=found.where,
        definition=meant if tells else None,
        trade=trade,
        sizes=counted,
        anybody=anybody,
        meaning=text[meant.definition.term_at[1] : meant.definition.end][:_MEANING],
    )


def scope_rules(
    cited: Sequence[Finding], speaking: Sequence[Near], near: Neighbourhood, readings: Readings
) -> Iterator[tuple[Section, Outline, ScopeRule, Span]]:
    """Rules of scope for the cited act: who it applies to, with the span of the rule's list."""
    own = {finding.section.id: finding.section for finding in cited}
    sections = [*own.values(), *(one.section for one in speaking if one.section.id not in own)]
    for section in sections:
        if section.id not in own and not is_about_scope(section.heading) and section.heading:
            continue
        read = readings.of(section)
        found = [rule for rule in readings.scope_of(section) if rule.kind == "applies"]
        for place, rule in enumerate(found):
            words = section.text[rule.start : rule.end]
            reach = reach_of(words)
            if _REACHES_TOO.search(words):
                continue
            whole = rule.of in _WHOLE or (reach is not None and bool(reach.first))
            if not whole or party_of(section.text[slice(*rule.binds)]) is None:
                continue
            if reach is not None and not governs(reach, section, cited[0].section, near.order):
                continue
            end = rule.binds[1]
            for item in found[place + 1 :]:
                if item.path[: len(rule.path)] != rule.path or item.path == rule.path:
                    break
                end = item.end
            yield section, read.outline, rule, (rule.binds[0], end)


def with_scope(found: Found, rules: Sequence[tuple[Section, Outline, ScopeRule, Span]]) -> Found:
    """The scope of the whole act, where it has one, tells whom it binds before any duty does."""
    for section, outline, rule, whole in rules:
        party = party_of(section.text[slice(*whole)])
        if party is None or party.backward or party.binds is Binds.PROTECTED:
            continue
        role = found.party is not None and found.party.binds is Binds.ROLE
        opaque = found.party is None or found.party.opaque or party.binds is not Binds.ANYBODY
        span, counted = whole, sizes(section.text, whole)
        if not counted and rule.end < whole[1]:
            # A list whose items were taken apart: the sizes stand further down.
            further = min(len(section.text), whole[1] + _FURTHER)
            span, counted = rule.binds, sizes(section.text, (whole[0], further))
        if role and not opaque and not counted:
            return found  # "a landlord shall" says more than "this chapter applies to persons"
        return Found(
            party=party,
            words=section.text[slice(*span)],
            where=(section, outline, span),
            trade=party.trade or found.trade,
            sizes=counted,
            anybody=party.binds is Binds.ANYBODY,
        )
    return found


def exemptions(
    cited: Sequence[Finding], speaking: Sequence[Near], near: Neighbourhood, readings: Readings
) -> Iterator[Exempt]:
    """Whom the act, or a cited section, does not bind."""
    own = {finding.section.id: finding.section for finding in cited}
    sections = [*own.values(), *(one.section for one in speaking if one.section.id not in own)]
    for section in sections:
        if section.id not in own and section.heading and not is_about_scope(section.heading):
            continue
        read = readings.of(section)
        lead: ScopeRule | None = None
        for rule in readings.scope_of(section):
            if rule.kind != "exempt":
                continue
            words = section.text[rule.start : rule.end]
            item = lead is not None and rule.path[: len(lead.path)] == lead.path != rule.path
            if item and lead is not None and len(rule.path) > len(lead.path) + 1:
                continue
            if not item:
                reach = reach_of(words)
                lead = None
                whole = rule.of in _WHOLE or (reach is not None and bool(reach.first))
                whole = whole or (section.id == cited[0].section.id and rule.of == "section")
                if not whole:
                    continue
                if reach and not governs(reach, section, cited[0].section, near.order):
                    continue
                lead = rule
            over = (lead.start, lead.end) if item and lead is not None else None
            yield Exempt(
                section=section, outline=read.outline, span=(rule.start, rule.end), lead=over
            )
