"""From a rule's mark to a finding; the rules on one section; the habits of a pack."""

from __future__ import annotations

import hashlib
from collections import Counter
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
_SERIOUS = tuple(rule for rule in RULES if rule.severity is Severity.SERIOUS)


def lint_section(section: Section) -> tuple[Finding, ...]:
    """What can be said of a section without its pack, gravest first."""
    standing = Standing(section)
    found = [
        finding(rule, mark, section)
        for rule in _ALONE
        if (mark := rule.check(standing)) is not None
    ]
    return tuple(sorted(found, key=lambda one: tuple(Severity).index(one.severity)))


def serious(
    section: Section, *, before: tuple[Section, ...] = (), after: tuple[Section, ...] = ()
) -> Finding | None:
    """The first serious finding on a section: a reason not to answer from it.

    `before` and `after` are its neighbours, nearest first; with them it is also told whether
    another section is merged into it.
    """
    standing = Standing(section, before=before, after=after)
    beside = bool(before or after)
    for rule in _SERIOUS:
        if not rule.alone and not beside:
            continue
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
class _Group:
    kept: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    waiting: list[tuple[Finding, tuple[str, ...]]] = field(default_factory=list)

    def held(self) -> frozenset[str]:
        rows = {name: self.kept[name] + self.broken[name] for name in self.kept}
        return frozenset(
            name for name, n in rows.items() if n >= _ENOUGH and self.kept[name] >= _HELD * n
        )


@dataclass(slots=True)
class Habits:
    """What nearly all rows of a pack do, told apart from what they do by chance.

    Rows that break a habit wait until the pack is read: only then is it known whether there is
    such a habit.
    """

    rules: tuple[Habit, ...]
    _groups: dict[tuple[str, str], _Group] = field(default_factory=dict)

    def see(self, standing: Standing) -> None:
        for rule in self.rules:
            for asked in rule.ask(standing):
                group = self._groups.get((rule.name, asked.group))
                if group is None:
                    group = self._groups[rule.name, asked.group] = _Group()
                for name in asked.kept:
                    group.kept[name] += 1
                for name in asked.broken:
                    group.broken[name] += 1
                if asked.broken and len(group.waiting) < _MOST_KEPT:
                    found = finding(rule, asked.mark, standing.section)
                    group.waiting.append((found, asked.kept))

    def findings(self) -> Iterator[Finding]:
        """Each row that keeps no habit of a group that its pack has."""
        for group in self._groups.values():
            held = group.held()
            for found, kept in group.waiting:
                if held and held.isdisjoint(kept):
                    yield found
