"""`pincite read` of a chapter, article, title or part: what it is called, and its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Pincite

from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

CASH = "/us-fr/fs/s12-5-104"


@pytest.mark.parametrize(
    ("asked", "called", "first"),
    [
        ("/us-fr/fs/ch12-4", "Frank. Stat. ch. 12-4", "/us-fr/fs/s12-4-101"),
        ("/us-fr/fs/c12-4", "Frank. Stat. ch. 12-4", "/us-fr/fs/s12-4-101"),
        ("Frank. Stat. ch. 12-4", "Frank. Stat. ch. 12-4", "/us-fr/fs/s12-4-101"),
        ("FS ch. 12-4", "Frank. Stat. ch. 12-4", "/us-fr/fs/s12-4-101"),
        ("/us-fr/fac/ch40-2", "Frank. Admin. Code ch. 40-2", "/us-fr/fac/s40-2-101"),
        ("FAC ch. 40-2", "Frank. Admin. Code ch. 40-2", "/us-fr/fac/s40-2-101"),
    ],
)
def test_a_chapter_is_called_as_it_is_cited(
    installed: Pincite, asked: str, called: str, first: str
) -> None:
    told = installed("read", asked, "-f", "json").json
    assert told["citation"] == called
    assert told["sections"][0]["id"] == first
    assert installed("read", asked).out.splitlines()[0] == called


def test_a_chapter_that_is_not_there_is_named_by_its_number(installed: Pincite) -> None:
    found = installed("read", "/us-fr/fs/ch99-9")
    assert found.code == 3
    assert "There is no Frank. Stat. ch. 99-9" in found.out + found.err


@pytest.fixture(scope="module")
def arranged(tmp_path_factory: pytest.TempPathFactory) -> Pincite:
    """Franklin's statutes, chapter 12-4 of which stands in an article and 12-5 in a title alone."""
    folder = tmp_path_factory.mktemp("arranged")
    packs = sample_packs(folder / "packs")
    path = packs / "us_fr_statutes.parquet"
    rows = pq.read_table(path).to_pylist()
    for row in rows:
        if row["section_number"].startswith("12-4-"):
            row |= {"chapter": "Article 7", "chapter_name": "Secrets"}
        elif row["section_number"].startswith("12-5-"):
            row |= {"chapter": "", "chapter_name": ""}
        elif row["section_number"].startswith("12-6-"):
            row |= {"part": "Part 3", "part_name": "Renewals"}
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    (packs / "index.json").unlink()
    pincite = Pincite(home=folder / "home", packs=packs)
    assert pincite("library", "add", "us_fr_statutes").code == 0
    return pincite


def documents(pincite: Pincite, section: str) -> tuple[str, str]:
    """The document of a section and how it is called."""
    from pincite.library import Library

    with Library.open(pincite.home) as library:
        found = library.section(f"/us-fr/fs/s{section}")
    assert found is not None
    return found.document, found.document_name


@pytest.mark.parametrize("section", ["12-4-101", "12-5-101", "12-6-010", "41-6-2", "41-6-1"])
def test_every_document_is_opened_by_its_path_and_called_by_a_name_without_a_slip(
    arranged: Pincite, section: str
) -> None:
    path, name = documents(arranged, section)
    told = arranged("read", path, "-f", "json").json
    assert f"/us-fr/fs/s{section}" in {one["id"] for one in told["sections"]}
    assert told["citation"].startswith(("Frank. Stat. ch. ", f"Franklin Statutes, {name}"))
    assert " h" not in told["citation"]


def test_an_article_is_called_by_its_name_and_not_by_a_chapter_s_number(
    arranged: Pincite,
) -> None:
    path, name = documents(arranged, "12-4-101")
    assert name == "Article 7 Secrets"
    assert arranged("read", path, "-f", "json").json["citation"] == f"Franklin Statutes, {name}"


def test_a_chapter_is_listed_as_of_a_day(tmp_path: Path) -> None:
    packs = sample_packs(tmp_path / "packs")
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    assert pincite("library", "add", "us_fr_statutes").code == 0
    sample_packs(packs, snapshot=2)
    assert pincite("library", "update").code == 0
    for day, status in (("2026-08-01", "in_force"), ("2027-08-01", "repealed")):
        told = pincite("read", "/us-fr/fs/ch12-5", "--as-of", day, "-f", "json").json
        assert {one["id"]: one["status"] for one in told["sections"]}[CASH] == status
