"""`python -m evals.lay.run HOME PACKS MODELS`: how high the controlling section stands, by domain.

HOME is a library with the packs of the questions' states; nothing is written to it but the cache
of vectors.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.answer import Question
from pincite.answering.ask import rank
from pincite.assistant import Assistant
from pincite.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HERE = Path(__file__).parent
_DAY = date(2026, 11, 21)
_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_AT = (1, 3, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question; `gold` are the sections of which any one answers it."""

    id: str
    part: str
    jurisdiction: str
    question: str
    gold: tuple[str, ...]

    @property
    def domain(self) -> str:
        return self.id.partition("-")[0]


def questions(folder: Path = _HERE) -> Iterator[Asked]:
    """Every question of the folder's files, in order."""
    for path in sorted(folder.glob("questions_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield Asked(
                id=row["id"],
                part=row["part"],
                jurisdiction=row["jurisdiction"],
                question=row["question"],
                gold=tuple(row["gold"]),
            )


def place(asked: Asked, assistant: Assistant) -> int | None:
    """Where the first of the gold sections stands, from 1; `None` beyond the first ten."""
    question = Question(
        text=asked.question,
        jurisdictions=(asked.jurisdiction,),
        facts=(),
        as_of=_DAY,
        asked_at=_NOW,
    )
    library = assistant.library
    wanted = {s.act_id for one in asked.gold if (s := library.section(one, _DAY)) is not None}
    ranked = rank(question, assistant.desk)[: max(_AT)]
    return next((at for at, one in enumerate(ranked, 1) if one in wanted), None)


def table(found: Iterable[tuple[Asked, int | None]]) -> str:
    """Lines of a Markdown table: a part and a domain a line, and a part's whole."""
    places: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for asked, at in found:
        places[asked.part, asked.domain].append(at)
        places[asked.part, "all"].append(at)
    head = "| part | domain | questions | R@1 | R@3 | R@10 |"
    lines = [head, "| --- | --- | ---: | ---: | ---: | ---: |"]
    for (part, domain), all_of in sorted(places.items()):
        shares = (f"{_within(all_of, limit):.3f}" for limit in _AT)
        lines.append(f"| {part} | {domain} | {len(all_of)} | {' | '.join(shares)} |")
    return "\n".join(lines)


def _within(places: Sequence[int | None], limit: int) -> float:
    return sum(at is not None and at <= limit for at in places) / len(places)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="a library with the packs of the states asked of")
    parser.add_argument("packs", help="the directory that the packs were installed from")
    parser.add_argument("models", type=Path, help="the directory of the embedding model")
    parser.add_argument("--part", choices=("mend", "held"), help="these questions alone")
    parser.add_argument(
        "--misses", action="store_true", help="also the questions below third place"
    )
    given = parser.parse_args()
    settings = Settings(home=given.home, packs=given.packs, models=given.models)
    assistant = Assistant(settings, now=_NOW)
    found = [(one, place(one, assistant)) for one in questions() if given.part in {None, one.part}]
    if given.misses:
        for asked, at in found:
            if at is None or at > _AT[1]:
                print(f"{at or '>10':>4} {asked.id} {asked.question}  {' '.join(asked.gold)}")
    print(table(found))


if __name__ == "__main__":
    main()
