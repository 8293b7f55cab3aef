"""What the measurements of growth, of peers and of stages are made of."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from benchmarks.peers import corpus
from benchmarks.peers.run import Measured, Peer, table
from benchmarks.plot import drawn
from benchmarks.profile import Clock, timed
from benchmarks.scale import versions
from hypothesis import given
from hypothesis import strategies as st

from pincite.index.build import Outcome, install
from pincite.library.read import Library
from pincite.sample import sample_packs
from pincite.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_DAY = date(2026, 11, 21)
_STATUTES = "us_fr_statutes"
_SIZES = st.floats(0.001, 1e9)


def _installed(home: Path, packs: Path) -> Library:
    results = install(home, open_source(str(packs)), [_STATUTES], now=_NOW)
    assert [one.outcome for one in results] == [Outcome.INSTALLED]
    return Library.open(home)


def test_a_grown_pack_has_every_version_and_todays_words_are_the_packs_own(tmp_path: Path) -> None:
    packs = sample_packs(tmp_path / "packs")
    grown = tmp_path / "grown"
    grown.mkdir()
    versions(packs / f"{_STATUTES}.parquet", grown / f"{_STATUTES}.parquet", 3)
    with (
        _installed(tmp_path / "home", packs) as plain,
        _installed(tmp_path / "larger", grown) as larger,
    ):
        few = [section for _, section in plain.keyed(_STATUTES)]
        assert len(list(larger.keyed(_STATUTES))) == 3 * len(few)
        for section in few:
            if len(plain.versions(section.id)) > 1:  # Franklin's own versions are mixed with ours
                continue
            today = larger.section(section.id, _DAY)
            assert today is not None
            assert today.text == section.text
            assert len(larger.versions(section.id)) == 3


def test_peers_get_the_sections_in_force_and_nothing_else(tmp_path: Path) -> None:
    with _installed(tmp_path / "home", sample_packs(tmp_path / "packs")) as library:
        counts = corpus.write(library, library.packs(), tmp_path / "corpus")
        lines = (tmp_path / "corpus" / "us-fr" / "rows.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert counts == {"us-fr": len(rows)}
        for row in rows:
            found = library.by_act_id(_STATUTES, row["id"])
            assert (row["text"], "in_force") in [(one.text, one.status.value) for one in found]


def test_a_peer_that_cannot_run_is_told_with_its_reason() -> None:
    measured = Measured(Peer(name="Somebody", module="somebody"), failed="no such module")
    about = {"questions": 3, "load": [1.0], "load_after": [2.0]}
    assert "| Somebody | took no part: no such module |" in table([measured.row()], about)


@given(st.lists(st.tuples(_SIZES, _SIZES), min_size=1, max_size=6))
def test_a_curve_is_an_svg_with_a_point_for_each_measurement_inside_the_paper(
    points: list[tuple[float, float]],
) -> None:
    picture = ET.fromstring(drawn([("a < b", points)], title="t", unit="ms", over="sections"))
    circles = [one for one in picture if one.tag.endswith("circle")]
    assert len(circles) == len(points)
    for one in circles:
        assert 0 <= float(one.attrib["cx"]) <= 640
        assert 0 <= float(one.attrib["cy"]) <= 380


def test_a_stage_counts_for_itself_alone_and_the_functions_are_put_back(tmp_path: Path) -> None:
    sizes = tmp_path.stat
    stages = (("inner", "json", "dumps"), ("outer", "benchmarks.figures", "as_json"))
    from benchmarks import figures

    before = (json.dumps, figures.as_json)
    clock = Clock()
    with timed(clock, stages):
        figures.as_json((), {"size": sizes().st_size})
    assert (json.dumps, figures.as_json) == before
    assert clock.calls == {"inner": 1, "outer": 1}
    assert clock.wall["outer"] >= 0
