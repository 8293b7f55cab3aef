"""The day that a pack's own words say it is current through."""

from __future__ import annotations

import re
from datetime import date

_DATES = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d))?\b"),
    re.compile(
        r"\b(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<d>\d{1,2}),?"
        r"\s+(?P<y>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)\s+edition\b"),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)\b"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def current_date(text: str) -> date | None:
    """The day that a pack's free words say it is current through; the last of a month or year.

    The edition counts, not the day on which somebody copied it.
    """
    for pattern in _DATES:
        found = [_day(match) for match in pattern.finditer(text.split(", scraped", maxsplit=1)[0])]
        days = [day for day in found if day is not None]
        if days:
            return max(days)
    return None


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year = int(groups["y"])
    if groups.get("mon"):
        month = _MONTHS.index(groups["mon"].lower()[:3]) + 1
    else:
        month = int(groups["m"]) if groups.get("m") else 12
    day = int(groups["d"]) if groups.get("d") else 28
    try:
        return date(year, month, day)
    except ValueError:
        return None
