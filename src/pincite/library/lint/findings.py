"""From a rule's mark to a finding; the rules on one section; the habits of a pack."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.finding import Finding, Severity
from pincite.library.lint.rules import RULES
from pincite.library.lint.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.law.section import Section
    from pincite.library.lint.standing import Habit, Mark, Rule

_HELD = 0.98
_ENOUGH = 20
_MOST_KEPT = 5_000
_ALONE = tuple(rule for rule in RULES if rule.alone)
_SERIOUS = tuple(rule for rule in _ALONE if rule.severity is Severity.SERIOUS)


def lint_section(section: Section) -> tuple[Finding, ...]:
    """What can be said of a section without its pack, gravest first."""
    standing = Standing(section)
    found = [
        finding(rule, mark, section)
        for rule in _ALONE
        if (mark := rule.check(standing)) is not None
    ]
    return tuple(sorted(found, key=lambda one: tuple(Severity).index(one.severity)))


def serious(section: Section) -> Finding | None:
    """The first serious finding on a section by itself: a reason not to answer from it."""
    standing = Standing(section)
    for rule in _SERIOUS:
        if (mark := rule.check(standing)) is not None:
            return finding(rule, mark, section)
    return None


def finding(rule: Rule | Habit, mark: Mark, section: Section) -> Finding:
    name = section.act_id or section.id
    key = f"{rule.name}\x1f{section.pack}\x1f{name}\x1f{mark.evidence}"
    return Finding(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        rule=rule.name,
        severity=rule.severity,
        pack=section.pack,
        act_id=section.act_id,
        identifier=section.id,
        citation=section.citation,
        message=mark.message,
        evidence=mark.evidence,
        start=mark.start,
        end=mark.end,
        count=mark.count,
    )


@dataclass(slots=True)
class _Kept:
    kept: int = 0
    broken: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Habits:
    """What nearly all rows of a pack do, told apart from what they do by chance.

    Rows that break a habit wait until the pack is read: only then is it known whether there is
    such a habit.
    """

    rules: tuple[Habit, ...]
    _seen: dict[tuple[str, str], _Kept] = field(default_factory=dict)

    def see(self, standing: Standing) -> None:
        for rule in self.rules:
            for name, mark in rule.ask(standing):
                one = self._seen.setdefault((rule.name, name), _Kept())
                if mark is None:
                    one.kept += 1
                    continue
                one.broken += 1
                if len(one.findings) < _MOST_KEPT:
                    one.findings.append(finding(rule, mark, standing.section))

    def findings(self) -> Iterator[Finding]:
        """Each row that breaks a habit of its pack, once a rule."""
        told: set[tuple[str, str]] = set()
        for (rule, _), one in self._seen.items():
            rows = one.kept + one.broken
            if rows < _ENOUGH or one.kept < _HELD * rows:
                continue
            for found in one.findings:
                if (rule, found.id) not in told:
                    told.add((rule, found.id))
                    yield found
