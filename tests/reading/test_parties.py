"""Whom words bind, and how far a definition reaches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verification.invented import section

from pincite.reading.parties import Binds, party_of
from pincite.reading.reach import governs, reach_of


@pytest.mark.parametrize(
    ("words", "binds"),
    [
        ("Any municipal agency, state agency, or person that stores data", Binds.ANYBODY),
        ("No person, firm or corporation", Binds.ANYBODY),
        ("legal entities that conduct business in this state", Binds.ANYBODY),
        ("An agency of this state owning data", Binds.OFFICIAL),
        ("Each county", Binds.OFFICIAL),
        ("A telephone seller", Binds.ROLE),
        ("The operator of a mill", Binds.ROLE),
        ("A person acting as an auctioneer", Binds.ROLE),
        ("A public or private school", Binds.ROLE),
        ("Each dry cleaning establishment", Binds.ROLE),
        ("A person employing persons", Binds.ANYBODY),
        ("the tenant", Binds.PROTECTED),
    ],
)
def test_words_bind_everybody_a_public_body_or_somebody_in_a_role(words: str, binds: Binds) -> None:
    party = party_of(words)
    assert party is not None
    assert party.binds is binds


@pytest.mark.parametrize(
    "words",
    ["the notice", "all new mills that are sold", "information collected", "a lender is bound", ""],
)
def test_words_that_name_nobody_name_no_party(words: str) -> None:
    assert party_of(words) is None


def test_persons_licensed_in_a_trade_are_of_it() -> None:
    party = party_of("any person licensed or registered under the insurance laws of this state")
    assert party is not None
    assert party.trade == "insurance"


def test_persons_among_whom_a_trade_is_named_are_not_of_it() -> None:
    party = party_of("a person, including a unit of local government, engaged in a business")
    assert party is not None
    assert not party.trade


@given(st.text(max_size=300))
def test_any_words_name_somebody_or_nobody(words: str) -> None:
    party = party_of(words)
    assert party is None or party.nouns


@pytest.mark.parametrize(
    ("words", "unit", "run"),
    [
        ("As used in this chapter, unless", "chapter", ("", "")),
        ("For purposes of sections 4-1 to 4-9, inclusive:", "", ("4-1", "4-9")),
        ("The definitions in this section apply throughout this title", "title", ("", "")),
        ("For the purposes of this subsection,", "subsection", ("", "")),
        ("Except as provided in subsection (2), this part 13 applies to", "part", ("", "")),
    ],
)
def test_a_definition_says_how_far_it_reaches(words: str, unit: str, run: tuple[str, str]) -> None:
    reach = reach_of(words)
    assert reach is not None
    assert (reach.unit, (reach.first, reach.last)) == (unit, run)


def test_a_definition_never_holds_for_another_chapter() -> None:
    own = section("1", "As used in this chapter:", heading="Definitions")
    same, other = section("2", "x"), section("3", "x", document="ch41")
    order = (own, same, other)
    assert governs(reach_of(own.text), own, same, order)
    assert not governs(reach_of(own.text), own, other, order)
    far = replace(same, jurisdiction="us-xx")
    assert not governs(reach_of(own.text), own, far, (own, far))


def test_a_run_of_sections_ends_where_it_says() -> None:
    own = section("1", "As used in sections 1 to 3:", heading="Definitions")
    order = (own, *(section(str(n), "x") for n in range(2, 6)))
    held = [one.number for one in order if governs(reach_of(own.text), own, one, order)]
    assert held == ["1", "2", "3"]


def test_definitions_without_a_reach_end_where_others_begin() -> None:
    own = section("1", '"Mill" means a mill.', heading="Definitions")
    order = (own, section("2", "x"), section("3", "y", heading="Definitions"), section("4", "z"))
    held = [one.number for one in order if governs(None, own, one, order)]
    assert held == ["1", "2", "3"]


def test_this_section_is_no_other() -> None:
    own = section("1", "As used in this section, mill means", heading="Mills")
    assert not governs(reach_of(own.text), own, section("2", "x"), (own, section("2", "x")))
