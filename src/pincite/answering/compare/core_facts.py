"""The core facts of one jurisdiction's answer: who, must, may, by when, how much, what if not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.answer import Statement, StatementKind, Withheld
from pincite.answering.compare.measures import measures
from pincite.answering.quoting import OMISSION, quote_of, quoted
from pincite.comparison import CoreFact, FactKind
from pincite.reading import Role
from pincite.reading.actors import actor_class
from pincite.retrieval.asks import Ask
from pincite.verification import Context, check

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from pincite.answer import Quote
    from pincite.answering.compare.candidates import Candidate
    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.reading.provision import Span

_ROLES: Mapping[FactKind, frozenset[Role]] = {
    FactKind.MUST: frozenset({Role.DUTY, Role.DEADLINE}),
    FactKind.MUST_NOT: frozenset({Role.PROHIBITION}),
    FactKind.MAY: frozenset({Role.PERMISSION}),
    FactKind.PENALTY: frozenset({Role.PENALTY, Role.REMEDY}),
}
_RULES = frozenset(
    {Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.DEADLINE, Role.EXEMPTION, Role.SCOPE}
)
# What these count is not what the asker must heed.
_NOT_COUNTED = frozenset(
    {
        *(Role.PENALTY, Role.REMEDY, Role.DEFINITION, Role.EFFECTIVE, Role.FINDING),
        *(Role.DELEGATION, Role.CONSTRUCTION),
    }
)
_COUNTED = (FactKind.PERIOD, FactKind.AMOUNT, FactKind.NUMBER)
_ASKED = {
    FactKind.PERIOD: Ask.DEADLINE,
    FactKind.AMOUNT: Ask.AMOUNT,
    FactKind.NUMBER: Ask.AMOUNT,
}
# A provision of so much of the best one's worth is near it; scores may be below zero.
_NEAR, _LIFT = 0.75, 0.5
# Words that free somebody are no penalty, nor those that say where its money goes.
_SPARED = re.compile(
    r"\b(?:not|nor|no)\b[^.;]{0,60}\b(?:liab\w+|subject|charged|prosecuted|guilty)\b"
    r"|\b(?:deposited|credited)\b",
    re.IGNORECASE,
)
_MOST = 2  # facts of one kind in one cell
_CLAUSE_WORDS = 45
_SHORTEST = 6  # words of a clause that says something
_EDGE = re.compile(r"[;:,.](?=\s)|\n")
_ARTICLE = re.compile(r"^(?:an?|the|any|each|every|all|no|such)\s+", re.IGNORECASE)
_AFTER_NOUN = re.compile(
    r",|\(|:|\s(?:that|who|whom|whose|which|in|for|to|with|by|from|at|on|shall|must|may|is|are|as"
    r"|under|subject|engaged|required|described|(?!building\b)[a-z]+ing)\b",
    re.IGNORECASE,
)
_ANYBODY = frozenset({"person", "business"})
_VALUE_WORDS = 8


@dataclass(slots=True)
class Facts:
    """The facts of one answer under way: what held, and what was withheld with its faults."""

    jurisdiction: str
    as_of: date
    context: Context = field(default_factory=Context)
    found: dict[FactKind, list[CoreFact]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)

    def take(
        self, kind: FactKind, told: tuple[str, str], one: Candidate, *tried: Statement | None
    ) -> bool:
        """Keep the first of the statements that holds; whether there was one.

        `told` are the fact's value and what is compared of it.
        """
        value, compared = told
        section = one.finding.section
        kept = self.found.setdefault(kind, [])
        first: Withheld | None = None
        for statement in tried:
            if statement is None:
                continue
            if any(_alike(statement, other.statement) for other in kept):
                return False
            faults = check(
                statement,
                {section.id: section},
                as_of=self.as_of,
                jurisdictions={self.jurisdiction},
                context=self.context,
            )
            if not faults:
                self.sections[section.id] = section
                kept.append(
                    CoreFact(
                        value=value,
                        compared=compared,
                        statement=statement,
                        section=section.id,
                        citation=cited(section, one.finding, statement.quotes[0]),
                        verdict=one.verdict,
                    )
                )
                return True
            first = first or Withheld(statement=statement, faults=faults)
        if first is not None:
            self.withheld.append(first)
        return False

    def full(self, kind: FactKind) -> bool:
        return len(self.found.get(kind, ())) >= _MOST


def cited(section: Section, finding: Finding, quote: Quote) -> str:
    """The section's official citation with the pinpoint of the quote."""
    own = citations.from_identifier(section.id)
    unit = finding.outline.at(quote.start, quote.end)
    if own is None or not own.sure or unit is None:
        return section.citation
    return citations.official(replace(own, path=unit.path))


