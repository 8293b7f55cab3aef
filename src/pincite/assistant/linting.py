"""Linting what is installed, or what a source offers, pack by pack."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.errors import PackMissing
from pincite.finding import Severity
from pincite.library.lint import choose, file_rows, installed_rows, lint_rows, read_ignored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.assistant.compose import Assistant
    from pincite.finding import Linted
    from pincite.sources.offer import Source


def lint_packs(
    assistant: Assistant,
    names: Sequence[str] = (),
    *,
    source: Source | None = None,
    rules: Sequence[str] = (),
    least: Severity = Severity.NOTE,
    ignore: Path | None = None,
) -> Iterator[Linted]:
    """What the rules say of each pack: those named, or all that are installed or on offer.

    Raises PackMissing for one that is not there, UsageError for a rule or an ignore file.
    """
    chosen = choose(rules, least=least)
    ignored = None if ignore is None else read_ignored(ignore)
    if source is None:
        have = {pack.name.lower(): pack.name for pack in assistant.packs()}
        for name in _known(names, have, "is not installed; `pincite library list` shows what is"):
            rows = installed_rows(assistant.home, name)
            yield lint_rows(name, rows, chosen, ignored)
        return
    offers = {offer.name.lower(): offer for offer in source.packs()}
    with tempfile.TemporaryDirectory() as folder:
        names_there = {key: offer.name for key, offer in offers.items()}
        for name in _known(names, names_there, f"is not offered by {source.address}"):
            path = source.fetch(offers[name.lower()], Path(folder), _silent)
            yield lint_rows(name, file_rows(path, name), chosen, ignored)


def _known(names: Sequence[str], have: dict[str, str], otherwise: str) -> list[str]:
    if not names:
        return list(have.values())
    if lacking := [name for name in names if name.lower() not in have]:
        raise PackMissing(f"{lacking[0]} {otherwise}")
    return [have[name.lower()] for name in dict.fromkeys(names)]


def _silent(_done: int, _of: int | None) -> None:
    """No bar: what is linted from a source is for programs and logs."""
