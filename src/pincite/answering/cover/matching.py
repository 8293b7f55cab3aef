"""Which passage of a policy speaks of a requirement, and how much of it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answering.cover.counted import marks
from pincite.answering.cover.stems import formal, stems
from pincite.covering import RequirementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pincite.answering.cover.passages import Passage
    from pincite.answering.cover.requirements import Asked
    from pincite.models.base import EmbeddingModel
    from pincite.reading.provision import Provision, Span

_ASIDE = 0.4  # weight of a word in a condition, exception or reference
_SUBJECT = 0.35  # of one in the subject: a policy says "we"
_FORMAL_WEIGHT = 0.25
_LEAD_SHARE = 0.25
_HEADING = 0.6  # of a word that stands in the policy's heading alone
_LEADING = 0.9
_UNLISTED = 0.8  # of a passage that does not say what something includes
# Cosines of all-MiniLM-L6-v2: at the first two duties are strangers, at the second the same.
_STRANGE, _SAME = 0.3, 0.8
_LIFT = 0.25
_APART = 0.35
_COUNTED = 0.5  # of a number of the same kind, and again of the same number


@dataclass(frozen=True, slots=True)
class Match:
    """The passage that speaks most of a requirement, between 0 and 1 how much of it.

    `absent` are stems of the requirement that the passage has not.
    """

    passage: Passage
    score: float
    absent: tuple[str, ...]


class Matcher:
    """Holds requirements against the passages of a policy, all against all."""

    def __init__(
        self, asked: Sequence[Asked], found: Sequence[Passage], model: EmbeddingModel | None
    ) -> None:
        import numpy as np

        self._asked, self._passages = asked, found
        self._rarity = _rarity([one.stems | one.lead_stems for one in found], asked)
        self._own = [self._weights(one) for one in asked]
        led = [{stem: self._weight(stem) for stem in stems(one.lead)} for one in asked]
        own = _shares(self._own, found)
        lead = _shares(led, found)
        alone = np.array([not weights for weights in led], dtype=bool)[:, None]
        words = np.where(alone, own, (1 - _LEAD_SHARE) * own + _LEAD_SHARE * lead)
        content = [one.requirement.kind is RequirementKind.CONTENT for one in asked]
        lists = [one.lists for one in found]
        unlisted = np.outer(content, np.logical_not(lists)) if asked and found else words > 1
        self._scores = np.where(unlisted, _UNLISTED * words, words)
        self._likeness = self._scores
        if model is not None and found and asked:
            law = model.embed([one.words for one in asked])
            policy = model.embed([one.text for one in found])
            meaning = np.clip((law @ policy.T - _STRANGE) / (_SAME - _STRANGE), 0.0, 1.0)
            self._likeness = (self._scores + np.where(unlisted, _UNLISTED, 1.0) * meaning) / 2

    def best(self, place: int) -> Match | None:
        """The best passage for the requirement at that place."""
        if not self._passages:
            return None
        number = int(self._likeness[place].argmax())
        passage = self._passages[number]
        words = float(self._scores[place, number])
        nearer = max(0.0, float(self._likeness[place, number]) - words)
        score = words + (nearer + _LIFT) * self._stands_out(place, number)
        absent = tuple(stem for stem in self._own[place] if not _presence(stem, passage))
        return Match(passage, min(1.0, score), absent)

    def _stands_out(self, place: int, number: int) -> float:
        """From 0 to 1: by how much requirement and passage are each other's best.

        Other words for one thing leave two texts with little in common; that nothing else in the
        policy and in the section is as like says that they belong together all the same.
        """
        mine = float(self._likeness[place, number])
        passage = self._passages[number]
        apart = [
            float(value)
            for value, other in zip(self._likeness[place], self._passages, strict=True)
            if not _overlap(other, passage)
        ]
        across = [
            float(row[number])
            for row, other in zip(self._likeness, self._asked, strict=True)
            if not _related(other, self._asked[place])
        ]
        if max(across, default=0.0) > mine:
            return 0.0
        return min(1.0, max(0.0, (mine - max(apart, default=0.0)) / _APART))

    def _weights(self, asked: Asked) -> dict[str, float]:
        """The weight of each of the requirement's own words."""
        text, provision = asked.section.text, asked.provision
        counted = [*provision.periods, *provision.amounts]
        numbers = [(one.start, one.end) for one in counted]
        spans = [*provision.conditions, *provision.exceptions]
        spans += [(one.start, one.end) for one in provision.references]
        aside = _stems_of(text, spans, provision)
        subject = _stems_of(text, [provision.subject] if provision.subject else [], provision)
        weights: dict[str, float] = {}
        for stem in _stems_outside(text, provision, numbers):
            factor = _ASIDE if stem in aside else _SUBJECT if stem in subject else 1.0
            weights[stem] = self._weight(stem) * factor
        if not any(stem not in aside and stem not in subject for stem in weights):
            weights = {stem: self._weight(stem) for stem in weights}
        for one in counted:
            weights |= dict.fromkeys(marks(one), _COUNTED)
        return weights

    def _weight(self, stem: str) -> float:
        return self._rarity.get(stem, 1.0) * (_FORMAL_WEIGHT if stem in formal() else 1.0)


