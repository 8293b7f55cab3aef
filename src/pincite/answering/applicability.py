"""Whom a document binds, from its own words, and whether that is the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Verdict
from pincite.answering.asker import Asker
from pincite.answering.exempting import Exempt, matching
from pincite.answering.naming import (
    Defined,
    counterpart,
    defined,
    first_named,
    named,
    names_nobody,
    runs_the_law,
)
from pincite.answering.quoting import quote_of
from pincite.answering.sizes import Size, fits, sizes
from pincite.index.lexical import tokens
from pincite.reading import scope
from pincite.reading.actors import sector_of
from pincite.reading.parties import Binds, Party, party_of
from pincite.reading.reach import governs, reach_of
from pincite.reading.scope import is_about_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.answer import Quote
    from pincite.answering.findings import Finding
    from pincite.answering.near import Near, Neighbourhood
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading import ScopeRule
    from pincite.reading.provision import Span
    from pincite.reading.readings import Readings

__all__ = ["OFFICIAL", "Asker", "Bound", "applicability"]

# Whose duties are not the asker's, unless the asker is one of them.
OFFICIAL = frozenset({"agency", "court", "prosecutor", "government"})
# A scope of one of these is the document's; "this subsection applies to" is a detail.
_WHOLE = frozenset({"chapter", "subchapter", "act", "article", "part", "title", "law", "code"})
_LONGEST_BINDS = 40  # words
_LONGEST_SCOPE = 90  # words of a scope with the sizes that it names
_WORD = re.compile(r"\S+")
_NO = re.compile(r"\s*no\s+(?:such\s+)?", re.IGNORECASE)
# Conditions of each trade, told in our words.
_TRADES = {
    "insurance": "in the insurance business",
    "banking": "a bank or in another financial business",
    "health": "a provider of health care",
    "education": "a school or college",
    "utility": "a utility or a telecommunications company",
    "government": "a public body",
}
# Titles of law for one trade alone, in which "person" means one of that trade.
_TRADE_LAW = re.compile(r"\binsurance\b|\bbanks?\b(?:ing)?|\bcredit unions?\b", re.IGNORECASE)
# Roles that tell nothing without what they run, hold or sell.
_COMMON = frozenset(
    tokens(
        "owner operator provider licensee holder applicant agent facility establishment agency "
        "registrant permittee member manager user practitioner"
    )
)
# Nouns that only what stands before them makes a role.
_BARE = frozenset(tokens("company institution association entity organization firm corporation"))
# Classes of actor that are one role, whatever the noun: a housing provider is a landlord.
_ONE_ROLE = frozenset({"employer", "landlord", "tenant", "insurer", "employee"})
# What anybody does, and words around it.
_ANY_DOING = frozenset(
    tokens(
        "conduct conducting business state doing do who which that has have had violate violates "
        "subject section chapter article act subsection pursuant under required this provision "
        "provisions commonwealth person persons includes including fails fail knowingly willfully "
        "within other law any all such not may shall be is are was in on of or and to by for with "
        "from a an the than as if"
    )
)
_DOING, _ENOUGH = 18, 3
_SIZES = 3  # that are told
_FURTHER = 1_200  # characters
_COMPLEMENT = 8  # words after a role that say of what
_PLAIN_HEAD = re.compile(r"[A-Za-z][A-Za-z ,'’-]{2,80}")
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)


# The condition of an act that exempts the asker.
EXEMPT = "what you told of yourself is exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Whom an act binds, with what is told of it.

    `who` are the quotes that say who is bound and `exempt` those that say who is not; `condition`
    is what must be so, or is so, in our words: "you are a public body".
    """

    applicability: Applicability
    who: tuple[Quote, ...] = ()
    exempt: tuple[Quote, ...] = ()
    condition: str = ""

    @property
    def verdict(self) -> Verdict:
        return self.applicability.verdict

    @property
    def binds(self) -> str:
        return self.applicability.binds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the law says of whom it binds, before it is held against the asker."""

    party: Party | None
    words: str
    where: tuple[Section, Outline, Span] | None
    definition: Defined | None = None
    trade: str = ""
    sizes: tuple[Size, ...] = ()
    anybody: bool = False


def applicability(
    cited: Sequence[Finding], near: Neighbourhood, asker: Asker, readings: Readings
) -> Bound:
    """Whom the cited provisions of one act bind.

    `cited` are the findings of one act, best first, and `near` the sections around the best one.
    The verdict is `applies` only where the law binds anybody, or the asker or the question names
    the trade or the role that it binds.
    """
    speaking = near.speaking_for(cited[0].section)
    found = _found(cited, near, asker, readings)
    rules = list(_rules(cited, speaking, near, readings))
    found = _with_scope(found, rules)
    exempt = list(_exempt(cited, speaking, near, readings))
    verdict, condition, ground = _verdict(found, exempt, asker)
    told = ground or next((one for one in exempt if one.told and one.of_people), None)
    who = _who(found)
    out = _quotes(told)
    return Bound(
        applicability=Applicability(
            binds=_binds(found), verdict=verdict, basis=(*who, *(q for q in out if q not in who))
        ),
        who=who,
        exempt=out,
        condition=condition,
    )


def _found(
    cited: Sequence[Finding], near: Neighbourhood, asker: Asker, readings: Readings
) -> _Found:
    speaking = near.speaking_for(cited[0].section)
    one = named(
        cited,
        readings,
        official=asker.official,
        asks=lambda item: _is_role(item.party, item.words, asker),
    )
    if one is not None and one.party.binds is Binds.PROTECTED:
        one = counterpart(one, cited, speaking, readings) or one
    if one is None or (runs_the_law(one) and not asker.official) or one.party.backward or one.weak:
        open_to_all = names_nobody(cited, readings)
        if open_to_all is not None:
            section, _, span = open_to_all
            words = section.text[slice(*span)]
            return _Found(party=None, words=words, where=open_to_all, anybody=True)
    if one is None or one.party.backward or (runs_the_law(one) and not asker.official):
        one = first_named(near.order, cited[0].section, readings)
    if one is None:
        return _Found(party=None, words="", where=None)
    where = (one.section, one.outline, one.span)
    found = _Found(party=one.party, words=one.words, where=where, trade=one.party.trade)
    return _with_definition(found, defined(one.party, cited[0].section, speaking, readings))


def _with_definition(found: _Found, meant: Defined | None) -> _Found:
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
    return _Found(
        party=party,
        words=found.words,
        where=found.where,
        definition=meant if tells else None,
        trade=trade,
        sizes=counted,
        anybody=anybody,
    )


def _rules(
    cited: Sequence[Finding], speaking: Sequence[Near], near: Neighbourhood, readings: Readings
) -> Iterator[tuple[Section, Outline, ScopeRule, Span]]:
    """Rules of scope for the cited act: who it applies to, with the span of the rule's list."""
    own = {finding.section.id: finding.section for finding in cited}
    sections = [*own.values(), *(one.section for one in speaking if one.section.id not in own)]
    for section in sections:
        if section.id not in own and not is_about_scope(section.heading) and section.heading:
            continue
        read = readings.of(section)
        found = [
            rule
            for rule in scope(section.text, read.outline, section.heading, read.provisions)
            if rule.kind == "applies"
        ]
        for place, rule in enumerate(found):
            words = section.text[rule.start : rule.end]
            reach = reach_of(words)
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


