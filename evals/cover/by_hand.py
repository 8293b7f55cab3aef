"""Measure `cover` on policies written by hand: `python -m evals.cover.by_hand [--model FOLDER]`."""

from __future__ import annotations

import argparse
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cover.derive import policy_section

from pincite.answering.cover.cover import cover
from pincite.index.build import install
from pincite.law.outline import outline
from pincite.library.read import Library
from pincite.models.embedding import OnnxEmbedding, find_model
from pincite.parsing.files.read import read_document
from pincite.parsing.files.sectioning import sections
from pincite.reading.readings import Readings
from pincite.sample import PACKS, sample_packs
from pincite.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.law.section import Section
    from pincite.models.base import EmbeddingModel

FOLDER = Path(__file__).with_name("franklin")


def policy(file: str) -> tuple[Section, ...]:
    """A policy's sections, as they are without a library."""
    reading = read_document((FOLDER / file).read_bytes(), ".md", source=file)
    found = sections(reading.blocks, lambda _: None)
    return tuple(policy_section(one.number or "0", one.text, one.heading) for one in found)


def outcomes(
    library: Library, model: EmbeddingModel | None = None, *, held_out: bool
) -> Iterator[tuple[str, str, str, str]]:
    """Section, pinpoint, the verdict that is right, and the one that was given."""
    for case in tomllib.loads((FOLDER / "gold.toml").read_text("utf-8"))["case"]:
        if case.get("held_out", False) is not held_out:
            continue
        law = library.section(case["section"])
        assert law is not None
        items, _ = cover((law,), policy(case["policy"]), Readings(), model)
        tree = outline(law.text)
        given: dict[str, str] = {}
        for item in items:
            quote = item.requirement.quote
            unit = tree.at(quote.start, quote.end)
            path = "/".join(unit.path) if unit else ""
            given.setdefault(path, item.verdict.value)
        for path, right in case["verdicts"]:
            said = given.get(path) or given.get(f"{path}/1", "no requirement")
            yield case["section"], path, right, said


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    folder = find_model(parser.parse_args().model)
    model = None if folder is None else OnnxEmbedding(folder)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        source = open_source(str(sample_packs(home / "packs")))
        install(home / "home", source, PACKS, now=datetime(2026, 11, 21, tzinfo=UTC))
        with Library.open(home / "home") as library:
            for held_out in (False, True):
                rows = list(outcomes(library, model, held_out=held_out))
                for section, path, right, said in rows:
                    print(" " if right == said else "!", section, path, right, said)
                right = sum(right == said for *_, right, said in rows)
                kind = "held out" if held_out else "seen"
                print(f"{kind}: {right} of {len(rows)} verdicts as by hand")


if __name__ == "__main__":
    main()
