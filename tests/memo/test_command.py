"""`pincite check`, through the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import Pincite
from tests.memo import files

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "“A controller shall not require a consumer to give more personal data” (FS 12-3-308(b))."
BAD = GOOD.replace("shall", "may")


@pytest.fixture
def pincite(franklin: Path, tmp_path: Path) -> Pincite:
    return Pincite(home=franklin, packs=tmp_path)


def test_a_good_memo_is_good(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "memo.md").write_text(GOOD, "utf-8")
    found = pincite("check", tmp_path / "memo.md")
    assert (found.code, found.err) == (0, "")
    assert "1 citation and 1 quotation; none needs to be looked at" in found.out


def test_a_fault_is_code_3_and_told_with_the_difference(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "memo.md").write_text(BAD, "utf-8")
    found = pincite("check", tmp_path / "memo.md")
    assert found.code == 3
    assert "line 1: misquoted" in found.out
    assert "[-shall-]{+may+}" in found.out


def test_the_json_has_every_finding(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text(f"{GOOD}\n\n{BAD}", "utf-8")
    out = tmp_path / "found.json"
    assert pincite("check", tmp_path / "memo.txt", "--out", out).code == 3
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    assert [one["standing"] for one in found["findings"]] == ["good", "good", "misquoted", "good"]
    assert not found["holds"]
    (edit,) = found["findings"][2]["edits"]
    assert (edit["law"], edit["memo"]) == ("shall", "may")


def test_markdown_keeps_the_memos_words_as_words(pincite: Pincite) -> None:
    hostile = "“<script>alert(1)</script> shall be *kept* in [all](x) hives” FS 12-3-308"
    found = pincite("check", "-", "--format", "md", stdin=hostile.encode())
    assert found.code == 3
    assert "<script>" not in found.out


def test_standard_input_is_text(pincite: Pincite) -> None:
    assert pincite("check", "-", stdin=GOOD.encode()).code == 0
    assert pincite("check", "-", "--in", "FR", stdin=b"Section 12-3-402 says so.").code == 0
    assert pincite("check", "-", stdin=b"Section 12-3-402 says so.").code == 3


def test_a_marked_copy_leaves_the_memo_as_it_is(pincite: Pincite, tmp_path: Path) -> None:
    memo = tmp_path / "memo.docx"
    memo.write_bytes(files.docx(files.paragraph(files.run(BAD))))
    before = memo.read_bytes()
    assert pincite("check", memo, "--mark", tmp_path / "copy.docx").code == 3
    assert memo.read_bytes() == before
    assert (tmp_path / "copy.docx").read_bytes() != before
    refused = pincite("check", memo, "--mark", memo)
    assert refused.code == 2
    assert "left as it is" in refused.err
    assert memo.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("memo.docx", b"no Word file", "not a whole Word file"),
        ("memo.txt", b"x" * 10_000_000, "at most 2,000,000"),
        ("none.txt", None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_code_2(
    pincite: Pincite, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    found = pincite("check", tmp_path / name)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_only_a_word_memo_can_be_marked(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text(GOOD, "utf-8")
    found = pincite("check", tmp_path / "memo.txt", "--mark", tmp_path / "copy.docx")
    assert found.code == 2
    assert not (tmp_path / "copy.docx").exists()
    assert pincite("check", tmp_path / "memo.txt", "--mark", tmp_path / "copy.pdf").code == 2
