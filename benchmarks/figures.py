"""What a measurement gives, and how a run of them is printed and kept."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `peer` is the same work done by something bare, in the same run.

    `target` is what ours (or, for `ratio_counts`, ours over the peer's) is meant to stay under,
    or over with `higher`.
    """

    name: str
    ours: float
    unit: str
    p95: float | None = None
    cpu: float | None = None
    peer: float | None = None
    peer_p95: float | None = None
    peer_name: str = ""
    target: float | None = None
    ratio_counts: bool = False
    higher: bool = False
    of: str = ""

    @property
    def ratio(self) -> float | None:
        return None if not self.peer else self.ours / self.peer

    @property
    def met(self) -> bool | None:
        value = self.ratio if self.ratio_counts else self.ours
        if self.target is None or value is None:
            return None
        return value >= self.target if self.higher else value <= self.target


def p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """In milliseconds; the 95th percentile is that of the nearest rank."""
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]
    return statistics.median(ordered) * 1000, last * 1000


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| | ours | by processor | peer | ratio | target | of |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in figures:
        peer = "" if one.peer is None else _shown(one.peer, one.peer_p95, one.unit)
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        target = _target(one)
        name = f"{one.name}; peer: {one.peer_name}" if one.peer_name else one.name
        ours = _shown(one.ours, one.p95, one.unit)
        cpu = "" if one.cpu is None else _shown(one.cpu, None, one.unit)
        lines.append(f"| {name} | {ours} | {cpu} | {peer} | {ratio} | {target} | {one.of} |")
    return "\n".join(lines) + "\n"


def _shown(value: float, p95: float | None, unit: str) -> str:
    number = _number(value) if p95 is None else f"{_number(value)} / {_number(p95)}"
    return f"{number} {unit}"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _target(one: Figure) -> str:
    if one.target is None:
        return ""
    sign = "≥" if one.higher else "≤"
    unit = "× the peer" if one.ratio_counts else one.unit
    return f"{sign} {one.target:,g} {unit} ({'met' if one.met else 'missed'})"


def machine() -> dict[str, object]:
    """What the figures were measured on, and how busy it was."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else None
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": None if load is None else [round(one, 2) for one in load],
    }


def as_json(figures: Iterable[Figure], about: dict[str, object]) -> str:
    rows = [asdict(one) | {"ratio": one.ratio, "met": one.met} for one in figures]
    return json.dumps(about | {"figures": rows}, ensure_ascii=False, indent=2) + "\n"


def tell(words: str) -> None:
    """What is being done, on standard error: standard output holds the table alone."""
    print(words, file=sys.stderr, flush=True)
