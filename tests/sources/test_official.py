"""Publishers' own files become packs, whatever their servers do."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pincite.errors import ParseError, SourceError, SourceUnreachable
from pincite.index.build import Outcome, install
from pincite.library.read import Library
from pincite.parsing.pack_row import PackRow
from pincite.parsing.parquet import PackFile
from pincite.sources import open_source
from pincite.sources.dc import DcSource
from pincite.sources.ecfr import EcfrSource
from pincite.sources.official_file import OfficialFileSource
from pincite.sources.uscode import UsCodeSource

if TYPE_CHECKING:
    from pincite.sources import Source

FORMATS = Path(__file__).parent.parent / "formats"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FULL = "/api/versioner/v1/full/2026-03-01/title-49.xml?part=7"
VERSIONS = "/api/versioner/v1/versions/title-49.json?part=7"
TITLES = "/api/versioner/v1/titles.json"
BULK = "/bulkdata/ECFR/title-49/ECFR-title49.xml"
NEWEST = "/download/releasepoints/us/pl/131/7/xml_usc99@131-7.zip"
ARCHIVE = "/archive/HEAD.tar.gz"


def zipped(**files: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.xml", data)
    return sink.getvalue()


def archived(folder: Path, *, without: str = "") -> bytes:
    """The folder as the repository's host would send it."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as archive:
        for file in sorted(folder.rglob("*.xml")):
            if not without or file.name != without:
                name = f"law-xml-1a2b3c/us/dc/council/code/{file.relative_to(folder).as_posix()}"
                archive.add(file, name)
    return sink.getvalue()


@pytest.fixture
def ecfr(site: Any, patience: Any) -> EcfrSource:
    """The eCFR and its bulk files, with what changed in part 7."""
    site.files[FULL] = (FORMATS / "ecfr-part.xml").read_bytes()
    site.files[BULK] = (FORMATS / "ecfr-bulk.xml").read_bytes()
    titles = [{"number": 49, "up_to_date_as_of": "2026-03-01"}]
    site.files[TITLES] = json.dumps({"titles": titles}).encode()
    versions = [
        {"identifier": "7.1", "amendment_date": "2016-12-29"},
        {"identifier": "7.3", "amendment_date": "2025-02-05"},
        {"identifier": "7.3", "amendment_date": "2026-02-01"},
        {"identifier": "7.3", "amendment_date": "2026-09-01"},
    ]
    site.files[VERSIONS] = json.dumps({"content_versions": versions}).encode()
    url = site.url.rstrip("/")
    return EcfrSource(title="49", part="7", api=url, bulk=url, patience=patience)


@pytest.fixture
def uscode(site: Any, patience: Any) -> UsCodeSource:
    link = '<a href="releasepoints/us/pl/131/7/xml_uscAll@131-7.zip">all</a>'
    site.files["/download/download.shtml"] = f"<html><body>{link}</body></html>".encode()
    site.files[NEWEST] = zipped(usc99=(FORMATS / "usc99.xml").read_bytes())
    return UsCodeSource(title="99", site=site.url.rstrip("/"), patience=patience)


@pytest.fixture
def dc(site: Any, patience: Any) -> DcSource:
    site.files[ARCHIVE] = archived(FORMATS / "dc")
    return DcSource(title="99", site=site.url.rstrip("/"), patience=patience)


def rows(source: Source, into: Path) -> list[PackRow]:
    """Fetch the source's pack and read it as it would be installed."""
    (offer,) = source.packs()
    path = source.fetch(offer, into, lambda _done, _total: None)
    assert [file.name for file in into.iterdir()] == [f"{offer.name}.parquet"] == [path.name]
    with PackFile(path) as pack:
        found = [row for row in pack.rows() if isinstance(row, PackRow)]
        assert len(found) == pack.row_count
    return found


def test_a_part_of_the_cfr_has_the_day_of_its_text_and_of_each_amendment(
    ecfr: EcfrSource, tmp_path: Path
) -> None:
    found = rows(ecfr, tmp_path)
    assert [row.number for row in found][:2] == ["7.1", "7.3"]
    assert {row.current_through for row in found} == {"2026-03-01"}
    # The history's first entry is no amendment, and one after the day is not in the text.
    assert [row.effective for row in found][:2] == [None, date(2026, 2, 1)]


def test_when_the_api_answers_503_the_bulk_file_stands_in(
    ecfr: EcfrSource, site: Any, waits: list[float], tmp_path: Path
) -> None:
    site.troubles = ["status 503"] * 4
    (row,) = rows(ecfr, tmp_path)
    assert row.text == "This part covers ferries, café boats among them."
    assert row.current_through == "amended through 2026-01-02"
    assert waits == [1, 2, 4]


