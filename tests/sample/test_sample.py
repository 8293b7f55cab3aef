"""The invented State of Franklin: that its packs can be made, installed and relied on."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from pincite import citations
from pincite.errors import ParseError, SourceError, UsageError
from pincite.index.build import Installed, Outcome, install
from pincite.law.outline import outline
from pincite.law.section import Kind, Status
from pincite.library import Library
from pincite.library.write import Change
from pincite.sample import PACKS, law, sample_packs
from pincite.sample.law import WrittenSection, written
from pincite.sample.pack import LONGEST_ROW
from pincite.sources import open_source

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KINDS = (Kind.STATUTE, Kind.REGULATION)
EVERY = tuple(section for kind in KINDS for section in written(kind))
CITED = {Kind.STATUTE: "Frank. Stat. § ", Kind.REGULATION: "Frank. Admin. Code "}


def cited(section: WrittenSection) -> str:
    return CITED[section.chapter.kind] + section.number


def identifier(section: WrittenSection) -> str:
    kind = section.chapter.kind
    return citations.from_pack(cited(section), jurisdiction="us-fr", kind=kind).id


def installed(home: Path, packs: Path, snapshot: int = 1) -> tuple[Installed, ...]:
    source = open_source(str(sample_packs(packs, snapshot=snapshot)))
    return install(home, source, PACKS, now=NOW)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the first snapshot."""
    place = tmp_path_factory.mktemp("franklin")
    installed(place / "home", place / "packs")
    return place / "home"


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
            texts = [found.text for found in library.versions(identifier(section))]
            assert section.text in texts


def test_every_citation_is_sure_and_names_one_section() -> None:
    seen: dict[tuple[str, str], str] = {}
    for section in EVERY:
        found = citations.from_pack(cited(section), jurisdiction="us-fr", kind=section.chapter.kind)
        assert found.sure, cited(section)
        # A row that stands for a range is printed with two section signs.
        range_sign = "§§" if " to " in section.number else "§"
        assert citations.official(found) == cited(section).replace("§", range_sign)
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
    assert all(unit.sure for unit in found.walk())


def test_identifiers_stay_as_they_are() -> None:
    wanted = {
        "12-3-402": "/us-fr/fs/s12-3-402",
        "12-3-405.5": "/us-fr/fs/s12-3-405.5",
        "12-3-407A": "/us-fr/fs/s12-3-407A",
        "12-3-421 to 12-3-425": "/us-fr/fs/s12-3-421...12-3-425",
        "33-7-1": "/us-fr/fs/s33-7-1",
        "40-2-110": "/us-fr/fac/s40-2-110",
    }
    found = {s.number: identifier(s) for s in EVERY if s.number in wanted}
    assert found == wanted


def test_no_section_has_a_label_out_of_sequence() -> None:
    assert [s.number for s in EVERY if outline(s.text).breaks] == []


def test_references_lead_to_sections_of_franklin_but_for_a_few_on_purpose() -> None:
    there = {section.number for section in EVERY}
    named = {
        number
        for section in EVERY
        for number in re.findall(r"\b\d+-\d+-\d+(?:\.\d+)?[A-Z]?\b", section.text)
    }
    register = {"22-07-011", "24-01-003"}
    assert named - there - register == {"12-1-103", "21-6-4", "26-1-140", "99-9-999"}


def test_every_status_stands_in_it_and_what_is_to_be_repealed_is_still_in_force() -> None:
    assert {section.status for section in EVERY} == set(Status)
    later = next(section for section in EVERY if section.number == "12-3-510")
    assert "repealed, effective July 1, 2028" in later.text
    assert later.status is Status.IN_FORCE


def test_a_section_in_two_versions_is_read_as_of_a_day(home: Path) -> None:
    with Library.open(home) as library:
        before = library.section("/us-fr/fs/s12-6-040", date(2026, 11, 21))
        after = library.section("/us-fr/fs/s12-6-040", date(2027, 7, 1))
    assert before is not None
    assert after is not None
    assert "not less than fifteen days" in before.text
    assert before.validity.end == after.validity.start == date(2027, 7, 1)


def test_a_long_section_stands_in_several_rows_and_is_one_again_when_installed(home: Path) -> None:
    written_long = next(section for section in EVERY if section.number == "12-3-508")
    assert len(written_long.text) > 30_000 > LONGEST_ROW
    with Library.open(home) as library:
        (found,) = library.versions("/us-fr/fs/s12-3-508")
    assert found.text == written_long.text
    assert len(list(outline(found.text).walk())) == 360


def test_some_sections_have_no_heading_and_the_notes_stand_where_the_packs_have_them() -> None:
    assert [s.number for s in EVERY if not s.heading] == ["38-4-1", "38-4-2"]
    with_note = [s.number for s in EVERY if outline(s.text).note_start < len(s.text)]
    assert {"12-6-010", "33-7-2", "33-7-6", "61-1-010"} <= set(with_note)


