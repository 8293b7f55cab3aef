"""`python -m evals.memos --packs ...`: make memos from installed packs, check them, count."""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evals.memos import faults
from evals.memos.sentences import sentences

from pincite import Assistant, citations, load_settings
from pincite.law.section import Status
from pincite.memo import OPEN

if TYPE_CHECKING:
    from evals.memos.faults import Item
    from evals.memos.sentences import Quoted

    from pincite.library.read import Library
    from pincite.memo import MemoCheck, MemoFinding

PACKS = tuple(
    f"us_{one}"
    for one in [
        "mo_statutes",
        "mn_statutes",
        "nm_statutes",
        "ma_statutes",
        "ca_statutes",
        "wa_statutes",
        "ny_statutes",
        "federal_statutes",
        "federal_regulations",
    ]
)
_EACH = 34  # true sentences of a pack, and as many with faults


def items_of(library: Library, pack: str, draw: random.Random, each: int) -> list[Item]:
    """`each` true sentences and `each` with faults, their kinds as even as the law allows."""
    drawn = list(sentences(library, pack, draw, each * 6))
    found = [faults.true(one, draw) for one in drawn[:each]]
    jurisdiction = drawn[0].section.jurisdiction
    codes = {one.section.code for one in drawn}
    # What a pack of excerpts lacks is not installed; whether there is such law cannot be told.
    excerpts = any(one.excerpts for one in library.packs() if one.name == pack)
    gone = _gone(library, jurisdiction, codes, draw)

    def exists(identifier: str) -> bool:
        return bool(library.versions(identifier))

    makers = (
        lambda one, _: faults.changed(one, draw),
        lambda one, _: faults.dropped(one, draw),
        lambda one, _: faults.number(one, draw),
        lambda one, other: faults.wrong_section(one, other, draw),
        lambda one, _: faults.wrong_subdivision(one, draw),
        lambda one, _: faults.no_subdivision(one, draw),
        lambda one, _: None if excerpts else faults.no_section(one, draw, exists),
        lambda one, _: faults.invented(one, draw),
        lambda _, __: faults.repealed(gone.pop()) if gone else None,
        lambda one, _: faults.unattributed(one),
    )
    pool: list[Quoted] = drawn[each:]
    made = 0
    while made < each and pool:
        one = pool.pop()
        for step in range(len(makers)):
            item = makers[(made + step) % len(makers)](one, draw.choice(drawn))
            if item is not None:
                found.append(item)
                made += 1
                break
    draw.shuffle(found)
    return found


def _gone(library: Library, jurisdiction: str, codes: set[str], draw: random.Random) -> list[str]:
    """Citations of sections that are repealed."""
    ids = [i for code in sorted(codes) for i in library.identifiers(jurisdiction, code)]
    draw.shuffle(ids)
    out: list[str] = []
    for identifier in ids[:20_000]:
        section = library.section(identifier)
        if section is None or section.status is not Status.REPEALED:
            continue
        own = citations.parse(section.citation)
        if own is not None and own.id == section.id and own.through is None:
            out.append(section.citation)
        if len(out) >= 10:
            break
    return out


def memo_of(items: list[Item]) -> tuple[str, list[int]]:
    """The memo as Markdown, and the item that each of its passages belongs to."""
    paragraphs: list[str] = []
    notes: list[str] = []
    owners: list[int] = []
    noted: list[int] = []
    for number, item in enumerate(items):
        told = item.told
        mark = f"[^{number}]" if told.note else ""
        for text in (told.lead, told.text and told.text + mark):
            if text:
                paragraphs.append(_escaped(text, mark))
                owners.append(number)
        if told.block:
            paragraphs.append(f"> {_escaped(told.block)}")
            owners.append(number)
        if told.note:
            notes.append(f"[^{number}]: {_escaped(told.note)}")
            noted.append(number)
    return "\n\n".join((*paragraphs, *notes)), owners + noted


def _escaped(text: str, mark: str = "") -> str:
    """Words in which Markdown reads no marks, but for a note's at the end."""
    body = text.removesuffix(mark) if mark else text
    return re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", body) + mark


def findings_of(check: MemoCheck, owners: list[int], count: int) -> list[list[MemoFinding]]:
    """The findings of each item, in order."""
    out: list[list[MemoFinding]] = [[] for _ in range(count)]
    for finding in check.findings:
        out[owners[finding.passage]].append(finding)
    return out


def judged(item: Item, found: list[MemoFinding]) -> tuple[bool, bool]:
    """Whether a fault is told, and whether it is the right one."""
    told = [one for one in found if not one.good and one.standing not in OPEN]
    right = any(one.part is item.part and one.standing in item.expected for one in told)
    return bool(told), right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", nargs="*", default=PACKS)
    parser.add_argument("--each", type=int, default=_EACH)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=Path, help="write every sentence that was judged wrong")
    given = parser.parse_args()
    assistant = Assistant(load_settings(), now=datetime.now(UTC))  # noqa: TID251
    installed = {pack.name: pack for pack in assistant.packs()}
    table: dict[str, Counter[str]] = defaultdict(Counter)
    misses: list[dict[str, object]] = []
    seconds = sentences_checked = 0.0
    for pack in given.packs:
        if pack not in installed:
            print(f"{pack} is not installed", file=sys.stderr)
            continue
        draw = random.Random(f"{given.seed} {pack}")
        items = items_of(assistant.library, pack, draw, given.each)
        memo, owners = memo_of(items)
        began = time.perf_counter()
        check = assistant.check_memo(memo.encode(), "memo.md", date(2026, 11, 21))
        seconds += time.perf_counter() - began
        sentences_checked += len(items)
        assert check.passages == len(owners), (check.passages, len(owners))
        for item, found in zip(items, findings_of(check, owners, len(items)), strict=True):
            told, right = judged(item, found)
            counts = table[item.kind]
            counts["all"] += 1
            counts["told"] += told
            counts["right"] += right
            if (item.kind == "true") == told or (item.kind != "true" and not right):
                misses.append(_miss(pack, item, found))
    _report(table, sentences_checked, seconds)
    if given.misses:
        given.misses.write_text(json.dumps(misses, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _miss(pack: str, item: Item, found: list[MemoFinding]) -> dict[str, object]:
    said = [f"{one.part.value} {one.standing.value}: {one.message}" for one in found]
    return {"pack": pack, "kind": item.kind, "text": memo_of([item])[0], "said": said}


def _report(table: dict[str, Counter[str]], count: float, seconds: float) -> None:
    true = table["true"]
    kinds = sorted(kind for kind in table if kind != "true")
    faulty = sum(table[kind]["all"] for kind in kinds)
    told = sum(table[kind]["told"] for kind in kinds)
    right = sum(table[kind]["right"] for kind in kinds)
    print(f"| {'kind':20} | sentences | told | told rightly |")
    print("| --- | --- | --- | --- |")
    print(f"| {'true':20} | {true['all']:9} | {true['told']:4} | |")
    for kind in kinds:
        one = table[kind]
        print(f"| {kind:20} | {one['all']:9} | {one['told']:4} | {one['right']:12} |")
    precision = told / max(1, told + true["told"])
    print(f"precision {precision:.3f}, recall {told / max(1, faulty):.3f}, ", end="")
    print(f"right kind {right / max(1, faulty):.3f}, ", end="")
    print(f"{seconds / max(1, count) * 1000:.0f} ms a sentence")


if __name__ == "__main__":
    raise SystemExit(main())
