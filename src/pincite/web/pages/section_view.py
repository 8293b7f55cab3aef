"""A section as the reader and the panel show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.web.pages.answer_view import official_link, span_href
from pincite.web.pages.history_view import VersionView, version_views
from pincite.web.pages.law_view import OutlineLine, Part, laid_out, outline_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.change import History
    from pincite.opened import DefinedTerm, Line, Opened
    from pincite.web.pages.law_view import Span

_DEFINITION = 600  # characters of a definition that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line above the text that the reader must know of."""

    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionView:
    term: str
    text: str
    citation: str
    pinpoint: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """`href` is the reader's address of exactly this: version, spans and all."""

    id: str
    href: str
    citation: str
    local_citation: str
    heading: str
    crumbs: tuple[tuple[str, str], ...]
    status: str
    effective: date | None
    until: date | None
    current_through: str
    link: str
    sha256: str
    source_note: str
    notices: tuple[Notice, ...]
    parts: tuple[Part, ...]
    outline: tuple[OutlineLine, ...]
    definitions: tuple[DefinitionView, ...]
    versions: tuple[VersionView, ...]
    moved: tuple[tuple[str, str], ...]
    before: Line | None
    after: Line | None
    as_of: str


def section_view(
    opened: Opened,
    *,
    href: str,
    spans: Sequence[Span] = (),
    notices: Sequence[Notice] = (),
    history: History | None = None,
    as_of: str = "",
) -> SectionView:
    section = opened.section
    return SectionView(
        id=section.id,
        href=href,
        citation=opened.citation,
        local_citation=opened.local_citation,
        heading=section.heading,
        crumbs=_crumbs(opened),
        status=section.status.value,
        effective=section.validity.start,
        until=section.validity.end,
        current_through=section.current_through,
        link=official_link(section.url),
        sha256=section.text_sha256,
        source_note=section.source_note,
        notices=tuple(notices),
        parts=laid_out(section, opened.outline, spans=spans, asked=opened.subdivision),
        outline=outline_lines(section, opened.outline.roots),
        definitions=tuple(_definition(one) for one in opened.definitions),
        versions=version_views(opened.versions, section, history),
        moved=_moved(history),
        before=opened.before,
        after=opened.after,
        as_of=as_of,
    )


def _crumbs(opened: Opened) -> tuple[tuple[str, str], ...]:
    """The hierarchy, its last part leading to all sections of the document."""
    names = opened.section.hierarchy or (opened.code, opened.section.document_name)
    *outer, last = [name for name in names if name] or [opened.code]
    return (*((name, "") for name in outer), (last, opened.section.document))


def _definition(item: DefinedTerm) -> DefinitionView:
    words = " ".join(item.text.split())
    if len(words) > _DEFINITION:
        words = words[:_DEFINITION].rsplit(" ", 1)[0] + " …"
    return DefinitionView(
        term=item.term,
        text=words,
        citation=item.citation,
        pinpoint=item.pinpoint,
        href=span_href(item.section, [(item.start, item.end)]),
    )


def _moved(history: History | None) -> tuple[tuple[str, str], ...]:
    if history is None:
        return ()
    return tuple(
        (one, f"{words} {one}")
        for words, places in (("Moved to", history.moved_to), ("Formerly", history.moved_from))
        for one in places
    )
