"""What every source promises, whichever it is."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import ChecksumMismatch, SourceError
from pincite.sources import Source, open_source
from pincite.sources.http import HttpSource

if TYPE_CHECKING:
    from pathlib import Path

DATA = bytes(range(256)) * 40
SHA256 = hashlib.sha256(DATA).hexdigest()
NAME = "us_fr_statutes"


@pytest.fixture(params=["directory", "unlisted directory", "file", "http", "http file"])
def source(request: Any, tmp_path: Path, site: Any, patience: Any) -> Source:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / f"{NAME}.parquet").write_bytes(DATA)
    if request.param == "directory":
        listing = {f"{NAME}.parquet": {"bytes": len(DATA), "sha256": SHA256}}
        (packs / "index.json").write_text(json.dumps(listing), encoding="utf-8")
    if request.param == "file":
        return open_source(str(packs / f"{NAME}.parquet"))
    if request.param.startswith("http"):
        site.add_packs(**{NAME: DATA})
        return HttpSource(
            site.url + (f"{NAME}.parquet" if "file" in request.param else ""), patience=patience
        )
    return open_source(str(packs))


def test_its_packs_are_listed_by_name(source: Source) -> None:
    (offer,) = source.packs()
    assert offer.name == NAME
    assert offer.bytes in {len(DATA), None}
    assert offer.sha256 in {SHA256, None}


def test_a_fetched_pack_is_the_file_to_the_byte(source: Source, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    (offer,) = source.packs()
    path = source.fetch(offer, tmp_path / "into", lambda done, total: seen.append((done, total)))
    assert path.read_bytes() == DATA
    assert path.name == f"{NAME}.parquet"
    assert seen[-1] == (len(DATA), len(DATA))


def test_a_pack_that_is_not_what_was_promised_is_refused(source: Source, tmp_path: Path) -> None:
    from dataclasses import replace

    (offer,) = source.packs()
    into = tmp_path / "into"
    for promised in (replace(offer, sha256="0" * 64), replace(offer, bytes=len(DATA) + 1)):
        with pytest.raises(ChecksumMismatch, match=NAME):
            source.fetch(promised, into, lambda _done, _total: None)
        assert not into.exists() or list(into.iterdir()) == []


def test_a_pack_that_is_listed_and_not_there_is_an_error(source: Source, tmp_path: Path) -> None:
    from dataclasses import replace

    (offer,) = source.packs()
    gone = replace(offer, location=offer.location.replace("us_fr", "us_xx"))
    if type(source).__name__ == "FileSource":
        pytest.skip("one file is there or is no source")
    with pytest.raises(SourceError):
        source.fetch(gone, tmp_path / "into", lambda _done, _total: None)


def test_its_address_is_what_it_was_opened_with(source: Source) -> None:
    assert source.address
    assert type(open_source(source.address)) is type(source)
