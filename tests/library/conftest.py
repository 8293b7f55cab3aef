"""Invented packs of the State of Franklin, and a library in a temporary directory."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pincite.index.build import Installed, install
from pincite.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# Words of the invented law; of their order nothing is promised.
WORDS = (
    "licensee",
    "keeper",
    "orchard",
    "ledger",
    "notice",
    "bridge",
    "ferry",
    "harbor",
    "harvest",
    "beacon",
    "warden",
    "parish",
    "cooper",
    "miller",
    "tanner",
    "register",
    "charter",
    "remedy",
    "penalty",
    "consent",
    "record",
    "shall",
)


@dataclass(frozen=True, slots=True)
class Franklin:
    """A place for packs and a library, with what the tests do to them."""

    packs: Path
    home: Path

    @staticmethod
    def row(number: str, text: str, **more: object) -> dict[str, object]:
        """One section of the Franklin Statutes, in the columns of a pack."""
        chapter, title = number.rpartition("-")[0], f"Title {number.partition('-')[0]}"
        return {
            "act_id": f"us/fr/statutes/{number}",
            "state": "fr",
            "jurisdiction": "State of Franklin",
            "document_type": "statute",
            "citation": f"Frank. Stat. § {number}",
            "section_number": number,
            "section_title": f"Heading of {number}",
            "title": title,
            "title_name": "Waters",
            "chapter": f"Chapter {chapter}",
            "chapter_name": "Ferries",
            "breadcrumb": f"Franklin Statutes > {title} > Chapter {chapter}",
            "text": text,
            "act_status": "in_force",
            "source_note": "",
            "current_through": "2026 session",
            "source_url": "",
            "chunk_index": 0,
            "total_chunks": 1,
        } | more

    @classmethod
    def rows(cls, count: int, edition: str = "first") -> list[dict[str, object]]:
        """So many sections with words that differ, the same every time."""
        made: list[dict[str, object]] = []
        for index in range(count):
            seed = hashlib.sha256(f"{edition} {index}".encode()).digest() * 3
            words = " ".join(WORDS[byte % len(WORDS)] for byte in seed)
            number = f"{index // 400 + 1}-{index // 20 % 20 + 1}-{index % 20 + 1}"
            text = f"(a) The {words}.\n(b) Section {index} of the {edition} edition."
            made.append(cls.row(number, text))
        return made

    def write(self, rows: Iterable[Mapping[str, object]], name: str = "us_fr_statutes") -> Path:
        self.packs.mkdir(exist_ok=True)
        path = self.packs / f"{name}.parquet"
        table = pa.Table.from_pylist([dict(row) for row in rows])
        pq.write_table(table, path, compression="zstd")
        return path

    def list_packs(self, **more: object) -> None:
        """Write the index.json of what is there; `more` is added to every entry."""
        listing = {
            path.name: {
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            | more
            for path in sorted(self.packs.glob("*.parquet"))
        }
        (self.packs / "index.json").write_text(json.dumps(listing), encoding="utf-8")

    def install(self, *names: str) -> Installed:
        """Install from the directory of packs; the last result."""
        wanted = names or ("us_fr_statutes",)
        return install(self.home, open_source(str(self.packs)), wanted, now=NOW)[-1]


@pytest.fixture
def franklin(tmp_path: Path) -> Franklin:
    return Franklin(tmp_path / "packs", tmp_path / "home")
