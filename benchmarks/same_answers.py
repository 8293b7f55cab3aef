"""Answers kept before a change that is about speed, to be held against those after it.

    python -m benchmarks.same_answers HOME FILE [--vectors] [--questions N] [--states N]

Where FILE is not there, the answers are written to it, as JSON, one a line. Where it is, they are
made again and compared byte for byte: exit code 1 names the questions that differ. Questions are
lay phrasings of the taxonomy, drawn by a seed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from time import process_time

from benchmarks.asking import _DAY, assistant_of, fresh_state
from benchmarks.figures import tell
from benchmarks.own_questions import QUESTIONS
from benchmarks.questions import draw

_SEED = 11


def answers(home: Path, *, vectors: bool, count: int, states: int) -> dict[str, str]:
    from pincite import render_json

    models = os.environ.get("PINCITE_MODELS") if vectors else None
    drawn = draw(home, count * 40, _SEED)
    places = sorted({one.jurisdiction for one in drawn})
    chosen = places[:: max(1, len(places) // states)][:states]
    asked = [one.question for one in drawn if one.jurisdiction in chosen][:count]
    found: dict[str, str] = {}
    with fresh_state(home) as state:
        assistant = assistant_of(state, "", models, vectors=vectors)
        before = process_time()
        for question in (*asked, *QUESTIONS):
            found[question] = render_json(asyncio.run(assistant.ask(question, as_of=_DAY)))
        tell(f"{len(found)} answers, {process_time() - before:.1f} s of the processor")
        assistant.library.close()
    return found


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_answers", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--vectors", action="store_true")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--states", type=int, default=10)
    given = parser.parse_args(arguments)
    found = answers(given.home, vectors=given.vectors, count=given.questions, states=given.states)
    if not given.file.is_file():
        lines = (json.dumps([question, answer]) for question, answer in found.items())
        given.file.write_text("\n".join(lines) + "\n", "utf-8")
        return
    kept = dict(json.loads(line) for line in given.file.read_text("utf-8").splitlines())
    other = [question for question, answer in kept.items() if found.get(question) != answer]
    print(f"{len(kept) - len(other)} of {len(kept)} answers are the same to the byte")
    for question in other:
        print(f"differs: {question}")
    raise SystemExit(bool(other))


if __name__ == "__main__":
    main(sys.argv[1:])
