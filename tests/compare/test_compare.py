"""One question in several states whose law is invented: facts, standings, quotes."""

from __future__ import annotations

import asyncio
import os
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from tests.compare.conftest import DAY, NOW, QUESTION

from pincite.answer import Verdict
from pincite.comparison import FactKind, Standing
from pincite.errors import UsageError
from pincite.law.outline import outline
from pincite.verification import check

if TYPE_CHECKING:
    from tests.compare.conftest import States

    from pincite import Assistant
    from pincite.comparison import Cell, Comparison


def cells(compared: Comparison, kind: FactKind) -> dict[str, Cell]:
    found = next(row for row in compared.rows if row.kind is kind)
    return {cell.jurisdiction.removeprefix("us-"): cell for cell in found.cells}


def value(cell: Cell) -> str:
    return cell.facts[0].value if cell.facts else ""


def prove(compared: Comparison, assistant: Assistant) -> int:
    """Every quote is the stored text, holds every check, and stands where its pinpoint says."""
    count = 0
    for row in compared.rows:
        for cell, column in zip(row.cells, compared.columns, strict=True):
            cited = {source.id for source in column.sources}
            for fact in cell.facts:
                section = assistant.section(fact.section)
                assert section is not None
                assert section.jurisdiction == cell.jurisdiction
                assert fact.section in cited
                for quote in fact.statement.quotes:
                    count += 1
                    assert section.text[quote.start : quote.end] == quote.text
                    unit = outline(section.text).at(quote.start, quote.end)
                    assert (unit is not None and bool(unit.path)) or not quote.pinpoint
                faults = check(
                    fact.statement,
                    {section.id: section},
                    as_of=DAY,
                    jurisdictions={cell.jurisdiction},
                )
                assert faults == ()
    return count


def test_columns_and_cells_stand_in_the_order_asked_for(compared: Comparison) -> None:
    places = ["us-fr", "us-nv", "us-de", "us-or"]
    assert [column.jurisdiction for column in compared.columns] == places
    assert [row.kind for row in compared.rows] == list(FactKind)
    for row in compared.rows:
        assert [cell.jurisdiction for cell in row.cells] == places


def test_every_fact_has_its_own_quote_and_pinpoint_and_passes_every_check(
    compared: Comparison, states: States
) -> None:
    assert prove(compared, states.helper) > 10
    assert cells(compared, FactKind.PERIOD)["nv"].facts[0].citation == (
        "Nev. Rev. Stat. § 999.010(1)"
    )


def test_periods_in_words_and_in_figures_are_the_same_and_another_differs(
    compared: Comparison,
) -> None:
    found = cells(compared, FactKind.PERIOD)
    assert (value(found["fr"]), value(found["de"])) == ("at most 45 days", "at most 45 days")
    assert value(found["nv"]) == "at most 20 days"
    assert found["fr"].standing is found["de"].standing is Standing.SAME
    assert found["nv"].standing is Standing.DIFFERS


def test_what_only_one_jurisdiction_has_is_told(compared: Comparison) -> None:
    number = cells(compared, FactKind.NUMBER)
    assert value(number["nv"]) == "more than 300 residents"
    assert number["nv"].standing is Standing.ONLY_HERE
    assert cells(compared, FactKind.MUST_NOT)["nv"].standing is Standing.ONLY_HERE


def test_who_is_bound_is_told_in_the_laws_own_noun(compared: Comparison) -> None:
    found = cells(compared, FactKind.WHO)
    assert {value(found[place]) for place in ("fr", "nv", "de")} == {"person"}
    assert found["nv"].standing is Standing.SAME


def test_a_penalty_in_another_section_is_found_where_it_names_the_rule(
    compared: Comparison,
) -> None:
    penalty = cells(compared, FactKind.PENALTY)["nv"]
    assert value(penalty) == "misdemeanor; fine; at most $750"
    assert penalty.facts[0].section.endswith("s999.020")


def test_none_found_names_what_was_searched(compared: Comparison) -> None:
    cell = cells(compared, FactKind.PENALTY)["de"]
    assert cell.standing is Standing.NONE_FOUND
    assert cell.facts == ()
    assert cell.searched == ("Delaware Code",)


def test_not_installed_is_never_none_found(compared: Comparison) -> None:
    for row in compared.rows:
        assert row.cells[3].standing is Standing.NOT_INSTALLED
    column = compared.columns[3]
    assert not column.answered
    assert column.reason == "The law of Oregon is not installed."


def test_the_duty_of_an_agency_is_not_told_as_the_askers(compared: Comparison) -> None:
    told = [
        fact.statement.text
        for row in compared.rows
        for cell in row.cells
        for fact in cell.facts
        if cell.jurisdiction == "us-de"
    ]
    assert not [text for text in told if text.startswith("An agency")]


