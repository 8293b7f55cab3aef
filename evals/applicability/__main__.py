"""`python -m evals.applicability ask|draw ...`: verdicts of real answers, and some to read."""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from pincite.assistant import Assistant
from pincite.rendering.wire import render_json
from pincite.settings import load_settings

_HERE = Path(__file__).parent
_AS_OF = date(2026, 11, 21)
_FEW_WORDS = 12


def main() -> None:
    """`ask` keeps the answers of a set of questions; `draw` takes sources from them by lot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("ask", "draw"))
    parser.add_argument("answers", type=Path, help="a file of answers, one a line")
    parser.add_argument("--set", default="a", help="which questions")
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--draw", type=int, default=60)
    parser.add_argument("--sheet", type=Path, help="where the drawn sources go")
    given = parser.parse_args()
    if given.what == "ask":
        _ask(given.set, given.answers)
    else:
        answers = [json.loads(line) for line in given.answers.read_text("utf-8").splitlines()]
        _write(drawn(answers, given.draw, given.seed), given.sheet)


def _ask(name: str, out: Path) -> None:
    now = datetime(_AS_OF.year, _AS_OF.month, _AS_OF.day, tzinfo=UTC)
    assistant = Assistant(load_settings(), now=now)
    took = []
    with out.open("w", encoding="utf-8") as file:
        for row in questions(name):
            facts = [fact for fact in (row["facts"] or "").split(";") if fact]
            before = time.perf_counter()
            answer = asyncio.run(assistant.ask(row["question"], as_of=_AS_OF, facts=facts))
            took.append(time.perf_counter() - before)
            told = json.loads(render_json(answer)) | {"given": row["facts"] or ""}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
    took.sort()
    print(
        f"{len(took)} answers, {took[len(took) // 2]:.3f} s p50, {took[-len(took) // 20]:.3f} s p95"
    )


def questions(name: str) -> list[dict[str, str]]:
    """The questions of one set."""
    with (_HERE / "questions.tsv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["set"] == name]


def drawn(answers: list[dict[str, Any]], count: int, seed: int) -> list[dict[str, str]]:
    """Cited sources by lot: verdicts in turn and, within one, jurisdictions in turn.

    One source a document of an answer, for a document has one verdict.
    """
    rng = Random(seed)
    strata: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        seen = set()
        for source in rng.sample(answer["sources"], len(answer["sources"])):
            if source["document"] not in seen:
                seen.add(source["document"])
                place = source["id"].split("/")[1]
                strata[source["applicability"]["verdict"]][place].append(_row(answer, source))
    rows: list[dict[str, str]] = []
    while len(rows) < count and any(any(places.values()) for places in strata.values()):
        for verdict in sorted(strata):
            places = {place: left for place, left in strata[verdict].items() if left}
            if places and len(rows) < count:
                taken = [row["place"] for row in rows]
                place = min(sorted(places), key=lambda one: (taken.count(one), rng.random()))
                rows.append(places[place].pop(rng.randrange(len(places[place]))))
    return rows


def _row(answer: dict[str, Any], source: dict[str, Any]) -> dict[str, str]:
    labels = {item["label"]: item for item in answer["sources"]}
    bound = source["applicability"]
    basis = [f"{labels[one['source']]['citation']}{one['pinpoint']}" for one in bound["basis"]]
    binds = bound["binds"].split()
    return {
        "question": answer["question"],
        "facts": answer["given"],
        "place": source["id"].split("/")[1],
        "id": source["id"],
        "citation": source["citation"],
        "verdict": bound["verdict"],
        "binds": " ".join(binds[:_FEW_WORDS]) + (" …" if len(binds) > _FEW_WORDS else ""),
        "basis": "; ".join(basis),
    }


def _write(rows: list[dict[str, str]], sheet: Path) -> None:
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "yours", "right", "reason"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
