"""The short answer: what kind of rule was found, and the rule that answers best in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.answering.plain import plain
from pincite.answering.quoting import quoted
from pincite.reading import Role
from pincite.retrieval.asks import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pincite.answer import Statement
    from pincite.answering.findings import Finding

_STATEMENTS = 2
_WORDS = 75  # of all statements together
_LONGEST_QUOTE = 60
_TRIED = 4
# How far below the best finding a second one may be.
_NEAR = 0.35
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


def kind_found(
    shown: Sequence[Finding], verdict: Callable[[Finding], Verdict], asks: Sequence[Ask]
) -> str:
    """The key of the note that says what kind of rule was found.

    Law that binds only some is said to, before anything else: a rule is no answer to those whom
    it does not bind. May I? is answered by the role of the best rule and never by a bare yes.
    """
    if all(verdict(finding) is Verdict.ONLY_IF for finding in shown):
        return "found_only"
    best = next((one for one in shown if one.provision.role in _RULES), None)
    if best is None or Ask.MAY not in asks or verdict(best) is Verdict.ONLY_IF:
        return "found_duties"
    if best.provision.role is Role.PROHIBITION:
        return "found_forbids"
    return "found_permits" if best.provision.role is Role.PERMISSION else "found_duties"


def summary(
    shown: Sequence[Finding], verdict: Callable[[Finding], Verdict]
) -> tuple[Statement, ...]:
    """The best rules that may bind the asker, each a plain sentence or its own short words."""
    binding = [one for one in shown if verdict(one) in {Verdict.APPLIES, Verdict.UNCLEAR}]
    rules = [one for one in binding or shown if one.provision.role in _RULES]
    told: list[Statement] = []
    words = 0
    for finding in rules[:_TRIED]:
        if finding.score < rules[0].score - _NEAR or len(told) == _STATEMENTS:
            break
        statement = plain(finding) or _short(finding)
        length = 0 if statement is None else len(statement.text.split())
        if statement is None or words + length > _WORDS or _told(statement, told):
            continue
        told.append(statement)
        words += length
    return tuple(told)


def _short(finding: Finding) -> Statement | None:
    """The provision's own words where they are few."""
    statement = quoted(finding)
    return statement if len(statement.text.split()) <= _LONGEST_QUOTE else None


def _told(statement: Statement, told: Sequence[Statement]) -> bool:
    spans = {(quote.section, quote.start, quote.end) for quote in statement.quotes}
    return any(
        spans & {(quote.section, quote.start, quote.end) for quote in one.quotes} for one in told
    )
