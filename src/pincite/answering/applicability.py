"""Whom a document binds, from its own words, and whether that is the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Verdict
from pincite.answering.quoting import quote_of
from pincite.index.lexical import tokens
from pincite.reading import Role, scope
from pincite.reading.actors import sector_of, trade_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answer import Quote
    from pincite.answering.findings import Finding
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading import ScopeRule
    from pincite.reading.provision import Span
    from pincite.reading.readings import Readings, ReadSection
    from pincite.retrieval.topics import TopicMatch

# Actors that any business may be.
_ANYBODY = frozenset({"person", "business", "owner", "employer", ""})
# Whose duties are not the asker's, unless the asker is one of them.
OFFICIAL = frozenset({"agency", "court", "prosecutor", "government"})
_RULES = frozenset({Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.DEADLINE, Role.PENALTY})
# A scope of one of these is the document's; "this subsection applies to" is a detail.
_WHOLE = frozenset({"chapter", "subchapter", "act", "article", "part", "title", "law", "code"})
_LONGEST_BINDS = 40  # words
_SHORT = 70  # words of an exemption that is told
_WORD = re.compile(r"\S+")
_EXEMPTS = re.compile(
    r"\b(?:not\s+(?:be\s+)?(?:apply|applicable|subject)|exempt\w*)\b", re.IGNORECASE
)
_SCOPE = re.compile(r"\b(?:scope|applicab\w+)\b", re.IGNORECASE)
_NO = re.compile(r"\s*no\s+(?:such\s+)?", re.IGNORECASE)
_LIKELY = 0.25  # share of a topic that tells who asks


# The trades that a domain of the taxonomy is about: who asks of it is likely of the trade.
_DOMAIN_TRADES = {
    "insurance": "insurance",
    "credit": "banking",
    "finance": "banking",
    "health": "health",
    "pharmacy": "health",
    "education": "education",
    "childcare": "education",
    "energy": "utility",
    "public": "government",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What is known of the asker.

    `words` are the question's and the facts', `trades` those that they tell, and `actors` the
    words for whom the law of the question's topics binds.
    """

    words: frozenset[str]
    trades: frozenset[str]
    actors: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, facts: Iterable[str], topics: Sequence[TopicMatch] = ()) -> Asker:
        """`topics` are the question's: who asks about a tenant's deposit is likely its landlord."""
        words = frozenset(tokens(" ".join((text, *facts))))
        told = {
            trade
            for trade, names in trade_words().items()
            if any(set(tokens(name)) <= words for name in names)
        }
        if topics and topics[0].topic.domain in _DOMAIN_TRADES:
            told.add(_DOMAIN_TRADES[topics[0].topic.domain])
        actors = {
            word
            for match in topics
            if match.share >= _LIKELY
            for actor in match.topic.actors
            for word in tokens(actor)
        }
        return cls(words=words, trades=frozenset(told), actors=frozenset(actors))

    def is_of(self, trade: str) -> bool:
        """Whether the asker has told to be of the trade."""
        return trade in self.trades or bool(set(tokens(trade)) & self.words)

    @property
    def official(self) -> bool:
        return "government" in self.trades


@dataclass(frozen=True, slots=True)
class _Rule:
    read: ReadSection
    rule: ScopeRule

    @property
    def section(self) -> Section:
        return self.read.section

    @property
    def words(self) -> str:
        return self.section.text[self.rule.binds[0] : self.rule.binds[1]]


def applicability(
    cited: Sequence[Finding], about_scope: Sequence[Section], asker: Asker, readings: Readings
) -> Applicability:
    """Whom the cited provisions of one document bind.

    `about_scope` are the document's sections that say so (scope, definitions, exemptions). The
    basis is the words that name who is bound and, after them, a provision that says who is not. The
    verdict is `applies` only where the law binds anybody or the asker's own words name the
    trade that it binds.
    """
    rules = [
        _Rule(read, rule)
        for section in _each_once([finding.section for finding in cited], about_scope)
        for read in (readings.of(section),)
        for rule in scope(section.text, read.outline, section.heading)
    ]
    trade = _trade(cited, rules, readings)
    applies = [rule for rule in rules if rule.rule.kind == "applies" and rule.words.strip()]
    whole = [
        rule for rule in applies if rule.rule.of in _WHOLE and _SCOPE.search(rule.section.heading)
    ]
    actor = _actor(cited, readings)
    opening = min(whole or applies, key=_opening_rule) if whole or (applies and not actor) else None
    if trade and not sector_of(_words_of(actor)) and _heading_trade(cited) == trade:
        binds = _short(cited[0].section.heading)
    else:
        binds = _short(opening.words if opening else _words_of(actor))
    basis = None
    if opening:
        basis = _basis(opening.section, opening.read.outline, opening.rule.binds)
    elif actor and actor.provision.actor:
        basis = _basis(actor.section, actor.outline, actor.provision.actor)
    return Applicability(
        binds=binds,
        verdict=_verdict(trade, actor, rules, asker),
        basis=tuple(one for one in (basis, _exemption(rules)) if one is not None and one.text),
    )


