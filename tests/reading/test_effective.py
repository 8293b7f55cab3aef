"""A heading that says until when its section is law is believed."""

from __future__ import annotations

from datetime import date

import pytest

from pincite.law.validity import Validity
from pincite.reading.effective import effective_period, told_period


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Breaks. (Effective until January 1, 2026.)", Validity(None, date(2026, 1, 1))),
        ("Breaks. (Effective January 1, 2026.)", Validity(date(2026, 1, 1), None)),
        ("[Repealed effective July 1, 2028] Records", Validity(None, date(2028, 7, 1))),
        ("Permits (Expires June 30, 2027)", Validity(None, date(2027, 6, 30))),
        ("Effective date of contracts", Validity()),
        ("Effective February 31, 2026", Validity()),
        (
            "Fees (Effective July 1, 2024) (Effective until July 1, 2025)",
            Validity(date(2024, 7, 1), date(2025, 7, 1)),
        ),
    ],
)
def test_the_period_is_what_the_heading_says(heading: str, period: Validity) -> None:
    assert effective_period(heading) == period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("This section shall become operative on January 1, 2027.", date(2027, 1, 1), None),
        (
            "This section shall remain in effect only until January 1, 2026, and is repealed then.",
            None,
            date(2026, 1, 1),
        ),
        ("This section is repealed effective July 1, 2025.", None, date(2025, 7, 1)),
        ("This section takes effect July 1, 2028", date(2028, 7, 1), None),
        ("The notice takes effect on July 1, 2028.", None, None),
        ("A permit expires on June 30, 2026.", None, None),
    ],
)
def test_a_section_may_say_itself_when_it_is_law(
    text: str, start: date | None, end: date | None
) -> None:
    assert told_period(text) == Validity(start, end)
