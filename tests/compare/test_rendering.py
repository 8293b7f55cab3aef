"""A comparison as text, JSON, Markdown, CSV, XLSX and DOCX, and the command that writes them."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.conftest import QUESTION
from typer.testing import CliRunner

from pincite.answer import Statement, StatementKind
from pincite.cli.app import app
from pincite.comparison import Cell, Comparison, Row, Standing
from pincite.rendering.comparison_markdown import comparison_markdown
from pincite.rendering.comparison_sheets import HEADS, comparison_csv, guarded
from pincite.rendering.comparison_text import comparison_text
from pincite.rendering.comparison_wire import comparison_json, comparison_schema

if TYPE_CHECKING:
    from tests.compare.conftest import States

SCHEMA = Path(__file__).parents[2] / "schema" / "comparison.schema.json"
FORMULA = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture(scope="module")
def hostile(compared: Comparison) -> Comparison:
    """The comparison as if the law and the question were formulas and control characters."""

    def with_text(cell: Cell) -> Cell:
        facts = tuple(
            replace(
                fact,
                value="+1+cmd|' /C calc'!A0",
                statement=Statement(
                    text=FORMULA + "\x00\x1b[31m\u202e",
                    kind=StatementKind.QUOTE,
                    quotes=fact.statement.quotes,
                ),
            )
            for fact in cell.facts
        )
        return replace(cell, facts=facts)

    rows = tuple(
        Row(kind=r.kind, cells=tuple(with_text(c) for c in r.cells)) for r in compared.rows
    )
    question = replace(compared.question, text="@SUM(A1:A9)*cmd\x07 | a | b")
    return replace(compared, rows=rows, question=question)


def test_the_published_schema_is_that_of_this_release() -> None:
    assert SCHEMA.read_text("utf-8") == comparison_schema()


def test_the_json_is_as_the_schema_says_and_cites_only_its_sources(compared: Comparison) -> None:
    wire = json.loads(comparison_json(compared))
    jsonschema.validate(wire, json.loads(SCHEMA.read_text("utf-8")))
    labels = {
        column["jurisdiction"]: {one["label"] for one in column["sources"]}
        for column in wire["columns"]
    }
    for row in wire["rows"]:
        for cell in row["cells"]:
            for fact in cell["facts"]:
                for cite in fact["statement"]["cites"]:
                    assert cite["source"] in labels[cell["jurisdiction"]]


def test_every_field_of_the_comparison_is_described() -> None:
    page = (SCHEMA.parents[1] / "docs" / "compare.md").read_text("utf-8")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    kinds = set(schema["$defs"]["RowWire"]["properties"]["kind"]["enum"])
    standings = set(schema["$defs"]["CellWire"]["properties"]["standing"]["enum"])
    assert {one for one in kinds | standings if f"`{one}`" not in page} == set()


def test_the_text_tells_what_differs_and_what_was_searched(compared: Comparison) -> None:
    text = " ".join(comparison_text(compared).split())
    assert "NV ≠ at most 20 days" in text
    assert "none found in Delaware Code" in text
    assert "OR not installed" in text
    assert "not legal advice" in text


def test_no_line_of_the_text_is_wider_than_asked(compared: Comparison) -> None:
    assert max(map(len, comparison_text(compared, width=72).splitlines())) <= 72


def test_control_characters_are_shown_as_marks(hostile: Comparison) -> None:
    for text in (comparison_text(hostile), comparison_markdown(hostile)):
        assert not {"\x00", "\x1b", "\x07", "\u202e"} & set(text)


def test_the_markdown_is_a_table_that_law_text_cannot_break(
    compared: Comparison, hostile: Comparison
) -> None:
    for one in (compared, hostile):
        lines = [line for line in comparison_markdown(one).splitlines() if line.startswith("|")]
        assert len(lines) == 2 + len(one.columns)
        bare = [line.replace("\\|", "").count("|") for line in lines]
        assert len(set(bare)) == 1


def test_the_markdown_may_be_the_table_alone(compared: Comparison) -> None:
    text = comparison_markdown(compared, quotes=False)
    assert "**at most 20 days** (differs)" in text
    assert "Warden of Ledgers" not in text
    assert "not legal advice" in text


def rows_of(comparison: Comparison) -> list[dict[str, str]]:
    text = comparison_csv(comparison)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_csv_has_a_line_for_every_fact_and_every_gap(compared: Comparison) -> None:
    lines = rows_of(compared)
    wanted = sum(max(len(cell.facts), 1) for row in compared.rows for cell in row.cells)
    assert len(lines) == wanted
    nevada = next(one for one in lines if one["Value"] == "at most 20 days")
    assert nevada["Standing"] == "differs"
    assert nevada["Citation"] == "Nev. Rev. Stat. § 999.010(1)"
    assert nevada["Link"] == "https://law.example/nv/999.010"
    gaps = [one for one in lines if one["Standing"] == "none found"]
    assert all(one["Searched"] for one in gaps)


def test_no_field_of_the_csv_is_a_formula(hostile: Comparison) -> None:
    for line in rows_of(hostile):
        for field in line.values():
            assert not field.lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(max_size=40))
def test_a_guarded_field_is_never_a_formula_and_loses_nothing(field: str) -> None:
    found = guarded(field)
    assert not found.lstrip().startswith(("=", "+", "-", "@"))
    assert found.removeprefix("'") == field or found == field


def test_the_workbook_opens_and_holds_strings_alone(hostile: Comparison, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from pincite.rendering.comparison_sheets import comparison_xlsx

    file = tmp_path / "compared.xlsx"
    file.write_bytes(comparison_xlsx(hostile))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Comparison", "Facts", "Searched"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}  # no "f", a formula
    with zipfile.ZipFile(file) as parts:
        inside = "".join(parts.read(name).decode() for name in parts.namelist() if "sheet" in name)
    assert "<f>" not in inside
    assert "evil.example" not in inside


def test_the_workbook_colours_what_differs_and_links_sources(
    compared: Comparison, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from pincite.rendering.comparison_sheets import comparison_xlsx

    file = tmp_path / "compared.xlsx"
    file.write_bytes(comparison_xlsx(compared))
    book = openpyxl.load_workbook(file)
    coloured = [
        cell.value
        for row in book["Comparison"].iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFE9B8"
    ]
    assert any("at most 20 days" in text for text in coloured)
    assert all(text.startswith("(differs)") for text in coloured)
    facts = book["Facts"]
    assert tuple(cell.value for cell in facts[1]) == HEADS
    links = {cell.hyperlink.target for row in facts.iter_rows() for cell in row if cell.hyperlink}
    assert "https://law.example/nv/999.010" in links


def test_the_same_comparison_gives_the_same_workbook(compared: Comparison) -> None:
    pytest.importorskip("xlsxwriter")
    from pincite.rendering.comparison_sheets import comparison_xlsx

    assert comparison_xlsx(compared) == comparison_xlsx(compared)


def test_the_document_opens_with_tables_headings_and_every_quote(
    compared: Comparison, hostile: Comparison, tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    from pincite.rendering.comparison_docx import comparison_docx

    file = tmp_path / "compared.docx"
    file.write_bytes(comparison_docx(hostile))
    docx.Document(str(file))
    file.write_bytes(comparison_docx(compared))
    document = docx.Document(str(file))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for row in compared.rows:
        for cell in row.cells:
            for fact in cell.facts:
                assert " ".join(fact.statement.text.split()) in text
    table = document.tables[0]
    assert [row.cells[0].text for row in table.rows][1:] == [c.name for c in compared.columns]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_document(compared: Comparison, tmp_path: Path) -> None:
    pytest.importorskip("docx")
    from pincite.rendering.comparison_docx import comparison_docx

    file = tmp_path / "compared.docx"
    file.write_bytes(comparison_docx(compared))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "compared.pdf").read_bytes().startswith(b"%PDF")


def run(states: States, *args: str | Path) -> Any:
    changed: dict[str, str | None] = {n: None for n in os.environ if n.startswith("PINCITE_")}
    return CliRunner().invoke(
        app, ["compare", *map(str, args)], env=changed | dict(states.environment)
    )


@pytest.mark.parametrize("form", ["text", "json", "md", "markdown", "csv", "xlsx", "docx"])
def test_the_command_prints_every_format(states: States, form: str) -> None:
    found = run(states, QUESTION, "--in", "FR,NV", "--format", form)
    assert found.exit_code == 0
    assert len(found.stdout_bytes) > 500


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        ("json", b"{"),
        ("md", b"# How soon"),
        ("csv", b"\xef\xbb\xbfJurisdiction"),
        ("xlsx", b"PK"),
        ("docx", b"PK"),
        ("txt", b"How soon"),
    ],
)
def test_the_suffix_of_the_file_chooses_the_format(
    states: States, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    out = tmp_path / f"compared.{suffix}"
    found = run(states, *QUESTION.split(), "--in", "FR", "--in", "NV", "--out", out)
    assert found.exit_code == 0
    assert not found.stdout
    assert out.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [out]


def test_all_takes_every_jurisdiction_that_is_installed(states: States) -> None:
    found = run(states, QUESTION, "--all", "--format", "json")
    columns = [column["jurisdiction"] for column in json.loads(found.stdout)["columns"]]
    assert columns == ["us-de", "us-fr", "us-nv"]


def test_progress_goes_to_standard_error_alone(states: States) -> None:
    found = run(states, QUESTION, "--all", "--format", "json")
    assert "compared: 3 of 3" in found.stderr
    json.loads(found.stdout)


def test_no_answer_anywhere_is_exit_code_3(states: States) -> None:
    found = run(states, QUESTION, "--in", "OR,MO")
    assert found.exit_code == 3
    assert "not installed" in found.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([QUESTION], "two jurisdictions or more"),
        ([QUESTION, "--in", "NV"], "two jurisdictions or more"),
        ([QUESTION, "--in", "NV,Atlantis"], "'Atlantis' is no jurisdiction"),
        ([QUESTION, "--all", "--in", "NV"], "contradict"),
        (["", "--in", "NV,DE"], "empty"),
        ([QUESTION, "--in", "NV,DE", "--format", "pdf"], "is none of"),
        ([QUESTION, "--in", "NV,DE", "--out", "no/such/folder/a.csv"], "there is no folder"),
        ([QUESTION, "--in", "NV,DE", "--as-of", "soon"], "is no date"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(states: States, args: list[str], said: str) -> None:
    found = run(states, *args)
    assert found.exit_code == 2
    assert said in found.stderr
    assert not found.stdout


def test_of_one_searched_jurisdiction_nothing_is_said_to_be_the_same(states: States) -> None:
    found = states.compared("NV", "OR")
    text = comparison_text(found)
    assert "NV  = " not in text
    assert {c.standing for row in found.rows for c in row.cells if c.facts} == {Standing.SAME}
