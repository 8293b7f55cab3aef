"""What a provision counts, told short, and how values stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.answering.compare.core_facts import actor_of
from pincite.answering.compare.measures import measures
from pincite.answering.compare.standings import standings
from pincite.comparison import FactKind, Standing
from pincite.law.outline import outline
from pincite.reading.read import read


def told(kind: FactKind, text: str) -> list[str]:
    provisions = read(text, outline(text))
    return [measure.told for measure in measures(kind, text, *provisions)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A keeper shall tell it within 45 days.", ["at most 45 days"]),
        ("A keeper shall tell it not later than forty-five (45) days after.", ["at most 45 days"]),
        ("A keeper shall tell it within forty-five calendar days.", ["at most 45 days"]),
        ("A keeper shall tell it within ten business days.", ["at most 10 business days"]),
        ("A keeper shall keep it for at least three years.", ["at least 3 years"]),
        ("A keeper shall keep it for three years.", ["3 years"]),
        ("A keeper shall tell it in no case later than 60 days.", ["at most 60 days"]),
        ("A keeper shall tell it without unreasonable delay.", ["without unreasonable delay"]),
        (
            "A keeper shall tell it without unreasonable delay and within 30 days.",
            ["at most 30 days"],
        ),
        ("A keeper shall file it on or before March 1 of each year.", ["March 1"]),
        ("A keeper shall post it.", []),
        ("A keeper shall tell what it took on any one day.", []),
        ("A keeper shall tell what it took in the preceding twelve months.", []),
        ("A keeper shall not take more than two months' rent.", []),
        ("A keeper shall card a person who is 18 years of age.", []),
    ],
)
def test_periods(text: str, values: list[str]) -> None:
    assert told(FactKind.PERIOD, text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A keeper shall pay $1,500.", ["$1,500"]),
        ("A keeper shall pay $2.50.", ["$2.50"]),
        ("A keeper shall pay not more than five hundred dollars ($500).", ["at most $500"]),
        ("A keeper shall not take more than two months' rent.", ["at most 2 months' rent"]),
        ("A keeper may take one month's rent.", ["1 month's rent"]),
        ("A keeper shall pay at least one and one-half percent.", ["at least 1.5%"]),
        ("No fee in excess of $40 may be charged by a keeper.", ["at most $40"]),
        ("No greater interest than 6 percent shall be charged by a keeper.", ["at most 6%"]),
        (
            "A keeper shall not ask for a fee unless the loan exceeds $1,000.",
            ["more than $1,000"],
        ),
    ],
)
def test_amounts(text: str, values: list[str]) -> None:
    assert told(FactKind.AMOUNT, text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A keeper of five hundred Franklin residents or more shall.", ["at least 500 residents"]),
        (
            "A keeper of over 1,000 New Franklin residents shall.",
            ["more than 1,000 residents"],
        ),
        ("A keeper with fewer than fifteen employees need not.", ["less than 15 employees"]),
        (
            "A keeper may serve a person who is 21 years of age or older.",
            ["at least 21 years of age"],
        ),
    ],
)
def test_numbers(text: str, values: list[str]) -> None:
    assert told(FactKind.NUMBER, text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "A keeper is guilty of a misdemeanor and shall be fined not more than $500.",
            ["misdemeanor", "fine", "at most $500"],
        ),
        (
            "A keeper is liable for a civil penalty not to exceed $10,000.",
            ["civil penalty", "at most $10,000"],
        ),
        ("The owner may recover twice the amount as damages.", ["a multiple of the loss",
                                                                "suit for damages"]),
        (
            "A keeper shall be imprisoned not more than ninety days.",
            ["imprisonment", "at most 90 days"],
        ),
    ],
)  # fmt: skip
def test_penalties(text: str, values: list[str]) -> None:
    assert told(FactKind.PENALTY, text) == values


@pytest.mark.parametrize(
    ("words", "noun", "kind"),
    [
        ("Any person who owns data", "person", "anybody"),
        ("A person or business that owns data", "person or business", "anybody"),
        ("No employer", "employer", "employer"),
        ("A landlord, or the landlord's agent", "landlord", "landlord"),
    ],
)
def test_who_is_bound(words: str, noun: str, kind: str) -> None:
    assert actor_of(words) == (noun, kind)


@given(st.text(max_size=200))
def test_any_text_is_measured_and_what_is_told_has_its_place(text: str) -> None:
    provisions = read(text, outline(text))
    for kind in (FactKind.PERIOD, FactKind.AMOUNT, FactKind.NUMBER, FactKind.PENALTY):
        for measure in measures(kind, text, *provisions):
            assert 0 <= measure.span[0] < measure.span[1] <= len(text)
            assert measure.told.strip() == measure.told != ""


ROWS = st.lists(
    st.one_of(
        st.tuples(st.none(), st.booleans()),
        st.tuples(st.sampled_from("abc"), st.just(True)),
    ),
    max_size=12,
)


@given(ROWS)
def test_a_standing_tells_how_a_value_stands_to_the_others(
    row: list[tuple[str | None, bool]],
) -> None:
    values, installed = [one[0] for one in row], [one[1] for one in row]
    found = standings(values, installed)
    have = [value for value in values if value is not None]
    counts = sorted((have.count(value) for value in set(have)), reverse=True)
    for value, here, standing in zip(values, installed, found, strict=True):
        if value is None:
            assert standing is (Standing.NONE_FOUND if here else Standing.NOT_INSTALLED)
        elif len(have) == 1:
            alone = sum(installed) > 1
            assert standing is (Standing.ONLY_HERE if alone else Standing.SAME)
        else:
            most = have.count(value) == counts[0] > 1 and counts[:2] != [counts[0]] * 2
            assert standing is (Standing.SAME if most else Standing.DIFFERS)


@given(ROWS)
def test_at_most_one_value_is_as_most(row: list[tuple[str | None, bool]]) -> None:
    found = standings([one[0] for one in row], [one[1] for one in row])
    same = {v for (v, _), s in zip(row, found, strict=True) if s is Standing.SAME}
    assert len(same) <= 1


def test_two_that_differ_both_differ() -> None:
    assert standings(["a", "b"], [True, True]) == (Standing.DIFFERS, Standing.DIFFERS)
