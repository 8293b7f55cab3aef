"""Which passage of a policy speaks of a requirement, and how much of it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.answering.cover.passages import Passage
    from pincite.answering.cover.requirements import Asked
    from pincite.models.base import EmbeddingModel

# Words that duties are made of whatever they are about.
_FORMAL = frozenset(
    tokens(
        "shall must may will can should person persons individual individuals any each every all "
        "such section subsection subdivision paragraph chapter article part title act law pursuant "
        "provide provides provided providing required require requires requirement applicable "
        "following least minimum limited including include includes other otherwise under within "
        "made make making given give upon after before during time times not no never business "
        "company firm we our us you your staff team employee employees entity licensee covered "
        "operator owner days day hours hour months month years year calendar"
    )
)
_ASIDE = 0.4  # weight of a word in a condition, exception or reference
_FORMAL_WEIGHT = 0.25
_LEAD_SHARE = 0.25
_HEADING = 0.6  # of a word that stands in the policy's heading alone
_LEADING = 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a requirement's own words a passage has, and of those that lead to them."""

    own: float
    lead: float
    meaning: float | None = None
    absent: tuple[str, ...] = ()

    @property
    def words(self) -> float:
        return (1 - _LEAD_SHARE) * self.own + _LEAD_SHARE * self.lead


@dataclass(frozen=True, slots=True)
class Match:
    passage: Passage
    likeness: Likeness
    score: float


class Matcher:
    """Holds requirements against the passages of a policy."""

    def __init__(
        self,
        asked: Sequence[Asked],
        found: Sequence[Passage],
        model: EmbeddingModel | None,
    ) -> None:
        self._passages = found
        self._rarity = _rarity([one.stems | one.lead_stems for one in found], asked)
        self._meanings: Mapping[int, Sequence[float]] = {}
        if model is not None and found and asked:
            law = model.embed([_told(one) for one in asked])
            policy = model.embed([one.whole for one in found])
            self._meanings = dict(enumerate((law @ policy.T).tolist()))

    def best(self, place: int, asked: Asked, count: int = 3) -> list[Match]:
        """The best passages for the requirement at that place, the best first."""
        weights = self._weights(asked)
        lead = {stem: self._weight(stem) for stem in tokens(asked.lead)}
        meanings = self._meanings.get(place)
        matches = []
        for number, passage in enumerate(self._passages):
            own, absent = _share(weights, passage)
            if own <= 0 and meanings is None:
                continue
            led = _share(lead, passage)[0] if lead else own
            meaning = None if meanings is None else float(meanings[number])
            likeness = Likeness(own, led, meaning, absent)
            matches.append(Match(passage, likeness, score(likeness)))
        matches.sort(key=lambda one: (-one.score, one.passage.end - one.passage.start))
        return matches[:count]

    def _weights(self, asked: Asked) -> dict[str, float]:
        """The weight of each of the requirement's own words."""
        text, provision = asked.section.text, asked.provision
        aside: set[str] = set()
        spans = [*provision.conditions, *provision.exceptions]
        spans += [(one.start, one.end) for one in provision.references]
        for start, end in spans:
            aside.update(tokens(text[max(start, provision.start) : min(end, provision.end)]))
        main = text[provision.start : provision.end]
        weights = {stem: self._weight(stem) for stem in tokens(main) if not stem.isdigit()}
        if set(weights) <= aside:
            return weights
        return {stem: value * (_ASIDE if stem in aside else 1) for stem, value in weights.items()}

    def _weight(self, stem: str) -> float:
        return self._rarity.get(stem, 1.0) * (_FORMAL_WEIGHT if stem in _FORMAL else 1.0)


def score(likeness: Likeness) -> float:
    """Between 0 and 1; with a model, half by words and half by meaning."""
    if likeness.meaning is None:
        return likeness.words
    meaning = min(1.0, max(0.0, (likeness.meaning - 0.25) / 0.55))
    return 0.5 * likeness.words + 0.5 * meaning


def _told(asked: Asked) -> str:
    return f"{asked.lead} {asked.words}".strip()


def _share(weights: Mapping[str, float], passage: Passage) -> tuple[float, tuple[str, ...]]:
    """The share of the weighted words that the passage has, and those that it has not."""
    whole = sum(weights.values())
    if not whole:
        return 0.0, ()
    there = 0.0
    absent: list[str] = []
    for stem, weight in weights.items():
        if stem in passage.stems:
            there += weight
        elif stem in passage.lead_stems:
            there += _LEADING * weight
        elif stem in passage.heading_stems:
            there += _HEADING * weight
        else:
            absent.append(stem)
    return there / whole, tuple(absent)


def _rarity(policy: Sequence[frozenset[str]], asked: Iterable[Asked]) -> dict[str, float]:
    """How telling a word is: the rarer in policy and requirements together, the more."""
    texts = [*policy, *(frozenset(tokens(one.words)) for one in asked)]
    count: Counter[str] = Counter()
    for stems in texts:
        count.update(stems)
    most = math.log1p(len(texts))
    return {stem: math.log1p(len(texts) / number) / most for stem, number in count.items()}
