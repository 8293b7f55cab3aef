"""`python -m evals.checks`: make the set from packs, run the checks over it, print each class."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from pincite.law.section import Status
from pincite.law.validity import Validity
from pincite.verification import Context, check

from . import truth
from .corrupt import CORRUPTIONS, Case, Made
from .law import half_of, jurisdiction_of, packs, stretches
from .sentence import definitions, items, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.answer import Statement
    from pincite.law.section import Section

AS_OF = date(2026, 11, 1)
_TRUE = "true: "


@dataclass
class Tally:
    """One class in one half: how many, how many with a fault, of which kinds, how long."""

    count: int = 0
    faulted: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ms: list[float] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def made(stretch: list[Section], chance: Random) -> Iterator[tuple[str, Case, Made]]:
    """The true statements of a stretch and one corruption of every class that fits each."""
    live = [s for s in stretch if s.status is Status.IN_FORCE]
    for section in live:
        found = sentences(section)
        chosen = chance.sample(found, min(2, len(found)))
        leads = items(section)
        chosen += chance.sample(leads, min(1, len(leads)))
        for sentence in chosen:
            told = truth.paraphrase(sentence, chance)
            case = Case(sentence, told, tuple(live), tuple(live), chance)
            for name, statement in (
                ("paraphrase", told),
                ("quote", truth.verbatim(sentence)),
                ("quote cut", truth.cut(sentence)),
            ):
                if statement is not None:
                    yield _TRUE + name, case, Made(statement)
            for name, corrupt in CORRUPTIONS.items():
                false = corrupt(case)
                if false is not None:
                    yield name, case, false
    yield from _definitions(live, chance)
    yield from _repealed(stretch, chance)


def _definitions(live: list[Section], chance: Random) -> Iterator[tuple[str, Case, Made]]:
    for section in live:
        for _, sentence in definitions(section)[:2]:
            statement = truth.verbatim(sentence)
            case = Case(sentence, statement, (), (), chance)
            yield (
                _TRUE + "definition",
                case,
                Made(statement, documents=frozenset({section.document})),
            )


def _repealed(stretch: list[Section], chance: Random) -> Iterator[tuple[str, Case, Made]]:
    """Sections that are no longer law, and live ones told to be so by status, date or heading."""
    for section in stretch:
        gone = section
        if section.status is Status.IN_FORCE:
            how = chance.randrange(3)
            statuses = [status for status in Status if status is not Status.IN_FORCE]
            if how == 0:
                gone = replace(section, status=chance.choice(statuses))
            elif how == 1:
                gone = replace(section, validity=Validity(None, date(2024, 7, 1)))
            else:
                words = ("Repealed.", "[Repealed] Laws 2011", "Recompiled.", "Expired.", "Reserved")
                gone = replace(section, heading=chance.choice(words))
        for sentence in sentences(gone)[:1]:
            told = truth.paraphrase(sentence, chance)
            yield "repealed text", Case(sentence, told, (), (), chance), Made(told)


def run(case: Case, false: Made) -> tuple[list[str], float]:
    """The faults that the checks find, and the milliseconds of processor time that they take."""
    section = case.sentence.section
    sections = {s.id: s for s in (section, *false.extra)}
    asked = false.jurisdictions or (section.jurisdiction,)
    context = Context(documents=false.documents)
    began = process_time()
    faults = check(false.statement, sections, as_of=AS_OF, jurisdictions=asked, context=context)
    took = (process_time() - began) * 1000
    return [f"{fault.kind}: {fault.detail}" for fault in faults], took


def measure(
    directory: Path, seed: int, stretches_each: int, keep: str, limit: int | None = None
) -> dict[str, dict[str, Tally]]:
    """Tallies by class and half.

    `keep` names the class whose misses are kept; `limit` is how many packs are drawn from.
    """
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    limits = {"dev": Random(seed), "test": Random(seed + 1)}
    for pack in packs(directory)[:limit]:
        half = half_of(jurisdiction_of(pack))
        chance = Random(f"{seed} {pack.name}")
        for stretch in stretches(pack, stretches_each, chance):
            for name, case, false in made(stretch, chance):
                if name in _COMMON and limits[half].random() > _COMMON[name]:
                    continue
                faults, took = run(case, false)
                tally = tallies[name][half]
                _count(tally, faults, took)
                missed = bool(faults) == name.startswith(_TRUE)
                if missed and keep in {name, "all"}:
                    tally.shown.append(_as_text(faults, false.statement))
    return tallies


# Classes that fit nearly every sentence are thinned, so that no class drowns the others.
_COMMON = {
    "negation": 0.5,
    "modality": 0.5,
    "wrong section": 0.3,
    "wrong jurisdiction": 0.25,
    "invented quotation": 0.5,
    "changed bytes": 0.2,
    "wrong pinpoint": 0.15,
    "repealed text": 0.3,
    "invented citation": 0.5,
    "definition elsewhere": 0.3,
    "true: quote": 0.6,
}


def _count(tally: Tally, faults: list[str], took: float) -> None:
    tally.count += 1
    tally.ms.append(took)
    tally.faulted += bool(faults)
    for fault in faults:
        tally.kinds[fault.partition(":")[0]] += 1


def _as_text(faults: list[str], statement: Statement) -> str:
    law = " || ".join(quote.text for quote in statement.quotes)
    return f"{faults}\n  TOLD {statement.text}\n  LAW  {law}\n"


def table(tallies: dict[str, dict[str, Tally]]) -> str:
    lines = [f"{'class':24} {'dev':>16} {'test':>16}   cpu ms mean/p95  faults found"]
    for name in sorted(tallies, key=lambda n: (not n.startswith(_TRUE), n)):
        halves = tallies[name]
        cells = [_cell(halves[half]) for half in ("dev", "test")]
        every = sorted(halves["dev"].ms + halves["test"].ms)
        mean, p95 = sum(every) / len(every), every[int(len(every) * 0.95)]
        kinds: dict[str, int] = defaultdict(int)
        for half in halves.values():
            for kind, count in half.kinds.items():
                kinds[kind] += count
        top = ", ".join(f"{k} {v}" for k, v in sorted(kinds.items(), key=lambda kv: -kv[1])[:4])
        lines.append(f"{name:24} {cells[0]:>16} {cells[1]:>16}   {mean:5.2f}/{p95:5.2f}  {top}")
    return "\n".join(lines)


def _cell(tally: Tally) -> str:
    share = tally.faulted / tally.count if tally.count else 0.0
    return f"{tally.faulted}/{tally.count} {share:6.1%}"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m evals.checks", description=__doc__)
    arguments.add_argument(
        "--packs", default=os.environ.get("PINCITE_PACKS"), help="packs' directory"
    )
    arguments.add_argument("--seed", type=int, default=20261121)
    arguments.add_argument(
        "--stretches", type=int, default=2, help="runs of sections from each pack"
    )
    arguments.add_argument(
        "--show", default="", help="print this class's misses in the dev half, or all"
    )
    arguments.add_argument("--json", type=Path, help="write the numbers here")
    given = arguments.parse_args()
    if not given.packs:
        print("no packs: give --packs or set PINCITE_PACKS", file=sys.stderr)
        return 2
    tallies = measure(Path(given.packs), given.seed, given.stretches, given.show)
    for name, halves in tallies.items():
        if halves["dev"].shown:
            print(f"== {name}", *halves["dev"].shown, sep="\n")
    print(table(tallies))
    total = sum(t.count for halves in tallies.values() for t in halves.values())
    print(f"\n{total} statements; seed {given.seed}")
    if given.json:
        numbers = {
            name: {h: {"count": t.count, "faulted": t.faulted} for h, t in halves.items()}
            for name, halves in tallies.items()
        }
        given.json.write_text(json.dumps(numbers, indent=1, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