def core_facts(
    ordered: tuple[Candidate, ...],
    *,
    jurisdiction: str,
    as_of: date,
    asks: Collection[Ask] = (),
    enforcing: Callable[[Finding], Iterable[Candidate]] = lambda _: (),
) -> Facts:
    """At most two facts a kind. `ordered` are candidates, best first; `asks` what is asked for.

    `enforcing` gives the document's penalties that stand in other sections, for a lead finding.
    """
    facts = Facts(jurisdiction=jurisdiction, as_of=as_of)
    shown = [one for one in ordered if one.shown]
    rules = [one for one in shown if one.finding.provision.role in _RULES and not one.official]
    lead = next(iter((*rules, *shown)), None)
    if lead is None:
        return facts
    best = max(one.finding.score for one in shown)
    near = [one for one in shown if _worth(one) >= _NEAR * (best + _LIFT)]
    _who(facts, lead, rules)
    for kind in (FactKind.MUST, FactKind.MUST_NOT, FactKind.MAY):
        _rules(facts, kind, rules, near)
    for kind in _COUNTED:
        _counted(facts, kind, shown if _ASKED[kind] in asks else near)
    _penalties(facts, [*ordered, *enforcing(lead.finding)])
    return facts


def _worth(one: Candidate) -> float:
    return one.finding.score + _LIFT


def _rules(
    facts: Facts, kind: FactKind, rules: Iterable[Candidate], near: Collection[Candidate]
) -> None:
    """The best rule of that kind and, where it stands near the best of all, one more."""
    for one in rules:
        if facts.full(kind):
            return
        if one.finding.provision.role not in _ROLES[kind] or _bare(one):
            continue
        if one in near or not facts.found.get(kind):
            facts.take(kind, ("", kind.value), one, *_shortest(one))


def _shortest(one: Candidate) -> list[Statement]:
    """The answer's own statement of it first; where that is long, the shorter of the two.

    What is counted may stand in any part of the answer's: then no other will do.
    """
    own = quoted(one.finding)
    if one.statement is None or len(one.together) > 1:
        return [own] if one.statement is None else [one.statement]
    if len(one.statement.text.split()) <= _CLAUSE_WORDS:
        return [one.statement, own]
    return sorted((one.statement, own), key=lambda statement: len(statement.text))


def _bare(one: Candidate) -> bool:
    """Whether it is a lead-in that nothing shows with what it leads to."""
    return one.finding.provision.opens and one.statement is None


def _who(facts: Facts, lead: Candidate, rules: Iterable[Candidate]) -> None:
    """Whom the lead's document binds: the basis of its applicability, else a rule's own actor."""
    basis = lead.applicability.basis[:1] if lead.applicability is not None else ()
    for quote in basis:
        home = next((one for one in rules if one.finding.section.id == quote.section), None)
        if home is not None and facts.take(FactKind.WHO, actor_of(quote.text), home, _part(quote)):
            return
    for one in rules:
        actor = one.finding.provision.actor
        if actor is not None and one.finding.section.document == lead.finding.section.document:
            quote = quote_of(one.finding.section, one.finding.outline, actor)
            if facts.take(FactKind.WHO, actor_of(quote.text), one, _part(quote)):
                return


