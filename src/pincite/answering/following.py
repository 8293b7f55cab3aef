"""Exceptions that a shown duty names, followed one hop and kept with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite import citations
from pincite.answering.quoting import breaks_off, statement_of
from pincite.citations import from_identifier, printed_pinpoint
from pincite.law.section import Status
from pincite.reading import Role
from pincite.reading.effective import told_period
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pincite.answer import Statement
    from pincite.answering.findings import Finding
    from pincite.law.outline import Subdivision
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.reading import Provision
    from pincite.reading.provision import Span
    from pincite.reading.readings import Readings

# Words that make a duty hang on other law, and those by which it holds in spite of other law,
# where the other law is named right behind them.
_MARKS = re.compile(
    r"\b(?:(?:except(?:ing)?|unless|subject|other\s+than|excluding|notwithstanding)"
    r"(?:\s+(?:as|to|by|for|in|under|where|when|if|with|otherwise|is|are|the|any|an|exempt\w*|exceptions?|provisions?|"
    r"requirements?|limitations?|conditions?|provided|authorized|permitted|specified|set|forth|required|"
    r"allowed|described|prescribed|stated|of|and|pursuant|contained|established|made|other|exemptions?|a)\b)*)",
    re.IGNORECASE,
)
_STANDS = re.compile(r"notwithstanding\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\s*(?:(?:sub)?(?:sections?|divisions?|paragraphs?|clauses?|parts?|chapters?)|secs?\.|§+|and|or|to|through|of|this|in|"
    r"the|act|title|article|rcw|wac|nrs|u\.s\.c\.|c\.f\.r\.|code|[A-Z][\w.]*|\(?[\w.:-]{0,14}\d[\w.:-]*\)?|\([A-Za-z0-9]{1,5}\)|[A-Z]|,|,\s*inclusive)",
)
_INNER = re.compile(
    r"\b(?:subsections?|subdivisions?|paragraphs?|subparagraphs?|clauses?|subds?\.)\s+"
    r"(?P<labels>\(?\w{1,4}\)?(?:\s?\(\w{1,4}\))*)(?!\s*(?:of|in)\s+(?:section|§|chapter|title|article)\s+\d)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s+of\s+(?:subsection|subdivision|paragraph)\s+(?P<labels>\(?\w{1,4}\)?(?:\s?\(\w{1,4}\))*)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s+(?:of|in)\s+(?:section|§|chapter|title|article|part|rule)\s*\d", re.IGNORECASE
)
_LABEL = re.compile(r"\w{1,4}")
_EXCEPTS = re.compile(
    r"\b(?:not\s+(?:apply|required|subject|be\s+required|be\s+construed)|exempt\w*|except\w*|unless|"
    r"nothing\s+in|need\s+not|may\b)",
    re.IGNORECASE,
)
_APT = frozenset({Role.EXEMPTION, Role.EXCEPTION, Role.PERMISSION, Role.DUTY, Role.PROHIBITION})
_SHORT = 60  # words of an exception that is quoted
_AT_MOST = 3
_REVERSE = re.compile(
    r"^\W*(?:the\s+(?:provisions|requirements|prohibitions?)\s+of\s+)?(?:subsections?|subdivisions?|paragraphs?)\s+"
    r"\(?(?P<label>\w{1,4})\)?\b.{0,80}?\b(?:do|does|shall)\s+not\s+apply",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the duties' exceptions lead to: quotes and notes, and the sections they are from.

    `owner` has, for each of those sections, the section of the duty.
    """

    statements: tuple[Statement, ...] = ()
    sections: tuple[Section, ...] = ()
    owner: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Law:
    """Where references lead: the library, its sections as they are read, and the day."""

    library: Library
    readings: Readings
    as_of: date


