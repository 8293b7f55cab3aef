"""Every citation of the real packs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pincite.citations import Citation, from_pack, official, parse

PACKS = os.environ.get("PINCITE_PACKS")
FILES = sorted(Path(PACKS).glob("us_*.parquet")) if PACKS else []
KINDS = {"statutes": "statute", "regulations": "regulation"}


def _citations(file: Path) -> list[str]:
    import pyarrow.parquet as pq

    return pq.read_table(file, columns=["citation"])["citation"].to_pylist()


def _read(file: Path, rows: list[str]) -> list[Citation]:
    _, place, kind = file.stem.split("_")
    jurisdiction = "us" if place == "federal" else f"us-{place}"
    return [from_pack(row, jurisdiction=jurisdiction, kind=KINDS[kind]) for row in rows]


def _lost(citations: list[Citation]) -> list[str]:
    """The citations whose official form is not read back as the same section."""
    lost: list[str] = []
    for citation in citations:
        read = parse(official(citation)) if citation.sure else None
        if read is None or read.id != citation.id:
            lost.append(official(citation))
    return lost


@pytest.mark.packs
@pytest.mark.skipif(not FILES, reason="PINCITE_PACKS names no packs")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_citation_of_a_pack_fits_a_form_and_has_its_own_identifier(file: Path) -> None:
    rows = _citations(file)
    citations = _read(file, rows)
    seen: dict[str, str] = {}
    for row, citation in zip(rows, citations, strict=True):
        assert citation.sure, row
        other = seen.setdefault(citation.id.casefold(), row)
        assert other == row, f"{row!r} and {other!r} are both {citation.id}"
    odd = [one for one in citations if one.through or ", " in one.number or one.unit != "section"]
    assert not _lost(citations[::20] + odd)


@pytest.mark.soak
@pytest.mark.skipif(not FILES, reason="PINCITE_PACKS names no packs")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_citation_of_a_pack_reads_back_from_its_official_form(file: Path) -> None:
    assert not _lost(_read(file, _citations(file)))
