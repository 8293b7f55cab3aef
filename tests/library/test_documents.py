"""A section's document is the chapter, act or part that a lawyer would name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.law.section import Kind, Status
from pincite.parsing.documents import Documents
from pincite.parsing.pack_row import PackRow


def row(number: str, *columns: str) -> PackRow:
    title, title_name, chapter, chapter_name, part, part_name = (*columns, *[""] * 6)[:6]
    return PackRow(
        row=1,
        jurisdiction="us-fr",
        kind=Kind.STATUTE,
        citation=f"Frank. Stat. § {number}",
        text="x",
        status=Status.IN_FORCE,
        number=number,
        title=title,
        title_name=title_name,
        chapter=chapter,
        chapter_name=chapter_name,
        part=part,
        part_name=part_name,
    )


@pytest.mark.parametrize(
    ("number", "columns", "path", "name"),
    [
        ("407.1500", ("Title XXVI", "TRADE", "Chapter 407", ""), "ch407", "Chapter 407"),
        (
            "57-12C-5",
            ("Chapter 57", "trade", "Article 12C", "data breach"),
            "art57-12C",
            "Article 12C data breach",
        ),
        ("57-12C-5", ("Chapter 57", "trade", "Article 12c", ""), "art57-12C", "Article 57-12C"),
        (
            "6-1-1301",
            ("Title 6", "", "Part 13", "PRIVACY ACT"),
            "ch6-1/pt13",
            "Part 13 PRIVACY ACT",
        ),
        ("6801", ("Title 15", "", "Chapter 94", "PRIVACY"), "t15/ch94", "Chapter 94 PRIVACY"),
        ("1002.10", ("Title 12", "Banks", "Part 1002", ""), "pt1002", "Part 1002"),
        (
            "24.01.07.03",
            ("Title 24", "TRADE", "Subtitle 01", "OFFICE", "Chapter 07", "Fairs"),
            "ch24.01.07",
            "Chapter 07 Fairs",
        ),
        (
            "28-3852",
            ("Title 28", "Trade.", "Chapter 38", "Buyers.", "Subchapter II", "Breach."),
            "t28/ch38/subchII",
            "Subchapter II Breach.",
        ),
        ("246-809-334", ("Title 246", "", "Chapter 246-809", "Care"), "ch246-809", None),
        ("10-19.1-07", ("Title 10", "", "Chapter 10-19.1", "Firms"), "ch10-19.1", None),
        ("81.28.210", ("Title 81", "", "Chapter 81", "28"), "ch81.28", "Chapter 81.28"),
        (
            "85-426",
            ("Chapter 85", "schools", "Chapter 85", "426 capital works"),
            "ch85",
            "Chapter 85 schools",
        ),
        (
            "445.72",
            ("Chapter 445", "trade", "Chapter act", "452 of 2004 identity theft act 44561 44579d"),
            "ch445/act452-of-2004",
            "Act 452 of 2004, identity theft act",
        ),
        ("62-1-101", ("Title 62", "", "Chapter section", "62 1 100"), "ch62-1", "Chapter 62-1"),
        ("20-209E", ("Title 20", "", "Chapter 2", ""), "t20/ch2", "Chapter 2"),
        (
            "59.1-284.39",
            ("Title 591", "trade", "Chapter 2218", "hubs"),
            "t591/ch2218",
            "Chapter 2218 hubs",
        ),
        ("30-14-1703", (), "ch30-14", "Chapter 30-14"),
        ("1798.100", (), "ch1798", "Chapter 1798"),
        ("899-aa", (), "", ""),
        ("101", (), "", ""),
    ],
)
def test_the_document_of_a_section(
    number: str, columns: tuple[str, ...], path: str, name: str | None
) -> None:
    place = Documents().place(row(number, *columns))
    assert place.path == path
    assert name is None or place.name == name


def test_a_bare_subchapter_is_a_document_for_as_long_as_its_sections_follow_each_other() -> None:
    documents = Documents()
    one = ("Title 26", "", "Subchapter 3.", "Licenses")
    two = ("Title 26", "", "Subchapter 4.", "Penalties")
    numbers = [("101", one), ("102", one), ("103", two), ("201", one), ("202", one)]
    paths = [documents.place(row(number, *columns)).path for number, columns in numbers]
    assert paths == ["t26/subch3", "t26/subch3", "t26/subch4", "t26/subch3-201", "t26/subch3-201"]


labels = st.sampled_from(["", "Title 1", "Chapter 1.", "Article II", "Part", "Chapter act", "x y"])
texts = st.text(max_size=12)


@given(st.lists(st.tuples(texts, st.tuples(labels, texts, labels, texts, labels, texts))))
def test_any_columns_have_a_document_that_is_the_same_every_time(
    rows: list[tuple[str, tuple[str, ...]]],
) -> None:
    def places() -> list[tuple[str, str]]:
        documents = Documents()
        return [documents.place(row(number, *columns))[:2] for number, columns in rows]

    found = places()
    assert found == places()
    assert all("//" not in path and not path.startswith("/") for path, _ in found)