def _part(quote: Quote) -> Statement:
    return Statement(text=f"{quote.text} {OMISSION}", kind=StatementKind.QUOTE, quotes=(quote,))


def actor_of(words: str) -> tuple[str, str]:
    """Who is bound, in the law's own noun, and the kind of actor that this is.

    Law for "any person" and for "a business" binds alike; of actors that are of no known kind,
    those with the same noun are alike.
    """
    plain = _ARTICLE.sub("", " ".join(words.split()))
    noun = " ".join(_AFTER_NOUN.split(plain, maxsplit=1)[0].split()[:_VALUE_WORDS]).strip(" ,;:.")
    kind = actor_class(words)
    return noun.lower(), "anybody" if kind in _ANYBODY else kind or noun.lower()


def _counted(facts: Facts, kind: FactKind, shown: Iterable[Candidate]) -> None:
    for one in shown:
        provision, text = one.finding.provision, one.finding.section.text
        if facts.full(kind):
            return
        if provision.role in _NOT_COUNTED or one.official:
            continue
        counted = measures(kind, text, *one.together)
        told = "; ".join(measure.told for measure in counted)
        if not told or any(told == other.value for other in facts.found.get(kind, ())):
            continue
        part = clause(one.finding, [measure.span for measure in counted])
        facts.take(kind, (told, told), one, part, *_shortest(one))


def _penalties(facts: Facts, ordered: Iterable[Candidate]) -> None:
    """What the answer shows comes first; of that, what names an amount or a kind of penalty."""
    found = []
    for place, one in enumerate(ordered):
        provision, text = one.finding.provision, one.finding.section.text
        if provision.role not in _ROLES[FactKind.PENALTY] or _bare(one):
            continue
        if not _SPARED.search(text, provision.start, provision.end):
            counted = measures(FactKind.PENALTY, text, *one.together)
            told = "; ".join(measure.told for measure in counted)
            found.append((not told, not one.shown, place, told, one))
    for _, _, _, told, one in sorted(found, key=lambda item: item[:3]):
        if facts.full(FactKind.PENALTY):
            return
        facts.take(FactKind.PENALTY, (told, told), one, *_shortest(one))


def clause(finding: Finding, spans: Iterable[Span]) -> Statement | None:
    """The clause of the provision that holds all the spans, marked where it is cut; or `None`.

    A short provision is shown whole, one with lead-ins not without them.
    """
    provision, text = finding.provision, finding.section.text
    if len(finding.whole.split()) <= _CLAUSE_WORDS or provision.leads:
        return None
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if first < provision.start or provision.end < last:
        return None
    edges = [m.end() for m in _EDGE.finditer(text, provision.start, provision.end)]
    start = _edge(text, first, [provision.start, *edges], before=True)
    end = _edge(text, last, [*edges, provision.end], before=False)
    if len(text[start:end].split()) < _SHORTEST or len(text[start:end].split()) > _CLAUSE_WORDS:
        return None
    quote = quote_of(finding.section, finding.outline, (start, end))
    opens = f"{OMISSION} " if quote.start > provision.start else ""
    closes = f" {OMISSION}" if quote.end < provision.end else ""
    return Statement(text=f"{opens}{quote.text}{closes}", kind=StatementKind.QUOTE, quotes=(quote,))


def _edge(text: str, at: int, edges: list[int], *, before: bool) -> int:
    """The edge nearest to `at` on that side that leaves a few words between."""
    ordered = (
        sorted((e for e in edges if e <= at), reverse=True)
        if before
        else sorted(e for e in edges if e >= at)
    )
    for edge in ordered:
        if len(text[min(edge, at) : max(edge, at)].split()) >= _SHORTEST // 2:
            return edge
    return ordered[-1]


def _alike(one: Statement, other: Statement) -> bool:
    return one.quotes == other.quotes


def each_section(facts: Facts) -> Iterator[Section]:
    """The sections that the facts cite, each once, in order of first citation."""
    for kept in facts.found.values():
        for fact in kept:
            yield facts.sections[fact.section]
