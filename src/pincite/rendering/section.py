"""A section opened for reading, a list of sections, or why there is none: text and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.law.pages import printed_pages
from pincite.law.section import Kind
from pincite.opened import Contents, Opened
from pincite.rendering.markdown import escaped
from pincite.rendering.page import Page
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.law.outline import Subdivision
    from pincite.law.section import Section
    from pincite.opened import DefinedTerm, Line, NotOpened

_STEP = 2  # spaces a level
_DEFINITION = 400  # characters of a definition that are shown


def section_text(item: Opened | Contents | NotOpened, *, width: int, colour: bool) -> str:
    """What was opened, lines no wider than `width` where words allow."""
    page = Page(width, colour=colour)
    if isinstance(item, Contents):
        page.block(shown(item.citation), [_listed(line) for line in item.lines])
    elif isinstance(item, Opened):
        _opened(item, page)
    else:
        page.paragraph(shown(_why(item)))
        if item.choices:
            page.block("There is:", [shown(choice) for choice in item.choices])
        if item.opened is not None:
            page.line("")
            _opened(item.opened, page)
    return page.text()


def _opened(item: Opened, page: Page) -> None:
    section = item.section
    page.heading(shown(title(item)))
    page.quiet(shown(facts(item)))
    if section.hierarchy:
        page.quiet(shown(" › ".join(section.hierarchy)))
    if item.doubt:
        page.heading("Note")
        page.paragraph(shown(item.doubt))
    if item.subdivision is not None:
        page.heading(shown(item.citation))
        for depth, text in _parts(item, item.subdivision):
            page.paragraph(shown(text), indent=depth * _STEP)
        page.heading("The whole section")
    else:
        page.heading("Text")
    for depth, text in _parts(item, None):
        page.paragraph(shown(text), indent=depth * _STEP)
    if section.source_note:
        page.heading("Source note")
        page.paragraph(shown(section.source_note))
    if item.definitions:
        page.block("Terms defined", [definition(term) for term in item.definitions])
    if len(item.versions) > 1:
        page.block("Versions", [version(one, section) for one in item.versions])
    beside = [
        f"{word}: {_listed(line)}"
        for word, line in (("Before", item.before), ("After", item.after))
        if line is not None
    ]
    if beside:
        page.block("Beside it", beside)


def _why(item: NotOpened) -> str:
    """Why there is no law, and what to type."""
    return " ".join(filter(None, (item.message, item.at_console or item.advice)))


def section_markdown(item: Opened | Contents | NotOpened) -> str:
    """The same as Markdown; whatever law text holds, it cannot become markup."""
    if isinstance(item, Contents):
        lines = [f"# {escaped(item.citation)}", "", *_bullets(_listed(one) for one in item.lines)]
    elif isinstance(item, Opened):
        lines = _markdown(item)
    else:
        lines = [escaped(_why(item)), ""]
        lines += _bullets(item.choices)
        lines += ["", *_markdown(item.opened)] if item.opened is not None else []
    return "\n".join(lines).rstrip() + "\n"


def _markdown(item: Opened) -> list[str]:
    section = item.section
    lines = [f"# {escaped(title(item))}", "", f"*{escaped(facts(item))}*", ""]
    if item.doubt:
        lines += [escaped(item.doubt), ""]
    if item.subdivision is not None:
        lines += [f"## {escaped(item.citation)}", "", *_nested(item, item.subdivision), ""]
    lines += ["## Text", "", *_nested(item, None), ""]
    if section.source_note:
        lines += ["## Source note", "", escaped(section.source_note), ""]
    if item.definitions:
        lines += [
            "## Terms defined",
            "",
            *_bullets(definition(one) for one in item.definitions),
            "",
        ]
    if len(item.versions) > 1:
        lines += ["## Versions", "", *_bullets(version(one, section) for one in item.versions), ""]
    return lines


def title(item: Opened) -> str:
    """Both citations and the heading."""
    section = item.section
    both = item.citation
    if item.local_citation not in ("", item.citation):
        both += f" ({item.local_citation})"
    named = section.heading and f"“{section.heading}”" not in both
    return f"{both}, {section.heading}" if named else both


def facts(item: Opened) -> str:
    """Status, date, currency and official link in one line."""
    section = item.section
    internal = section.kind is Kind.INTERNAL
    status = section.status.value.replace("_", " ")
    parts: list[str] = ["internal document, no law" if internal else status]
    if section.effective_date is not None:
        parts.append(f"effective {section.effective_date.isoformat()}")
    if section.validity.end is not None:
        parts.append(f"until {section.validity.end.isoformat()}")
    unit = item.subdivision
    span = (0, len(section.text)) if unit is None else (unit.start, unit.end)
    if pages := printed_pages(section.pages, *span):
        parts.append(f"{pages} of the document")
    if section.current_through:
        parts.append(
            f"current through \N{LEFT DOUBLE QUOTATION MARK}{section.current_through}"
            "\N{RIGHT DOUBLE QUOTATION MARK}"
        )
    parts.append(section.url or "no official link")
    parts.append(section.id)
    return " · ".join(parts)


def definition(term: DefinedTerm) -> str:
    words = " ".join(term.text.split())
    if len(words) > _DEFINITION:
        words = words[:_DEFINITION].rsplit(" ", 1)[0] + " …"
    where = f"{term.citation} {term.pinpoint}".rstrip()
    return shown(f"{term.term}: {words} [{where}]")


def version(one: Section, current: Section) -> str:
    start = one.validity.start.isoformat() if one.validity.start else "no date"
    end = one.validity.end.isoformat() if one.validity.end else "now"
    mark = " (this one)" if one == current else ""
    return shown(
        f"from {start} to {end}: {one.status.value.replace('_', ' ')}, {one.heading}{mark}"
    )


def _listed(line: Line) -> str:
    status = line.status.value
    tail = "" if status == "in_force" else f" ({status.replace('_', ' ')})"
    return shown(f"{line.citation}, {line.heading}{tail}" if line.heading else line.citation + tail)


def _bullets(texts: Iterator[str] | Sequence[str]) -> list[str]:
    return [f"- {escaped(text)}" for text in texts]


def _nested(item: Opened, unit: Subdivision | None) -> list[str]:
    return [f"{'  ' * depth}- {escaped(text)}" for depth, text in _parts(item, unit)]


def _parts(item: Opened, unit: Subdivision | None) -> list[tuple[int, str]]:
    """The words of the section, or of one subdivision, with the depth at which each stands."""
    text, tree = item.section.text, item.outline
    found: list[tuple[int, str]] = []

    def take(start: int, end: int, depth: int) -> None:
        paragraphs = text[start:end].split("\n\n")
        found.extend((depth, " ".join(one.split())) for one in paragraphs if one.strip())

    def walk(units: Sequence[Subdivision], start: int, end: int, depth: int) -> None:
        at = start
        for one in units:
            take(at, one.start, depth)
            walk(one.children, one.start, one.end, depth + 1)
            at = one.end
        take(at, end, depth)

    if unit is not None:
        walk(unit.children, unit.start, unit.end, 0)
    else:
        walk(tree.roots, 0, len(text), 0)
    return found