def _with_scope(found: _Found, rules: Sequence[tuple[Section, Outline, ScopeRule, Span]]) -> _Found:
    """The scope of the whole act, where it has one, tells whom it binds before any duty does."""
    for section, outline, rule, whole in rules:
        party = party_of(section.text[slice(*whole)])
        if party is None or party.binds is Binds.PROTECTED:
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
        return _Found(
            party=party,
            words=section.text[slice(*span)],
            where=(section, outline, span),
            trade=party.trade or found.trade,
            sizes=counted,
            anybody=party.binds is Binds.ANYBODY,
        )
    return found


def _exempt(
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
        for rule in scope(section.text, read.outline, section.heading, read.provisions):
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
                whole = whole or (section.id in own and rule.of == "section")
                if not whole:
                    continue
                if reach and not governs(reach, section, cited[0].section, near.order):
                    continue
                lead = rule
            over = (lead.start, lead.end) if item and lead is not None else None
            yield Exempt(
                section=section, outline=read.outline, span=(rule.start, rule.end), lead=over
            )


def _verdict(
    found: _Found, exempt: Sequence[Exempt], asker: Asker
) -> tuple[Verdict, str, Exempt | None]:
    """The verdict, its condition in our words, and the exemption that it rests on."""
    ground = matching(exempt, asker, found.words)
    if ground is not None and not ground.partly:
        return Verdict.NOT_YOU, EXEMPT, ground
    if found.party is None and not found.anybody:
        return Verdict.UNCLEAR, "", ground
    verdict, condition = _by_size(found, asker, _by_who(found, asker))
    if ground is not None and verdict is not Verdict.NOT_YOU:
        return Verdict.UNCLEAR, "whether its exemption is yours", ground
    return verdict, condition, ground


def _by_size(found: _Found, asker: Asker, so_far: tuple[Verdict, str]) -> tuple[Verdict, str]:
    """The verdict with the sizes from which the law binds."""
    verdict, condition = so_far
    fit = fits(found.sizes, asker) if found.sizes else True
    if verdict is Verdict.NOT_YOU or fit is True:
        return so_far
    if fit is False:
        return Verdict.NOT_YOU, _size_words(found.sizes)
    own = f"{condition} and " if condition else ""
    return Verdict.ONLY_IF, f"{own}{_size_words(found.sizes)}"


def _size_words(found: Sequence[Size]) -> str:
    told = " or ".join(size.words for size in found[:_SIZES])
    return f"you have {told}" + (", as it says" if len(found) > 1 else "")


def _by_who(found: _Found, asker: Asker) -> tuple[Verdict, str]:
    """The verdict by who is bound, sizes and exemptions aside."""
    party = found.party
    if found.trade == "government" or (party is not None and party.binds is Binds.OFFICIAL):
        return _public(found, asker)
    if found.trade:
        if asker.is_of(found.trade) or _in_role(found, asker):
            return Verdict.APPLIES, ""
        alien = bool(asker.told) and found.trade not in asker.told
        return (Verdict.NOT_YOU if alien else Verdict.ONLY_IF), _condition(found)
    if party is None or found.anybody or party.binds is Binds.ANYBODY:
        return _anybody(found, asker)
    return (Verdict.APPLIES, "") if _in_role(found, asker) else (Verdict.ONLY_IF, _condition(found))


def _anybody(found: _Found, asker: Asker) -> tuple[Verdict, str]:
    """The verdict where persons are bound: all, or those of a title or a doing that is told."""
    trade = _law_of_trade(found)
    if trade and not asker.is_of(trade):
        return Verdict.ONLY_IF, f"you are {_TRADES[trade]}"
    if found.party is not None and _is_strange(found.party, found.words, asker):
        return Verdict.ONLY_IF, "you do what it names"
    return Verdict.APPLIES, ""


def _public(found: _Found, asker: Asker) -> tuple[Verdict, str]:
    party = found.party
    named_in_question = party is not None and bool(set(tokens(party.head)) & asker.words)
    if asker.official or (named_in_question and not asker.private):
        return Verdict.APPLIES, ""
    return (
        Verdict.NOT_YOU if asker.private else Verdict.ONLY_IF
    ), f"you are {_TRADES['government']}"


def _in_role(found: _Found, asker: Asker) -> bool:
    """Whether the question, the facts or the topic name the role that is bound."""
    return found.party is not None and _is_role(found.party, found.words, asker)


def _is_role(party: Party, told: str, asker: Asker) -> bool:
    known = asker.words | asker.actors
    if party.actor_class in _ONE_ROLE & asker.classes:
        return True
    after = " ".join(told.split()).lower().partition(party.head.lower())[2]
    complement = set(tokens(" ".join(after.split()[:_COMPLEMENT])))
    for noun in party.nouns:
        words = tokens(noun)
        if not words:
            continue
        if words[-1] in _BARE and set(words[:-1]) & known:
            return True
        if words[-1] not in _COMMON:
            if words[-1] in known - _BARE:
                return True
            continue
        about = set(words[:-1]) | complement
        if about & known and len(about & known) * 2 >= min(len(about), 4):
            return True
        if not about and words[-1] in known:
            return True
    return False


def _is_strange(party: Party, told: str, asker: Asker) -> bool:
    """Whether persons are bound who do something that the question does not speak of."""
    after = " ".join(told.split()).lower().partition(party.head.lower())[2]
    doing = set(tokens(" ".join(after.split()[:_DOING]))) - _ANY_DOING
    return len(doing) >= _ENOUGH and not doing & (asker.words | asker.actors | asker.terms)


def _law_of_trade(found: _Found) -> str:
    """The trade that the law's own title is about: "person" in it is one of that trade."""
    if found.where is None:
        return ""
    section = found.where[0]
    title = " ; ".join(section.hierarchy[1:])
    if not _TRADE_LAW.search(title):
        return ""
    sector = sector_of(title)
    return sector if sector in {"insurance", "banking"} else ""


def _condition(found: _Found) -> str:
    if found.trade in _TRADES:
        return f"you are {_TRADES[found.trade]}"
    head = "" if found.party is None else " ".join(found.party.head.split()).lower()
    if not _PLAIN_HEAD.fullmatch(head):
        return "you are whom it names"
    return f"you are {'an' if _VOWEL.match(head) else 'a'} {head}"


def _who(found: _Found) -> tuple[Quote, ...]:
    """The words that name who is bound and, where those tell nothing, what they mean."""
    if found.where is None:
        return ()
    section, outline, span = found.where
    most = _LONGEST_SCOPE if found.sizes and found.definition is None else _LONGEST_BINDS
    quotes = [_cut(section, outline, span, most)]
    if found.definition is not None:
        meant = found.definition
        more = _LONGEST_SCOPE if found.sizes else _LONGEST_BINDS
        quotes.append(_cut(meant.section, meant.outline, meant.span, more))
    return tuple(quote for quote in quotes if quote.text)


def _cut(section: Section, outline: Outline, span: Span, most: int) -> Quote:
    """The words that name who is bound, no more of them than are read at a glance."""
    start, end = span
    words = list(_WORD.finditer(section.text, start, end))
    if len(words) > most:
        end = words[most - 1].end()
    return quote_of(section, outline, (start, end))


def _quotes(told: Exempt | None) -> tuple[Quote, ...]:
    if told is None:
        return ()
    return tuple(quote_of(told.section, told.outline, span) for span in told.spans)


def _binds(found: _Found) -> str:
    words = _NO.sub("", found.words, count=1) if _NO.match(found.words) else found.words
    most = _LONGEST_SCOPE if found.sizes and found.definition is None else _LONGEST_BINDS
    told = _short(words, most)
    if found.definition is not None:
        meant = found.definition
        more = _LONGEST_SCOPE if found.sizes else _LONGEST_BINDS
        told += " … " + _short(meant.section.text[slice(*meant.span)], more)
    return told


def _short(words: str, most: int) -> str:
    parts = " ".join(words.split()).strip(" ,;:.").split()
    return " ".join(parts[:most]) + (" …" if len(parts) > most else "")
