"""USLM becomes sections whose outline is the XML's own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite import citations
from pincite.errors import ParseError
from pincite.law.outline import outline
from pincite.law.section import Status
from pincite.parsing.uslm import sections

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.parsing.official import OfficialSection

HEAD = (
    '<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><title identifier="/us/usc/t99">'
)
TAIL = "</title></main></uscDoc>"


def read(body: str) -> list[OfficialSection]:
    return list(sections(BytesIO(f"{HEAD}{body}{TAIL}".encode()), source="usc99.xml"))


def franklin(formats: Path, name: str) -> list[OfficialSection]:
    with (formats / name).open("rb") as stream:
        return list(sections(stream, source=name))


def test_a_section_is_printed_with_its_labels_headings_tables_and_flush_text(formats: Path) -> None:
    ledger, *_ = franklin(formats, "usc99.xml")
    assert ledger.row.text == (
        "(a) In general.—A ferry keeper shall—\n"
        "(1) keep a ledger of crossings for 3 years;\n"
        "(2)(A) show it to a warden, and\n"
        "(B) mend it.\n"
        "as the Board prescribes.\n"
        "(b) Tolls\n"
        "The tolls are as follows:\n"
        "Traveler | Toll\n"
        "On foot | $2\n"
        "(c) The term “raft” means a float without a keel."
    )


def test_the_outline_of_the_text_is_the_tree_of_the_xml(formats: Path) -> None:
    for name in ("usc99.xml", "comps.xml"):
        for section in franklin(formats, name):
            found = [(unit.path, unit.start) for unit in outline(section.row.text).walk()]
            assert found == list(section.marks)


def test_place_source_note_terms_currency_and_link_are_kept(formats: Path) -> None:
    section, *_ = franklin(formats, "usc99.xml")
    row = section.row
    assert row.breadcrumb == (
        "United States Code > Title 99 FRANKLIN WATERS > Subtitle A Ferries > "
        "Chapter 1 FERRY KEEPERS"
    )
    assert (row.title, row.chapter, row.chapter_name) == ("Title 99", "Chapter 1", "FERRY KEEPERS")
    assert row.heading == "Ledger of crossings"
    assert row.source_note == ("(Pub. L. 130–4, § 2, May 6, 2024.)\nFootnote 1 So in original.")
    assert section.terms == ("raft",)
    assert section.notes == ("Amendments 2026—Subsec. (c). Invented.",)
    assert row.current_through == "Public Law 131-7, published 2026-10-05"
    assert row.url.startswith(
        "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title99"
    )
    assert row.effective is None


def test_status_comes_from_the_xml_and_a_section_without_identifier_from_its_number(
    formats: Path,
) -> None:
    _, repealed, omitted = franklin(formats, "usc99.xml")
    assert (repealed.row.status, omitted.row.status) == (Status.REPEALED, Status.OMITTED)
    assert repealed.row.heading == "Repealed. Pub. L. 131–1, § 5, Jan. 9, 2025"
    assert omitted.row.citation == "99 U.S.C. § 103 to 105"


def test_identifiers_are_those_of_the_publisher(formats: Path) -> None:
    first, *_ = franklin(formats, "usc99.xml")
    found = citations.from_pack(first.row.citation, jurisdiction="us", kind="statute")
    assert found.id == "/us/usc/t99/s101"
    assert found.sure


def test_a_section_quoted_in_a_note_is_no_section_of_the_title(formats: Path) -> None:
    assert [one.row.number for one in franklin(formats, "usc99.xml")] == [
        "101",
        "102",
        "103 to 105",
    ]


def test_a_compiled_act_is_cited_by_its_public_law(formats: Path) -> None:
    title, definitions, amendment = franklin(formats, "comps.xml")
    assert title.row.citation == "Pub. L. 130-4, § 1"
    assert definitions.terms == ("Board",)
    assert definitions.notes == ("[99 U.S.C. 100]",)
    assert amendment.row.text.endswith("“(d) The Board shall paint each bridge.”")
    assert amendment.marks == ()


def test_another_outermost_element_is_told_with_what_is_expected() -> None:
    with pytest.raises(ParseError, match=r"usc\.xml:1: .*<law>.*<statuteCompilation> or <uscDoc>"):
        list(sections(BytesIO(b"<law><section/></law>"), source="usc.xml"))


def test_a_section_with_neither_identifier_nor_number_is_named_with_its_line() -> None:
    with pytest.raises(ParseError, match=r"usc99\.xml:3: <section> has neither"):
        read("\n\n<section><heading>Ferries</heading><content>Words.</content></section>")


def test_words_in_elements_nobody_knows_are_not_lost() -> None:
    (section,) = read(
        '<section identifier="/us/usc/t99/s1"><heading>H</heading><newThing>The keeper shall '
        "<other>row</other>.</newThing></section>"
    )
    assert section.row.text == "The keeper shall row."


def test_the_file_is_read_only_as_far_as_the_sections_asked_for() -> None:
    one = '<section identifier="/us/usc/t99/s{}"><content>{}</content></section>'
    body = "".join(one.format(count, "Words of law. " * 40) for count in range(5_000))
    stream = BytesIO(f"{HEAD}{body}{TAIL}".encode())
    found = sections(stream, source="usc99.xml")
    assert next(found).row.number == "0"
    assert stream.tell() < 300_000
    assert sum(1 for _ in found) == 4_999


WORDS = st.sampled_from(["The keeper shall row", "No raft may land;", "Tolls are paid & kept"])
LEVELS = ("subsection", "paragraph", "subparagraph", "clause")
LABELS = ("abcd", "1234", "ABCD", ("i", "ii", "iii", "iv"))


@st.composite
def subdivisions(draw: st.DrawFn, depth: int = 0) -> str:
    """Some subdivisions in a row, lettered as the US Code letters them."""
    out = ""
    for label in LABELS[depth][: draw(st.integers(2, 3))]:
        deeper = depth < 3 and draw(st.booleans())
        own = f"<chapeau>{escape(draw(WORDS))}</chapeau>" if draw(st.booleans()) else ""
        inner = draw(subdivisions(depth + 1)) if deeper else ""
        text = own + inner if deeper else f"<content>{escape(draw(WORDS))}</content>"
        out += f'<{LEVELS[depth]}><num value="{label}">({label})</num>{text}</{LEVELS[depth]}>'
    return out


@given(subdivisions())
def test_any_tree_of_subdivisions_is_found_again_in_the_printed_text(body: str) -> None:
    (section,) = read(f'<section identifier="/us/usc/t99/s1">{body}</section>')
    text = section.row.text
    for mark in section.marks:
        assert text[mark.start :].startswith(f"({mark.path[-1]})")
    assert [(unit.path, unit.start) for unit in outline(text).walk()] == list(section.marks)


def test_published_titles_keep_their_trees(samples: Path) -> None:
    """What is missing are units printed within a bracket: "[(2) Repealed. ...]"."""
    marked = found = 0
    for file in sorted((samples / "uslm").glob("*.xml")):
        with file.open("rb") as stream:
            for section in sections(stream, source=file.name):
                spans = {(unit.path, unit.start) for unit in outline(section.row.text).walk()}
                marked += len(section.marks)
                found += sum(tuple(mark) in spans for mark in section.marks)
    assert found / marked > 0.99