def test_the_bulk_file_stands_for_a_past_day_only_if_nothing_changed_since(
    ecfr: EcfrSource, site: Any, tmp_path: Path
) -> None:
    from dataclasses import replace

    site.troubles = ["status 503"] * 4
    (row,) = rows(replace(ecfr, as_of=date(2026, 3, 1)), tmp_path)
    assert row.current_through == "2026-03-01"
    site.files[FULL.replace("2026-03-01", "2025-12-01")] = b""
    site.troubles = ["status 503"] * 4
    early = replace(ecfr, as_of=date(2025, 12, 1))
    (offer,) = early.packs()
    with pytest.raises(SourceUnreachable, match="last amended on 2026-01-02 and cannot stand"):
        early.fetch(offer, tmp_path / "early", lambda _done, _total: None)
    assert list((tmp_path / "early").iterdir()) == []


def test_when_neither_answers_both_are_named(ecfr: EcfrSource, site: Any, tmp_path: Path) -> None:
    site.troubles = ["status 503"] * 8
    (offer,) = ecfr.packs()
    with pytest.raises(SourceUnreachable, match=r"titles\.json.*and the bulk file: .*ECFR-title49"):
        ecfr.fetch(offer, tmp_path, lambda _done, _total: None)


def test_a_wait_that_the_server_asks_for_is_kept(
    ecfr: EcfrSource, site: Any, waits: list[float], tmp_path: Path
) -> None:
    site.troubles = ["", "status 429 7"]
    assert len(rows(ecfr, tmp_path)) == 4
    assert waits == [7]


def test_a_body_that_breaks_off_is_continued_and_a_redirect_followed(
    ecfr: EcfrSource, site: Any, tmp_path: Path
) -> None:
    site.files["/moved"] = site.files[FULL]
    site.troubles = ["", "", "redirect /moved", "drop 500", "redirect /moved"]
    assert len(rows(ecfr, tmp_path)) == 4
    assert site.asked("/moved") == ["", "bytes=500-"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"<!DOCTYPE html><html>Request access</html>", "this is a web page, not XML"),
        (b"<REGS><PART/></REGS>", r"outermost element is <REGS>"),
        (
            b'<DIV5 N="7" TYPE="PART"><DIV8 N="7.1"><HEAD>7.1</HEAD>\n<PAR>x</PAR></DIV8></DIV5>',
            r":2: <PAR> is not known",
        ),
        (b'<DIV5 N="7" TYPE="PART"><DIV8 N="7.1"><HEAD>', "cut off or damaged"),
        (b"", "the file is empty"),
    ],
)
def test_an_answer_of_another_shape_leaves_no_pack_and_says_why(
    ecfr: EcfrSource, site: Any, tmp_path: Path, answer: bytes, problem: str
) -> None:
    site.files[FULL] = answer
    (offer,) = ecfr.packs()
    with pytest.raises(ParseError, match=problem):
        ecfr.fetch(offer, tmp_path, lambda _done, _total: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [TITLES, VERSIONS])
@pytest.mark.parametrize("answer", [b"<html>", b'{"other": 1}', b"[]"])
def test_a_list_of_another_shape_is_an_error(
    ecfr: EcfrSource, site: Any, tmp_path: Path, path: str, answer: bytes
) -> None:
    site.files[path] = answer
    (offer,) = ecfr.packs()
    with pytest.raises(SourceError, match="may have changed"):
        ecfr.fetch(offer, tmp_path, lambda _done, _total: None)
    assert list(tmp_path.iterdir()) == []


def test_a_title_of_the_us_code_comes_from_the_newest_release_point(
    uscode: UsCodeSource, site: Any, tmp_path: Path
) -> None:
    found = rows(uscode, tmp_path)
    assert [row.number for row in found] == ["101", "102", "103 to 105"]
    assert site.asked("/download/download.shtml") == [""]


def test_a_release_point_that_is_named_is_taken(uscode: UsCodeSource, tmp_path: Path) -> None:
    from dataclasses import replace

    assert len(rows(replace(uscode, release="131-7"), tmp_path)) == 3
    gone = replace(uscode, release="131-6")
    (offer,) = gone.packs()
    with pytest.raises(SourceError, match=r"131-6.*404"):
        gone.fetch(offer, tmp_path, lambda _done, _total: None)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"<html>no such release point</html>", "no whole zip file"),
        (zipped(usc99=b"x" * 100)[:60], "no whole zip file"),
        (zipped(usc99=b"<uscDoc/>"), "no <section> is in the file"),
        (zipped(), "no XML file is in the zip"),
    ],
    ids=["a page", "cut short", "no section", "empty"],
)
def test_a_zip_that_is_not_one_leaves_no_pack(
    uscode: UsCodeSource, site: Any, tmp_path: Path, answer: bytes, problem: str
) -> None:
    site.files[NEWEST] = answer
    (offer,) = uscode.packs()
    with pytest.raises(ParseError, match=problem):
        uscode.fetch(offer, tmp_path, lambda _done, _total: None)
    assert list(tmp_path.iterdir()) == []


