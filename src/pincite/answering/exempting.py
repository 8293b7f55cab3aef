"""Whom an act exempts, and whether that is the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.sizes import sizes
from pincite.index.lexical import tokens
from pincite.reading.actors import actor_class
from pincite.reading.parties import party_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answering.asker import Asker
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading.provision import Span

# Kinds of asker with the words of law that exempt them.
_FORMS = {
    "nonprofit": re.compile(
        r"\bnon-?profit|\bnot-for-profit|\bcharitable\s+(?:organi|institut)|501\(c\)", re.IGNORECASE
    ),
    "government": re.compile(
        r"\b(?:government\w*|political\s+subdivision|state\s+agenc|agenc(?:y|ies)\s+(?:of|or)|public\s+(?:body|agency|entit)"
        r"|municipal\w*|commonwealth|(?:this|the)\s+state\b(?!\s+(?:law|bank)))",
        re.IGNORECASE,
    ),
    "banking": re.compile(
        r"\bfinancial\s+institution|\bgramm|\bbanks?\b|\bcredit\s+unions?\b|\bsavings\s+(?:bank|assoc)",
        re.IGNORECASE,
    ),
    "insurance": re.compile(r"\binsur(?:er|ers|ance\s+compan\w+)\b", re.IGNORECASE),
    "health": re.compile(
        r"\bhospitals?\b|\bcovered\s+entit|\bhealth\s+care\s+(?:provider|facilit)|\bHIPAA\b|\bphysicians?\b|\bnursing\s+homes?\b",
        re.IGNORECASE,
    ),
    "education": re.compile(r"\bschools?\b|\beducational\s+institution", re.IGNORECASE),
    "higher education": re.compile(
        r"\binstitutions?\s+of\s+higher\s+education|\bcolleges?\b|\buniversit(?:y|ies)\b",
        re.IGNORECASE,
    ),
}
# What a school must be called to be one of higher education.
_HIGHER = frozenset(tokens("college university higher"))
# Information, acts and things that are exempt, not people.
_THINGS = re.compile(
    r"^\W*(?:\(?\w{1,4}[.)]\s+)?(?:(?:the|any|an?|personal|protected|following|such|all|other)\s+)*(?:information|data|records?|activit\w+|transactions?|contracts?"
    r"|agreements?|sales?|use|collection|disclosures?|communications?|vehicles?|property|food|products?)\b",
    re.IGNORECASE,
)
_EXEMPTS = re.compile(
    r"\b(?:not\s+(?:be\s+)?(?:apply|applicable|subject|include)|exempt\w*|inapplicable)\b",
    re.IGNORECASE,
)
_ONLY_PARTLY = re.compile(
    r"\b(?:in\s+compliance|to\s+the\s+extent|provided|if|while|when|with\s+respect\s+to|unless)\b",
    re.IGNORECASE,
)
_SHORT = 70  # words of an exemption that is told
_PRIVATE = re.compile(r"\bindividual|\bperson", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Words that exempt somebody: `lead` opens the list that they are an item of."""

    section: Section
    outline: Outline
    span: Span
    lead: Span | None = None

    @property
    def words(self) -> str:
        return self.section.text[slice(*self.span)]

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.span,) if self.lead is None else (self.lead, self.span)

    @property
    def of_things(self) -> bool:
        """Whether information or acts are exempt, and nobody as a whole."""
        lead = "" if self.lead is None else self.section.text[slice(*self.lead)]
        things = _THINGS.match(self.words) or "following information" in lead.lower()
        if self.lead is None:
            things = things or self.words.rstrip().endswith(":")
        return bool(things)

    @property
    def of_people(self) -> bool:
        """Whether it says by itself whom, and not what, the act does not bind."""
        if self.of_things:
            return False
        if self.lead is None:
            return True
        party = party_of(self.words)
        return party is not None and bool(actor_class(party.nouns[0]))

    @property
    def partly(self) -> bool:
        return bool(_ONLY_PARTLY.search(self.words))

    @property
    def told(self) -> bool:
        """Whether it is short enough to be told and says by itself that it exempts."""
        words = sum(len(self.section.text[a:b].split()) for a, b in self.spans)
        whole = " ".join(self.section.text[a:b] for a, b in self.spans)
        return (
            words <= _SHORT
            and bool(_EXEMPTS.search(whole))
            and not whole.rstrip().endswith((":", "—"))
        )

    def names(self, asker: Asker, bound: str) -> bool:
        """Whether the words name what the asker has told to be.

        `bound` are the words for whom the act binds: charities are not exempt as such from an act
        on charities.
        """
        if self.of_things:
            return False
        found = {
            form
            for form, words in _FORMS.items()
            if words.search(self.words) and not words.search(bound)
        }
        if asker.nonprofit and "nonprofit" in found:
            return True
        if asker.official and "government" in found and party_of(self.words) is not None:
            return True
        if found & asker.told & {"banking", "insurance", "health", "education"}:
            return True
        if "higher education" in found and "education" in asker.told and asker.words & _HIGHER:
            return True
        counted = sizes(self.section.text, self.span)
        return bool(counted) and all(size.holds(asker) is True for size in counted)


def matching(found: Sequence[Exempt], asker: Asker, bound: str) -> Exempt | None:
    """The exemption that names the asker, if any; `bound` are the words for whom the act binds."""
    return next((one for one in found if one.names(asker, bound)), None)
