"""The D.C. Council's XML becomes sections placed by the title's index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pincite import citations
from pincite.errors import ParseError
from pincite.law.outline import outline
from pincite.law.section import Status
from pincite.parsing import dc

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.parsing.official import OfficialSection

NS = 'xmlns="https://code.dccouncil.us/schemas/dc-library"'


@pytest.fixture
def title(formats: Path) -> list[OfficialSection]:
    folder = formats / "dc" / "titles" / "99"
    entries = dc.index_entries((folder / "index.xml").read_bytes(), source="index.xml")
    return [
        dc.section(
            (folder / entry.file).read_bytes(),
            source=entry.file,
            levels=entry.levels,
            current="2026-04-24",
        )
        for entry in entries
    ]


def test_sections_stand_in_the_order_and_the_place_of_the_index(
    title: list[OfficialSection],
) -> None:
    assert [one.row.number for one in title] == ["99-102", "99-101", "99-103.01"]
    assert title[1].row.breadcrumb == (
        "D.C. Official Code > Title 99 Franklin Waters. > Chapter 1 Ferries. > "
        "Subchapter I Keepers."
    )
    assert (title[1].row.chapter, title[1].row.part) == ("Chapter 1", "Subchapter I")


def test_a_section_is_printed_with_its_labels_and_the_outline_agrees(
    title: list[OfficialSection],
) -> None:
    assert title[1].row.text == (
        "(a)(1) A ferry keeper shall keep a ledger, as § 99-102 has it.\n"
        "(2) The ledger shall show:\n"
        "(A) The hour; and\n"
        "(B) The travelers and their beasts.\n"
        "A raft needs no ledger.\n"
        "(b) [Repealed].\n"
        "(c) The keeper shall post this notice:\n"
        "You have a right to cross."
    )
    for section in title:
        found = [(unit.path, unit.start) for unit in outline(section.row.text).walk()]
        assert found == list(section.marks)


def test_a_label_that_is_undesignated_is_not_printed(title: list[OfficialSection]) -> None:
    assert title[0].row.text.startswith("For purposes of this chapter, the term:\n(1) “Raft”")


def test_history_applicability_and_notes_are_kept_apart_from_the_text(
    title: list[OfficialSection],
) -> None:
    assert title[1].row.source_note.splitlines() == [
        "Apr. 9, 2019, D.C. Law 98-7, § 2, 66 DCR 100; Jan. 15, 2025, D.C. Law 99-1, § 2(a)(1)",
        "NOTE: This section includes an invented temporary amendment.",
        "Applicability: Section 9 of D.C. Law 99-1 says that it applies from July 1, 2026.",
    ]
    assert title[1].notes == (
        "Editor's Notes: An invented note.",
        "Prior Codifications: 1981 Ed., § 99-1.",
    )


def test_the_effective_date_is_that_of_the_last_change_shown_or_none(
    title: list[OfficialSection],
) -> None:
    definitions, duties, beacons = title
    assert duties.row.effective == date(2025, 1, 15)
    # The history has the day in words alone; a day after the code's own currency is no date yet.
    assert definitions.row.effective is None
    assert beacons.row.effective is None


def test_a_repealed_section_is_told_and_a_repealed_subdivision_is_not_one(
    title: list[OfficialSection],
) -> None:
    assert [one.row.status for one in title] == [Status.IN_FORCE, Status.IN_FORCE, Status.REPEALED]


def test_brackets_around_a_number_are_no_part_of_the_identifier(
    title: list[OfficialSection],
) -> None:
    found = citations.from_pack(title[2].row.citation, jurisdiction="us-dc", kind="statute")
    assert found.id == "/us-dc/code/s99-103.01"


def test_the_index_of_the_code_tells_its_currency(formats: Path) -> None:
    data = (formats / "dc" / "index.xml").read_bytes()
    assert dc.current_through(data, source="index.xml") == "2026-04-24"


def test_rows_of_a_table_are_lines_and_labels_stand_where_they_are_said_to() -> None:
    body = """<num>99:1-101</num><heading>Tolls.</heading>
      <include>
        <para>
          <num>(a)</num>
          <para><num>(1)</num>
            <text>The tolls:</text>
            <text>
              <table><tbody><tr><td>On foot</td> <td>$2</td></tr><tr><td>Ox</td><td/></tr></tbody>
              </table>
            </text>
          </para>
        </para>
      </include>
      <para><num>(b)</num><heading>Rafts.</heading><text>None.</text></para>"""
    section = dc.section(f"<section {NS}>{body}</section>".encode(), source="x.xml")
    assert section.row.text == ("(a)(1) The tolls:\nOn foot | $2\nOx |\n(b) Rafts.\nNone.")
    assert [(mark.path, section.row.text[mark.start :][:3]) for mark in section.marks] == [
        (("b",), "(b)")
    ]
    assert section.row.url.endswith("/sections/99:1-101")
    assert section.row.title == "Title 99"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<heading>H</heading><text>Words.</text>", r"x\.xml:1: <section> has no number"),
        ("<num>99-1</num>\n<paragraph>Words.</paragraph>", r"x\.xml:2: <paragraph> is not known"),
    ],
)
def test_what_is_not_as_the_format_has_it_is_named_with_its_line(body: str, problem: str) -> None:
    with pytest.raises(ParseError, match=problem):
        dc.section(f"<section {NS}>{body}</section>".encode(), source="x.xml")


def test_an_index_that_names_no_file_is_an_error() -> None:
    with pytest.raises(ParseError, match=r"i\.xml:1: <include> names no file"):
        dc.index_entries(f"<container {NS}><include/></container>".encode(), source="i.xml")
    with pytest.raises(ParseError, match="names no section"):
        dc.index_entries(f"<container {NS}/>".encode(), source="i.xml")


def test_published_sections_keep_their_trees(samples: Path) -> None:
    marked = found = 0
    for file in sorted((samples / "dc").glob("28-*.xml")):
        section = dc.section(file.read_bytes(), source=file.name)
        spans = {(unit.path, unit.start) for unit in outline(section.row.text).walk()}
        marked += len(section.marks)
        found += sum(tuple(mark) in spans for mark in section.marks)
    assert found / marked > 0.99
