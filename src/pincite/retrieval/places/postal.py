"""Finds the postal codes of states in a question, and never the words in, or, me, hi, ok."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.jurisdiction import DC, STATES
from pincite.retrieval.places.gazetteer import PlaceKind, key

if TYPE_CHECKING:
    from pincite.retrieval.places.gazetteer import Gazetteer

_POSTAL = frozenset(item.postal for item in (*STATES, DC))
# Words, titles and trades that look the same: these need a place name or a ZIP code around them.
_WORDS = {"IN", "OR", "ME", "HI", "OK", "ID", "LA", "PA", "DE", "AL", "MA", "CO", "OH", "MD", "CT"}
_WORDS |= {"MS", "VA", "NE", "SC", "AR"}
_CODE = re.compile(r"(?<![\w.&'’])(?:[Uu][Ss][-_])?([A-Za-z]{2})(?![\w&'’]|\.\w)")
_TOWN_BEFORE = re.compile(r"([A-Za-z.'’-]+(?:\s[A-Za-z.'’-]+){0,3})(,?)\s+$")
_NAME_BEFORE = re.compile(r"[A-Z][\w.'’]+,\s+$")
_ZIP_AFTER = re.compile(r"\s+\d{5}\b")
_IN_BEFORE = re.compile(
    r"\b(?:in|within|across|throughout|inside|outside|into|under|state of|from|to)\s+$",
    re.IGNORECASE,
)
_LIST_BEFORE = re.compile(
    r"\b([A-Z]{2})(?:,|/|,? and|,? or| &|,? vs\.?| versus| than| to|-)\s*(?:and |or )?$"
)
_NOUN_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:laws?|statutes?|regulations?|residents?|employers?|employees?|LLC|"
    r"corporation|landlords?|tenants?|consumers?|customers?|resident|labor|employment|sales tax|"
    r"state|code|rules?|wage|privacy|insurance|businesse?s?|clients?|patients?|nonprofit|"
    r"compan(?:y|ies)|workers?|licensed?|dealers?|store|office|shop)\b",
)
# "ID card", "OR nurse" and the like stay words even after "in".
_NOT_AFTER = re.compile(r"\s+(?:cards?|verification|theft|checks?|badges?|number|nurses?|degree)\b")


def postal_codes(text: str, names: Gazetteer) -> list[tuple[int, int, str]]:
    """Start, end and code of each postal code that stands for a state, in order."""
    letters = [c for c in text if c.isalpha()]
    shouted = bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)
    found: list[tuple[int, int, str]] = []
    for match in _CODE.finditer(text):
        code = match.group(1).upper()
        if code in _POSTAL and _is_code(text, match, names, shouted=shouted, found=found):
            found.append((match.start(), match.end(), code))
    return found


def _is_code(
    text: str,
    match: re.Match[str],
    names: Gazetteer,
    *,
    shouted: bool,
    found: list[tuple[int, int, str]],
) -> bool:
    code = match.group(1)
    if match.group() != code:  # us-mo
        return True
    before, upper = text[max(0, match.start() - 40) : match.start()], code.isupper()
    town = _town_before(before, names, code.upper())
    if town:
        return (upper and not shouted) or code.upper() not in _WORDS or (town == "comma" and upper)
    if code.upper() not in _WORDS and text[match.end() : match.end() + 7].lower() == " state ":
        return True  # "wa state overtime"
    return upper and not shouted and _stands_alone(text, match, before, found)


def _stands_alone(
    text: str, match: re.Match[str], before: str, found: list[tuple[int, int, str]]
) -> bool:
    """Whether a code in capitals, with no town before it, is meant as a state."""
    code, end = match.group(1), match.end()
    if _ZIP_AFTER.match(text, end):
        return True
    if _NOT_AFTER.match(text, end):
        return False
    if _IN_BEFORE.search(before) or _NOUN_AFTER.match(text, end):
        return code != "LA"  # Los Angeles as often as Louisiana: `regions.tsv` asks
    left = _LIST_BEFORE.search(before)
    if left is not None and found and found[-1][2] == left.group(1):
        return True
    plain = code not in _WORDS
    return plain and (_NAME_BEFORE.search(before) is not None or _starts_list(text, end))


def _starts_list(text: str, end: int) -> bool:
    after = re.match(r"\s*(?:,|/|and|&|or|vs\.?)\s*(?:and |or )?([A-Z]{2})\b", text[end : end + 16])
    return after is not None and after.group(1) in _POSTAL


def _town_before(before: str, names: Gazetteer, code: str) -> str:
    """`comma` or `bare` where a town of that state stands right before, else empty."""
    match = _TOWN_BEFORE.search(before)
    if match is None:
        return ""
    words = key(match.group(1)).split()
    for size in range(min(4, len(words)), 0, -1):
        place = names.places.get(" ".join(words[-size:]))
        if place is None or place.kind not in {PlaceKind.CITY, PlaceKind.ELSEWHERE}:
            continue
        known = f"us-{code.lower()}" in place.means + place.also
        if match.group(2) and (known or place.kind is PlaceKind.ELSEWHERE):
            return "comma"
        return "bare" if known else ""
    return ""
