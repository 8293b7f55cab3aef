"""What reading a section tells: roles, actors, conditions, quantities, definitions, scope."""

from __future__ import annotations

from pincite.law.outline import outline
from pincite.reading import Provision, Role, definitions, quantities, read, references, scope
from pincite.reading import sentences as split

BREACH = """A. Except as provided in Subsection C of this section, a person that owns or licenses \
records of a Franklin resident shall notify each resident of a breach. Notice shall be given \
not later than forty-five calendar days after the breach is discovered.

B. Notwithstanding Subsection A of this section, notice is not required if, after an \
investigation, the person determines that no harm is likely.

C. The notice shall include:

(1) the date of the breach; and

(2) a telephone number, if the person has one.

D. No employer may discharge an employee who reports a breach.

E. The attorney general may bring an action, and the court may impose a civil penalty of \
twenty-five thousand dollars ($25,000)."""


def provisions(text: str, heading: str = "") -> tuple[Provision, ...]:
    return read(text, outline(text), heading)


def only(text: str, heading: str = "") -> Provision:
    (found,) = provisions(text, heading)
    return found


def words(text: str, span: tuple[int, int] | None) -> str:
    return "" if span is None else text[span[0] : span[1]]


def test_a_duty_names_who_is_bound_after_its_exception() -> None:
    duty = provisions(BREACH)[0]
    assert duty.role is Role.DUTY
    assert duty.modal == "shall"
    assert words(BREACH, duty.actor).startswith("a person that owns or licenses")
    assert duty.actor_class == "person"
    assert words(BREACH, duty.exceptions[0]) == "Except as provided in Subsection C of this section"
    assert duty.path == ("A",)


def test_a_period_in_words_makes_a_deadline() -> None:
    deadline = provisions(BREACH)[1]
    assert Role.DEADLINE in deadline.roles
    (period,) = deadline.periods
    assert (period.value, period.unit, period.qualifier) == (45, "day", "calendar")


def test_what_is_not_required_is_an_exception_and_no_duty() -> None:
    relief = provisions(BREACH)[2]
    assert relief.role is Role.EXCEPTION
    assert relief.negated


def test_an_item_has_the_modal_verb_of_its_lead_in() -> None:
    lead, first, second = provisions(BREACH)[3:6]
    assert lead.opens
    assert first.lead == (lead.start, lead.end)
    assert first.role is Role.DUTY
    assert second.modal == "shall"
    assert words(BREACH, second.conditions[0]) == "if the person has one"


def test_a_subject_that_begins_with_no_turns_may_into_a_prohibition() -> None:
    ban = provisions(BREACH)[6]
    assert ban.role is Role.PROHIBITION
    assert ban.negated
    assert ban.actor_class == "employer"


def test_a_penalty_keeps_its_amount_once() -> None:
    penalty = provisions(BREACH)[7]
    assert penalty.role is Role.PENALTY
    assert [(a.kind, a.value) for a in penalty.amounts] == [("money", 25_000)]


def test_roles_of_plain_sentences() -> None:
    told = {
        "The department shall adopt rules to administer this chapter.": Role.DELEGATION,
        "This chapter applies to a business that has fifty or more employees.": Role.SCOPE,
        "This chapter does not apply to a bank.": Role.EXEMPTION,
        "A person who violates this section is guilty of a class B misdemeanor.": Role.PENALTY,
        "Nothing in this section shall be construed to limit a right of action.": Role.CONSTRUCTION,
        "This act takes effect January 1, 2026.": Role.EFFECTIVE,
        "An increase in rent shall take effect after 60 days' notice.": Role.DUTY,
        "The legislature finds that records are often lost.": Role.FINDING,
        "It is unlawful for any dealer to sell a vehicle without a title.": Role.PROHIBITION,
        "A tenant is entitled to a receipt.": Role.PERMISSION,
        "An employer shall not be required to pay for travel.": Role.EXCEPTION,
        "The court shall set a hearing.": Role.PROCEDURE,
        '"Consumer" means an individual who lives in this state.': Role.DEFINITION,
    }
    assert {text: only(text).role for text in told} == told


