"""An act that says its own name speaks for itself, and not for the federal act that it names."""

from __future__ import annotations

import pytest

from pincite.reading.reach import reach_of


@pytest.mark.parametrize(
    "words",
    [
        "The provisions of the Franklin Data Notice Act do not bind a bank.",
        "The Franklin Data Notice Act does not apply to a bank.",
        "Nothing in the Fair Tenancies Act limits a lease of farm land.",
    ],
)
def test_an_act_named_in_its_exemption_is_the_act_that_is_meant(words: str) -> None:
    reach = reach_of(words)
    assert reach is not None
    assert reach.unit == "act"


@pytest.mark.parametrize(
    "words",
    [
        "A bank that is subject to the federal Lenders Act shall keep the records.",
        "A notice under the Fair Tenancies Act must be in writing.",
    ],
)
def test_an_act_that_is_only_mentioned_is_not(words: str) -> None:
    reach = reach_of(words)
    assert reach is None or reach.unit != "act"
