"""Headings that number a section or part: "Sec. 12. Fees", "3.2 Access", "Article II"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Shape(IntEnum):
    """How a heading is numbered; the surer that it is a section's, the higher."""

    BARE = 0  # 3 Term: a heading only where it is printed as one
    UNIT = 1  # Article II, Part 3, Chapter 4
    WHOLE = 2  # 3. Term
    DECIMAL = 3  # 3.2 Access control
    SIGN = 4  # § 12, Sec. 12, Rule 3
    CITED = 5  # 20 CSR 2150-2.001


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading's number, its unit's word (`article`; empty for sections) and the words behind."""

    shape: Shape
    number: str
    rest: str
    at: int
    unit: str = ""


UNITS = ("title", "subtitle", "division", "chapter", "subchapter", "part", "subpart", "article",
         "appendix", "schedule", "exhibit", "annex")  # fmt: skip
_NUMBER = r"\d+[A-Za-z]{0,3}(?:[.:\-–]\d+[A-Za-z]{0,3})*"
_STOP = r"(?P<stop>\s*[.:)—–]+\s*|\s+-\s+|\s+|$)"
_SIGN = re.compile(
    rf"(?:(?:§+|Sections?|SECTIONS?|Secs?\.|SECS?\.|Rule|RULE|Regulation|REGULATION|Clause|CLAUSE|"
    rf"Policy|POLICY|Paragraph|Standard)\s*(?:No\.\s*)?)(?P<number>{_NUMBER}){_STOP}"
)
_UNIT = re.compile(
    rf"(?P<unit>{'|'.join(UNITS)})\s+(?P<number>\d+[A-Z]?|[IVXLC]+|[A-Z])(?![\w’'])"
    rf"{_STOP}",
    re.IGNORECASE,
)
_DECIMAL = re.compile(rf"(?P<number>\d{{1,4}}(?:[.\-]\d{{1,4}}[A-Za-z]?){{1,5}}){_STOP}")
_CODE_NUMBER = re.compile(
    r"(?P<number>\d{1,4}[A-Z]?(?:[-:.]\d{1,5}[A-Z]?){1,4})(?:\s+[A-Z]{3,5}\b)?" + _STOP
)
_WHOLE = re.compile(r"(?P<number>\d{1,3})[.)](?P<stop>\s+)")
_BARE = re.compile(r"(?P<number>\d{1,2})(?P<stop>\s+)(?=[A-Z])")
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}\s*\d*\s*$|\s{3,}\d+\s*$")
_MODAL = re.compile(
    r"\b(?:shall|must|may|will|is|are|was|were|has|have|does|do|can|should|means|includes|applies"
    r"|apply|requires?)\b"
)
# What goes on after a number that is only named: "Section 12 applies", "Rule 3 of this part".
_NAMED = re.compile(r"[a-z,;)\]]")
LONGEST = 160


def numbered(text: str, cited: Callable[[str], tuple[str, int] | None]) -> Numbered | None:
    """The number at the start of a block, if it may be a heading's."""
    head = text[:LONGEST]
    if not head or head[0] in "(•|-*":
        return None
    if any(letter.isdigit() for letter in head[:60]) and (found := cited(head)) is not None:
        number, at = found
        stop = re.match(_STOP, head[at:])
        at += stop.end() if stop else 0
        if not _NAMED.match(text, at):
            return Numbered(Shape.CITED, number, text[at:], at)
    for shape, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        at = match.end()
        if _NAMED.match(text, at) or (not match["stop"] and at < len(text)):
            continue
        unit = match["unit"].lower() if shape is Shape.UNIT else ""
        return Numbered(shape, match["number"].rstrip(".:-"), text[at:], at, unit)
    return None


_PATTERNS = (
    (Shape.SIGN, _SIGN),
    (Shape.UNIT, _UNIT),
    (Shape.DECIMAL, _DECIMAL),
    (Shape.DECIMAL, _CODE_NUMBER),
    (Shape.WHOLE, _WHOLE),
    (Shape.BARE, _BARE),
)


def is_contents(text: str) -> bool:
    """Whether a block is a line of a table of contents: dots, then a page."""
    return _LEADERS.search(text) is not None


def like_heading(words: str) -> bool:
    """Whether words read as a heading does: short, no sentence, nothing that a sentence does."""
    words = words.strip()
    if not words or len(words) > LONGEST or words[-1] in ";,:" or "|" in words:
        return False
    body = words.rstrip(".")
    return not _MODAL.search(body) and ". " not in body and body[:1] not in "(•"


def split(rest: str) -> tuple[str, int]:
    """The heading at the start of the words behind a number, and where the text begins.

    "Definitions. In this part:" has a heading that runs into the text; "The board shall meet."
    has none.
    """
    if like_heading(rest):
        return rest.strip().rstrip("."), len(rest)
    run_in = re.match(r"(?P<heading>[^\n.;:—]{2,110}?)(?P<stop>\.?[—–]+\s*|\.\s+|:\s+)(?=\S)", rest)
    if run_in is not None and _titled(run_in["heading"], rest[run_in.end() :]):
        return run_in["heading"].strip(), run_in.end()
    return "", 0


def _titled(heading: str, after: str) -> bool:
    sentence = _MODAL.search(heading) is not None
    return not sentence and heading[:1].isupper() and (after[:1].isupper() or after[:1] in '(“"1§')
