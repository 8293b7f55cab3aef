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
    return _latest(text, month=12, day=28)


def is_before(day: date, text: str) -> bool:
    """Whether the day is surely before what a pack is current through: before all of its month."""
    through = _latest(text, month=1, day=1)
    return through is not None and day < through


def _latest(text: str, *, month: int, day: int) -> date | None:
    """The latest of the dates that the text has, where a month or day is missing the ones given."""
    for pattern in _DATES:
        matches = pattern.finditer(text.split(", scraped", maxsplit=1)[0])
        found = [_day(match, month, day) for match in matches]
        days = [one for one in found if one is not None]
        if days:
            return max(days)
    return None


def _day(match: re.Match[str], month: int, day: int) -> date | None:
    groups = match.groupdict()
    if groups.get("mon"):
        month = _MONTHS.index(groups["mon"].lower()[:3]) + 1
    elif groups.get("m"):
        month = int(groups["m"])
    try:
        return date(int(groups["y"]), month, int(groups["d"]) if groups.get("d") else day)
    except ValueError:
        return None