def followed(
    duties: Sequence[Finding], shown: Sequence[Statement], law: Law, *, most: int = _AT_MOST
) -> Followed:
    """The exceptions and conditions that the shown duties name elsewhere, each once.

    What is short and apt is quoted, at most so many; of the rest the citation is told. Law that
    is not in force is passed over.
    """
    readings = law.readings
    statements: list[Statement] = []
    sections: dict[str, Section] = {}
    owner: dict[str, str] = {}
    named: dict[str, None] = {}
    stands: dict[str, None] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for finding in duties:
        for target in _targets(finding, law.library, readings, law.as_of):
            if target.key in seen:
                continue
            seen.add(target.key)
            if target.stands:
                stands[target.printed] = None
                continue
            span = _excerpt(target, readings)
            if span is not None and _is_told(target.section, span, shown):
                continue
            if span is None or len(statements) >= most:
                named[target.printed] = None
                continue
            told = statement_of(target.section, readings.outline_of(target.section), [span])
            if breaks_off(told.text):
                named[target.printed] = None
                continue
            statements.append(told)
            sections[target.section.id] = target.section
            owner.setdefault(target.section.id, finding.section.id)
    statements += list(_reverse(duties, shown, readings))[: max(most - 1, 1)]
    named = {one: None for one in named if not any(one != o and one.startswith(o) for o in named)}
    if named:
        statements.append(note("excepted_in", citation=", ".join(list(named)[:_AT_MOST])))
    if stands:
        statements.append(note("in_spite_of", citation=", ".join(list(stands)[:_AT_MOST])))
    return Followed(statements=tuple(statements), sections=tuple(sections.values()), owner=owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A place that an exception names; `unit` is the subdivision, `None` for a whole section."""

    section: Section
    unit: Subdivision | None
    stands: bool

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        return self.section.id, () if self.unit is None else self.unit.path

    @property
    def printed(self) -> str:
        path = () if self.unit is None or not self.unit.sure else self.unit.path
        pinpoint = (
            printed_pinpoint(self.section.jurisdiction, self.section.code, path) if path else ""
        )
        return f"{self.section.citation}{pinpoint}"


def _targets(
    finding: Finding, library: Library, readings: Readings, as_of: date
) -> Iterator[_Target]:
    """The places that the limits of the duty name, in reading order."""
    section = finding.section
    for start, end in (*finding.provision.leads, (finding.provision.start, finding.provision.end)):
        for limit in _limits(section, finding, readings, (start, end)):
            for marker in _MARKS.finditer(section.text, *limit):
                stands = bool(_STANDS.match(marker.group()))
                near = (marker.end(), _pointing_end(section.text, marker.end(), limit[1]))
                yield from _inside(finding, near, readings, stands=stands)
                yield from _elsewhere(section, near, library, as_of, readings, stands=stands)


def _pointing_end(text: str, start: int, stop: int) -> int:
    """Where the words that name law end, from `start` on."""
    at = start
    while at < stop and (found := _POINTING.match(text, at, stop)) and found.end() > at:
        at = found.end()
    return at


def _limits(section: Section, finding: Finding, readings: Readings, span: Span) -> Iterator[Span]:
    own = (finding.provision.start, finding.provision.end)
    provision: Provision | None = finding.provision if span == own else None
    if provision is None:
        read = readings.of(section)
        provision = next((p for p in read.provisions if (p.start, p.end) == span), None)
    if provision is not None:
        yield from (*provision.exceptions, *provision.conditions)


def _inside(
    finding: Finding, limit: Span, readings: Readings, *, stands: bool
) -> Iterator[_Target]:
    """Subdivisions of the duty's own section."""
    section = finding.section
    outline = readings.outline_of(section)
    for found in _INNER.finditer(section.text, *limit):
        if _ELSEWHERE.match(section.text, found.end()):
            continue
        inner = tuple(_LABEL.findall(found["labels"]))
        outer = _OF.match(section.text, found.end())
        if outer is not None:
            inner = (*_LABEL.findall(outer["labels"]), *inner)
            if _ELSEWHERE.match(section.text, outer.end()):
                continue
        path = finding.provision.path
        tried = [(*path[:depth], *inner) for depth in range(len(path), -1, -1)]
        unit = next((u for one in tried if (u := outline.find(one)) is not None), None)
        holds = unit is not None and unit.start <= finding.provision.start < unit.end
        if unit is not None and not holds and unit.sure:
            yield _Target(section=section, unit=unit, stands=stands)


def _elsewhere(
    section: Section,
    limit: Span,
    library: Library,
    as_of: date,
    readings: Readings,
    *,
    stands: bool,
) -> Iterator[_Target]:
    """Other sections of the library, those in force on the day."""
    own = from_identifier(section.id)
    if own is None:
        return
    for found in citations.find(section.text[slice(*limit)], within=own):
        cited = found.citation
        if cited.unit != "section" or cited.through or cited.id == section.id:
            continue
        other = library.section(cited.id, as_of)
        if other is None or other.status is not Status.IN_FORCE:
            continue
        if not told_period(other.text).covers(as_of):
            continue
        unit = readings.outline_of(other).find(cited.path) if cited.path else None
        yield _Target(section=other, unit=unit, stands=stands)


def _excerpt(target: _Target, readings: Readings) -> Span | None:
    """What of the place excepts or conditions, if it is short: a span, or `None`."""
    section, unit = target.section, target.unit
    begin, end = (0, len(section.text)) if unit is None else (unit.start, unit.end)
    text = section.text
    if unit is not None and len(text[unit.body : end].split()) <= _SHORT:
        return (unit.body, end) if _EXCEPTS.search(text, unit.body, end) else None
    inside = [
        p
        for p in readings.of(section).provisions
        if begin <= p.start and p.end <= end and p.role in _APT and not p.leads and not p.opens
    ]
    if unit is None and len(inside) > 4:  # noqa: PLR2004 - a long section is named, not sampled
        return None
    for provision in inside:
        words = text[provision.start : provision.end]
        if len(words.split()) <= _SHORT and _EXCEPTS.search(words):
            return provision.start, provision.end
    return None


def _is_told(section: Section, span: Span, shown: Sequence[Statement]) -> bool:
    return any(
        quote.section == section.id and quote.start < span[1] and span[0] < quote.end
        for statement in shown
        for quote in statement.quotes
    )


def _reverse(
    duties: Sequence[Finding], shown: Sequence[Statement], readings: Readings
) -> Iterator[Statement]:
    """Subdivisions that say that a shown one does not apply: "Subsection (a) does not apply to"."""
    paths: dict[str, set[str]] = {}
    for finding in duties:
        if finding.provision.path:
            paths.setdefault(finding.section.id, set()).add(finding.provision.path[0].lower())
    for finding in {one.section.id: one for one in duties}.values():
        section = finding.section
        for provision in readings.of(section).provisions:
            if provision.role is not Role.EXEMPTION or provision.opens or provision.leads:
                continue
            words = section.text[provision.start : provision.end]
            found = _REVERSE.match(words)
            if found is None or found["label"].lower() not in paths.get(section.id, ()):
                continue
            span = (provision.start, provision.end)
            if len(words.split()) <= _SHORT and not _is_told(section, span, shown):
                told = statement_of(section, readings.outline_of(section), [span])
                if not breaks_off(told.text):
                    yield told
