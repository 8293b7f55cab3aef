"""A whole pack read once, row by row, past every rule; memory does not follow its size."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.errors import PackMissing, UsageError
from pincite.finding import Finding, Linted, Severity
from pincite.law.section import Status
from pincite.library.lint.findings import Habits, finding
from pincite.library.lint.rules import CHOSEN, HABITS, NAMES, RULES
from pincite.library.lint.standing import Standing, Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pincite.law.section import Section
    from pincite.library.lint.ignore import Ignored
    from pincite.library.lint.standing import Habit, Rule

_BESIDE = 3
_SHORT = 200  # characters: shorter texts are alike by nature
_Row = tuple["Section", str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rules that run."""

    rules: tuple[Rule, ...]
    habits: tuple[Habit, ...]


def choose(names: Sequence[str] = (), *, least: Severity = Severity.NOTE) -> Chosen:
    """All rules but the slow ones, or those named; none below `least`. Raises UsageError."""
    if unknown := [name for name in names if name not in NAMES]:
        raise UsageError(f"there is no rule {unknown[0]}; there are {', '.join(NAMES)}")
    wanted = names or [rule.name for rule in (*RULES, *HABITS)]
    return Chosen(
        tuple(r for r in (*RULES, *CHOSEN) if r.name in wanted and r.severity.reaches(least)),
        tuple(h for h in HABITS if h.name in wanted and h.severity.reaches(least)),
    )


def lint_rows(
    pack: str, rows: Iterable[_Row], chosen: Chosen, ignored: Ignored | None = None
) -> Linted:
    """Every finding on a pack's rows: each a section, and the number that the pack gives it."""
    ids: set[int] = set()
    run = _Run(chosen, Habits(chosen.habits))
    for standing in _standings(rows, ids):
        run.see(standing)
    waiting = (found for found, absent in run.waiting if _key(absent) not in ids)
    found = [*run.findings, *waiting, *run.habits.findings()]
    kept = [one for one in found if ignored is None or not ignored.holds(one)]
    rules = dict.fromkeys((rule.name for rule in (*chosen.rules, *chosen.habits)), 0)
    for one in kept:
        rules[one.rule] += 1
    return Linted(
        pack=pack,
        sections=run.sections,
        findings=tuple(kept),
        rules=rules,
        ignored=len(found) - len(kept),
    )


def installed_rows(home: Path, pack: str) -> Iterator[_Row]:
    """The rows of an installed pack, in its order. Raises PackMissing."""
    from pincite.library.rows import current_sections
    from pincite.library.store import LAW, open_file

    with closing(open_file(home, LAW, create=False)) as connection:
        found = connection.execute("SELECT name FROM packs WHERE name = ?", (pack,)).fetchone()
        if found is None:
            raise PackMissing(f"{pack} is not installed; `pincite library list` shows what is")
        for _, section in current_sections(connection, found[0]):
            yield section, ""


def file_rows(path: Path, pack: str) -> Iterator[_Row]:
    """The rows of a pack's file. Raises ParseError; a row that is no section is passed over."""
    from pincite.parsing.documents import Documents
    from pincite.parsing.naming import by_form
    from pincite.parsing.pack_row import Skipped
    from pincite.parsing.parquet import PackFile
    from pincite.parsing.sections import section_of

    places = Documents()
    with PackFile(path) as file:
        for row in file.rows():
            if not isinstance(row, Skipped):
                section = section_of(row, places.place(row), pack=pack, namer=by_form)
                yield section, row.number


@dataclass(slots=True)
class _Run:
    chosen: Chosen
    habits: Habits
    findings: list[Finding] = field(default_factory=list)
    waiting: list[tuple[Finding, str]] = field(default_factory=list)
    sections: int = 0

    def see(self, standing: Standing) -> None:
        self.sections += 1
        for rule in self.chosen.rules:
            mark = rule.check(standing)
            if mark is None:
                continue
            found = finding(rule, mark, standing.section)
            if mark.absent:
                self.waiting.append((found, mark.absent))
            else:
                self.findings.append(found)
        if self.habits.rules:
            self.habits.see(standing)


def _standings(rows: Iterable[_Row], ids: set[int]) -> Iterator[Standing]:
    """Each section with up to three on both sides, and with what came before of its text.

    `ids` gathers the keys of the identifiers that have been given.
    """
    before: deque[Section] = deque(maxlen=_BESIDE)
    ahead: deque[_Row] = deque()
    texts: dict[bytes, Twin] = {}
    dated: set[int] = set()
    coming = iter(rows)
    while True:
        while len(ahead) <= _BESIDE and (row := next(coming, None)) is not None:
            ahead.append(row)
        if not ahead:
            return
        section, given = ahead.popleft()
        key = hash((_key(section.id), section.validity.start))
        yield Standing(
            section=section,
            before=tuple(reversed(before)),
            after=tuple(one for one, _ in ahead),
            given=given,
            twin=_twin(section, texts),
            double=key in dated,
        )
        dated.add(key)
        ids.add(_key(section.id))
        before.append(section)


def _key(identifier: str) -> int:
    """What two rows of one citation share; the library sets later ones off with `~2`."""
    whole, _, copy = identifier.casefold().rpartition("~")
    return hash(whole if whole and copy.isdigit() else identifier.casefold())


def _twin(section: Section, texts: dict[bytes, Twin]) -> Twin | None:
    """The first section with this very text, if the text is a section's own."""
    if len(section.text) < _SHORT or section.status is not Status.IN_FORCE:
        return None
    mine = Twin(section.citation, section.heading[:80], section.document)
    first = texts.setdefault(bytes.fromhex(section.text_sha256[:24]), mine)
    return None if first is mine else first
