"""Pincite itself, in the interpreter that has it: retrieval alone, the jurisdiction not told."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pincite import Assistant, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DAY = date(2026, 11, 21)


def build(_corpus: Path, work: Path) -> None:
    """Install the packs that the environment names, by words."""
    from pincite.index.build import Outcome, install
    from pincite.sources import open_source

    source = open_source(os.environ["PINCITE_PACKS"])
    names = os.environ["PEERS_PACKS"].split(",")
    results = install(work, source, names, now=datetime(2026, 11, 21, tzinfo=UTC))
    failed = [str(one.reason) for one in results if one.outcome is not Outcome.INSTALLED]
    if failed:
        raise SystemExit("; ".join(failed))


def opened(_corpus: Path, work: Path, model: str | None) -> Callable[[str, str, int], list[str]]:
    given = {"home": work, "packs": os.environ["PINCITE_PACKS"], "offline": True}
    settings = load_settings({**given, "models": model, "vectors": model is not None})
    assistant = Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC))
    assistant.library.packs()

    def search(question: str, _place: str, limit: int) -> list[str]:
        return list(assistant.rank(question, as_of=_DAY, limit=limit))

    return search
