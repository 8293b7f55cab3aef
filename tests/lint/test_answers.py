"""A faulty row of law data is kept out of answers, and the answer says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Pincite

from pincite.sample import sample_packs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTION = "How soon must a business give notice of a breach of security?"
ID, CITATION = "/us-fr/fs/s12-4-103", "Frank. Stat. § 12-4-103"
MERGED = (
    "\n\n12-4-104. Disposal.\nA person that keeps records shall dispose of them so that nobody can "
    "read them, and shall keep a list of what was disposed of and when for a year after that."
)
SPOILT: dict[str, dict[str, Callable[[str], str]]] = {
    "the text says that it is gone": {
        "text": lambda _: (
            "Repealed. (L. 2025, ch. 3: how soon a business gives notice of a breach.)"
        )
    },
    "another section's text stands in it": {"text": lambda old: old + MERGED},
    "the text breaks off": {"text": lambda old: old[: old.index("may call")] + "of the"},
    "words of a site stand in it": {
        "text": lambda old: f"{old}\nContact an experienced attorney today for a free consultation."
    },
}


def spoilt(folder: Path, columns: dict[str, Callable[[str], str]]) -> Path:
    """The packs of Franklin with one row spoilt."""
    packs = sample_packs(folder)
    path = packs / "us_fr_statutes.parquet"
    rows = pq.read_table(path).to_pylist()
    (row,) = [one for one in rows if one["citation"] == CITATION]
    for column, change in columns.items():
        row[column] = change(row[column])
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    (packs / "index.json").unlink()
    return packs


def asked(pincite: Pincite, *more: str) -> dict[str, Any]:
    found = pincite("ask", QUESTION, "--in", "FR", "-f", "json", *more)
    assert found.code in {0, 3}, found.err
    return json.loads(found.out)


def cited(answer: dict[str, Any]) -> set[str]:
    return {source["id"] for source in answer["sources"]}


def test_a_sound_row_is_answered_from(tmp_path: Path) -> None:
    pincite = Pincite(home=tmp_path / "home", packs=sample_packs(tmp_path / "packs"))
    answer = asked(pincite)
    assert ID in cited(answer)
    assert not [one for one in answer["coverage"]["notes"] if one.startswith("Not used")]


@pytest.mark.parametrize("how", SPOILT)
def test_a_faulty_row_is_kept_out_and_told_unless_it_is_asked_for(tmp_path: Path, how: str) -> None:
    packs = spoilt(tmp_path / "packs", SPOILT[how])
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    answer = asked(pincite)
    assert ID not in cited(answer)
    assert "forty-five" not in json.dumps(answer["blocks"])
    (note,) = [one for one in answer["coverage"]["notes"] if one.startswith("Not used")]
    assert CITATION in note
    assert ID in cited(asked(pincite, "--with-faulty-rows"))
    assert pincite("read", CITATION).code == 0


def test_a_setting_lets_faulty_rows_in(tmp_path: Path) -> None:
    packs = spoilt(tmp_path / "packs", SPOILT["words of a site stand in it"])
    more = (("PINCITE_FAULTY_ROWS", "true"),)
    pincite = Pincite(home=tmp_path / "home", packs=packs, more=more)
    assert ID in cited(asked(pincite))


def test_a_section_that_is_named_and_faulty_is_not_told_as_law(tmp_path: Path) -> None:
    packs = spoilt(tmp_path / "packs", SPOILT["the text breaks off"])
    pincite = Pincite(home=tmp_path / "home", packs=packs)
    found = pincite("ask", f"What does {CITATION} require?", "--in", "FR", "-f", "json")
    assert ID not in cited(json.loads(found.out))
    assert any(CITATION in one for one in json.loads(found.out)["coverage"]["notes"])
    # It is there, so nothing says that it is not.
    assert "There is no" not in found.out