def test_law_that_gives_orders_to_its_reader_changes_nothing(compared: Comparison) -> None:
    told = [f.statement.text for row in compared.rows for cell in row.cells for f in cell.facts]
    assert not [text for text in told if "previous instructions" in text]
    assert cells(compared, FactKind.PERIOD)["nv"].facts


def test_no_fact_comes_from_law_that_does_not_bind_the_asker(compared: Comparison) -> None:
    verdicts = {f.verdict for row in compared.rows for cell in row.cells for f in cell.facts}
    assert Verdict.NOT_YOU not in verdicts


def test_the_same_question_gives_the_same_comparison(states: States, compared: Comparison) -> None:
    assert states.compared("FR", "NV", "DE", "OR") == compared


def test_facts_of_the_asker_are_told_in_it(states: States) -> None:
    found = states.compared("FR", "NV", facts=["we are an insurer"])
    assert "we are an insurer" in found.facts


def test_jurisdictions_may_be_named_in_the_question(states: States) -> None:
    question = "How soon must a business tell of a breach of security in Nevada and in Delaware?"
    found = states.compared(question=question)
    assert [column.jurisdiction for column in found.columns] == ["us-nv", "us-de"]


@pytest.mark.parametrize("places", [(), ("NV",), ("NV", "us-nv", "Nevada")])
def test_one_jurisdiction_is_no_comparison(states: States, places: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="two jurisdictions or more"):
        states.compared(*places)


def test_what_no_statute_tells_is_refused_in_every_column(states: States) -> None:
    found = states.compared("FR", "NV", question="What will the legislature enact next year?")
    assert not found.answered
    assert all(column.reason for column in found.columns)


def test_progress_is_told_as_each_jurisdiction_is_done(states: States) -> None:
    told: list[tuple[int, int, str]] = []

    def hear(done: int, total: int, name: str, /) -> None:
        told.append((done, total, name))

    states.compared("FR", "NV", "DE", progress=hear)
    assert [(done, total) for done, total, _ in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert {name for _, _, name in told[1:]} == {"State of Franklin", "Nevada", "Delaware"}


def test_a_comparison_that_is_cancelled_begins_no_further_jurisdiction(states: States) -> None:
    done: list[str] = []

    async def run() -> None:
        helper = states.helper

        def told(_done: int, _total: int, name: str, /) -> None:
            if name:
                done.append(name)
                task.cancel()

        places = ["FR", "NV", "DE", "OR", "MO", "KS", "TX", "WA"]
        task = asyncio.create_task(helper.compare(QUESTION, places, as_of=DAY, progress=told))
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert 0 < len(done) < 4


def test_a_failure_in_one_jurisdiction_is_the_failure_of_the_whole(states: States) -> None:
    """A broken index is told, and is not taken for law that is not there."""
    from dataclasses import replace

    from pincite.answer import Question
    from pincite.answering.compare.asking import compare
    from pincite.errors import IndexBroken

    desk = states.helper.desk

    class Broken:
        def __getattr__(self, name: str) -> object:
            return getattr(desk.shelf, name)

        def index(self, _pack: object) -> object:
            raise IndexBroken("the index is damaged; run `pincite doctor --fix`")

    question = Question(
        text=QUESTION, as_of=DAY, asked_at=NOW, jurisdictions=("us-fr", "us-nv", "us-de")
    )
    with pytest.raises(IndexBroken, match="doctor --fix"):
        asyncio.run(compare(question, replace(desk, shelf=Broken())))  # pyrefly: ignore


def test_a_comparison_is_made_of_frozen_values(compared: Comparison) -> None:
    for one in (compared, compared.rows[0], compared.rows[0].cells[0], compared.columns[0]):
        with pytest.raises(AttributeError):
            setattr(one, fields(one)[0].name, None)


@pytest.mark.packs
@pytest.mark.parametrize(
    "question",
    [
        "How long does a landlord have to return a security deposit?",
        "How soon must a business tell its customers of a data breach?",
    ],
)
def test_on_real_law_every_cell_is_the_stored_text_and_holds(
    question: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    packs = os.environ.get("PINCITE_PACKS")
    if not packs:
        pytest.skip("PINCITE_PACKS names no packs")
    from pincite import Assistant, load_settings

    home = tmp_path_factory.getbasetemp() / "real"
    helper = Assistant(
        load_settings({"home": str(home), "packs": packs, "vectors": False}), now=NOW
    )
    found = asyncio.run(helper.compare(question, ["CO", "WY", "GA"], as_of=DAY))
    assert found.answered
    assert prove(found, helper) > 8
