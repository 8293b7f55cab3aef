"""Memos held against the invented law of Franklin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from pincite import Assistant, load_settings
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.memo import MemoCheck, MemoFinding

DAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks a memo given as text, Markdown or bytes."""

    assistant: Assistant

    def __call__(
        self,
        memo: str | bytes,
        name: str = "memo.txt",
        *,
        as_of: date = DAY,
        jurisdiction: str | None = None,
    ) -> MemoCheck:
        data = memo.encode() if isinstance(memo, str) else memo
        return self.assistant.check_memo(data, name, as_of, jurisdiction)

    def said(self, memo: str | bytes, name: str = "memo.txt", **more: date) -> list[str]:
        """`part: standing` of every finding, in order."""
        return [short(one) for one in self(memo, name, **more).findings]  # type: ignore[arg-type]


def short(finding: MemoFinding) -> str:
    return f"{finding.part.value}: {finding.standing.value}"


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with Franklin's two packs; nobody changes it."""
    folder = tmp_path_factory.mktemp("memos")
    packs = sample_packs(folder / "packs")
    settings = load_settings({"home": str(folder / "home"), "packs": str(packs)})
    done = Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC)).add(
        ["us_fr_statutes", "us_fr_regulations"]
    )
    assert len(done) == 2
    return folder / "home"


@pytest.fixture(scope="session")
def check(franklin: Path) -> Checker:
    # Its own packs alone: an ask would add the US Code from the packs that the tests were given.
    settings = load_settings({"home": str(franklin), "packs": str(franklin.parent / "packs")})
    return Checker(Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC)))
