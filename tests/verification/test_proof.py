"""The checks catch what a program falsifies in real law, and let pass what is true."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.mark.packs
def test_the_checks_reach_their_marks_on_a_sample_of_the_packs() -> None:
    packs = os.environ.get("PINCITE_PACKS")
    if not packs or not Path(packs).is_dir():
        pytest.skip("PINCITE_PACKS names no directory")
    from evals.checks.__main__ import measure

    tallies = measure(Path(packs), seed=7, stretches_each=1, keep="", limit=4)
    share = {
        name: sum(t.faulted for t in halves.values()) / sum(t.count for t in halves.values())
        for name, halves in tallies.items()
    }
    assert share["invented quotation"] == 1
    assert share["invented citation"] == 1
    assert share["changed bytes"] == 1
    assert share["negation"] >= 0.9
    assert share["modality"] >= 0.9
    assert share["number"] >= 0.9
    assert share["true: quote"] <= 0.05
    assert share["true: paraphrase"] <= 0.1
