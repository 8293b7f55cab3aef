"""Score outlines against the sections that were marked by hand: precision and recall.

    python evals/outlines/score.py PACKS_DIR [--differences]

A subdivision is right when both its path and the offset of its marker are. `marked.jsonl` holds
identifiers, paths and offsets and no text of any law; the text is read from the packs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pyarrow.parquet as pq

from pincite.law.outline import outline

MARKED = Path(__file__).with_name("marked.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path)
    parser.add_argument("--differences", action="store_true", help="print every difference")
    args = parser.parse_args()
    rows = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    texts = _texts(args.packs, {(row["pack"], row["act_id"]) for row in rows})
    right = found = marked = exact = labelled = 0
    for row in rows:
        truth = {(tuple(path), start) for path, start in row["marks"]}
        units = outline(texts[row["pack"], row["act_id"]]).walk()
        mine = {(unit.path, unit.start) for unit in units}
        right += len(truth & mine)
        found += len(mine)
        marked += len(truth)
        exact += truth == mine
        labelled += bool(truth)
        if args.differences and truth != mine:
            print(row["pack"], row["act_id"])
            for path, start in sorted(truth - mine, key=_start):
                print(f"    missed  ({')('.join(path)}) @ {start}")
            for path, start in sorted(mine - truth, key=_start):
                print(f"    wrong   ({')('.join(path)}) @ {start}")
    print(f"sections {len(rows)}, with subdivisions {labelled}, outlined exactly {exact}")
    print(f"subdivisions marked {marked}, found {found}, right {right}")
    print(f"precision {right / found:.4f}  recall {right / marked:.4f}")


def _start(item: tuple[tuple[str, ...], int]) -> int:
    return item[1]


def _texts(packs: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    texts = {}
    for pack in sorted({pack for pack, _ in wanted}):
        table = pq.read_table(packs / f"{pack}.parquet", columns=["act_id", "text"])
        columns = (column.to_pylist() for column in table.columns)
        for act_id, text in zip(*columns, strict=True):
            if (pack, act_id) in wanted:
                texts[pack, act_id] = text or ""
    return texts


if __name__ == "__main__":
    main()
