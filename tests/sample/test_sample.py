"""The invented State of Franklin: that its packs can be made, installed and relied on."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pincite import citations
from pincite.errors import SourceError, UsageError
from pincite.index.build import Installed, Outcome, install
from pincite.law.outline import outline
from pincite.law.section import Kind
from pincite.library import Library
from pincite.sample import PACKS, sample_packs
from pincite.sample.law import WrittenSection, written
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KINDS = (Kind.STATUTE, Kind.REGULATION)
EVERY = tuple(section for kind in KINDS for section in written(kind))
CITED = {Kind.STATUTE: "Frank. Stat. § ", Kind.REGULATION: "Frank. Admin. Code "}


def cited(section: WrittenSection) -> str:
    return CITED[section.chapter.kind] + section.number


def installed(home: Path, packs: Path, snapshot: int = 1) -> tuple[Installed, ...]:
    source = open_source(str(sample_packs(packs, snapshot=snapshot)))
    return install(home, source, PACKS, now=NOW)


def test_the_same_law_makes_the_same_bytes(tmp_path: Path) -> None:
    one, two = sample_packs(tmp_path / "one"), sample_packs(tmp_path / "two")
    names = sorted(path.name for path in one.iterdir())
    assert names == ["index.json", "us_fr_regulations.parquet", "us_fr_statutes.parquet"]
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_the_index_tells_what_the_packs_hold(tmp_path: Path) -> None:
    source = sample_packs(tmp_path)
    listing = json.loads((source / "index.json").read_text(encoding="utf-8"))
    for file, entry in listing.items():
        data = (source / file).read_bytes()
        assert entry["bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
    assert sum(entry["sections"] for entry in listing.values()) == len(EVERY)


def test_the_packs_install_whole_and_to_the_byte(tmp_path: Path) -> None:
    results = installed(tmp_path / "home", tmp_path / "packs")
    assert [(result.outcome, result.skipped) for result in results] == [
        *((Outcome.INSTALLED, 0), (Outcome.INSTALLED, 0)),
    ]
    assert sum(result.sections for result in results) == len(EVERY)
    with Library.open(tmp_path / "home") as library:
        for section in EVERY:
            identifier = citations.from_pack(
                cited(section), jurisdiction="us-fr", kind=section.chapter.kind
            ).id
            texts = [found.text for found in library.versions(identifier)]
            assert section.text in texts


def test_every_citation_is_sure_and_names_one_section() -> None:
    seen: dict[tuple[str, str], str] = {}
    for section in EVERY:
        found = citations.from_pack(cited(section), jurisdiction="us-fr", kind=section.chapter.kind)
        assert found.sure, cited(section)
        assert citations.official(found) == cited(section).replace("§ 12-3-421", "§§ 12-3-421")
        key = (found.id, section.effective)
        assert key not in seen, f"{cited(section)} and {seen[key]}"
        seen[key] = cited(section)


@pytest.mark.parametrize(
    "section", [s for s in EVERY if s.outline], ids=[s.number for s in EVERY if s.outline]
)
def test_a_marked_section_has_the_outline_that_is_meant(section: WrittenSection) -> None:
    found = outline(section.text)
    assert tuple("/".join(unit.path) for unit in found.walk()) == section.outline
    assert found.breaks == ()


def test_there_is_no_third_snapshot(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no snapshot 3 of Franklin; there are 1 and 2"):
        sample_packs(tmp_path, snapshot=3)


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SourceError, match="give a directory that can be written to"):
        sample_packs(tmp_path / "file")
