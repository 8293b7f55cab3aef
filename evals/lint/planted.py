"""Plants defects into real rows of a library and counts those that the linter finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from evals.lint.defects import DEFECTS, Defect, Rows

from pincite.library.lint import choose, lint_rows
from pincite.library.lint.rules import NAMES
from pincite.library.read import Library

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.law.section import Section

_REACH = 700
_APART = 25  # rows between two defects, so that none hides another


@dataclass(slots=True)
class Recall:
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def measure(home: Path, *, each: int, seed: int) -> Recall:
    """Plant `each` defects of each sort, spread over the packs of the library."""
    rng = Random(seed)
    result = Recall()
    with Library.open(home) as library:
        packs = [pack for pack in library.packs() if pack.sections > 2 * _REACH]
        rng.shuffle(packs)
        while packs and any(result.planted[one.name] < each for one in DEFECTS):
            pack = packs.pop(0)
            rows = _rows(library, pack.name, pack.sections, rng)
            _plant(pack.name, rows, result, each=each, rng=rng)
            packs.append(pack)
    return result


def _rows(library: Library, pack: str, size: int, rng: Random) -> Rows:
    """Two stretches of a pack, as it is now."""
    rows: dict[str, Section] = {}
    for share in (rng.uniform(0.05, 0.4), rng.uniform(0.6, 0.95)):
        for section in library.around(pack, int(size * share), _REACH // 2):
            rows[section.id] = section
    return [(section, section.number) for section in rows.values()]


def _plant(pack: str, rows: Rows, result: Recall, *, each: int, rng: Random) -> None:
    every = choose(NAMES)
    clean = {(f.rule, f.act_id) for f in lint_rows(pack, rows, every).findings}
    wanted = [one for one in DEFECTS if result.planted[one.name] < each]
    rng.shuffle(wanted)
    done: list[tuple[Defect, Section]] = []
    at = len(rows) - _APART
    while at > _APART:
        defect = next(
            (
                one
                for one in wanted
                if sum(d is one for d, _ in done) < 2 and _try(one, rows, at, rng, done, clean)
            ),
            None,
        )
        wanted = wanted[1:] + wanted[:1]
        at -= _APART if defect is not None else 3
    found = {(f.rule, f.act_id) for f in lint_rows(pack, rows, every).findings}
    for defect, section in done:
        result.planted[defect.name] += 1
        if any((rule, section.act_id) in found for rule in defect.rules):
            result.found[defect.name] += 1
        else:
            result.missed.append(f"{defect.name}: {pack} {section.act_id}")


def _try(
    defect: Defect,
    rows: Rows,
    at: int,
    rng: Random,
    done: list[tuple[Defect, Section]],
    clean: set[tuple[str, str]],
) -> bool:
    """Plant it, unless the place does not suit it or the rule speaks there already."""
    near = rows[at : at + 2]
    if any((rule, row.act_id) in clean for rule in defect.rules for row, _ in near):
        return False
    where = defect.plant(rows, at, rng)
    if where is None:
        return False
    done.append((defect, rows[where][0]))
    return True
