"""What an answer says of the titles that a pack lacks."""

from __future__ import annotations

from pincite.answer import Searched
from pincite.answering.coverage import _titles
from pincite.retrieval.titles import titles_of
from pincite.verification.notes import is_note


def _searched(missing: tuple[str, ...]) -> Searched:
    return Searched(
        code="Colorado Revised Statutes",
        pack="us_co_statutes",
        sections=1,
        current_through="2026",
        titles_missing=missing,
        excerpts=False,
    )


def test_a_few_missing_titles_are_named() -> None:
    first = str(titles_of("us_co_statutes")[0])
    told = list(_titles(_searched((first,))))
    assert told == [
        f"The installed Colorado Revised Statutes lacks {first}; these were not searched."
    ]


def test_of_a_code_that_is_hardly_there_what_is_there_is_named() -> None:
    names = [str(title) for title in titles_of("us_co_statutes")]
    (told,) = _titles(_searched(tuple(names[2:])))
    assert told == (
        f"Of the Colorado Revised Statutes, {names[0]}, {names[1]} alone are installed; "
        "no other title was searched."
    )
    assert is_note(told)


def test_a_whole_code_needs_no_word() -> None:
    assert list(_titles(_searched(()))) == []
