"""Each rule says what is wrong with a section, and nothing of a sound one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lint.law import TEXT, section

from pincite.finding import Severity
from pincite.law.section import Section, Status
from pincite.library.lint import lint_section, serious

WRONG: dict[str, Section] = {
    "citation-heading": section(heading="19-8-7. Fees."),
    "empty-text": section(text="\n  \n"),
    "truncated-text": section(text=TEXT[:-6]),
    "unfinished-text": section(text=TEXT[:-8]),
    "stray-heading": section(text=f"{TEXT}\n\nPART 2— FEES OF OPERATORS"),
    "heading-in-text": section(text=f"Records of sales; inspection.\n\n{TEXT}"),
    "other-section": section(text=f"§ 19-8-7. Fees. {TEXT}"),
    "contents-as-text": section(
        text="19-8-5 Fees.\n19-8-6 Hours.\n19-8-7 Places.\n19-8-8 Appeals.\n19-8-9 Penalties."
    ),
    "repeated-body": section(text=f"{TEXT}\n\n{TEXT}"),
    "case-notes": section(text=f"{TEXT}\n\nSee 12 P.2d 34 and 56 P.3d 789 (2011)."),
    "site-words": section(text=f"{TEXT}\n\nSign up for our free newsletter"),
    "damaged-letters": section(text=TEXT.replace("record", "â€œrecordâ€\x9d", 1)),
    "markup": section(text=TEXT.replace("An operator", "An&nbsp;operator<br/>")),
    "lost-spaces": section(text=TEXT.replace("a record of each sale", 'a"record"of each,sale')),
    "glued-labels": section(text="An operator shall: (1)Keep records; and (2)Show them."),
    "gone-in-force": section(heading="[Repealed]", text="Repealed by L. 2027, ch. 11, § 2."),
    "live-not-in-force": section(status=Status.REPEALED, text=f"{TEXT} {TEXT.upper()} {TEXT}"),
}


@pytest.mark.parametrize("rule", WRONG)
def test_a_rule_finds_what_it_is_about(rule: str) -> None:
    found = {one.rule: one for one in lint_section(WRONG[rule])}
    assert rule in found
    one = found[rule]
    if one.start is not None and one.end is not None:
        assert 0 <= one.start < one.end <= len(WRONG[rule].text)


def test_a_sound_section_has_no_findings() -> None:
    assert lint_section(section()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The notice shall say where the person may sign up to receive the newsletter.",
        "An operator may share this information with an attorney or a lawyer of the state.",
        "As required by § 19-8-7. The fee is set under § 19-8-9. Any person may appeal.",
        "The McDowell reservoir, and any e-mail sent to a@b.gov, are exempt; see www.state.gov.",
        "A person who owns the following shall register:\n(1) a truck;\n(2) a cart.",
    ],
)
def test_law_that_looks_like_a_defect_is_left_alone(text: str) -> None:
    assert lint_section(section(text=text)) == ()


def test_a_repeal_in_the_future_is_no_repeal() -> None:
    kept = section(heading="Records of sales. [Repealed effective July 1, 2028]")
    assert lint_section(kept) == ()


def test_the_heading_of_a_range_is_no_other_section() -> None:
    row = section(heading="to 19-8-9. Repealed", text="Repealed.", status=Status.REPEALED)
    assert lint_section(row) == ()


def test_only_a_serious_finding_is_a_reason_not_to_answer() -> None:
    assert serious(WRONG["glued-labels"]) is None
    found = serious(WRONG["truncated-text"])
    assert found is not None
    assert found.severity is Severity.SERIOUS


def test_findings_come_gravest_first_and_keep_their_ids() -> None:
    bad = section(text=f"Call us today for a free consultation\n(1)Keep (2)Show {TEXT[:-12]}")
    found = lint_section(bad)
    order = [tuple(Severity).index(one.severity) for one in found]
    assert order == sorted(order)
    assert [one.id for one in found] == [one.id for one in lint_section(bad)]
    elsewhere = lint_section(replace(bad, pack="us_fr_other"))
    assert {one.id for one in found}.isdisjoint(one.id for one in elsewhere)


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_breaks_a_rule(text: str, heading: str) -> None:
    for found in lint_section(section(text=text, heading=heading)):
        if found.start is not None and found.end is not None:
            assert 0 <= found.start <= found.end <= len(text)
