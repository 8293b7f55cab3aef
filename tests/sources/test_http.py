"""Packs come over a bad line whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import ChecksumMismatch, SourceError, SourceUnreachable
from pincite.sources import OPEN_US_LAW, open_source
from pincite.sources.download import Patience
from pincite.sources.http import HttpSource

if TYPE_CHECKING:
    from pathlib import Path

DATA = hashlib.sha256(b"law").digest() * 20_000
NAME = "us_fr_statutes"
PATH = f"/{NAME}.parquet"


@pytest.fixture
def fetch(site: Any, patience: Any, tmp_path: Path) -> Any:
    """Fetch the one pack, from a server whose listing is in order and whose file gives trouble."""
    site.add_packs(**{NAME: DATA})

    def fetch(*troubles: str) -> bytes:
        source = HttpSource(site.url, patience=patience)
        (offer,) = source.packs()
        site.troubles = list(troubles)
        return source.fetch(offer, tmp_path / "into", lambda _done, _total: None).read_bytes()

    return fetch


def left(tmp_path: Path) -> list[str]:
    into = tmp_path / "into"
    return sorted(path.name for path in into.iterdir()) if into.exists() else []


def test_a_line_that_breaks_is_continued_where_it_broke(fetch: Any, site: Any) -> None:
    assert fetch("drop 300000", "drop 100000") == DATA
    assert site.asked(PATH) == ["", "bytes=300000-", "bytes=400000-"]


def test_a_later_call_continues_what_an_earlier_one_left(
    fetch: Any, site: Any, tmp_path: Path
) -> None:
    with pytest.raises(SourceUnreachable, match="continued next time"):
        fetch("drop 300000", "drop 10", "drop 10", "drop 10")
    assert left(tmp_path) == [f"{NAME}.parquet.part", f"{NAME}.parquet.part.json"]
    site.requests.clear()
    assert fetch() == DATA
    assert site.asked(PATH) == ["bytes=300030-"]
    assert left(tmp_path) == [f"{NAME}.parquet"]


def test_a_server_without_ranges_sends_it_all_again(fetch: Any, site: Any) -> None:
    site.ranges = False
    assert fetch("drop 300000") == DATA
    assert site.asked(PATH) == ["", "bytes=300000-"]


def test_without_a_tag_nothing_is_continued(fetch: Any, site: Any) -> None:
    site.tags = False
    assert fetch("drop 300000") == DATA
    assert site.asked(PATH) == ["", ""]


def test_a_file_that_changed_in_between_is_fetched_from_its_start(
    fetch: Any, site: Any, tmp_path: Path
) -> None:
    with pytest.raises(SourceUnreachable):
        fetch(*["drop 1000"] * 4)
    changed = bytes(reversed(DATA))
    site.add_packs(**{NAME: changed})
    assert fetch() == changed
    assert left(tmp_path) == [f"{NAME}.parquet"]


def test_a_server_that_stalls_is_given_up_and_asked_again(fetch: Any, waits: list[float]) -> None:
    assert fetch("stall 1.2") == DATA
    assert waits == [1]


def test_a_busy_server_is_asked_again_after_growing_waits(fetch: Any, waits: list[float]) -> None:
    assert fetch("status 503", "status 500", "status 502") == DATA
    assert waits == [1, 2, 4]


def test_the_wait_that_a_server_asks_for_is_kept(fetch: Any, waits: list[float]) -> None:
    assert fetch("status 429 7", "status 503 3") == DATA
    assert waits == [7, 3]


def test_a_wait_until_a_time_is_read_by_the_servers_own_clock(
    fetch: Any, waits: list[float]
) -> None:
    from email.utils import formatdate
    from time import time

    assert fetch(f"status 503 {formatdate(time() + 20, usegmt=True)}") == DATA
    assert 15 < waits[0] <= 21
    assert fetch("status 503 Fri, 01 Jan 2021 00:00:00 GMT", "status 429 soon") == DATA
    assert waits[1:] == [0, 2]


def test_a_server_that_asks_for_hours_is_not_waited_for(fetch: Any, waits: list[float]) -> None:
    with pytest.raises(SourceUnreachable, match="wait 7200 seconds"):
        fetch("status 429 7200")
    assert waits == []


def test_patience_ends(fetch: Any, waits: list[float]) -> None:
    with pytest.raises(SourceUnreachable, match=r"answers 503; tried 4 times"):
        fetch(*["status 503"] * 4)
    assert len(waits) == 3


def test_a_refusal_is_not_asked_again(fetch: Any, waits: list[float]) -> None:
    with pytest.raises(SourceError, match="403 Forbidden"):
        fetch("status 403")
    assert waits == []


@pytest.mark.parametrize(
    "trouble", [f"length {len(DATA) + 7}", f"length {len(DATA) - 7}", "wrong", "endless"]
)
def test_a_file_that_is_not_the_promised_one_is_thrown_away(
    fetch: Any, tmp_path: Path, trouble: str
) -> None:
    with pytest.raises(ChecksumMismatch, match=NAME):
        fetch(trouble)
    assert left(tmp_path) == []
    assert fetch() == DATA


def test_a_length_that_does_not_fit_the_disk_is_refused_before_a_byte(
    site: Any, patience: Any, tmp_path: Path
) -> None:
    site.files[PATH] = DATA
    source = HttpSource(f"{site.url}{NAME}.parquet", patience=patience)
    (offer,) = source.packs()
    site.troubles = [f"length {1 << 50}"]
    with pytest.raises(SourceError, match="more than any pack has"):
        source.fetch(offer, tmp_path / "into", lambda _done, _total: None)
    assert left(tmp_path) == []


def test_redirects_are_followed_to_http_alone(fetch: Any, site: Any) -> None:
    site.files["/elsewhere"] = DATA
    assert fetch("redirect /elsewhere") == DATA
    for target in ("file:///etc/passwd", "ftp://franklin.example/x"):
        with pytest.raises(SourceError):
            fetch(f"redirect {target}")
    with pytest.raises(SourceError, match="redirects"):
        fetch(*[f"redirect {PATH}"] * 9)


def test_every_request_says_who_asks(fetch: Any, site: Any) -> None:
    fetch()
    assert all("pincite/" in headers["User-Agent"] for _, headers in site.requests)
    assert all("+https://" in headers["User-Agent"] for _, headers in site.requests)


def test_a_latest_json_may_point_to_the_index(site: Any, patience: Any, tmp_path: Path) -> None:
    site.add_packs(**{NAME: DATA})
    site.files["/v2026.08/index.json"] = site.files.pop("/index.json")
    site.files[f"/v2026.08{PATH}"] = site.files.pop(PATH)
    site.files["/latest.json"] = json.dumps({"index": "v2026.08/index.json"}).encode()
    source = HttpSource(site.url, patience=patience)
    (offer,) = source.packs()
    path = source.fetch(offer, tmp_path / "into", lambda _done, _total: None)
    assert path.read_bytes() == DATA


def test_nobody_there_is_unreachable_with_the_address(tmp_path: Path) -> None:
    patience = Patience(connect=0.5, read=0.5, tries=1)
    with pytest.raises(SourceUnreachable, match=r"http://127\.0\.0\.1:9"):
        HttpSource("http://127.0.0.1:9/", patience=patience).packs()
    assert list(tmp_path.iterdir()) == []


def test_a_page_instead_of_an_index_is_an_error(site: Any, patience: Any) -> None:
    site.files["/index.json"] = b"<html>Welcome to Franklin</html>"
    with pytest.raises(SourceError, match="not JSON"):
        HttpSource(site.url, patience=patience).packs()


def test_an_index_that_never_ends_is_refused(
    site: Any, patience: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pincite.sources.http.LARGEST_LISTING", 1000)
    site.files["/index.json"] = b" " * 2000
    with pytest.raises(SourceError, match="longer than 1,000 bytes"):
        HttpSource(site.url, patience=patience).packs()


def test_the_default_source_is_an_address_that_opens() -> None:
    assert open_source(OPEN_US_LAW).address == OPEN_US_LAW


@pytest.mark.parametrize("address", ["ftp://franklin.example", "file:///etc", "/none/such"])
def test_an_address_that_is_no_source_says_what_one_is(address: str) -> None:
    with pytest.raises(SourceError):
        open_source(address)


def test_a_pack_that_breaks_off_on_its_way_leaves_the_library_as_it_was(
    site: Any, patience: Any, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    from pincite.index.build import Outcome, install
    from pincite.library import Library

    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    site.add_packs(us_fr_statutes=_pack("One."), us_fr_regulations=_pack("Rule."))
    source = HttpSource(site.url, patience=patience)
    home = tmp_path / "home"
    install(home, source, ["us_fr_statutes"], now=now)
    with Library.open(home) as library:
        before = library.packs()
        for trouble in ("drop 10", "wrong", "status 404", f"length {1 << 50}"):
            site.add_packs(us_fr_statutes=_pack("Two."), us_fr_regulations=_pack("Rule."))
            site.troubles = ["", *[trouble] * 4]
            (result,) = install(home, source, ["us_fr_statutes"], now=now)
            assert result.outcome is Outcome.FAILED, trouble
            assert library.packs() == before
        site.troubles.clear()
        (result,) = install(home, source, ["us_fr_statutes"], now=now)
        assert result.outcome is Outcome.UPDATED
        assert library.packs() != before
        # What is unchanged is not fetched again, and nothing is left behind.
        site.requests.clear()
        (result,) = install(home, source, ["us_fr_statutes"], now=now)
        assert result.outcome is Outcome.UNCHANGED
        assert site.asked("/us_fr_statutes.parquet") == []
    assert list((home / "downloads").iterdir()) == []


def _pack(text: str) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "citation": ["Frank. Stat. § 1-1-1"],
        "text": [text],
        "state": ["fr"],
        "document_type": ["statute"],
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()
