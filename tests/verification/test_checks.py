"""A statement that the law does not bear out has a fault that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.verification.invented import (
    BREACH_LAW,
    OTHER_WORDS_LAW,
    WORDS_LAW,
    faults,
    quote,
    section,
    sentence,
    shown,
    told,
    with_law,
)

from pincite.answer import FaultKind, Statement, StatementKind
from pincite.law.section import Status
from pincite.law.validity import Validity
from pincite.verification import NOTE_TEMPLATES, is_note, note

NOTIFY = sentence("Except as provided")
PAY = sentence("An employer shall")
RELIEF = sentence("A notice is not")
SALE = sentence("No person may")
PENALTY = sentence("The court may")


@pytest.mark.parametrize(
    "statement",
    [
        shown(f"“{SALE.text}”", SALE),
        shown(SALE.text, SALE),
        told(
            "Except as provided in subsection (c), a person that owns records of a resident must "
            "notify the resident within 45 days after discovery of a breach.",
            NOTIFY,
        ),
        told("A person must not sell the records of a minor.", SALE),
        told("The court may impose a civil penalty of $25,000.", PENALTY),
        told("The employer must keep the records of payment for 3 years.", PAY),
        told(
            "You do not need to give notice if, after an investigation, the person determines "
            "that no harm is likely.",
            RELIEF,
        ),
    ],
)
def test_a_true_statement_has_no_fault(statement: Statement) -> None:
    assert faults(statement) == set()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (told("No person must sell the records of a minor.", SALE), FaultKind.NEGATION),
        (told("A person must not sell the records of a minor."), FaultKind.NOT_CITED),
        (shown("“No person may buy the records of a minor.”", SALE), FaultKind.NOT_VERBATIM),
        (told("The law calls it “a grave harm”: no sale of minor records.", SALE),
         FaultKind.NOT_VERBATIM),
        (told("The court may impose a civil penalty of $50,000.", PENALTY), FaultKind.NUMBER),
        (told("The employer must keep the records of payment for 3 months.", PAY),
         FaultKind.NUMBER),
        (told("The court shall impose a civil penalty of $25,000.", PENALTY),
         FaultKind.MODALITY),
        (told("A person may sell the records of a minor.", SALE), FaultKind.NEGATION),
        (told("A person that owns records of a resident must notify the resident within 45 days "
              "after discovery of a breach.", NOTIFY), FaultKind.EXCEPTION),
        (told("An employee must pay an employer for time spent on a breach, unless the employee "
              "caused it.", PAY), FaultKind.ACTOR),
        (told("Under Fr. Code § 99-9, no person may sell the records of a minor.", SALE),
         FaultKind.CITATION),
        (told("No person may sell the records, tapes, photographs and drawings of a minor.", SALE),
         FaultKind.NOT_COVERED),
        (told("In Missouri no person may sell the records of a minor.", SALE),
         FaultKind.WRONG_JURISDICTION),
        (shown("“may sell the records of a minor.”", quote("may sell the records of a minor.")),
         FaultKind.NEGATION),
        (shown("“An employer shall pay an employee for time spent on a breach”",
               quote("An employer shall pay an employee for time spent on a breach")),
         FaultKind.EXCEPTION),
    ],
)  # fmt: skip
def test_a_false_statement_has_its_fault(statement: Statement, kind: FaultKind) -> None:
    assert kind in faults(statement)


def test_an_omission_that_is_marked_is_no_fault() -> None:
    cut = quote("An employer shall pay an employee for time spent on a breach")
    assert faults(shown(f"“{cut.text}” …", cut)) == set()


def test_a_quote_must_be_the_section_to_the_byte() -> None:
    changed = replace(SALE, text=SALE.text.replace("minor", "miner"))
    assert faults(shown(changed.text, changed)) == {FaultKind.NOT_VERBATIM}
    outside = replace(SALE, start=-5)
    assert faults(shown(SALE.text, outside)) == {FaultKind.NOT_VERBATIM}
    beyond = replace(SALE, end=10_000_000)
    assert faults(shown(SALE.text, beyond)) == {FaultKind.NOT_VERBATIM}


def test_a_section_that_was_not_retrieved_is_a_fault() -> None:
    assert faults(shown(SALE.text, SALE), law={}) == {FaultKind.NOT_RETRIEVED}


def test_a_pinpoint_names_a_subdivision_that_holds_the_quote() -> None:
    assert faults(shown(SALE.text, replace(SALE, pinpoint="(d)"))) == set()
    assert faults(shown(SALE.text, replace(SALE, pinpoint="(a)"))) == {FaultKind.WRONG_PINPOINT}


def test_law_that_is_not_in_force_is_a_fault() -> None:
    statement = shown(SALE.text, SALE)
    gone = FaultKind.NOT_IN_FORCE
    assert gone in faults(statement, law=with_law(BREACH_LAW, status=Status.REPEALED))
    later = Validity(date(2026, 7, 1), None)
    assert gone in faults(statement, law=with_law(BREACH_LAW, validity=later))
    assert gone in faults(statement, law=with_law(BREACH_LAW, heading="Recompiled."))


def test_another_jurisdictions_law_is_a_fault() -> None:
    assert faults(shown(SALE.text, SALE), jurisdictions=("us-mo",)) == {
        FaultKind.WRONG_JURISDICTION
    }


def test_a_definition_comes_from_the_definitions_of_the_same_document() -> None:
    right = sentence('"Record" means a name', WORDS_LAW)
    wrong = sentence('"Record" means a disc', OTHER_WORDS_LAW)
    here = frozenset({BREACH_LAW.document})
    assert faults(shown(right.text, right), documents=here) == set()
    assert faults(shown(wrong.text, wrong), documents=here) == {FaultKind.DEFINITION}


def test_a_definition_that_no_provision_gives_is_a_fault() -> None:
    statement = told("“Record” means records of payment.", PAY)
    assert FaultKind.DEFINITION in faults(statement)


def test_a_period_of_another_sentence_is_a_fault_though_it_is_quoted() -> None:
    both = sentence("An employer shall")
    statement = told(
        "Except as provided in subsection (c), a person that owns records of a resident must "
        "notify the resident within 3 years after discovery of a breach.",
        NOTIFY,
        both,
    )
    assert FaultKind.NUMBER in faults(statement)


def test_words_may_be_plain_words_for_the_laws_words() -> None:
    statement = told("Nobody may sell the records of a minor.", SALE)
    assert faults(statement) == set()


def test_notes_come_from_the_templates_alone() -> None:
    assert faults(note("searched_count", codes="Franklin Code", number="1,203")) == set()
    invented = Statement(text="The law forbids it.", kind=StatementKind.NOTE)
    assert faults(invented) == {FaultKind.NOT_CITED}


def test_every_template_is_recognised_when_it_is_filled() -> None:
    fields = {
        "number": "12",
        "codes": "Franklin Code",
        "titles": "titles 4, 8 and 10",
        "jurisdiction": "Franklin",
        "currency": "release 81 (2022-06)",
        "topic": "a licence for this",
        "aspect": "how much",
        "condition": "you are an insurer",
        "citation": "Fr. Code § 40-2",
        "heading": "Notice of breach",
        "reason": "it took too long",
        "day": "2024-01-01",
    }
    for key in NOTE_TEMPLATES:
        assert is_note(note(key, **fields).text), key


def test_a_dirty_section_is_checked_and_not_choked_on() -> None:
    dirty = section("1", "(a)No person may sell\u00ad\u00ad it\n\n\n(((((((((( [Repealed] \x00 “")
    words = dirty.text[3:20]
    statement = shown(words, quote(words, dirty))
    assert faults(statement, law={dirty.id: dirty}) <= {FaultKind.NOT_VERBATIM}
