"""A model of the cost of more law, fitted to small libraries and held against a larger one.

    python -m benchmarks.cost FILE.jsonl... [--sections N...]

Each cost is a line over what drives it: disk and installing follow all sections, a search follows
the sections of one jurisdiction, opening follows the packs. Lines are drawn through the two
smallest libraries; what they say of the others is printed beside what was measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of a row, what drives it, and its unit."""

    name: str
    unit: str
    value: Callable[[dict[str, Any]], float | None]
    driver: Callable[[dict[str, Any]], float]


@dataclass(frozen=True, slots=True)
class Line:
    """`fixed` and so much a unit of the driver."""

    fixed: float
    slope: float

    def at(self, driver: float) -> float:
        return self.fixed + self.slope * driver


def _all(row: dict[str, Any]) -> float:
    return float(row["sections"])


def _own(row: dict[str, Any]) -> float:
    return float(row["sections_a_pack"])


def _installed(row: dict[str, Any]) -> float | None:
    return row["install"]["cpu_seconds"] if "install" in row else None


COSTS = (
    Cost("library on disk", "MB", lambda row: row["library_mb"], _all),
    Cost("index on disk", "MB", lambda row: row["index_mb"], _all),
    Cost("install, processor", "s", _installed, _all),
    Cost("search, processor", "ms", lambda row: row["search"]["cpu_p50_ms"], _own),
    Cost("retrieval, processor", "ms", lambda row: row["rank"]["cpu_p50_ms"], _own),
    Cost("ask, processor", "ms", lambda row: row["ask"]["cpu_p50_ms"], _own),
)


def fitted(points: Sequence[tuple[float, float]]) -> Line:
    """The line through two points; through one, a line from nothing."""
    (x, y), *rest = points
    if not rest:
        return Line(0.0, y / x)
    slope = (rest[0][1] - y) / (rest[0][0] - x)
    return Line(y - slope * x, slope)


def table(rows: Sequence[dict[str, Any]], sizes: Sequence[tuple[int, int]]) -> str:
    """What the model says of the rows that it was not fitted to, and of `(sections, packs)`."""
    heads = [f"{row['sections']:,}" for row in rows[2:]]
    heads = [*(f"{one}: model / measured" for one in heads)]
    heads += [f"{sections:,} in {packs} packs" for sections, packs in sizes]
    lines = [
        "| | fixed | each 100,000 | " + " | ".join(heads) + " |",
        "| --- |" + " ---: |" * (2 + len(heads)),
    ]
    for cost in COSTS:
        known = [
            (cost.driver(row), value) for row in rows if (value := cost.value(row)) is not None
        ]
        line = fitted(known[:2])
        cells = [f"{line.fixed:,.1f}", f"{line.slope * 1e5:,.1f} {cost.unit}"]
        for row in rows[2:]:
            value = cost.value(row)
            measured = "—" if value is None else f"{value:,.0f}"
            cells.append(f"{line.at(cost.driver(row)):,.0f} / {measured}")
        for sections, packs in sizes:
            drive = {"sections": sections, "sections_a_pack": sections / packs}
            cells.append(f"{line.at(cost.driver(drive)):,.0f}")
        lines.append(f"| {cost.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--sections", type=int, nargs="*", default=[3_000_000, 30_000_000])
    parser.add_argument("--packs", type=int, default=229, help="of the whole of US law")
    given = parser.parse_args(arguments)
    texts = (file.read_text("utf-8") for file in given.files)
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    sys.stdout.write(table(rows, [(count, given.packs) for count in given.sections]))


if __name__ == "__main__":
    main(sys.argv[1:])
