"""`python -m evals.lint planted|sweep HOME`: recall on planted defects; counts and a sample."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from random import Random

from evals.lint.planted import measure

from pincite.library.lint import choose, installed_rows, lint_rows
from pincite.library.read import Library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("planted", "sweep"))
    parser.add_argument("home", type=Path, help="a library with packs installed")
    parser.add_argument("--each", type=int, default=27, help="defects of each sort")
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--rule", action="append", help="sweep with these rules alone")
    parser.add_argument("--draw", type=int, default=8, help="findings of each rule to read by hand")
    parser.add_argument("--out", type=Path, help="where the drawn findings go, with their evidence")
    given = parser.parse_args()
    if given.what == "planted":
        _planted(given.home, given.each, given.seed)
    else:
        _sweep(given.home, given.seed, given.draw, given.out, tuple(given.rule or ()))


def _planted(home: Path, each: int, seed: int) -> None:
    result = measure(home, each=each, seed=seed)
    for name, planted in sorted(result.planted.items()):
        print(f"{name:32}{result.found[name]:5}/{planted:<5}{result.found[name] / planted:8.1%}")
    found, planted = sum(result.found.values()), sum(result.planted.values())
    print(f"{'all':32}{found:5}/{planted:<5}{found / planted:8.1%}   seed {seed}")
    for line in result.missed:
        print(f"  missed: {line}")


def _sweep(home: Path, seed: int, draw: int, out: Path | None, rules: tuple[str, ...]) -> None:
    with Library.open(home) as library:
        names = [pack.name for pack in library.packs()]
    drawn: dict[str, list[tuple[float, dict[str, object]]]] = {}
    rng, sections, clock, cpu = Random(seed), 0, time.perf_counter(), time.process_time()
    for name in names:
        found = lint_rows(name, installed_rows(home, name), choose(rules))
        sections += found.sections
        told = " ".join(f"{rule} {count}" for rule, count in found.rules.items() if count)
        print(f"{name:24}{found.sections:8}  {told}", flush=True)
        for one in found.findings:
            values = {"id": one.id, "rule": one.rule, "pack": one.pack, "act_id": one.act_id}
            values |= {"message": one.message, "evidence": one.evidence, "count": one.count}
            bag = drawn.setdefault(one.rule, [])
            bag.append((rng.random(), values))
            if len(bag) > 4 * draw:
                drawn[one.rule] = sorted(bag, key=lambda item: item[0])[:draw]
    spent = time.perf_counter() - clock
    print(f"{sections} sections in {spent:.0f} s ({time.process_time() - cpu:.0f} s of processor)")
    if out is not None:
        rows = [v for bag in drawn.values() for _, v in sorted(bag, key=lambda i: i[0])[:draw]]
        out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


main()
