"""Each engine in turn, with packs of the State of Franklin that change from test to test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.cluster.conftest import library, servers

from pincite.assistant import Assistant
from pincite.sample import sample_packs
from pincite.settings import Settings
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.models.base import EmbeddingModel

__all__ = ["DAY", "NOW", "Kept", "kept", "library", "servers"]

DAY = date(2026, 8, 1)
NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
PACKS = ("us_fr_statutes", "us_fr_regulations")


@dataclass(slots=True)
class Kept:
    """Law kept by one engine: a snapshot of Franklin is put in, and Pincite asked."""

    home: Path
    cluster: str | None

    def assistant(self, now: datetime = NOW, **more: Any) -> Assistant:
        settings = Settings(
            home=self.home,
            packs=str(self.home.parent / "none"),
            library=self.cluster,
            offline=True,
            vectors=False,
            **more,
        )
        return Assistant(settings, now=now)

    def put(self, snapshot: int = 1, now: datetime = NOW, names: tuple[str, ...] = PACKS) -> Any:
        folder = sample_packs(self.home.parent / f"franklin-{snapshot}", snapshot=snapshot)
        engine = self.assistant().engine
        return engine.writer.install(
            open_source(str(folder)), names, now=now, progress=lambda *_: None
        )

    def embed(self, model: EmbeddingModel) -> dict[str, int]:
        engine = self.assistant().engine
        packs = engine.library.packs()
        return engine.embed(packs, model, now=NOW, progress=lambda *_: None)


@pytest.fixture(params=["embedded", "cluster"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    named = request.getfixturevalue("library") if request.param == "cluster" else None
    return Kept(tmp_path / "home", named)


@pytest.fixture
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Kept, Kept]:
    """The same law, kept by both engines: the embedded one first."""
    named = request.getfixturevalue("library")
    pair = Kept(tmp_path / "one" / "home", None), Kept(tmp_path / "two" / "home", named)
    for one in pair:
        one.home.parent.mkdir()
    return pair
