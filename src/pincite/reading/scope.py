"""Whom an act or a section binds, as its own words say: scope, exemptions, defined actors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.reading.actors import actor_class, sector_of
from pincite.reading.definitions import definitions
from pincite.reading.provision import Role, ScopeRule
from pincite.reading.quantities import quantities
from pincite.reading.read import read
from pincite.reading.sentences import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pincite.law.outline import Outline
    from pincite.reading.provision import Provision, Quantity, Span

_APPLIES = re.compile(
    r"\b(?:(?P<only>only|exclusively)\s+)?(?:appl(?:y|ies)|(?:is|are|be)\s+applicable|govern)\s+(?:only\s+)?(?:to\s+)?",
    re.IGNORECASE,
)
_APPLIES_NOT = re.compile(
    r"\b(?:(?:does|do|shall|may|will)\s+not\s+(?:be\s+)?(?:apply|applicable|extend)\s+(?:to\s+|with\s+respect\s+to\s+)?"
    r"|(?:is|are)\s+(?:not\s+applicable|inapplicable)\s+to\s+)",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"\b(?:is|are|shall\s+be)\s+(?:not\s+subject\s+to|(?:\w+\s+)?exempt(?:ed)?(?:\s+from)?)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(subsection|subdivision|paragraph|section|chapter|subchapter|article|part|title|act|code|law|rule|regulation)s?\b",
    re.IGNORECASE,
)
# Terms that name an actor: a definition of one of these says whom the duties bind.
_ACTOR_TERMS = re.compile(
    r"^(?:covered\s+\w+|licensees?|business(?:es)?|persons?|employers?|controllers?|processors?|operators?|"
    r"data\s+collectors?|creditors?|landlords?|dealers?|insurers?|entity|company|provider|service\s+provider|"
    r"seller|merchant|debt\s+collector|responsible\s+authority|government\s+entity|agency|state\s+agency|"
    r"financial\s+institution|telephone\s+solicitor|supplier|registrant|permittee|vendor|retailer|"
    r"manufacturer|owner|contractor|broker|individual|regulated\s+\w+)$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:applicab\w+|scope|exempt\w+|exclusion\w*|exception\w*)\b", re.IGNORECASE
)


def scope(
    text: str,
    outline: Outline,
    heading: str = "",
    provisions: Iterable[Provision] | None = None,
) -> tuple[ScopeRule, ...]:
    """What a section says of whom law binds: it applies to, does not apply to, and who is defined.

    In reading order; a list of exempt persons gives one rule an item. `provisions` are the
    section's, where it has been read already.
    """
    by_span: dict[Span, ScopeRule] = {}
    rules: list[ScopeRule] = []
    for provision in read(text, outline, heading) if provisions is None else provisions:
        rule = _rule(text, provision, by_span, exempting="xempt" in heading)
        if rule is not None:
            by_span[provision.start, provision.end] = rule
            rules.append(rule)
    rules.extend(_defined_actors(text, outline, heading))
    return tuple(sorted(rules, key=lambda rule: rule.start))


def is_about_scope(heading: str) -> bool:
    """Whether the heading says that the section is about whom law binds."""
    return bool(_HEADING.search(heading))


def _rule(
    text: str, provision: Provision, known: dict[Span, ScopeRule], *, exempting: bool
) -> ScopeRule | None:
    if provision.lead is not None and provision.lead in known:
        above = known[provision.lead]
        return _made(text, provision, above.kind, above.of, (provision.start, provision.end))
    if provision.role is Role.SCOPE:
        return _after_verb(text, provision, _APPLIES, "applies")
    if provision.role is Role.EXEMPTION or exempting:
        rule = _after_verb(text, provision, _APPLIES_NOT, "exempt")
        return rule or _before_verb(text, provision)
    return None


def _after_verb(
    text: str, provision: Provision, verb: re.Pattern[str], kind: str
) -> ScopeRule | None:
    found = verb.search(text, provision.start, provision.end)
    if found is None:
        return None
    # "Except as provided in subsection (2), this part applies": the unit stands before the verb.
    named = list(_OF.finditer(text, provision.start, found.start()))
    of = named[-1].group(1).lower() if named else ""
    span = trimmed(text, found.end(), provision.end)
    return _made(text, provision, kind, of, span)


def _before_verb(text: str, provision: Provision) -> ScopeRule | None:
    """A bank is exempt from this chapter: the exempt stand before the verb."""
    found = _EXEMPT.search(text, provision.start, provision.end)
    if found is None:
        return None
    span = provision.subject or trimmed(text, provision.start, found.start())
    if text[span[0] : span[1]].lower() == "there":
        span = trimmed(text, found.end(), provision.end)
    return _made(text, provision, "exempt", _unit(text[found.end() : provision.end]), span)


def _unit(words: str) -> str:
    found = _OF.search(words)
    return found.group(1).lower() if found else ""


def _made(text: str, provision: Provision, kind: str, of: str, binds: Span) -> ScopeRule:
    words = text[binds[0] : binds[1]]
    return ScopeRule(
        kind=kind,
        of=of,
        start=provision.start,
        end=provision.end,
        binds=binds,
        path=provision.path,
        actor_class=actor_class(words),
        sector=sector_of(words[:200]),
        thresholds=_thresholds(text, binds),
    )


def _thresholds(text: str, span: Span) -> tuple[Quantity, ...]:
    return tuple(
        q for q in quantities(text, *span) if q.kind in {"money", "percent", "count", "number"}
    )


def _defined_actors(text: str, outline: Outline, heading: str) -> list[ScopeRule]:
    """The term "licensee" means a person licensed under the insurance laws: who the actor is."""
    rules: list[ScopeRule] = []
    for definition in definitions(text, outline, heading):
        if definition.how not in {"means", "includes"} or not _ACTOR_TERMS.match(definition.term):
            continue
        binds = trimmed(text, min(definition.term_at[1] + 1, definition.end), definition.end)
        words = text[binds[0] : binds[1]]
        rules.append(
            ScopeRule(
                kind="actor",
                of=definition.term.lower(),
                start=definition.start,
                end=definition.end,
                binds=binds,
                path=definition.path,
                actor_class=actor_class(definition.term),
                sector=sector_of(words[:300]),
                thresholds=_thresholds(text, binds),
            )
        )
    return rules
