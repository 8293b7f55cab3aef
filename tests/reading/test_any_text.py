"""Whatever a section's text is, reading it ends soon, covers its words and stays within it."""

from __future__ import annotations

import string
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hanging import no_hang

from pincite.law.outline import outline
from pincite.reading import definitions, read, scope, sentences

if TYPE_CHECKING:
    from pincite.reading import Provision

_PIECES = st.sampled_from(
    [
        *(
            "(a)",
            "(1)",
            "A.",
            "1.",
            "\n",
            "\n\n",
            " ",
            ". ",
            "; ",
            ": ",
            ", ",
            "—",
            "\u00ad",
            "\x00",
        ),
        *("A person", "No employer", "The court", "shall", "may not", "must", "is prohibited from"),
        *("unless", "if", "except as provided in subsection (a)", "only", "forty-five (45) days"),
        *("$25,000", "ten percent", "January 1, 2026", "15 U.S.C. § 7001", "section 12", "“Word”"),
        *('"Record" means', "As used in this chapter", "does not apply to", "notify the owner"),
    ]
)
_LAW = st.lists(_PIECES, max_size=40).map(" ".join)
_ANY = st.one_of(_LAW, st.text(max_size=200))


def _covered(provisions: tuple[Provision, ...]) -> set[int]:
    return {at for p in provisions for at in range(p.start, p.end)}


@settings(max_examples=150, deadline=None)
@given(_ANY)
def test_provisions_stand_in_order_and_cover_every_word(text: str) -> None:
    tree = outline(text)
    found = read(text, tree)
    for one, two in pairwise(found):
        assert one.end <= two.start
    covered = _covered(found)
    labels = {at for node in tree.walk() for at in range(node.start, node.body)}
    for at, letter in enumerate(text[: tree.note_start]):
        if letter in string.ascii_letters and at not in labels:
            assert at in covered, (at, letter)


@settings(max_examples=150, deadline=None)
@given(_ANY)
def test_every_span_lies_within_its_provision(text: str) -> None:
    for p in read(text, outline(text)):
        spans = [*p.conditions, *p.exceptions, *((q.start, q.end) for q in p.amounts + p.periods)]
        spans += [(r.start, r.end) for r in p.references]
        for start, end in spans:
            assert p.start <= start <= end <= p.end
        for lead in p.leads:
            assert lead[1] <= p.start


@settings(max_examples=100, deadline=None)
@given(_ANY)
def test_definitions_and_scope_stay_within_the_text(text: str) -> None:
    tree = outline(text)
    for definition in definitions(text, tree, "Definitions"):
        start, end = definition.term_at
        assert definition.start <= start < end <= definition.end <= len(text)
    for rule in scope(text, tree, "Exemptions"):
        assert 0 <= rule.binds[0] <= rule.binds[1] <= len(text)


@given(st.text(max_size=300))
def test_sentences_leave_out_nothing_but_space(text: str) -> None:
    spans = sentences(text, 0, len(text))
    held = "".join(text[a:b] for a, b in spans)
    space = " \t\r\n\f\v\u00a0\u00ad\u200b"
    assert [c for c in held if c not in space] == [c for c in text if c not in space]


@pytest.mark.parametrize(
    "piece",
    [
        "§",
        "(",
        "shall ",
        "if, the ",
        "section 1, ",
        "the Act Of ",
        '"a ',
        "one hundred ",
        "\n \n",
        ".",
    ],
)
def test_hostile_text_does_not_hang(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    with no_hang():
        read(text, outline(text), "Definitions")
