"""What a jurisdiction may be called beside a question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.law.jurisdiction import (
    ALL,
    FRANKLIN,
    STATES,
    JurisdictionKind,
    by_id,
    by_pack_code,
    jurisdiction,
)


@pytest.mark.parametrize(
    ("text", "jurisdiction_id"),
    [
        ("MO", "us-mo"),
        ("mo", "us-mo"),
        ("us-mo", "us-mo"),
        ("US_MO", "us-mo"),
        ("Missouri", "us-mo"),
        (" missouri ", "us-mo"),
        ("State of Missouri", "us-mo"),
        ("the Commonwealth of Kentucky", "us-ky"),
        ("federal", "us"),
        ("us", "us"),
        ("U.S.", "us"),
        ("United States (federal)", "us"),
        ("us_federal", "us"),
        ("D.C.", "us-dc"),
        ("DC", "us-dc"),
        ("Washington DC", "us-dc"),
        ("Washington, D.C.", "us-dc"),
        ("District of Columbia", "us-dc"),
        ("Washington", "us-wa"),
        ("New  York", "us-ny"),
        ("N.C.", "us-nc"),
        ("State of Franklin", "us-fr"),
        ("us-fr", "us-fr"),
    ],
)
def test_a_name_given_beside_a_question_names_its_jurisdiction(
    text: str, jurisdiction_id: str
) -> None:
    found = jurisdiction(text)
    assert found is not None
    assert found.id == jurisdiction_id


@pytest.mark.parametrize("text", ["", "Ontario", "Missourah", "us-zz", "M O", "EU", "us-"])
def test_what_is_no_jurisdiction_is_none(text: str) -> None:
    assert jurisdiction(text) is None


def test_there_are_fifty_states_the_district_the_federal_and_one_invented() -> None:
    kinds = [item.kind for item in ALL]
    assert len(STATES) == kinds.count(JurisdictionKind.STATE) == 50
    assert kinds.count(JurisdictionKind.DISTRICT) == kinds.count(JurisdictionKind.FEDERAL) == 1
    assert [item for item in ALL if item.invented] == [FRANKLIN]


def test_every_way_to_write_a_jurisdiction_leads_back_to_it() -> None:
    for item in ALL:
        for text in (item.id, item.name, item.postal, item.pack_prefix, item.name.upper()):
            assert jurisdiction(text) is item
        assert by_id(item.id) is item
        assert by_pack_code(item.pack_code) is item


def test_packs_are_named_by_their_jurisdiction() -> None:
    assert by_id("us-mo").pack_prefix == "us_mo"
    assert by_id("us").pack_prefix == "us_federal"
    assert by_pack_code("zz") is None


def test_every_state_has_a_demonym_and_none_is_shared() -> None:
    demonyms = [name for item in STATES for name in item.demonyms]
    assert all(item.demonyms for item in STATES)
    assert len(demonyms) == len(set(demonyms))


@settings(deadline=None)  # the first example loads the tables
@given(st.text(max_size=30))
def test_any_text_is_a_jurisdiction_or_none(text: str) -> None:
    found = jurisdiction(text)
    assert found is None or found in ALL
