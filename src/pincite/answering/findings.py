"""Provisions of the evidence, read and weighed against what the question asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answering.quantities import gives
from pincite.index.lexical import tokens
from pincite.reading import Provision, Role
from pincite.retrieval.asks import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pincite.answer import Evidence
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading.readings import Readings

# What a provision's role is worth by itself: rules come before the machinery around them.
_ROLE_WORTH: Mapping[Role, float] = {
    Role.DUTY: 0.30,
    Role.PROHIBITION: 0.32,
    Role.PERMISSION: 0.20,
    Role.PENALTY: 0.12,
    Role.REMEDY: 0.10,
    Role.EXEMPTION: 0.12,
    Role.EXCEPTION: 0.12,
    Role.SCOPE: 0.10,
    Role.DEADLINE: 0.20,
    Role.DEFINITION: -0.05,
    Role.CONSTRUCTION: -0.20,
    Role.EFFECTIVE: -0.30,
    Role.DELEGATION: -0.45,
    Role.PROCEDURE: -0.40,
    Role.FINDING: -0.60,
    Role.OTHER: -0.05,
}
# What a role is worth where the question asks for just that.
_ASK_WORTH: Mapping[Ask, Mapping[Role, float]] = {
    Ask.MAY: {Role.PROHIBITION: 0.25, Role.PERMISSION: 0.25, Role.EXEMPTION: 0.10},
    Ask.MUST: {Role.DUTY: 0.15, Role.PROHIBITION: 0.10},
    Ask.CONTENT: {Role.DUTY: 0.20},
    Ask.DEADLINE: {Role.DEADLINE: 0.35},
    Ask.WHO: {Role.SCOPE: 0.30, Role.DUTY: 0.10, Role.DEFINITION: 0.10},
    Ask.AMOUNT: {Role.PROHIBITION: 0.05, Role.PERMISSION: 0.05},
    Ask.PENALTY: {Role.PENALTY: 0.70, Role.REMEDY: 0.25},
    Ask.REMEDY: {Role.REMEDY: 0.70, Role.PENALTY: 0.20},
    Ask.LICENSE: {Role.PROHIBITION: 0.15, Role.DUTY: 0.10},
    Ask.NOTICE: {Role.DUTY: 0.15},
    Ask.RECORDS: {Role.DUTY: 0.10},
    Ask.DEFINITION: {Role.DEFINITION: 0.40},
}
_PERIOD_WORTH = 0.15
_AMOUNT_WORTH = 0.15
# A quantity of the very kind that the question asks for.
_ASKED_WORTH = 0.20
_WORDS_WORTH = 1.2
_TERMS_WORTH = 0.5
_SECTION_WORTH = 1.5
_MEANING_WORTH = 1.0
_MEANT = 24  # findings whose meaning is weighed
# A provision of this many words is a sentence; shorter ones are fragments that say little.
_FRAGMENT_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A provision and how well it answers.

    `rank` is its section's place in the evidence, from 0; `behind` is by how much the section's
    score is below the best section's, `kin` how kin the section is to the question, 0 to 1.
    """

    section: Section
    outline: Outline
    provision: Provision
    rank: int
    behind: float
    kin: float
    score: float

    @property
    def text(self) -> str:
        return self.section.text[self.provision.start : self.provision.end]

    @property
    def whole(self) -> str:
        """The provision with the lead-ins that it completes."""
        leads = " ".join(self.section.text[start:end] for start, end in self.provision.leads)
        return f"{leads} {self.text}" if leads else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the question looks for: its words and its topics' terms with their weights.

    `quantities` are the kinds of quantity that it asks for.
    """

    text: str
    words: Mapping[str, float]
    terms: Mapping[str, float]
    asks: tuple[Ask, ...]
    quantities: frozenset[str] = frozenset()

    @property
    def sought(self) -> dict[str, float]:
        """Words and terms in one: each group weighs 1 in all, the terms half of that."""
        whole = {word: weight / len(self.words) for word, weight in self.words.items()}
        terms = sum(self.terms.values()) or 1.0
        for word, weight in self.terms.items():
            whole[word] = whole.get(word, 0.0) + 0.5 * weight / terms
        return whole


def findings(
    evidence: Sequence[Evidence],
    aim: Aim,
    readings: Readings,
    *,
    kin: Callable[[Section], float] | None = None,
    meaning: Callable[[Sequence[str]], Sequence[float]] | None = None,
) -> list[Finding]:
    """Every provision of the evidence, best first; `meaning` scores texts against the question."""
    if not evidence:
        return []
    top = max(item.score for item in evidence)
    found: list[Finding] = []
    for rank, item in enumerate(evidence):
        read = readings.of(item.section)
        behind = top - item.score
        kinship = 1.0 if kin is None else kin(item.section)
        for provision in read.provisions:
            score = _score(item.section, provision, aim) - _SECTION_WORTH * behind
            found.append(
                Finding(
                    section=item.section,
                    outline=read.outline,
                    provision=provision,
                    rank=rank,
                    behind=behind,
                    kin=kinship,
                    score=score,
                )
            )
    found.sort(key=_order)
    if meaning is not None:
        found = _by_meaning(found, meaning)
    return found


def _order(finding: Finding) -> tuple[float, int, int]:
    return (-finding.score, finding.rank, finding.provision.start)


def _by_meaning(
    found: list[Finding], meaning: Callable[[Sequence[str]], Sequence[float]]
) -> list[Finding]:
    """The best of the findings once more, with what a model makes of their meaning."""
    head, tail = found[:_MEANT], found[_MEANT:]
    cosines = meaning([finding.whole[:320] for finding in head])
    head = [
        replace(finding, score=finding.score + _MEANING_WORTH * cosine)
        for finding, cosine in zip(head, cosines, strict=True)
    ]
    return sorted(head, key=_order) + tail


def _score(section: Section, provision: Provision, aim: Aim) -> float:
    text = section.text[provision.start : provision.end]
    leads = " ".join(section.text[start:end] for start, end in provision.leads)
    own = set(tokens(text))
    words = own | set(tokens(leads))
    score = _ROLE_WORTH[provision.role]
    score += _WORDS_WORTH * _share(aim.words, words) + _TERMS_WORTH * _share(aim.terms, words)
    # The lead-in makes an item whole, but the item's own words tell it from its siblings.
    score += 0.3 * _share(aim.words, own)
    for ask in aim.asks:
        worths = _ASK_WORTH.get(ask, {})
        score += max((worths.get(role, 0.0) for role in provision.roles), default=0.0)
    if provision.periods and (Ask.DEADLINE in aim.asks or Ask.AMOUNT in aim.asks):
        score += _PERIOD_WORTH
    if provision.amounts and (Ask.AMOUNT in aim.asks or Ask.PENALTY in aim.asks):
        score += _AMOUNT_WORTH
    if gives(provision, aim.quantities):
        score += _ASKED_WORTH
    if provision.opens:
        score -= 0.15
    if len(text.split()) < _FRAGMENT_WORDS and not provision.leads:
        score -= 0.5
    return score


def _share(sought: Mapping[str, float], words: Iterable[str]) -> float:
    """How much of the sought weight the words hold, 0 to 1."""
    whole = sum(sought.values())
    if not whole:
        return 0.0
    return sum(sought.get(word, 0.0) for word in words) / whole
