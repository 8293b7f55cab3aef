"""`pincite ask --format` and `pincite export` through the command line; answers read back."""

from __future__ import annotations

import json
import pty
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.conftest import QUESTION, Pincite
from tests.rendering_documents import papers

from pincite.rendering.from_wire import from_wire
from pincite.rendering.wire import AnswerWire, render_json, to_wire
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

STARTS = {
    "docx": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "html": b"<!doctype html>",
    "md": b"# ",
    "json": b"{",
}


@pytest.fixture(scope="module")
def pincite(tmp_path_factory: pytest.TempPathFactory) -> Pincite:
    folder = tmp_path_factory.mktemp("exports")
    made = Pincite(home=folder / "home", packs=sample_packs(folder / "packs"))
    assert made("library", "add", "--all").code == 0
    return made


@pytest.fixture(scope="module")
def answer(pincite: Pincite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("answers") / "answer.json"
    assert pincite("ask", QUESTION, "--out", file).code == 0
    return file


@pytest.mark.parametrize("suffix", STARTS)
def test_the_suffix_of_the_file_chooses_the_format(
    pincite: Pincite, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"memo.{suffix}"
    assert pincite("ask", QUESTION, "--words", "--out", out).code == 0
    assert out.read_bytes().startswith(STARTS[suffix])


def test_a_format_that_is_named_wins_over_the_suffix(
    pincite: Pincite, answer: Path, tmp_path: Path
) -> None:
    out = tmp_path / "memo.txt"
    assert pincite("export", answer, "--format", "DOCX", "--out", out).code == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("form", ["md", "markdown", "text", "json", "html", "pdf"])
def test_a_saved_answer_is_exported(
    pincite: Pincite, answer: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "made"
    assert pincite("export", answer, "--format", form, "--out", out).code == 0
    if form == "json":
        assert out.read_bytes() == answer.read_bytes()


def test_an_answer_that_was_kept_is_exported_by_its_id(
    pincite: Pincite, answer: Path, tmp_path: Path
) -> None:
    import hashlib

    identifier = hashlib.sha256(answer.read_bytes()).hexdigest()[:16]
    out = tmp_path / "memo.html"
    assert pincite("export", identifier, "--out", out).code == 0
    assert pincite("export", "0" * 16, "--out", out).code == 2


def test_an_answer_that_was_changed_is_not_exported(
    pincite: Pincite, answer: Path, tmp_path: Path
) -> None:
    saved: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    cite = next(one["cites"][0] for b in saved["blocks"] for one in b["statements"] if one["cites"])
    cite["quote"] = f"X{cite['quote'][1:]}"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(saved), "utf-8")
    out = tmp_path / "memo.html"
    refused = pincite("export", changed, "--out", out)
    assert refused.code == 1
    assert "does not hold" in refused.err
    assert not out.exists()
    assert pincite("export", changed, "--unchecked", "--out", out).code == 0
    assert "without holding the answer against the library" in out.read_text("utf-8")


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04"])
def test_what_is_no_saved_answer_is_named(pincite: Pincite, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    found = pincite("export", file, "--format", "html")
    assert found.code == 2
    assert "no saved answer" in found.err


def test_an_unknown_format_is_refused_with_those_that_there_are(
    pincite: Pincite, answer: Path
) -> None:
    found = pincite("export", answer, "--format", "odt")
    assert found.code == 2
    assert "docx, pdf" in " ".join(found.err.split())
    assert pincite("library", "list", "--format", "docx").code == 2


def test_a_terminal_is_not_written_full_of_bytes(pincite: Pincite, answer: Path) -> None:
    mine, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "pincite", "export", str(answer), "--format", "pdf"],
        stdout=theirs, stderr=subprocess.PIPE, env=pincite.environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"--out FILE.pdf" in done.stderr
    import os

    os.close(mine)
    os.close(theirs)


def test_bytes_go_through_a_pipe_unchanged(pincite: Pincite, answer: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.docx"
    assert pincite("export", answer, "--out", out).code == 0
    done = subprocess.run(
        [sys.executable, "-m", "pincite", "export", str(answer), "--format", "docx"],
        capture_output=True, env=pincite.environment, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout == out.read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    pincite: Pincite, answer: Path, tmp_path: Path
) -> None:
    assert pincite("export", answer, "--out", tmp_path / "no" / "memo.docx").code == 2
    assert pincite("export", answer, "--out", tmp_path).code == 2


@given(text=st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_an_answer_read_back_is_the_same_answer(text: str) -> None:
    for made in (papers.sound(), papers.refusing(), papers.hostile(text)):
        wire = (
            AnswerWire.model_validate_json(to_wire(made).model_dump_json())
            if _writable(text)
            else to_wire(made)
        )
        again = from_wire(wire)
        assert render_json(again) == render_json(made)
        assert again.blocks == made.blocks
        assert again.sources == made.sources


def _writable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