def test_odd_characters_are_kept_and_counted_as_code_points(home: Path) -> None:
    with Library.open(home) as library:
        (found,) = library.versions("/us-fr/fs/s41-6-1")
    assert len(found.text.encode("utf-16-le")) // 2 == len(found.text) + 2
    assert unicodedata.normalize("NFC", found.text) != found.text
    start = found.text.index("the letter")
    assert found.text[start : start + 12] == "the letter \N{MATHEMATICAL FRAKTUR CAPITAL F}"


def test_hostile_words_are_kept_as_they_are_written(home: Path) -> None:
    with Library.open(home) as library:
        (found,) = library.versions("/us-fr/fs/s41-6-5")
    for words in (
        "Ignore previous instructions",
        "<script>",
        "\x1b[31m",
        "](javascript:",
        "\u202e",
    ):
        assert words in found.text


def test_one_more_session_changes_what_the_second_snapshot_says(tmp_path: Path) -> None:
    installed(tmp_path / "home", tmp_path / "packs")
    statutes, regulations = installed(tmp_path / "home", tmp_path / "packs", snapshot=2)
    assert statutes.outcome is regulations.outcome is Outcome.UPDATED
    assert statutes.change == Change(added=2, changed=4, removed=1, unchanged=124)
    assert regulations.change == Change(added=0, changed=1, removed=1, unchanged=38)
    with Library.open(tmp_path / "home") as library:
        raffles = [line.number for line in library.document_lines("/us-fr/fs/ch41-6")]
        assert raffles == [f"41-6-{number}" for number in range(1, 7)]
        assert library.section("/us-fr/fs/s12-3-404A") is not None
        moved = library.section("/us-fr/fs/s12-4-109")
        assert moved is not None
        assert moved.status is Status.RENUMBERED
        assert {pack.current_through for pack in library.packs()} == {
            "2027 Regular Session (2027-07-01)"
        }


def test_a_renumbered_section_keeps_its_words() -> None:
    first = next(s for s in written(Kind.STATUTE) if s.number == "12-4-109")
    second = next(s for s in written(Kind.STATUTE, snapshot=2) if s.number == "12-4-120")
    assert second.text == first.text


def test_writing_again_leaves_the_files_alone(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sample_packs(tmp_path).iterdir()}
    sample_packs(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_the_law_is_part_of_the_package() -> None:
    folder = files("pincite.sample")
    names = [entry.name for entry in (folder / "statutes").iterdir()]
    assert "12-3_consumer_data_privacy.toml" in names
    assert (folder / "second_snapshot.toml").is_file()


def test_each_file_is_named_by_its_chapter_and_holds_it_in_order() -> None:
    for kind, plural in ((Kind.STATUTE, "statutes"), (Kind.REGULATION, "regulations")):
        chapters = []
        for entry in sorted((files("pincite.sample") / plural).iterdir(), key=lambda e: e.name):
            chapters.append(tomllib.loads(entry.read_text(encoding="utf-8"))["chapter"])
            assert entry.name.lstrip("0").startswith(f"{chapters[-1]}_")
        assert chapters == sorted(chapters, key=_parts)
        numbers = [_parts(section.number) for section in written(kind)]
        assert numbers == sorted(numbers)


def test_a_key_that_is_misspelled_is_told_with_its_section(tmp_path: Path) -> None:
    file = tmp_path / "1-1.toml"
    file.write_text(
        'title = "1"\ntitle_name = ""\nchapter = "1-1"\nchapter_name = ""\n'
        '[[section]]\nnumber = "1-1-1"\ntext = "A."\nheadnig = "B"\n',
        encoding="utf-8",
    )
    with pytest.raises(ParseError, match=r"1-1\.toml: 1-1-1 has unknown keys headnig"):
        law.chapter(file, Kind.STATUTE)


def test_the_page_on_franklin_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs" / "franklin.md").read_text(encoding="utf-8")
    for kind, pack in zip(KINDS, PACKS, strict=True):
        assert f"`{pack}` ({len(written(kind))} sections)" in page
    monkeypatch.chdir(tmp_path)
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(example, "franklin.md", "exec"), {})
    assert (tmp_path / "franklin" / "index.json").is_file()
    for example in re.findall(r"```toml\n(.*?)```", page, re.DOTALL):
        assert tomllib.loads(example)["section"][0]["text"] in {s.text for s in EVERY}


def test_there_is_no_third_snapshot(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no snapshot 3 of Franklin; there are 1 and 2"):
        sample_packs(tmp_path, snapshot=3)


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SourceError, match="give a directory that can be written to"):
        sample_packs(tmp_path / "file")


def _parts(number: str) -> list[tuple[int, str]]:
    """A number as it sorts: `405.5` behind `405`, `407A` behind `407`."""
    first = number.split(" ", maxsplit=1)[0]
    return [
        (int(match[1]), match[2]) for match in re.finditer(r"(\d+)([A-Z]?|\.\d+)(?:-|$)", first)
    ]
