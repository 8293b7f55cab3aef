"""The short answer: whether it is for everybody, and the rules that answer best in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.answering.plain import plain
from pincite.answering.quoting import breaks_off, quoted
from pincite.reading import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pincite.answer import Statement
    from pincite.answering.findings import Finding

_STATEMENTS = 2
_WORDS = 75  # of all statements together
_LONGEST_QUOTE = 60
_TRIED = 5
# How far below the best finding a second one may be.
_NEAR = 0.40
# By how much a sentence that can be told plainly comes before one that is quoted.
_PLAINLY = 0.15
# A sentence that points back to another cannot stand at the head of an answer.
_BACK = re.compile(
    r"(?:(?:during|for|in|under|on|upon|with|after|before|until|to)\s+)?"
    r"(?:this|these|that|those|such|said|it|they|he|she|thereafter|alternatively)\b"
    r"|however\b|in addition\b|for (?:the )?purposes? of\b",
    re.IGNORECASE,
)
_RULES = frozenset(
    {
        Role.DUTY,
        Role.PROHIBITION,
        Role.PERMISSION,
        Role.PENALTY,
        Role.REMEDY,
        Role.DEADLINE,
        Role.EXEMPTION,
        Role.EXCEPTION,
    }
)


def kind_found(shown: Sequence[Finding], verdict: Callable[[Finding], Verdict]) -> str:
    """The key of the note that opens the answer.

    Law that binds only some is said to: a rule is no answer to those whom it does not bind. No
    note says yes or no. A rule that forbids may forbid another thing than the one asked about, and
    only its words tell.
    """
    only = shown and all(verdict(finding) is Verdict.ONLY_IF for finding in shown)
    return "found_only" if only else "found_duties"


def summary(
    shown: Sequence[Finding], verdict: Callable[[Finding], Verdict]
) -> tuple[Statement, ...]:
    """The best rules that may bind the asker, each a plain sentence or its own short words."""
    binding = [one for one in shown if verdict(one) in {Verdict.APPLIES, Verdict.UNCLEAR}]
    rules = [one for one in binding or shown if one.provision.role in _RULES]
    near = [one for one in rules[:_TRIED] if one.score >= rules[0].score - _NEAR]
    told: list[Statement] = []
    tellers = [(plain, 0.0), (_short, _PLAINLY)]
    order = sorted(
        ((finding.score - less, teller, finding) for teller, less in tellers for finding in near),
        key=lambda item: -item[0],
    )
    for _, teller, finding in order:
        statement = teller(finding)
        if statement is None or not _alone(statement.text) or _told(statement, told):
            continue
        if sum(len(one.text.split()) for one in (*told, statement)) <= _WORDS:
            told.append(statement)
    return tuple(told[:_STATEMENTS])


def _alone(text: str) -> bool:
    return (text[0].isupper() or text[0] == "“") and not _BACK.match(text)


def _short(finding: Finding) -> Statement | None:
    """The provision's own words where they are few, and no part of a list."""
    if finding.provision.leads or finding.provision.opens:
        return None
    statement = quoted(finding)
    if breaks_off(statement.text) or len(statement.text.split()) > _LONGEST_QUOTE:
        return None
    return statement


def _told(statement: Statement, told: Sequence[Statement]) -> bool:
    spans = {(quote.section, quote.start, quote.end) for quote in statement.quotes}
    return any(
        spans & {(quote.section, quote.start, quote.end) for quote in one.quotes} for one in told
    )
