from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.law.identifiers import Identifier, escape, lookup_key, parse_identifier, unescape

LABELS = st.text(min_size=1, max_size=8).filter(lambda s: s.isprintable() and s.strip())
SECTIONS = st.tuples(
    st.sampled_from(["", "t15/", "c93H/", "c740/a14/", "t26-A/"]), LABELS.map(escape)
).map(lambda parts: f"{parts[0]}s{parts[1]}")


@settings(deadline=None)
@given(
    st.builds(
        Identifier,
        jurisdiction=st.sampled_from(["us", "us-mo", "us-dc", "us-fr"]),
        code=st.sampled_from(["usc", "rsmo", "mgl"]),
        section=SECTIONS,
        pinpoint=st.lists(LABELS, max_size=5).map(tuple),
        version=st.none() | st.dates(),
    )
)
def test_what_is_printed_is_read_back(identifier: Identifier) -> None:
    assert parse_identifier(str(identifier)) == identifier


@settings(deadline=None)
@given(st.text() | st.just("\ud800"))
def test_any_text_can_be_a_segment(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    assert "/" not in escaped
    assert "@" not in escaped
    assert escaped.isascii()


@pytest.mark.parametrize(
    ("text", "section", "pinpoint", "version"),
    [
        ("/us/usc/t15/s6801/b", "t15/s6801", ("b",), None),
        ("/us-mo/rsmo/s407.1500/2/1@2026-01-01", "s407.1500", ("2", "1"), date(2026, 1, 1)),
        ("/us-nm/nmac/13.1.3.18", "13.1.3.18", (), None),
        ("/us-nm/nmac/13.1.3.18/A", "13.1.3.18", ("A",), None),
        ("/us-ma/mgl/c93H/s3", "c93H/s3", (), None),
        ("/us-il/ilcs/c740/a14/s15/b", "c740/a14/s15", ("b",), None),
        ("/us-mo/rsmo/c407", "c407", (), None),
    ],
)
def test_the_section_ends_where_its_number_ends(
    text: str, section: str, pinpoint: tuple[str, ...], version: date | None
) -> None:
    identifier = parse_identifier(text)
    assert identifier is not None
    assert identifier.section == section
    assert identifier.pinpoint == pinpoint
    assert identifier.version == version
    assert str(identifier) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "/us",
        "/us/usc",
        "us/usc/t15/s1",
        "/uk/act/s1",
        "/us/usc//s1",
        "/us/usc/s1@",
        "/us/usc/s1@2026-13-01",
        "/us/usc/s1@soon",
    ],
)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert parse_identifier(text) is None


def test_case_does_not_tell_two_sections_apart_but_is_kept_in_print() -> None:
    printed = parse_identifier("/us-ma/mgl/c93H/s3A/b")
    typed = parse_identifier("/us-ma/mgl/c93h/s3a")
    assert printed is not None
    assert typed is not None
    assert printed.key == typed.key == lookup_key("/us-ma/mgl/C93H/S3A")
    assert str(printed.whole_section) == "/us-ma/mgl/c93H/s3A"