def _stems_of(text: str, spans: Iterable[Span], provision: Provision) -> set[str]:
    found: set[str] = set()
    for start, end in spans:
        found.update(stems(text[max(start, provision.start) : min(end, provision.end)]))
    return found


def _stems_outside(text: str, provision: Provision, numbers: Sequence[Span]) -> frozenset[str]:
    """The provision's words less its numbers."""
    parts: list[str] = []
    at = provision.start
    for start, end in sorted(numbers):
        parts.append(text[at:start])
        at = max(at, end)
    parts.append(text[at : provision.end])
    return frozenset(stem for stem in stems(" ".join(parts)) if not stem.isdigit())


def _related(one: Asked, other: Asked) -> bool:
    """Whether two requirements are one, or an item and the lead-in that it completes."""
    if one.section.id != other.section.id:
        return False
    mine, theirs = one.provision, other.provision
    spans = ((mine.start, mine.end), (theirs.start, theirs.end))
    return spans[0] == spans[1] or spans[0] in theirs.leads or spans[1] in mine.leads


def _overlap(one: Passage, other: Passage) -> bool:
    same = one.section.id == other.section.id
    return same and one.start < other.end and other.start < one.end


def _shares(
    weights: Sequence[Mapping[str, float]], found: Sequence[Passage]
) -> NDArray[np.float64]:
    """For each requirement and passage, the share of the weighted words that it has."""
    import numpy as np

    places: dict[str, int] = {}
    for one in weights:
        for stem in one:
            places.setdefault(stem, len(places))
    wanted = np.zeros((len(weights), max(1, len(places))))
    for row, one in enumerate(weights):
        for stem, weight in one.items():
            wanted[row, places[stem]] = weight
    there = np.zeros((len(found), max(1, len(places))))
    for row, passage in enumerate(found):
        for stem in passage.known & places.keys():
            there[row, places[stem]] = _presence(stem, passage)
    whole = np.maximum(wanted.sum(axis=1, keepdims=True), 1e-9)
    return (wanted @ there.T) / whole


def _presence(stem: str, passage: Passage) -> float:
    """How fully a passage has a word: itself, in its lead-in, or in its heading alone."""
    if stem in passage.stems or stem in passage.marks:
        return 1.0
    if stem in passage.lead_stems:
        return _LEADING
    return _HEADING if stem in passage.heading_stems else 0.0


def _rarity(policy: Sequence[frozenset[str]], asked: Iterable[Asked]) -> dict[str, float]:
    """How telling a word is: the rarer in policy and requirements together, the more."""
    texts = [*policy, *(stems(one.words) for one in asked)]
    count: Counter[str] = Counter()
    for text in texts:
        count.update(text)
    most = math.log1p(len(texts))
    return {stem: math.log1p(len(texts) / number) / most for stem, number in count.items()}