def test_it_is_unlawful_for_somebody_binds_that_somebody() -> None:
    text = "It is unlawful for any dealer to sell a vehicle without a title."
    assert words(text, only(text).actor) == "any dealer"


def test_a_passive_duty_binds_whoever_stands_after_by() -> None:
    text = "Wages shall be paid by the employer twice a month."
    found = only(text)
    assert found.actor_class == "employer"
    assert words(text, found.actor) == "the employer"


def test_definitions_are_found_in_every_usual_form() -> None:
    text = """As used in this chapter:

(1)"Consumer", an individual who is a resident of this state;

(2) "Sale" or "sell" means a transfer for value. "Sale" does not include a gift;

(3) “Record” has the meaning given in section 12.2;

(4) "Covered data":

(a) means a name with a number; and

(b) does not mean a public record."""
    found = definitions(text, outline(text), "Definitions.")
    assert [(d.term, d.how) for d in found] == [
        ("Consumer", "means"),
        ("Sale", "means"),
        ("Sale", "does not include"),
        ("Record", "same as"),
        ("Covered data", "means"),
    ]
    assert text[found[-1].start : found[-1].end].endswith("public record.")


def test_a_duty_under_a_heading_of_definitions_and_more_is_no_definition() -> None:
    text = "1. The notice shall at minimum include a telephone number."
    assert only(text, "Definitions — notice — penalty").role is Role.DUTY


def test_scope_names_threshold_and_sector() -> None:
    text = """(1) This chapter applies to a controller that holds data of 100,000 or more consumers.

(2) This chapter does not apply to:

(a) a government entity; or

(b) a bank."""
    first, lead, government, bank = scope(text, outline(text), "Applicability")
    assert (first.kind, first.of) == ("applies", "chapter")
    assert [(q.value, q.unit) for q in first.thresholds] == [(100_000, "consumer")]
    assert lead.kind == "exempt"
    assert (government.kind, government.sector) == ("exempt", "government")
    assert (bank.kind, bank.sector) == ("exempt", "banking")


def test_a_defined_actor_of_one_trade_says_its_trade() -> None:
    text = '"Licensee" means a person licensed under the insurance laws of this state.'
    (rule,) = scope(text, outline(text), "Definitions")
    assert (rule.kind, rule.of, rule.sector) == ("actor", "licensee", "insurance")


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "See 15 U.S.C. Section 7001 and No. 4. Acme Inc. sells at 2.5 percent. It ends."
    assert [text[a:b] for a, b in split(text, 0, len(text))] == [
        "See 15 U.S.C. Section 7001 and No. 4.",
        "Acme Inc. sells at 2.5 percent.",
        "It ends.",
    ]


def test_quantities_in_words_and_figures_have_one_value() -> None:
    text = (
        "forty-five (45) calendar days; $1.5 million; ten per cent; fifty or more employees; "
        "January 1, 2026; two and one-half years; a 30-day notice; 5 p.m.; section 12"
    )
    assert [(q.kind, float(q.value), q.unit) for q in quantities(text)] == [
        ("period", 45, "day"),
        ("money", 1_500_000, "usd"),
        ("percent", 10, "percent"),
        ("count", 50, "employee"),
        ("date", 20_260_101, ""),
        ("period", 2.5, "year"),
        ("period", 30, "day"),
        ("time", 1700, ""),
    ]


def test_references_end_where_the_law_named_ends() -> None:
    text = "Under Subsection A of this section, section 407.020, and 15 U.S.C. § 7001."
    assert [text[r.start : r.end] for r in references(text)] == [
        "Subsection A of this section",
        "section 407.020",
        "15 U.S.C. § 7001",
    ]
