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
# The same in the section's own words: "This section shall become operative on January 1, 2027".
_THIS = r"\bthis\s+(?:code\s+)?section\s+(?:shall\s+|will\s+)?"
_ON = r"(?:\s+(?:only|on|as\s+of|effective|from|beginning|and\s+after)){0,3}\s+"
_TEXT_FROM = re.compile(
    rf"{_THIS}(?:becomes?\s+(?:operative|effective)|takes?\s+effect|(?:be|is)\s+(?:operative|effective)"
    rf"|(?:not\s+)?apply\s+beginning|shall\s+go\s+into\s+effect){_ON}{_DAY}",
    re.IGNORECASE,
)
_TEXT_UNTIL = re.compile(
    rf"{_THIS}(?:remain\s+in\s+(?:effect|force)\s+(?:only\s+)?until|(?:be|is)\s+(?:automatically\s+)?repealed"
    rf"|expires?|becomes?\s+inoperative|(?:be|is)\s+(?:in\s+effect|operative)\s+(?:only\s+)?until)"
    rf"(?:{_ON}|\s+){_DAY}",
    re.IGNORECASE,
)


def told_period(text: str) -> Validity:
    """The half-open period that a section's own words tell, open where they tell nothing."""
    start, end = _day(_TEXT_FROM.search(text)), _day(_TEXT_UNTIL.search(text))
    if start is not None and end is not None and end <= start:
        return Validity()
    return Validity(start, end)


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
