"""`pincite verify`, through the command line."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import Pincite

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result


def check(pincite: Pincite, saved: object, folder: Path, *args: str) -> Result:
    file = folder / "saved.json"
    file.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
    return pincite("verify", file, *args)


def first_cited(saved: dict[str, Any]) -> dict[str, Any]:
    """The first statement with a citation."""
    statements = [one for block in saved["blocks"] for one in block["statements"]]
    return next(one for one in statements if one["cites"])


def test_an_answer_that_was_not_touched_holds(
    installed: Pincite, answer: dict[str, Any], tmp_path: Path
) -> None:
    found = check(installed, answer, tmp_path, "-f", "json")
    assert found.code == 0, found.out
    assert found.json["holds"]
    assert found.json["recorded"]
    assert "The answer holds" in check(installed, answer, tmp_path).out


def cite_of(key: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    def changed(saved: dict[str, Any]) -> None:
        cite = first_cited(saved)["cites"][0]
        cite[key] = change(cite[key])

    return changed


def source_of(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def changed(saved: dict[str, Any]) -> None:
        saved["sources"][0][key] = value

    return changed


def statement_of(key: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    def changed(saved: dict[str, Any]) -> None:
        statement = first_cited(saved)
        statement[key] = change(statement[key])

    return changed


def relabel(saved: dict[str, Any]) -> None:
    text = json.dumps(saved).replace('"1.1"', '"9.9"')
    saved.clear()
    saved.update(json.loads(text))


CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a letter of a quote": cite_of("quote", lambda quote: quote.replace("e", "a", 1)),
    "the start of a quote": cite_of("start", lambda start: start + 1),
    "the end of a quote": cite_of("end", lambda end: end - 1),
    "a pinpoint": cite_of("pinpoint", lambda _: "99(z)"),
    "a label that no source has": cite_of("source", lambda _: "7.7"),
    "a word of a statement": statement_of(
        "text", lambda text: text.replace(text.split()[0], "Nobody", 1)
    ),
    "a statement without its citation": statement_of("cites", lambda _: []),
    "law told as a note": statement_of("kind", lambda _: "note"),
    "a source's hash": source_of("text_sha256", "0" * 64),
    "a source's citation": source_of("citation", "Frank. Stat. § 1-1-1"),
    "a source's status": source_of("status", "repealed"),
    "a source's heading": source_of("heading", "Bees."),
    "a source's link": source_of("url", "https://law.example/else"),
    "a source that the library lacks": source_of("id", "/us-fr/fs/s99-9-999"),
    "labels out of order": relabel,
    "a source that is left out": lambda saved: saved["sources"].pop(0),
    "the question": lambda saved: saved.update(question="May I keep bees?"),
    "a number in the coverage": lambda saved: saved["coverage"]["searched"][0].update(sections=1),
    "a statement taken out": lambda saved: saved["blocks"][0]["statements"].pop(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_found(
    installed: Pincite,
    answer: dict[str, Any],
    tmp_path: Path,
    change: Callable[[dict[str, Any]], None],
) -> None:
    saved = copy.deepcopy(answer)
    change(saved)
    found = check(installed, saved, tmp_path, "-f", "json")
    assert found.code == 1
    assert found.json["faults"]


def test_a_changed_quote_is_found_where_the_answer_was_never_kept(
    own: Pincite, answer: dict[str, Any], tmp_path: Path
) -> None:
    (own.home / "answers.db").unlink()
    assert check(own, answer, tmp_path).code == 0
    saved = copy.deepcopy(answer)
    CHANGES["a letter of a quote"](saved)
    found = check(own, saved, tmp_path)
    assert found.code == 1
    assert "not_verbatim" in found.out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "no object"),
        (b"{}", "question: Field required"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_saved_answer_is_named(
    installed: Pincite, tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    found = installed("verify", file)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_file_that_is_not_there_is_named(installed: Pincite, tmp_path: Path) -> None:
    found = installed("verify", tmp_path / "none.json")
    assert found.code == 2
    assert "none.json cannot be read" in found.err


@pytest.mark.packs
def test_an_answer_from_real_law_holds(tmp_path: Path) -> None:
    packs = os.environ.get("PINCITE_PACKS")
    if not packs:
        pytest.skip("PINCITE_PACKS names no packs")
    pincite = Pincite(home=tmp_path / "home", packs=Path(packs))
    assert pincite("library", "add", "us_mn_statutes").code == 0
    asked = "What must a contract with a processor of personal data contain in Minnesota?"
    found = pincite("ask", asked, "--words", "-f", "json")
    assert found.code in {0, 3}
    assert check(pincite, found.json, tmp_path).code == 0


def test_an_answer_may_come_from_standard_input(installed: Pincite, answer: dict[str, Any]) -> None:
    assert installed("verify", "-", stdin=json.dumps(answer).encode()).code == 0
