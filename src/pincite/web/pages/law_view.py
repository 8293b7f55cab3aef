"""A section's text laid out for reading: subdivisions, paragraphs, quotes and references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from pincite import citations
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.law.outline import Outline, Subdivision
    from pincite.law.section import Section

Span: TypeAlias = tuple[int, int]

_BREAK = re.compile(r"\s*\n\s*")
_UNSAFE_IN_ANCHOR = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST_LINKED = 60_000  # characters of a text in which references are looked for
_OPENING = 60  # characters of a subdivision that the outline shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text of one kind: inside the span that was asked for or not, part of a reference or not.

    `first` is true of the first run of all that is marked: it is what the page scrolls to.
    """

    text: str
    marked: bool = False
    first: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Runs that stand on one line; a `gap` is the white space between two paragraphs."""

    runs: tuple[Run, ...]
    gap: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A subdivision. `anchor` is empty where its pinpoint would be doubtful.

    `opening` are the runs that stand on the line of its label.
    """

    anchor: str
    label: tuple[Run, ...]
    opening: tuple[Run, ...]
    asked: bool
    parts: tuple[Part, ...]


Part: TypeAlias = Paragraph | Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineLine:
    """A subdivision in the outline: its label as printed and the words that it opens with."""

    anchor: str
    label: str
    opening: str
    children: tuple[OutlineLine, ...]


def anchor_of(path: Sequence[str]) -> str:
    """A pinpoint as the part of an address behind `#`: `2-1-a`."""
    return "-".join(_UNSAFE_IN_ANCHOR.sub("_", label) for label in path)


def laid_out(
    section: Section,
    outline: Outline,
    *,
    spans: Sequence[Span] = (),
    asked: Subdivision | None = None,
) -> tuple[Part, ...]:
    """The whole text in order: the runs put together are the text, control characters marked."""
    return _Layout(section, outline, spans, asked).parts()


def outline_lines(
    section: Section, units: Sequence[Subdivision], depth: int = 2
) -> tuple[OutlineLine, ...]:
    """The outline down to `depth` levels, for those subdivisions whose pinpoint is sure."""
    if depth == 0:
        return ()
    return tuple(
        OutlineLine(
            anchor=anchor_of(unit.path),
            label=shown(section.text[unit.start : unit.body].strip()),
            opening=_opening(section.text, unit),
            children=outline_lines(section, unit.children, depth - 1),
        )
        for unit in units
        if unit.sure
    )


def merged(spans: Sequence[Span], length: int) -> tuple[Span, ...]:
    """The spans in order, those that touch made one, each kept inside the text."""
    found: list[Span] = []
    for start, end in sorted((max(0, s), min(length, e)) for s, e in spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _opening(text: str, unit: Subdivision) -> str:
    # A label that stands directly before another has no words of its own.
    body, end = unit.body, unit.end
    child = next(iter(unit.children), None)
    while child is not None:
        if text[body : child.start].strip():
            end = child.start
            break
        body, end = child.body, child.end
        child = next(iter(child.children), None)
    words = " ".join(text[body : min(end, body + _OPENING * 3)].split())
    cut = words if len(words) <= _OPENING else words[:_OPENING].rsplit(" ", 1)[0] + " …"
    return shown(cut)


class _Layout:
    """One section being laid out."""

    def __init__(
        self,
        section: Section,
        outline: Outline,
        spans: Sequence[Span],
        asked: Subdivision | None,
    ) -> None:
        self._text = section.text
        self._outline = outline
        self._asked = None if asked is None else asked.path
        self._spans = merged(spans, len(section.text))
        self._links = _references(section.text[:_LONGEST_LINKED], section.id, section.jurisdiction)
        self._seen: set[str] = set()
        self._marked = False

    def parts(self) -> tuple[Part, ...]:
        note = max(self._outline.note_start, max((u.end for u in self._outline.roots), default=0))
        body = self._within(self._outline.roots, 0, note)
        return (*body, *self._flow(note, len(self._text), note=True))

    def _within(self, units: Sequence[Subdivision], start: int, end: int) -> tuple[Part, ...]:
        found: list[Part] = []
        at = start
        for unit in units:
            found += self._flow(at, unit.start)
            found.append(self._unit(unit))
            at = unit.end
        return (*found, *self._flow(at, end))

    def _unit(self, unit: Subdivision) -> Unit:
        anchor = anchor_of(unit.path) if unit.sure else ""
        if anchor in self._seen:
            anchor = ""
        self._seen.add(anchor)
        label = tuple(self._runs(unit.start, unit.body))
        parts = self._within(unit.children, unit.body, unit.end)
        opening: tuple[Run, ...] = ()
        if parts and isinstance(parts[0], Paragraph) and not parts[0].gap:
            opening, parts = parts[0].runs, parts[1:]
        return Unit(
            anchor=anchor,
            label=label,
            opening=opening,
            asked=unit.sure and unit.path == self._asked,
            parts=parts,
        )

    def _flow(self, start: int, end: int, *, note: bool = False) -> Iterator[Paragraph]:
        at = start
        for gap in _BREAK.finditer(self._text, start, end):
            if gap.start() > at:
                yield Paragraph(runs=tuple(self._runs(at, gap.start())), note=note)
            yield Paragraph(runs=tuple(self._runs(*gap.span())), gap=True)
            at = gap.end()
        if at < end:
            blank = not self._text[at:end].strip()
            yield Paragraph(runs=tuple(self._runs(at, end)), gap=blank, note=note)

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        """The text between, cut where a quote or a reference begins or ends."""
        marks = [span for span in self._spans if span[0] < end and start < span[1]]
        links = [one for one in self._links if one[0] < end and start < one[1]]
        edges = {start, end}
        for edge in (*marks, *(one[:2] for one in links)):
            edges.update(place for place in edge if start < place < end)
        for left, right in pairwise(sorted(edges)):
            marked = any(s <= left and right <= e for s, e in marks)
            first = marked and not self._marked
            self._marked = self._marked or first
            href = next((h for s, e, h in links if s <= left and right <= e), "")
            yield Run(text=shown(self._text[left:right]), marked=marked, first=first, href=href)


@lru_cache(maxsize=256)
def _references(text: str, identifier: str, jurisdiction: str) -> tuple[tuple[int, int, str], ...]:
    """The citations in the text, as `(start, end, address of the reader)`."""
    own = citations.from_identifier(identifier)
    found = citations.find(text, jurisdiction=jurisdiction, within=own)
    return tuple(
        (one.start, one.end, address(one.citation.id, one.citation.path))
        for one in found
        if one.citation.unit == "section" and one.citation.id != identifier
    )


def address(identifier: str, path: Sequence[str] = ()) -> str:
    """Where the reader shows a section or one subdivision of it."""
    anchor = anchor_of(path)
    return f"{identifier}#{anchor}" if anchor else identifier