def _exemption(rules: Sequence[_Rule]) -> Quote | None:
    """The provision that says whom the whole document does not bind, if it is short."""
    for item in rules:
        words = item.section.text[item.rule.start : item.rule.end].split()
        # An item of a list of exemptions says nothing without its lead-in.
        whole = _EXEMPTS.search(" ".join(words)) is not None and not words[-1].endswith((":", "—"))
        told = whole and len(words) <= _SHORT
        if item.rule.kind == "exempt" and item.rule.of in _WHOLE and told:
            span = (item.rule.start, item.rule.end)
            return quote_of(item.section, item.read.outline, span)
    return None


def _basis(section: Section, tree: Outline, span: Span) -> Quote:
    """The words that name who is bound, no more of them than are read at a glance."""
    start, end = span
    if denied := _NO.match(section.text, start, end):
        start = denied.end()  # "No employer shall" binds employers
    words = list(_WORD.finditer(section.text, start, end))
    if len(words) > _LONGEST_BINDS:
        end = words[_LONGEST_BINDS - 1].end()
    return quote_of(section, tree, (start, end))


def _opening_rule(item: _Rule) -> int:
    """The order of rules of scope: what opens a section before its items."""
    return item.rule.start


def _each_once(*groups: Iterable[Section]) -> list[Section]:
    found = {section.id: section for group in groups for section in group}
    return list(found.values())


def _actor(cited: Sequence[Finding], readings: Readings) -> Finding | None:
    """The finding that names who is bound.

    The first duty of the best section if it names somebody, for the rest of a section speaks of
    "the person" whom that names; else the best rule's actor, an official only if no other.
    """
    named = [finding for finding in cited if finding.provision.actor]
    rules = [finding for finding in named if finding.provision.role in _RULES]
    private = [finding for finding in rules if finding.provision.actor_class not in OFFICIAL]
    head = _head(cited[0], readings) if cited else None
    return next(iter((*([head] if head else []), *private, *rules, *named)), None)


def _head(finding: Finding, readings: Readings) -> Finding | None:
    """The first rule of the finding's section, if somebody private is bound by it."""
    for provision in readings.of(finding.section).provisions:
        if provision.role in _RULES and provision.role is not Role.PERMISSION:
            if not provision.actor or provision.actor_class in OFFICIAL:
                return None
            return replace(finding, provision=provision)
    return None


def _words_of(actor: Finding | None) -> str:
    if actor is None or actor.provision.actor is None:
        return ""
    return actor.section.text[slice(*actor.provision.actor)]


def _trade(cited: Sequence[Finding], rules: Sequence[_Rule], readings: Readings) -> str:
    """The one trade that the document binds, or empty where it binds anybody."""
    actors = [sector_of(_words_of(finding)) for finding in cited if finding.provision.actor]
    # A public body may have a part in law that binds others; then it is not the law's trade.
    mixed = any(sector != "government" for sector in actors)
    told = [sector for sector in actors if sector and not (mixed and sector == "government")]
    if sector := next(iter(told), "") or _head_trade(cited, readings):
        return sector
    if sector := _heading_trade(cited):
        return sector
    terms = " ".join(_words_of(finding).lower() for finding in cited)
    scopes = [rule.rule.sector for rule in rules if rule.rule.kind == "applies"]
    if scopes and all(scopes):
        return scopes[0]
    for rule in rules:
        if rule.rule.kind == "actor" and rule.rule.sector and rule.rule.of in terms:
            return rule.rule.sector
    return ""


def _head_trade(cited: Sequence[Finding], readings: Readings) -> str:
    """The one trade that the first duties of all cited sections bind, or empty.

    The rest of a section speaks of "the person" or "the business" that its first duty names.
    """
    trades = set()
    for section in {finding.section.id: finding.section for finding in cited}.values():
        for provision in readings.of(section).provisions:
            if provision.actor and (provision.role in _RULES or provision.role is Role.PROCEDURE):
                trades.add(sector_of(section.text[slice(*provision.actor)]))
                break
    return trades.pop() if len(trades) == 1 else ""


def _heading_trade(cited: Sequence[Finding]) -> str:
    """The one trade that the headings of all cited sections name, or empty."""
    sectors = {sector_of(finding.section.heading) for finding in cited}
    return sectors.pop() if len(sectors) == 1 else ""


def _verdict(trade: str, actor: Finding | None, rules: Sequence[_Rule], asker: Asker) -> Verdict:
    if trade:
        if asker.is_of(trade):
            return Verdict.APPLIES
        return Verdict.NOT_YOU if trade == "government" and asker.words else Verdict.ONLY_IF
    if any(rule.rule.kind == "applies" and rule.rule.thresholds for rule in rules):
        return Verdict.ONLY_IF
    if actor is None or not actor.provision.actor:
        return Verdict.UNCLEAR
    named = set(tokens(_words_of(actor)))
    if actor.provision.actor_class in _ANYBODY or named & (asker.words | asker.actors):
        return Verdict.APPLIES
    return Verdict.ONLY_IF


def _short(words: str) -> str:
    words = _NO.sub("", words, count=1) if _NO.match(words) else words
    words = " ".join(words.split()).strip(" ,;:.")
    parts = words.split()
    return " ".join(parts[:_LONGEST_BINDS]) + (" …" if len(parts) > _LONGEST_BINDS else "")
