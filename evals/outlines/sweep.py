"""Outline every section of the packs and report where labels break sequence, worst first.

A break is found here from the tree alone, without asking the parser: a label that is neither the
next one after its sibling, nor an inserted one, nor the first of a list in another style, and no
word such as "repealed" stands between; or a first label that is not 1, a, A, i or I. Also counted:
sections with a label in parentheses at the head of a line that the outline leaves out.

    python evals/outlines/sweep.py PACKS_DIR [--every N] [--json FILE] [--list PACK]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from pincite.law.outline import outline
from pincite.law.outline_labels import follows, is_first, readings
from pincite.law.outline_markers import Setting, markers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.law.outline import Outline, Subdivision

EXPLAINS = re.compile(
    r"repealed|reserved|deleted|omitted|expired|vacant|blank|rescinded|obsolete|vetoed|"
    r"\[\.\.\.\]|\*\s?\*\s?\*",
    re.IGNORECASE,
)


@dataclass
class Tally:
    """What a pack's outlines add up to."""

    pack: str
    sections: int = 0
    with_subdivisions: int = 0
    breaking: int = 0
    parser_breaks: int = 0
    doubtful: int = 0
    left_out: int = 0
    subdivisions: int = 0
    seconds: float = 0.0

    @property
    def share(self) -> float:
        """Sections with a break, of those with subdivisions."""
        return self.breaking / self.with_subdivisions if self.with_subdivisions else 0.0


COUNTS = (
    "sections", "with_subdivisions", "breaking", "parser_breaks", "doubtful", "left_out",
    "subdivisions",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth section")
    parser.add_argument("--json", type=Path, help="write the numbers here too")
    parser.add_argument("--list", help="print the breaks of this pack")
    args = parser.parse_args()
    tallies = [
        _sweep(path, args.every, listing=args.list is not None)
        for path in sorted(args.packs.glob("*.parquet"))
        if args.list in {None, path.stem}
    ]
    _report(tallies)
    if args.json:
        args.json.write_text(json.dumps([asdict(tally) for tally in tallies], indent=1) + "\n")


def _sweep(path: Path, every: int, *, listing: bool) -> Tally:
    tally = Tally(path.stem)
    started = time.process_time()
    row = 0
    for batch in pq.ParquetFile(path).iter_batches(2000, columns=["act_id", "text"]):
        for act_id, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row += 1
            if row % every:
                continue
            _add(tally, act_id, text or "", listing=listing)
    tally.seconds = round(time.process_time() - started, 1)
    return tally


def _add(tally: Tally, act_id: str, text: str, *, listing: bool) -> None:
    found = outline(text)
    units = list(found.walk())
    _check_tiling(tally.pack, act_id, found)
    broken = _broken(text, found.roots)
    for unit in units:
        broken += _broken(text, unit.children)
    tally.sections += 1
    tally.subdivisions += len(units)
    tally.with_subdivisions += bool(units)
    tally.breaking += bool(broken)
    tally.parser_breaks += bool(found.breaks)
    tally.doubtful += any(not unit.sure for unit in units)
    tally.left_out += _leaves_out(text, found)
    if listing and broken:
        print(act_id, *broken, sep="\n    ")


def _check_tiling(pack: str, act_id: str, found: Outline) -> None:
    tiles = found.tiles()
    gapless = all(before[1] == after[0] for before, after in pairwise(tiles))
    whole = not found.length or (tiles[0][0] == 0 and tiles[-1][1] == found.length)
    if not (gapless and whole):
        sys.exit(f"{pack} {act_id}: the outline does not tile the text")


def _broken(text: str, siblings: Sequence[Subdivision]) -> list[str]:
    """Descriptions of the labels among `siblings` that do not follow."""
    broken = []
    before: Subdivision | None = None
    for unit in siblings:
        label = unit.label.rpartition(" ")[2]
        firsts = {kind for kind, place in readings(label) if is_first(place)}
        if before is None:
            fine = bool(firsts) or _explained(text, 0, unit.start)
        else:
            last = before.label.rpartition(" ")[2]
            kinds = {kind for kind, _ in readings(last)}
            fine = (
                any(
                    kind == other and follows(place, after)
                    for kind, place in readings(last)
                    for other, after in readings(label)
                )
                or bool(firsts and (firsts - kinds or text[unit.start] != text[before.start]))
                or _explained(text, before.start, unit.start)
            )
        if not fine:
            broken.append(f"({')('.join(unit.path)}) @ {unit.start}")
        before = unit
    return broken


def _explained(text: str, start: int, end: int) -> bool:
    """Whether the words from 200 before a label, or the label before it, tell of labels gone."""
    return EXPLAINS.search(text, max(start, end - 200), end) is not None or (
        EXPLAINS.search(text, start, min(start + 60, end)) is not None
    )


def _leaves_out(text: str, found: Outline) -> bool:
    taken = {unit.start for unit in found.walk()}
    return any(
        marker.start not in taken
        for marker in markers(text, found.note_start)
        if marker.setting is Setting.LINE and marker.form == "(" and not marker.doubtful
    )


def _report(tallies: list[Tally]) -> None:
    total = Tally("all")
    for tally in tallies:
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.seconds += tally.seconds
    print(
        f"{'pack':24}{'sections':>10}{'with':>9}{'breaking':>10}{'share':>8}{'parser':>8}"
        f"{'doubtful':>10}{'left out':>10}{'units':>11}{'seconds':>9}"
    )
    for tally in [*sorted(tallies, key=lambda t: -t.share), total]:
        print(
            f"{tally.pack:24}{tally.sections:10,}{tally.with_subdivisions:9,}{tally.breaking:10,}"
            f"{tally.share:8.2%}{tally.parser_breaks:8,}{tally.doubtful:10,}{tally.left_out:10,}"
            f"{tally.subdivisions:11,}{tally.seconds:9.1f}"
        )


if __name__ == "__main__":
    main()
