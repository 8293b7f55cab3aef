"""The benchmarks run from end to end; what they measure is never asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.figures import Figure, p50_p95, table
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]


@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=300))
def test_percentiles_are_in_order_and_within_what_was_measured(seconds: list[float]) -> None:
    p50, p95 = p50_p95(seconds)
    assert min(seconds) * 1000 <= p50 <= max(seconds) * 1000
    assert p50 <= p95
    assert p95 in [one * 1000 for one in seconds]


def test_a_target_is_met_by_ours_or_by_the_ratio() -> None:
    slow = Figure(name="a", ours=30.0, unit="ms", peer=10.0, target=2.0, ratio_counts=True)
    fast = Figure(name="b", ours=3_500.0, unit="sections/s", target=3_000.0, higher=True)
    bare = Figure(name="c", ours=1.0, unit="ms")
    assert (slow.met, fast.met, bare.met) == (False, True, None)
    shown = table((slow, fast, bare))
    assert "| a | 30.0 ms |  | 10.0 ms | 3.00 | ≤ 2 × the peer (missed) |" in shown
    assert "≥ 3,000 sections/s (met)" in shown


@pytest.mark.skipif(os.name == "nt", reason="the benchmarks link to a library")
def test_every_measurement_runs_on_franklin(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    out = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--questions=2", "--commands=1", f"--out={out}"],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text("utf-8"))
    assert all(one["ours"] > 0 for one in found["figures"])
    names = " ".join(one["name"] for one in found["figures"])
    for part in ("install", "memory", "disk", "words", "`search`", "command", "running process"):
        assert part in names
    assert done.stdout.count("\n") == len(found["figures"]) + 2
    assert str(tmp_path) not in done.stdout


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="the benchmarks link to a library")
@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc")
def test_a_server_under_load_is_measured_on_franklin(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from pincite import Assistant, Settings
    from pincite.sample import PACKS, sample_packs

    settings = Settings(home=tmp_path / "home", packs=str(sample_packs(tmp_path / "packs")))
    Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC)).add(PACKS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    out = tmp_path / "figures.json"
    little = ["--users=2", "--pause=0.2", "--seconds=1", "--closed=1", "--streams=4", "--asks=20"]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.serving",
            f"--home={settings.home}",
            f"--out={out}",
            *little,
        ],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text("utf-8"))["figures"]
    assert [one["ours"] for one in figures if one["name"].endswith("errors")] == [0.0] * 4
    names = " ".join(one["name"] for one in figures)
    for part in ("people", "one after another", "`/health`", "memory at the end"):
        assert part in names
