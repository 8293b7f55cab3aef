"""When a section's heading itself says from or until which day it is law."""

from __future__ import annotations

import re
from datetime import date

from pincite.law.validity import Validity

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAY = rf"(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
# "(Effective until January 1, 2026.)", "[Effective July 1, 2027]", "Expires June 30, 2028".
_UNTIL = re.compile(
    rf"\b(?:(?:effective|in effect|operative)\s+(?:until|through|to)|expires?(?:\s+on)?"
    rf"|repealed\s+(?:effective|on)|inoperative\s+(?:on|after))\s+{_DAY}",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\b(?:(?:takes?\s+effect|effective|operative)(?:\s+(?:on|from|beginning))?|contingent)\s+{_DAY}",
    re.IGNORECASE,
)


def effective_period(heading: str) -> Validity:
    """The half-open period that the heading tells, open where it tells nothing.

    `Effective through June 30` is taken to end on that day itself: a day early is safe.
    """
    end = _day(_UNTIL.search(heading))
    start = _day(_FROM.search(_UNTIL.sub(" ", heading)))
    if start is not None and end is not None and end <= start:
        return Validity()
    return Validity(start, end)


def _day(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    month = _MONTHS.index(found["month"].lower()) + 1
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
