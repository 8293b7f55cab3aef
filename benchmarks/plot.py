"""Growth curves as SVG, from what `benchmarks.scale` keeps.

    python -m benchmarks.plot FILE.jsonl OUT.svg --x FIELD --y FIELD[=NAME]... --title WORDS
        [--unit UNIT]

Both axes are logarithmic, so that what grows in step is a straight line of slope one. A field of a
field is written with a full stop: `ask.p50_ms`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE, _HIGH = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 170, 40, 50
_COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f", "#7a3e8e", "#555555")

Line = tuple[str, list[tuple[float, float]]]


def drawn(lines: Sequence[Line], *, title: str, unit: str, over: str) -> str:
    """An SVG of the lines; points are `(x, y)`, all above zero."""
    xs = [x for _, points in lines for x, _ in points]
    ys = [y for _, points in lines for _, y in points]
    across = _Scale(min(xs), max(xs), _LEFT, _WIDE - _RIGHT)
    up = _Scale(min(ys), max(ys), _HIGH - _BOTTOM, _TOP)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
            f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
        ),
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
        (
            f'<text x="{(_LEFT + _WIDE - _RIGHT) / 2}" y="{_HIGH - 10}" text-anchor="middle">'
            f"{escape(over)}</text>"
        ),
    ]
    for value in sorted(set(xs)):
        at = across.at(value)
        parts.append(
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{_HIGH - _BOTTOM}" '
            f'stroke="#eeeeee"/><text x="{at:.1f}" y="{_HIGH - _BOTTOM + 18}" '
            f'text-anchor="middle">{_short(value)}</text>'
        )
    for value in up.marks():
        at = up.at(value)
        parts.append(
            f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}" '
            f'stroke="#dddddd"/><text x="{_LEFT - 6}" y="{at + 4:.1f}" '
            f'text-anchor="end">{_short(value)} {escape(unit)}</text>'
        )
    for number, (name, points) in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in sorted(points))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{across.at(x):.1f}" cy="{up.at(y):.1f}" r="3" fill="{colour}"/>'
            for x, y in points
        ]
        x, y = max(points)
        parts.append(
            f'<text x="{across.at(x) + 8:.1f}" y="{up.at(y) + 4:.1f}" fill="{colour}">'
            f"{escape(name)}</text>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Scale:
    """A logarithmic axis from one end on the paper to the other."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._least, self._most = math.log10(least), math.log10(most)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self._least) / ((self._most - self._least) or 1.0)
        return self._start + share * (self._end - self._start)

    def marks(self) -> list[float]:
        """One, two and five of each power of ten that is on the paper."""
        powers = range(math.floor(self._least), math.ceil(self._most) + 1)
        each = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
        slack = 1e-9
        return [one for one in each if self._least - slack <= math.log10(one) <= self._most + slack]


def _short(value: float) -> str:
    for least, name in ((1e6, "M"), (1e3, "k")):
        if value >= least:
            return f"{value / least:.3g}{name}"
    return f"{value:.3g}"


def _field(row: Any, path: str) -> float:  # noqa: ANN401 -- what JSON holds
    for name in path.split("."):
        row = row[name]
    return float(row)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plot", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--x", required=True)
    parser.add_argument("--y", required=True, nargs="+")
    parser.add_argument("--title", required=True)
    parser.add_argument("--unit", default="")
    parser.add_argument("--over", default="sections")
    given = parser.parse_args(arguments)
    rows = [json.loads(line) for line in given.file.read_text("utf-8").splitlines()]
    lines: list[Line] = []
    for one in given.y:
        path, _, name = one.partition("=")
        points = [(_field(row, given.x), _field(row, path)) for row in rows]
        lines.append((name or path, points))
    given.out.write_text(drawn(lines, title=given.title, unit=given.unit, over=given.over), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
