"""Whom a document binds, from its own words, and whether that is the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Verdict
from pincite.answering.bound_by import Found, exemptions, found_in, scope_rules, with_scope
from pincite.answering.quoting import quote_of
from pincite.answering.verdicts import EXEMPT, verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answer import Quote
    from pincite.answering.asker import Asker
    from pincite.answering.exempting import Exempt
    from pincite.answering.findings import Finding
    from pincite.answering.near import Neighbourhood
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading.provision import Span
    from pincite.reading.readings import Readings

__all__ = ["EXEMPT", "OFFICIAL", "Bound", "applicability"]

# Whose duties are not the asker's, unless the asker is one of them.
OFFICIAL = frozenset({"agency", "court", "prosecutor", "government"})
_LONGEST_BINDS = 40  # words
_LONGEST_SCOPE = 90  # words of a scope with the sizes that it names
_WORD = re.compile(r"\S+")
_NO = re.compile(r"\s*no\s+(?:such\s+)?", re.IGNORECASE)


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


def applicability(
    cited: Sequence[Finding], near: Neighbourhood, asker: Asker, readings: Readings
) -> Bound:
    """Whom the cited provisions of one act bind.

    `cited` are the findings of one act, best first, and `near` the sections around the best one.
    The verdict is `applies` only where the law binds anybody, or the asker or the question names
    the trade or the role that it binds.
    """
    speaking = near.speaking_for(cited[0].section)
    found = found_in(cited, near, asker, readings)
    rules = list(scope_rules(cited, speaking, near, readings))
    found = with_scope(found, rules)
    exempt = list(exemptions(cited, speaking, near, readings))
    verdict, condition, ground = verdict_of(found, exempt, asker)
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


def _who(found: Found) -> tuple[Quote, ...]:
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


def _binds(found: Found) -> str:
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
