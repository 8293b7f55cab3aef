"""Rules on how a text ends: cut short, without a full stop, or in the heading of what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.section import Status
from pincite.library.lint.bodies import ENDS, contents, empty
from pincite.library.lint.standing import Mark, excerpt

if TYPE_CHECKING:
    from pincite.library.lint.standing import Standing

_OPEN = re.compile(
    r"(?:[,(–—-]|\b(?:the|a|an|of|and|or|to|in|for|by|with|from|that|which|any|such|this|these|shall|may"
    r"|must|if|as|on|at|is|are|be|been|was|has|have|not|under|no|means|includes|who|when|where|unless"
    r"|until|upon|than|into|between|each|every|its|their|his|all))$"
)
_SMALL_WORD = re.compile(r"\b(?:the|of|and|or|to|in|for|by|shall|any|is|be|an?)\b")
_UNFINISHED_NUMBER = re.compile(
    r"\b(?:sections?|subsections?|paragraphs?|chapters?|under|within|than|least|of|in|to|by|the)\s+[\d.,-]+$"
)
_NAME_OF_LAW = re.compile(
    r"\b(?:Code|Act|Rules|Regulations|Laws?|Title|Constitution|Statutes)(?: of [A-Z]\w+)?$"
)
_CELL = re.compile(r"\b(?:[A-Z]{1,3}|[A-Z]{1,3} [A-Z]{1,3})$|(?:\s[A-Z0-9$]{1,3}){2}$")
_LABELLED = re.compile(r"\(\w{1,4}\)\s*\w")
_STRAY = re.compile(
    r"(?:SUB)?(?:CHAPTER|PART|TITLE|ARTICLE|DIVISION)\b"
    r"|(?i:(?:sub)?(?:chapter|part|title|article|division)\s+[A-Z0-9]+)\s?[—–.-]",
)
_FOOTNOTE = re.compile(r"[.;:”\"]\s{0,3}\d{1,2}$")
_SENTENCE = 30
_PHRASE = 40
_LONGEST_HEADING = 200


def truncated(standing: Standing) -> Mark | None:
    """The text breaks off in the middle of a sentence."""
    last = _last_line(standing)
    if last is None or _OPEN.search(last) is None:
        return None
    return _at_end(standing, last, "the text breaks off")


def unfinished(standing: Standing) -> Mark | None:
    """The text ends without the end of a sentence: words or a full stop are lost."""
    last = _last_line(standing)
    if last is None or _OPEN.search(last) is not None or not _prose(_lines(standing.body)):
        return None
    return _at_end(standing, last, "the text ends without the end of a sentence")


def _last_line(standing: Standing) -> str | None:
    """The last line of a body that does not end as a sentence, heading, table or note does."""
    section = standing.section
    text = section.text.rstrip()
    if not text or text[-1] in ENDS or section.status is not Status.IN_FORCE:
        return None
    body = standing.body
    if len(body) < len(text) and (not body or body[-1] in ENDS or not _OPEN.search(body)):
        return None  # it ends in its source note
    lines = _lines(body)
    if not lines or _ends_otherwise(lines[-1]):
        return None
    if empty(standing) is not None or contents(standing) is not None:
        return None
    return lines[-1]


def _lines(body: str) -> list[str]:
    return [line.strip() for line in body.split("\n") if line.strip()]


def _at_end(standing: Standing, last: str, message: str) -> Mark:
    body = standing.body
    evidence = excerpt(body, max(0, len(body) - 100), len(body))
    return Mark(message, evidence, len(body) - len(last), len(body))


def _ends_otherwise(last: str) -> bool:
    """Whether the last line is a heading, a footnote's mark or a line for a signature."""
    heading = _STRAY.match(last) is not None or last.isupper()
    if heading or _FOOTNOTE.search(last) or last.endswith("__"):
        return True
    # A table's cell, an amount, or the name of a code may stand last without a full stop.
    if last[-1].isdigit():
        return _UNFINISHED_NUMBER.search(last) is None
    return _NAME_OF_LAW.search(last) is not None or _CELL.search(last) is not None


def _prose(lines: list[str]) -> bool:
    """Whether the last line starts like a sentence of a text whose other lines end theirs."""
    last = lines[-1]
    if len(lines) == 1:
        return len(last) > _SENTENCE and _SMALL_WORD.search(last) is not None
    others = lines[-6:-1]
    ended = sum(line[-1] in ENDS or line.endswith((" and", " or", ",")) for line in others)
    sentence = len(last) > _PHRASE or _SMALL_WORD.search(last) or _LABELLED.match(last)
    return bool(sentence) and ended >= 0.8 * len(others)


def stray_heading(standing: Standing) -> Mark | None:
    """The heading of the next chapter or part stands at the end of the text."""
    text = standing.section.text.rstrip()
    last = text.rpartition("\n")[2].strip()
    if last == text or len(last) > _LONGEST_HEADING or last[-1:] in ENDS or not _STRAY.match(last):
        return None
    start = len(text) - len(last)
    return Mark(
        "a heading of what follows stands at the end of the text", last[:120], start, len(text)
    )
