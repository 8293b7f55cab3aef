"""Vectors of whole packs, built on request: what finds a section whose words nobody guesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pincite.assistant.engines import Engine
    from pincite.index.build import InstallProgress
    from pincite.models.base import EmbeddingModel


@dataclass(frozen=True, slots=True)
class Embedded:
    """A pack whose sections all have a vector by this model."""

    pack: str
    sections: int
    model: str


def embed_packs(
    names: Iterable[str],
    engine: Engine,
    model: EmbeddingModel | None,
    *,
    now: datetime,
    progress: InstallProgress,
) -> tuple[Embedded, ...]:
    """Give each section of the packs a vector, going on where an earlier run stopped.

    Raises SettingsError without a model, UsageError for a pack that is not installed.
    """
    if model is None:
        raise SettingsError(
            "there is no embedding model; name its folder with --models or PINCITE_MODELS"
        )
    have = {pack.name.lower(): pack for pack in engine.library.packs()}
    wanted = [name.lower() for name in names] or list(have)
    if unknown := [name for name in wanted if name not in have]:
        raise UsageError(f"{', '.join(unknown)} is not installed; `library add` installs it")
    packs = [have[name] for name in dict.fromkeys(wanted)]
    made = engine.embed(packs, model, now=now, progress=progress)
    return tuple(Embedded(name, count, model.name) for name, count in made.items())
