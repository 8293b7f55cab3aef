"""Measure `cover` on derived policies: `python -m evals.cover [--model FOLDER] [--half 0|1]`.

PINCITE_HOME names a library with the packs of several states.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cover.derive import Derived, Fate, derive

from pincite.answering.cover.cover import cover
from pincite.answering.cover.requirements import requirements
from pincite.covering import CoverVerdict
from pincite.law.section import Status
from pincite.library.read import Library
from pincite.models.embedding import OnnxEmbedding, find_model
from pincite.reading.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answering.cover.requirements import Asked
    from pincite.models.base import EmbeddingModel
    from pincite.reading.readings import ReadSection

_GOLD = {Fate.KEPT: CoverVerdict.COVERED, Fate.NUMBER: CoverVerdict.DIFFERS,
         Fate.WEAKENED: CoverVerdict.DIFFERS, Fate.DROPPED: CoverVerdict.NOT_FOUND}  # fmt: skip
_STATES = ("us-ca", "us-mo", "us-mn", "us-nm", "us-ny", "us-tx", "us-wa", "us-co", "us-ma", "us-il")
_FEWEST, _MOST = 4, 25


def sample(
    library: Library, count: int, half: int, *, near: bool
) -> list[tuple[ReadSection, list[ReadSection]]]:
    """Sections of several states with requirements, and others of the pack: beside them, or far."""
    chance = random.Random(407)
    chosen: list[tuple[ReadSection, list[ReadSection]]] = []
    for pack in library.packs():
        if pack.jurisdiction not in _STATES or pack.sections < 1000:
            continue
        keys = range(1, pack.sections)
        found = 0
        for position in chance.sample(keys, min(len(keys), 2_000)):
            if found >= count:
                break
            beside = library.around(pack.name, position, 2)
            if not beside:
                continue
            readings = Readings()
            one = readings.of(beside[len(beside) // 2])
            fits = one.section.status is Status.IN_FORCE and 600 < len(one.section.text) < 20_000
            if not fits or not _FEWEST <= len(requirements(one).asked) <= _MOST:
                continue
            found += 1
            if found % 2 == half:
                away = (position + pack.sections // 2) % pack.sections
                lend = beside if near else library.around(pack.name, away, 6)
                others = [readings.of(s) for s in lend if s.id != one.section.id]
                chosen.append((one, others))
    return chosen


def _stands_twice(asked: Asked, wanted: Sequence[Asked], fates: Sequence[Fate]) -> bool:
    """Whether what was dropped stands nearly so in a requirement of the section that was kept."""
    own = set(asked.words.lower().split())
    return any(
        len(own & set(other.words.lower().split())) >= 0.7 * len(own)
        for other, fate in zip(wanted, fates, strict=True)
        if fate is not Fate.DROPPED
    )


def measure(cases: list[Derived], model: EmbeddingModel | None) -> Counter[tuple[str, str]]:
    confusion: Counter[tuple[str, str]] = Counter()
    for case in cases:
        readings = Readings()
        items, _ = cover(
            (case.law,),
            case.policy,
            readings,
            model,
        )
        spans = {(i.requirement.quote.start, i.requirement.quote.end): i for i in items}
        wanted = requirements(readings.of(case.law)).asked
        for asked, fate in zip(wanted, case.fates, strict=True):
            if fate is Fate.DROPPED and _stands_twice(asked, wanted, case.fates):
                continue
            item = spans.get((asked.requirement.quote.start, asked.requirement.quote.end))
            if item is None:  # one of several choices, of which another is met
                continue
            assert (
                case.law.text[item.requirement.quote.start : item.requirement.quote.end]
                == item.requirement.quote.text
            )
            for place in item.places:
                text = next(s.text for s in case.policy if s.id == place.quote.section)
                assert text[place.quote.start : place.quote.end] == place.quote.text
            confusion[fate.value, item.verdict.value] += 1
    return confusion


def report(confusion: Counter[tuple[str, str]]) -> dict[str, object]:
    told: dict[str, object] = {
        "confusion": {f"{a}>{b}": n for (a, b), n in sorted(confusion.items())}
    }
    for verdict in CoverVerdict:
        gold = {fate.value for fate, one in _GOLD.items() if one is verdict}
        right = sum(n for (fate, said), n in confusion.items() if fate in gold and said == verdict)
        said = sum(n for (_, one), n in confusion.items() if one == verdict)
        there = sum(n for (fate, _), n in confusion.items() if fate in gold)
        told[verdict.value] = {
            "precision": round(right / said, 3) if said else None,
            "recall": round(right / there, 3) if there else None,
            "n": there,
        }
    return told


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--half", type=int, default=0)
    parser.add_argument("--sections", type=int, default=20)
    parser.add_argument("--near", action="store_true", help="stray duties of the next sections")
    options = parser.parse_args()
    folder = find_model(options.model)
    model = None if folder is None else OnnxEmbedding(folder)
    with Library.open(Path(os.environ["PINCITE_HOME"])) as library:
        chosen = sample(library, options.sections, options.half, near=options.near)
    cases = [derive(one, others, seed) for seed, (one, others) in enumerate(chosen)]
    print(len(cases), "sections,", sum(len(case.fates) for case in cases), "requirements")
    print(json.dumps(report(measure(cases, model)), indent=1))


if __name__ == "__main__":
    main()