def test_a_page_without_release_points_is_told(
    uscode: UsCodeSource, site: Any, tmp_path: Path
) -> None:
    site.files["/download/download.shtml"] = b"<html>moved</html>"
    (offer,) = uscode.packs()
    with pytest.raises(SourceError, match="no release point is listed there"):
        uscode.fetch(offer, tmp_path, lambda _done, _total: None)


def test_a_title_of_the_dc_code_stands_in_the_order_of_its_index(
    dc: DcSource, tmp_path: Path
) -> None:
    found = rows(dc, tmp_path)
    assert [row.number for row in found] == ["99-102", "99-101", "99-103.01"]
    assert {row.current_through for row in found} == {"2026-04-24"}


def test_half_a_title_does_not_pass_for_a_whole(dc: DcSource, site: Any, tmp_path: Path) -> None:
    (offer,) = dc.packs()
    for answer, problem in (
        (archived(FORMATS / "dc", without="99-101.xml"), "names sections/99-101.xml, which is not"),
        (archived(FORMATS / "dc")[:300], "no whole archive"),
        (archived(FORMATS / "dc" / "titles" / "99" / "sections"), "is there a title 99"),
    ):
        site.files[ARCHIVE] = answer
        with pytest.raises(ParseError, match=problem):
            dc.fetch(offer, tmp_path, lambda _done, _total: None)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "pack"),
    [
        ("ecfr:16", "us_federal_regulations_16"),
        ("ecfr:16/314@2026-01-01", "us_federal_regulations_16_314"),
        ("uscode:15", "us_federal_statutes_15"),
        ("uscode:5a@119-73not60", "us_federal_statutes_5a"),
        ("uscode:all", "us_federal_statutes"),
        ("dc:28", "us_dc_statutes_28"),
        ("dc:28A@1a2b3c", "us_dc_statutes_28a"),
        ("dc:all", "us_dc_statutes"),
    ],
)
def test_an_address_names_its_pack_without_asking_the_network(address: str, pack: str) -> None:
    source = open_source(address)
    assert [offer.name for offer in source.packs()] == [pack]
    assert source.address == address


@pytest.mark.parametrize(
    "address",
    ["ecfr:", "ecfr:51", "ecfr:16/314@soon", "ecfr:16@2026-02-30", "uscode:x", "dc:28@../x", "dc:"],
)
def test_an_address_that_cannot_be_read_is_told_with_examples(address: str) -> None:
    with pytest.raises(SourceError, match=address.partition("@")[0]):
        open_source(address)


def test_a_file_on_this_machine_is_installed_and_a_second_time_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = ("ecfr-part.xml", "usc99.xml", "comps.xml", "dc/titles/99/index.xml")
    for outcome in (Outcome.INSTALLED, Outcome.UNCHANGED):
        for file in files:
            source = open_source(str(FORMATS / file))
            names = [offer.name for offer in source.packs()]
            (result,) = install(home, source, names, now=NOW)
            assert (result.outcome, result.skipped) == (outcome, 0), result.reason
    with Library.open(home) as library:
        section = library.section("/us/cfr/t49/s7.3")
        assert section is not None
        assert section.document == "/us/cfr/t49/pt7"
        assert section.hierarchy[-1] == "Subpart A General"
        assert section.url == "https://www.ecfr.gov/current/title-49/section-7.3"
        duties = library.section("/us-dc/code/s99-101")
        assert duties is not None
        assert duties.validity.start == date(2025, 1, 15)


def test_a_zip_of_a_title_and_a_single_dc_section_can_be_given_as_files(tmp_path: Path) -> None:
    (tmp_path / "usc99.zip").write_bytes(zipped(usc99=(FORMATS / "usc99.xml").read_bytes()))
    section = FORMATS / "dc" / "titles" / "99" / "sections" / "99-101.xml"
    for path, name in (
        (tmp_path / "usc99.zip", "us_federal_statutes_99"),
        (section, "us_dc_statutes_99"),
    ):
        (offer,) = OfficialFileSource(path).packs()
        assert offer.name == name


def test_an_xml_file_of_no_known_format_is_told(tmp_path: Path) -> None:
    path = tmp_path / "law.xml"
    path.write_text("<bill/>", encoding="utf-8")
    with pytest.raises(ParseError, match=r"law\.xml:1: the outermost element is <bill>"):
        open_source(str(path)).packs()
