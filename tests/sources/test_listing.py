"""The index of a source is read in its known shapes, and never trusted with a path."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.errors import SourceError
from pincite.sources import open_source
from pincite.sources.listing import read_listing
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "ab" * 32


def listed(listing: object) -> tuple[PackOffer, ...]:
    return read_listing(json.dumps(listing).encode(), source="index.json")


def test_the_index_of_a_directory_of_packs_is_read_whole() -> None:
    entry = {
        "bytes": 10,
        "sha256": SHA256,
        "sections": 3,
        "in_force": 2,
        "titles": ["Title 1"],
        "excerpts": True,
        "sources": ["franklin/laws", "franklin/rules"],
    }
    assert listed({"us_fr_statutes.parquet": entry}) == (
        PackOffer(
            name="us_fr_statutes",
            location="us_fr_statutes.parquet",
            bytes=10,
            sha256=SHA256,
            sections=3,
            titles=("Title 1",),
            excerpts=True,
            attribution="franklin/laws, franklin/rules",
        ),
    )


@pytest.mark.parametrize("key", ["files", "packs"])
@pytest.mark.parametrize(
    ("entry", "location"),
    [
        ({"name": "us_fr_statutes.parquet"}, "us_fr_statutes.parquet"),
        ({"file": "us_fr_statutes.parquet", "size": 4}, "us_fr_statutes.parquet"),
        ({"path": "v1/us_fr_statutes.parquet"}, "v1/us_fr_statutes.parquet"),
        (
            {"url": "https://franklin.example/a/us_fr_statutes.parquet?x=1"},
            "https://franklin.example/a/us_fr_statutes.parquet?x=1",
        ),
        (
            {"name": "us_fr_statutes.parquet", "url": "https://franklin.example/0a1b"},
            "https://franklin.example/0a1b",
        ),
    ],
)
def test_a_list_of_files_is_read_by_name_path_or_address(
    key: str, entry: dict[str, object], location: str
) -> None:
    (offer,) = listed({"version": "2026.08", key: [entry, {"name": "README.md"}]})
    assert (offer.name, offer.location) == ("us_fr_statutes", location)


@pytest.mark.parametrize(
    "name",
    [
        "../us_fr.parquet",
        "a/../../us_fr.parquet",
        "/etc/us_fr.parquet",
        "..\\us_fr.parquet",
        "C:\\us_fr.parquet",
        "C:us_fr.parquet",
        ".parquet",
        "..parquet",
        "us fr.parquet",
        "con.parquet",
        "us_fr\u0000.parquet",
        "x" * 300 + ".parquet",
    ],
)
def test_a_name_that_could_leave_its_directory_is_refused(name: str) -> None:
    for listing in ({name: {"bytes": 1}}, {"files": [{"name": name}]}):
        with pytest.raises(SourceError):
            listed(listing)


def test_a_location_that_leaves_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.parquet").write_bytes(b"x")
    packs = tmp_path / "packs"
    packs.mkdir()
    entry = {"file": "us_fr.parquet", "path": "../secret.parquet"}
    (packs / "index.json").write_text(json.dumps({"packs": [entry]}), encoding="utf-8")
    source = open_source(str(packs))
    (offer,) = source.packs()
    with pytest.raises(SourceError, match="leaves the directory"):
        source.fetch(offer, tmp_path, lambda _done, _total: None)


@pytest.mark.parametrize(
    "listing",
    [
        None,
        7,
        [],
        {},
        {"files": []},
        {"files": {}},
        {"us_fr.parquet": "x"},
        {"us_fr.parquet": {"bytes": -1}},
        {"us_fr.parquet": {"bytes": "many"}},
        {"us_fr.parquet": {"sha256": "short"}},
        {"packs": [{"name": "us_fr.parquet"}, {"name": "US_FR.parquet"}]},
    ],
)
def test_a_listing_that_makes_no_sense_is_an_error_that_names_it(listing: Any) -> None:
    with pytest.raises(SourceError, match=r"index\.json"):
        listed(listing)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_listing_or_an_error(data: bytes) -> None:
    with suppress(SourceError):
        read_listing(data, source="index.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["files", "packs", "a.parquet", "b"]), json_values))
def test_any_json_is_a_listing_or_an_error(listing: object) -> None:
    with suppress(SourceError):
        assert listed(listing)


def test_an_empty_directory_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"index\.json"):
        open_source(str(tmp_path)).packs()
