"""Law by address on the command line: added, named with its licence, updated from where it came."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import Pincite
from tests.sources.test_official import ARCHIVE, BULK, FORMATS, archived, zipped

from pincite.sample import sample_packs

if TYPE_CHECKING:
    from collections.abc import Callable

CREDIT = "Franklin Law Project, CC BY 4.0 https://licence.franklin.example"


def hosted(site: Any, folder: Path, at: str = "", **whole: object) -> None:
    """Put a folder of packs on the server, with what its list says of the whole."""
    for path in folder.glob("*.parquet"):
        site.files[f"{at}/{path.name}"] = path.read_bytes()
    listing = json.loads((folder / "index.json").read_text("utf-8"))
    for entry in listing.values():
        del entry["sources"]
    site.files[f"{at}/index.json"] = json.dumps({"files": listing} | whole).encode()


@pytest.fixture
def pincite(site: Any, tmp_path: Path) -> Pincite:
    """The command, with every publisher on the local server and no other source."""
    url = site.url.rstrip("/")
    names = ("ECFR", "GOVINFO", "USCODE", "DC")
    more = tuple((f"PINCITE_{name}_URL", url) for name in names)
    return Pincite(home=tmp_path / "home", packs=tmp_path / "nowhere", more=more)


@pytest.fixture
def publishers(site: Any) -> None:
    site.files["/api/versioner/v1/full/2026-03-01/title-49.xml?part=7"] = (
        FORMATS / "ecfr-part.xml"
    ).read_bytes()
    site.files["/api/versioner/v1/versions/title-49.json?part=7"] = b'{"content_versions": []}'
    site.files["/api/versioner/v1/titles.json"] = json.dumps(
        {"titles": [{"number": 49, "up_to_date_as_of": "2026-03-01"}]}
    ).encode()
    site.files[BULK] = (FORMATS / "ecfr-bulk.xml").read_bytes()
    site.files["/download/download.shtml"] = b'"releasepoints/us/pl/131/7/xml_uscAll@131-7.zip"'
    site.files["/download/releasepoints/us/pl/131/7/xml_usc99@131-7.zip"] = zipped(
        usc99=(FORMATS / "usc99.xml").read_bytes()
    )
    site.files[ARCHIVE] = archived(FORMATS / "dc")


def outcomes(found: Any) -> dict[str, str]:
    assert found.out, found.err
    return {one["name"]: one["outcome"] for one in found.json["packs"]}


@pytest.mark.usefixtures("publishers")
def test_publishers_titles_are_added_by_address_and_updated_from_there(
    pincite: Pincite, site: Any
) -> None:
    found = pincite("library", "add", "ecfr:49/7", "uscode:99", "dc:99", "-f", "json")
    assert found.code == 0, found.err
    names = ("us_federal_regulations_49_7", "us_federal_statutes_99", "us_dc_statutes_99")
    assert outcomes(found) == dict.fromkeys(names, "installed")
    rows = pincite("library", "list", "-f", "json").json["packs"]
    assert {row["source"] for row in rows} == {"ecfr:49/7", "uscode:99", "dc:99"}
    assert all("public domain" in row["attribution"] for row in rows)
    site.requests.clear()
    assert outcomes(pincite("library", "update", "-f", "json")) == dict.fromkeys(names, "unchanged")
    assert len(site.requests) > 3
    text = site.files["/api/versioner/v1/full/2026-03-01/title-49.xml?part=7"]
    newer = "/api/versioner/v1/full/2026-04-01/title-49.xml?part=7"
    site.files[newer] = text.replace(b"ferry", b"gondola")
    site.files["/api/versioner/v1/titles.json"] = site.files[
        "/api/versioner/v1/titles.json"
    ].replace(b"2026-03-01", b"2026-04-01")
    found = pincite("library", "update", "us_federal_regulations_49_7", "-f", "json")
    assert outcomes(found) == {"us_federal_regulations_49_7": "updated"}
    assert pincite("search", "gondola", "--in", "federal").code == 0


@pytest.mark.usefixtures("publishers")
def test_a_503_of_the_ecfr_leads_to_the_bulk_file_and_a_429_to_a_wait(
    pincite: Pincite, site: Any
) -> None:
    site.troubles = ["status 429 0"] + ["status 503 0"] * 4
    found = pincite("library", "add", "ecfr:49/7", "-f", "json")
    assert outcomes(found) == {"us_federal_regulations_49_7": "installed"}
    assert site.asked(BULK) == [""]


@pytest.mark.usefixtures("publishers")
def test_a_changed_format_is_told_with_element_and_line(pincite: Pincite, site: Any) -> None:
    site.files["/api/versioner/v1/full/2026-03-01/title-49.xml?part=7"] = (
        b'<DIV5 N="7" TYPE="PART"><DIV8 N="7.1"><HEAD>7.1</HEAD>\n<PAR>x</PAR></DIV8></DIV5>'
    )
    found = pincite("library", "add", "ecfr:49/7")
    assert found.code == 1
    assert ":2: <PAR> is not known" in found.err


@pytest.mark.parametrize(
    "address", ["ecfr:16/314", "uscode:15", "dc:28", "https://packs.franklin.example/index.json"]
)
def test_offline_nothing_is_asked_and_an_error_says_so(
    pincite: Pincite, site: Any, address: str
) -> None:
    for command in (
        ("library", "add", address),
        ("library", "add", "us_mo_statutes", "--from", address),
        ("library", "list", "--available", "--from", address),
        ("library", "lint", "--from", address),
    ):
        found = pincite("--offline", *command)
        assert found.code == 1
        assert f"{address} is not asked: the settings say offline" in found.err
    assert site.requests == []


@pytest.mark.usefixtures("publishers")
def test_an_update_offline_tells_of_each_pack_that_the_network_has(
    pincite: Pincite, site: Any
) -> None:
    assert pincite("library", "add", "dc:99").code == 0
    site.requests.clear()
    found = pincite("--offline", "library", "update", "-f", "json")
    assert found.code == 1
    assert outcomes(found) == {"us_dc_statutes_99": "failed"}
    assert "offline" in found.json["packs"][0]["reason"]
    assert site.requests == []


def test_an_index_is_added_by_its_address_and_its_licence_is_shown(
    pincite: Pincite, site: Any, tmp_path: Path
) -> None:
    licence = {"name": "CC BY 4.0", "url": "https://licence.franklin.example"}
    hosted(site, sample_packs(tmp_path / "one"), attribution="Franklin Law Project",
           license=licence)  # fmt: skip
    found = pincite("library", "add", f"{site.url}index.json", "-f", "json")
    assert set(outcomes(found).values()) == {"installed"}
    assert pincite("library", "info", "us_fr_statutes", "-f", "json").json["attribution"] == CREDIT
    assert CREDIT in pincite("library", "list").out
    available = pincite("library", "list", "--available", "--from", site.url, "-f", "json").json
    assert {row["attribution"] for row in available["packs"]} == {CREDIT}


def test_a_latest_json_leads_to_the_index_and_its_licence_holds_for_it(
    pincite: Pincite, site: Any, tmp_path: Path
) -> None:
    hosted(site, sample_packs(tmp_path / "one"), at="/v1")
    latest = {"version": "v1", "index": "v1/index.json", "license": "CC BY 4.0"}
    site.files["/latest.json"] = json.dumps(latest).encode()
    assert pincite("library", "add", f"{site.url}latest.json").code == 0
    row = pincite("library", "info", "us_fr_regulations", "-f", "json").json
    assert row["attribution"] == "CC BY 4.0"
    # The next version is elsewhere, and only what changed is fetched.
    hosted(site, sample_packs(tmp_path / "two", snapshot=2), at="/v2")
    site.files["/v2/us_fr_regulations.parquet"] = site.files["/v1/us_fr_regulations.parquet"]
    listing = json.loads(site.files["/v2/index.json"])
    listing["files"]["us_fr_regulations.parquet"] = json.loads(site.files["/v1/index.json"])[
        "files"
    ]["us_fr_regulations.parquet"]
    site.files["/v2/index.json"] = json.dumps(listing).encode()
    site.files["/latest.json"] = json.dumps(latest | {"index": "v2/index.json"}).encode()
    site.requests.clear()
    found = pincite("library", "update", "-f", "json")
    assert outcomes(found) == {"us_fr_regulations": "unchanged", "us_fr_statutes": "updated"}
    assert site.asked("/v2/us_fr_regulations.parquet") == []


def place_of(pincite: Pincite, name: str) -> str:
    return pincite("library", "info", name, "-f", "json").json["source"]


def test_each_pack_is_updated_from_its_own_place(pincite: Pincite, tmp_path: Path) -> None:
    of_settings = sample_packs(tmp_path / "settings")
    own = sample_packs(tmp_path / "own")
    pincite = replace(pincite, packs=of_settings)
    assert pincite("library", "add", "us_fr_regulations", "--from", of_settings).code == 0
    assert pincite("library", "add", "us_fr_statutes", "--from", own).code == 0
    sample_packs(own, snapshot=2)
    found = outcomes(pincite("library", "update", "-f", "json"))
    assert found == {"us_fr_regulations": "unchanged", "us_fr_statutes": "updated"}
    assert place_of(pincite, "us_fr_statutes") == str(own)


def test_a_place_that_is_gone_is_told_of_its_packs_alone(pincite: Pincite, tmp_path: Path) -> None:
    import shutil

    own = sample_packs(tmp_path / "own")
    there = sample_packs(tmp_path / "there")
    assert pincite("library", "add", "us_fr_statutes", "--from", own).code == 0
    assert pincite("library", "add", "us_fr_regulations", "--from", there).code == 0
    shutil.rmtree(own)
    found = pincite("library", "update", "-f", "json")
    assert found.code == 1
    assert outcomes(found) == {"us_fr_regulations": "unchanged", "us_fr_statutes": "failed"}
    # Another place may be named, and is kept.
    assert pincite("library", "update", "us_fr_statutes", "--from", there).code == 0
    assert place_of(pincite, "us_fr_statutes") == str(there)
    assert outcomes(pincite("library", "update", "-f", "json")) == {
        "us_fr_regulations": "unchanged",
        "us_fr_statutes": "unchanged",
    }


def test_a_folder_is_remembered_by_its_whole_path(
    pincite: Pincite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample_packs(tmp_path / "packs")
    monkeypatch.chdir(tmp_path)
    assert pincite("library", "add", "us_fr_statutes", "--from", "packs").code == 0
    assert place_of(pincite, "us_fr_statutes") == str(Path("packs").absolute())


@pytest.mark.parametrize("setting", ["PINCITE_ECFR_URL", "PINCITE_DC_URL"])
def test_an_address_of_a_publisher_must_be_one(pincite: Pincite, setting: str) -> None:
    found = replace(pincite, more=((setting, "file:///etc"),))("library", "list")
    assert found.code == 2
    assert setting.removeprefix("PINCITE_").lower() in found.err


def test_the_shape_of_columns_is_forgiven_and_a_missing_one_is_named(
    pincite: Pincite, site: Any, parquet: Callable[[dict[str, Any]], bytes]
) -> None:
    import pyarrow as pa

    columns = {
        "made_up": pa.array([[1, 2]]),
        "total_chunks": pa.array([1.0]),
        "text": pa.array(["(a) A gondolier shall row."], pa.large_string()),
        "section_number": pa.array([7]),
        "document_type": pa.array(["Statute"]).dictionary_encode(),
        "citation": pa.array(["Frank. Stat. § 1-1-7"]),
        "jurisdiction": pa.array(["State of Franklin"]),
    }
    site.files["/us_fr_statutes.parquet"] = parquet(columns)
    assert pincite("library", "add", f"{site.url}us_fr_statutes.parquet").code == 0
    assert pincite("search", "gondolier").code == 0
    del columns["text"]
    site.files["/us_fr_statutes.parquet"] = parquet(columns)
    found = pincite("library", "update")
    assert found.code == 1
    assert "the column text is missing" in found.err
    assert pincite("search", "gondolier").code == 0


@pytest.fixture
def parquet() -> Callable[[dict[str, Any]], bytes]:
    def made(columns: dict[str, Any]) -> bytes:
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(columns), sink)
        return sink.getvalue().to_pybytes()

    return made
