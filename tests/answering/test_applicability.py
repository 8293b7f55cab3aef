"""Whom an act binds, and whether that is the asker."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.verification.invented import section

from pincite.answer import Evidence, Verdict
from pincite.answering.applicability import Bound, applicability
from pincite.answering.asker import Asker
from pincite.answering.findings import Aim, findings
from pincite.answering.near import Neighbourhood, article
from pincite.answering.sizes import Size, fits, sizes
from pincite.reading.readings import Readings

if TYPE_CHECKING:
    from pincite.law.section import Section

AIM = Aim(text="", words={}, terms={}, asks=())


def bound(*law: Section, question: str = "", facts: tuple[str, ...] = ()) -> Bound:
    """Whom the first section binds, the others beside it."""
    readings = Readings()
    cited = findings([Evidence(section=law[0], score=1.0)], AIM, readings)
    asker = Asker.of(question, facts)
    return applicability(cited, Neighbourhood(order=law), asker, readings)


SCOPE = section(
    "1",
    "(a) This chapter applies to persons that conduct business in this state and that:\n\n"
    "(1) keep the records of not less than 35,000 consumers; or\n\n"
    "(2) keep the records of not less than 10,000 consumers and derive more than half of their "
    "revenue from selling them.\n\n"
    "(b) This chapter does not apply to any nonprofit organization.",
    heading="Scope; exemptions",
)
CONTROLLERS = section("2", "A controller shall answer a consumer within forty-five days.")
INSURERS = section(
    "1",
    'As used in this chapter:\n\n(1) "Licensee" means a person licensed under '
    "the insurance laws of this state.",
    heading="Definitions",
)
LICENSEES = section("2", "Each licensee shall have a written security program.")
AGENCIES = section("2", "An agency of this state owning records shall disclose a breach.")
ANYBODY = section("2", "Any person that owns records shall disclose a breach of the records.")
EMPLOYERS = section("2", "No employer shall dismiss an employee who votes.")
SMALL = section(
    "1",
    'As used in this chapter, "employer" means a person with fifteen or more employees.',
    heading="Definitions",
)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ((), Verdict.ONLY_IF),
        (("60,000 customers",), Verdict.APPLIES),
        (("9,000 customers",), Verdict.NOT_YOU),
        # Enough for the second size, but how the revenue is made was not told.
        (("12,000 customers",), Verdict.ONLY_IF),
        (("we are a nonprofit",), Verdict.NOT_YOU),
    ],
)
def test_facts_settle_a_size_and_an_exemption(facts: tuple[str, ...], verdict: Verdict) -> None:
    found = bound(CONTROLLERS, SCOPE, question="Must a business answer consumers?", facts=facts)
    assert found.verdict is verdict
    assert found.binds.startswith("persons that conduct business")
    assert found.who[0].section == SCOPE.id


def test_a_rule_for_licensees_of_one_trade_never_applies_to_everyone() -> None:
    question = "What security must a business have?"
    assert bound(LICENSEES, INSURERS, question=question).verdict is Verdict.ONLY_IF
    told = bound(LICENSEES, INSURERS, question=question, facts=("we are an insurer",))
    assert told.verdict is Verdict.APPLIES
    alien = bound(LICENSEES, INSURERS, question=question, facts=("we are a bank",))
    assert alien.verdict is Verdict.NOT_YOU


def test_what_the_name_means_is_told_with_it() -> None:
    found = bound(LICENSEES, INSURERS)
    assert [quote.section for quote in found.who] == [LICENSEES.id, INSURERS.id]
    assert found.who[1].pinpoint == "(1)"
    assert "insurance laws" in found.binds


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("What must a company do after a breach?", Verdict.NOT_YOU),
        ("We are a county. What must we do after a breach?", Verdict.APPLIES),
        ("What must be done after a breach?", Verdict.ONLY_IF),
    ],
)
def test_law_for_public_bodies_binds_public_bodies(question: str, verdict: Verdict) -> None:
    assert bound(AGENCIES, question=question).verdict is verdict


def test_law_for_persons_applies_to_anybody() -> None:
    found = bound(ANYBODY, question="What must a shop do after a breach of records?")
    assert found.verdict is Verdict.APPLIES
    assert not found.condition


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (("40 employees",), Verdict.APPLIES),
        (("9 employees",), Verdict.NOT_YOU),
        ((), Verdict.ONLY_IF),
    ],
)
def test_a_size_in_the_definition_of_who_is_bound_counts(
    facts: tuple[str, ...], verdict: Verdict
) -> None:
    found = bound(EMPLOYERS, SMALL, question="May an employer dismiss a voter?", facts=facts)
    assert found.verdict is verdict
    assert found.who[0].text.startswith("No employer")


def test_whom_the_law_protects_is_not_whom_it_binds() -> None:
    law = section("2", "A tenant may end the lease. The landlord shall return the deposit.")
    assert bound(law, question="When must a landlord return a deposit?").binds == "The landlord"


def test_who_runs_the_law_is_not_whom_it_binds() -> None:
    law = section(
        "2", "The department shall issue a license. No person shall sell kites without a license."
    )
    assert bound(law, question="Who may sell kites?").binds == "person"


def test_what_is_void_is_void_for_everybody() -> None:
    law = section("2", "A contract that restrains a person from a trade is void.")
    found = bound(law, question="May we keep a worker from a rival?")
    assert found.verdict is Verdict.APPLIES
    assert found.binds.startswith("A contract")


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("fifteen or more employees", Size(unit="employee", least=Decimal(15))),
        ("not less than 100,000 consumers", Size(unit="consumer", least=Decimal(100_000))),
        ("more than three dwelling units", Size(unit="unit", least=Decimal(4))),
        ("fewer than five employees", Size(unit="employee", most=Decimal(4))),
        ("not more than three employees", Size(unit="employee", most=Decimal(3))),
        ("revenue in excess of $25,000", Size(unit="usd", least=Decimal(25_000))),
    ],
)
def test_sizes_are_read_with_their_direction(words: str, size: Size) -> None:
    assert sizes(words, (0, len(words))) == (size,)


def test_one_of_several_sizes_is_enough() -> None:
    asker = Asker.of("", ("20 employees",))
    found = (Size(unit="employee", least=Decimal(15)), Size(unit="consumer", least=Decimal(9)))
    assert fits(found, asker) is True
    assert fits(found[1:], asker) is None
    assert fits((Size(unit="employee", least=Decimal(50)),), asker) is False


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What must a nursing home do?", {"nurs", "home"}),
        ("We are a credit union. Who must be told?", {"credit", "union"}),
        ("Who may sell kites?", set()),
    ],
)
def test_the_asker_is_whoever_the_question_asks_about(question: str, subject: set[str]) -> None:
    assert Asker.of(question, ()).subject == subject


@pytest.mark.parametrize(("told", "least"), [("1 or more", None), ("2 or more", 2)])
def test_one_employee_is_no_threshold(told: str, least: int | None) -> None:
    words = f"An employer that employs {told} employees shall pay wages weekly."
    assert [size.least for size in sizes(words, (0, len(words)))] == ([least] if least else [])


def test_an_owner_stands_for_the_landlord_of_a_tenant_who_is_named() -> None:
    owner = section("2", "The owner shall return the deposit of a resident within thirty days.")
    assert bound(owner, question="Must I return my tenant's deposit?").verdict is Verdict.APPLIES
    assert bound(owner, question="What is due for a boat?").verdict is Verdict.ONLY_IF


@pytest.mark.parametrize(
    ("words", "narrowed"),
    [
        ("This chapter applies to keepers of orchards.", True),
        ("This chapter also applies to keepers of orchards.", False),
        (
            "Unless it conflicts with chapter 41, this chapter applies to keepers of orchards.",
            False,
        ),
    ],
)
def test_whom_an_act_reaches_too_does_not_narrow_it(words: str, narrowed: bool) -> None:
    keepers = section("1", words.replace("keepers of orchards", "operators of orchards"))
    duty = section("2", "A landlord shall return the deposit within thirty days.")
    scope = replace(keepers, heading="Applicability")
    found = bound(duty, scope, question="Must a landlord return a deposit?")
    assert (found.verdict is not Verdict.APPLIES) == narrowed


def test_a_part_of_a_definition_names_nobody_whom_the_act_binds() -> None:
    words = section(
        "2",
        "(1) An employee includes a minor.\n(2) A motor carrier shall be liable for its lessor.\n"
        "(3) The election shall be in writing.",
        heading="Employee, defined; inclusions",
    )
    assert "motor carrier" not in bound(words, question="Is a waiter covered?").binds


@pytest.mark.parametrize(
    ("number", "of"), [("47-8-15", "47-8"), ("12-3", ""), ("407.1500", ""), ("1-2-3-4", "1-2-3")]
)
def test_a_number_of_three_parts_tells_its_article(number: str, of: str) -> None:
    assert article(number) == of


CHILDREN = section("2", "A child under sixteen years of age shall not be employed in a mill.")
CONTRACTS = section(
    "3",
    "(a) A change of the contract shall be signed by the owner and the owner shall keep it.\n\n"
    "(b) The contractor shall give the owner a copy of the contract.",
)
SALES = section("4", "The seller of homemade jam shall tell the buyer who made it.")
CLEANERS = section("5", "Each dry cleaning establishment shall register with the comptroller.")
PERMITS = section("6", "An applicant for a permit shall pay ten dollars.")
HOURS = section(
    "7",
    "(a) It shall be unlawful to sell ale after midnight.\n\n"
    "(b) A county shall not set other hours.",
)
HOLDERS = section(
    "8", "The holder of an ale permit issued under section 6 may sell two glasses at one time."
)
COUNTIES = section("9", "A county shall publish its hours.")


@pytest.mark.parametrize(
    ("law", "question", "verdict", "binds"),
    [
        (
            CHILDREN,
            "Can I hire a boy of 15?",
            Verdict.APPLIES,
            "A child under sixteen years of age ",
        ),
        (CONTRACTS, "Must I, a mill contractor, give a copy?", Verdict.APPLIES, "The contractor"),
        (SALES, "Can I sell homemade jam?", Verdict.APPLIES, "The seller"),
        (SALES, "Can I give away homemade jam?", Verdict.ONLY_IF, "The seller"),
        (
            CLEANERS,
            "What must dry cleaners do?",
            Verdict.APPLIES,
            "Each dry cleaning establishment",
        ),
        (PERMITS, "What does a permit cost?", Verdict.APPLIES, "An applicant"),
        (PERMITS, "May I bake?", Verdict.ONLY_IF, "An applicant"),
        (HOURS, "When may a tavern sell ale?", Verdict.APPLIES, "It shall be unlawful"),
    ],
)
def test_the_party_is_whom_the_question_asks_about(
    law: Section, question: str, verdict: Verdict, binds: str
) -> None:
    found = bound(law, question=question)
    assert (found.verdict, found.binds[: len(binds)]) == (verdict, binds)


def test_who_may_do_something_is_not_lost_to_whom_another_section_binds() -> None:
    readings = Readings()
    law = (HOLDERS, COUNTIES)
    cited = findings([Evidence(section=one, score=1.0) for one in law], AIM, readings)
    cited.sort(key=lambda one: one.section.id != HOLDERS.id)
    asker = Asker.of("May a bar sell two drinks at once?", ())
    found = applicability(cited, Neighbourhood(order=law), asker, readings)
    assert found.verdict is Verdict.ONLY_IF
    assert found.condition == "you are a holder of an ale permit"


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ("we keep the records of 2,000 people", {"consumer": 2000}),
        ("data on over 500 individuals", {"consumer": 500}),
        ("we have 60 people", {"employee": 60}),
    ],
)
def test_people_whose_data_is_kept_are_no_staff(told: str, counts: dict[str, int]) -> None:
    assert Asker.of(told, ()).counts == {unit: Decimal(n) for unit, n in counts.items()}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("May we use a storage provider?", Verdict.ONLY_IF),
        ("What must a storage provider do?", Verdict.APPLIES),
    ],
)
def test_who_uses_a_service_provides_none(question: str, verdict: Verdict) -> None:
    law = section("10", "Each storage provider shall lock the books at night.")
    assert bound(law, question=question).verdict is verdict
