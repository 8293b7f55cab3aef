"""Sections and hits as the tools give them; a long text comes in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.mcp.results import (
    HitResult,
    LineResult,
    ReadResult,
    SearchResult,
    SectionResult,
    SubdivisionResult,
    TermResult,
)
from pincite.opened import Contents, NotOpened

if TYPE_CHECKING:
    from pincite.opened import Hit, Hits, Line, Opened

_MOST_SUBDIVISIONS = 400
_MOST_TERMS = 20


def search_result(found: Hits) -> SearchResult:
    return SearchResult(
        words=found.words,
        hits=[_hit(hit) for hit in found.hits],
        packs_searched=list(found.packs),
        not_installed=list(found.not_installed),
    )


def _hit(hit: Hit) -> HitResult:
    section = hit.section
    return HitResult(
        id=section.id,
        citation=section.citation,
        heading=section.heading,
        code=hit.code,
        status=section.status.value,
        pinpoint=hit.pinpoint,
        start=hit.start,
        end=hit.end,
        passage=hit.passage,
        current_through=section.current_through,
        url=section.url,
    )


def read_result(found: Opened | Contents | NotOpened, offset: int, limit: int) -> ReadResult:
    """What stands at the citation; a section's text from `offset`, at most `limit` code points."""
    if isinstance(found, Contents):
        return _result(contents=[_line(line) for line in found.lines])
    if isinstance(found, NotOpened):
        section = None if found.opened is None else _section(found.opened, offset, limit)
        return ReadResult(
            found=False,
            reason=found.reason.value,
            message=found.message,
            advice=found.advice,
            choices=list(found.choices),
            section=section,
            contents=[],
        )
    return _result(section=_section(found, offset, limit))


def _result(
    section: SectionResult | None = None, contents: list[LineResult] | None = None
) -> ReadResult:
    return ReadResult(
        found=True,
        reason=None,
        message="",
        advice="",
        choices=[],
        section=section,
        contents=contents or [],
    )


def _section(item: Opened, offset: int, limit: int) -> SectionResult:
    section, unit = item.section, item.subdivision
    length = len(section.text)
    # Of a text too long for one part, the subdivision that was asked for comes first.
    first = unit.start if unit is not None and offset == 0 and length > limit else offset
    start = min(first, length)
    end = min(start + limit, length)
    date = section.effective_date
    return SectionResult(
        id=section.id,
        citation=item.citation,
        local_citation=item.local_citation,
        heading=section.heading,
        code=item.code,
        hierarchy=list(section.hierarchy),
        status=section.status.value,
        effective_date=None if date is None else date.isoformat(),
        current_through=section.current_through,
        url=section.url,
        text_sha256=section.text_sha256,
        text=section.text[start:end],
        start=start,
        end=end,
        text_length=length,
        next_offset=end if end < length else None,
        doubt=item.doubt,
        outline=[
            SubdivisionResult(path=list(one.path), start=one.start, end=one.end, sure=one.sure)
            for one, _ in zip(item.outline.walk(), range(_MOST_SUBDIVISIONS), strict=False)
        ],
        definitions=[
            TermResult(term=one.term, citation=one.citation, pinpoint=one.pinpoint, text=one.text)
            for one in item.definitions[:_MOST_TERMS]
        ],
        before=None if item.before is None else _line(item.before),
        after=None if item.after is None else _line(item.after),
    )


def _line(line: Line) -> LineResult:
    return LineResult(
        id=line.id, citation=line.citation, heading=line.heading, status=line.status.value
    )
