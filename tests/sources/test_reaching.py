"""What others name does not lead into a private network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import SourceError
from pincite.sources.http import HttpSource
from pincite.sources.reaching import is_public, origin, private_addresses, refuse_private

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = ("8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8")
PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_this_machine_or_network_is_not(address: str) -> None:
    assert not is_public(address)


def test_a_name_is_judged_by_all_that_it_resolves_to() -> None:
    names = {
        "packs.franklin.example": ("8.8.8.8",),
        "rebound.franklin.example": ("8.8.8.8", "10.0.0.8"),
    }

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        if host not in names:
            raise OSError("no such name")
        return names[host]

    given = "https://packs.franklin.example/index.json"
    refuse_private("https://packs.franklin.example/x", given=given, resolve=resolve)
    refuse_private("https://unknown.franklin.example/x", given=given, resolve=resolve)
    with pytest.raises(SourceError, match=r"10\.0\.0\.8 in a private network"):
        refuse_private("https://rebound.franklin.example/x", given=given, resolve=resolve)
    assert private_addresses("https://rebound.franklin.example", resolve=resolve) == ("10.0.0.8",)


def test_where_the_user_pointed_is_meant_and_another_port_of_it_is_not() -> None:
    given = "http://127.0.0.1:8001/packs/"
    refuse_private("http://127.0.0.1:8001/elsewhere", given=given)
    for url in ("http://127.0.0.1:8002/", "http://localhost:8001/", "http://[::1]:8001/"):
        with pytest.raises(SourceError, match="private network"):
            refuse_private(url, given=given)


@pytest.mark.parametrize("url", ["http://", "http:///x", "http://[::1", "http://a:99999/"])
def test_an_address_without_a_host_is_told(url: str) -> None:
    with pytest.raises(SourceError, match="address"):
        origin(url)


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:22/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://0.0.0.0:1/",
    ],
)
def test_a_pack_that_redirects_into_a_private_network_is_not_fetched(
    site: Any, patience: Any, tmp_path: Path, waits: list[float], target: str
) -> None:
    site.add_packs(us_fr_statutes=b"law" * 100)
    source = HttpSource(site.url, patience=patience)
    (offer,) = source.packs()
    site.troubles = [f"redirect {target}"]
    with pytest.raises(SourceError, match="private network; this is not followed"):
        source.fetch(offer, tmp_path / "into", lambda _done, _total: None)
    assert waits == []
    assert not list((tmp_path / "into").glob("*.parquet"))


def test_an_index_may_not_name_a_pack_or_an_index_there(site: Any, patience: Any) -> None:
    source = HttpSource(site.url, patience=patience)
    site.files["/latest.json"] = json.dumps({"index": "http://10.0.0.1/index.json"}).encode()
    with pytest.raises(SourceError, match="private network"):
        source.packs()
    inside = {"us_fr_statutes.parquet": {"url": "http://10.0.0.1/us_fr_statutes.parquet"}}
    site.files["/index.json"] = json.dumps(inside).encode()
    (offer,) = source.packs()
    with pytest.raises(SourceError, match="private network"):
        source.fetch(offer, None, lambda _done, _total: None)  # type: ignore[arg-type]
