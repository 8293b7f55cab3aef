"""Measure, print a table and keep the figures as JSON.

    python -m benchmarks.run [--all] [--home FOLDER] [--out FILE]

Installs one pack of middle size from PINCITE_PACKS (with --all every pack; where there are none,
the State of Franklin) and measures that. Then asks: the library of --home, or the one just
installed. With PINCITE_MODELS also with vectors.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks import asking, installing, searching
from benchmarks.figures import Figure, as_json, machine, table, tell
from benchmarks.questions import draw
from pincite.models.embedding import find_model
from pincite.sample import sample_packs
from pincite.sources import open_source


def main(arguments: list[str]) -> None:
    given = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures, about = _measured(given, Path(folder))
    sys.stdout.write(table(figures))
    if given.out:
        given.out.write_text(as_json(figures, about), "utf-8")


def _measured(given: argparse.Namespace, folder: Path) -> tuple[list[Figure], dict[str, object]]:
    about = machine()
    source, invented = _source(folder)
    figures: list[Figure] = []
    home = given.home
    if not given.no_install:
        offers = open_source(str(source)).packs()
        names = tuple(o.name for o in offers) if given.all else installing.middle(offers)
        tell(f"install: {', '.join(names)}")
        figures += installing.measure(source, folder / "home", names)
        home = home or folder / "home"
    if home is None:
        raise SystemExit("--no-install needs --home, a library that is installed")
    figures += _asked(home, source, given)
    if invented and given.home is None:
        # The targets are for law of a real size.
        figures = [replace(one, target=None) for one in figures]
    return figures, about | {"seed": given.seed, "load_after": machine()["load"]}


def _asked(home: Path, source: Path, given: argparse.Namespace) -> list[Figure]:
    models = os.environ.get("PINCITE_MODELS") or None
    model = find_model(Path(models)) if models else None
    ways = [False] if model is None else [False, True]
    many = draw(home, given.questions, given.seed)
    few = draw(home, given.commands, given.seed + 1)
    figures: list[Figure] = []
    # A state of its own, so that a library that is somebody's is only read.
    with asking.fresh_state(home) as state:
        assistant = asking.assistant_of(state, str(source), models, vectors=False)
        tell(f"words search: {len(many)} queries")
        figures += searching.measure(assistant, many)
        assistant.library.close()
    for vectors in ways:
        tell(f"ask as a command, {'with vectors' if vectors else 'by words'}")
        figures += asking.as_command(home, few, models, vectors=vectors)
    for vectors in ways:
        tell(f"ask in a process, {'with vectors' if vectors else 'by words'}")
        with asking.fresh_state(home) as state:
            assistant = asking.assistant_of(state, str(source), models, vectors=vectors)
            figures += asking.in_process(assistant, many, vectors=vectors)
            assistant.library.close()
    if model is None:
        tell("PINCITE_MODELS names no model: nothing was measured with vectors")
    return figures


def _source(folder: Path) -> tuple[Path, bool]:
    """The folder of packs, and whether they are Franklin's."""
    packs = os.environ.get("PINCITE_PACKS")
    if packs and Path(packs).is_dir():
        return Path(packs), False
    tell("PINCITE_PACKS names no folder of packs: the State of Franklin is measured")
    return sample_packs(folder / "packs"), True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--all", action="store_true", help="install every pack of the source")
    parser.add_argument("--home", type=Path, help="ask this library, which is only read")
    parser.add_argument("--no-install", action="store_true", help="measure no install")
    parser.add_argument("--out", type=Path, help="also write the figures as JSON")
    parser.add_argument("--questions", type=int, default=60, help="asked in one process")
    parser.add_argument("--commands", type=int, default=6, help="asked as commands")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
