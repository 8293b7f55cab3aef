"""Where a quote ends, and which words must not end one."""

from __future__ import annotations

import pytest
from tests.verification.invented import section

from pincite.answering.quoting import breaks_off, quote_of, statement_of
from pincite.law.outline import outline

LAW = section(
    "40-9", "(1) The keeper shall list:\n(a) each book; and\n(b) each reader, or\n(c) all."
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("each book; and\n", "each book"),
        ("each reader, or", "each reader"),
        ("each book;", "each book"),
        ("all.", "all."),
        ("The keeper shall list:", "The keeper shall list:"),
        (" and", "and"),
    ],
)
def test_a_quote_ends_before_what_joins_an_item_to_the_next(words: str, shown: str) -> None:
    start = LAW.text.index(words)
    quote = quote_of(LAW, outline(LAW.text), (start, start + len(words)))
    assert quote.text == shown
    assert LAW.text[quote.start : quote.end] == shown


def test_the_mark_of_what_an_excerpt_leaves_out_is_no_part_of_a_quote() -> None:
    law = section(
        "40-8", "(1) The keeper shall list each book.\n\n[...] (2)(i) Counting the books."
    )
    start = law.text.index("[...]")
    quote = quote_of(law, outline(law.text), (start, len(law.text)))
    assert quote.text == "Counting the books."


def test_the_pinpoint_is_that_of_the_words_that_are_left() -> None:
    start = LAW.text.index("each book")
    made = statement_of(LAW, outline(LAW.text), [(start, start + len("each book; and"))])
    assert [(one.text, one.pinpoint) for one in made.quotes] == [("each book", "(1)(a)")]


@pytest.mark.parametrize(
    ("text", "broken_off"),
    [
        ("This section shall not apply where", True),
        ("The keeper shall list:", True),
        ("The rules apply to the following", True),
        ("This chapter shall not apply to any", True),
        ("The keeper shall list the books, if any", False),
        ("The keeper shall list each book", False),
        ("No one may look in.", False),
        ("No one may look at “all of the”", False),
    ],
)
def test_words_that_break_off_are_known(text: str, broken_off: bool) -> None:
    assert breaks_off(text) is broken_off
