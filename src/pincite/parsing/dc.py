"""The D.C. Council's XML: a file a section, and an index that says where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from pincite.errors import ParseError
from pincite.law.section import Kind
from pincite.parsing.dc_text import printed_section
from pincite.parsing.official import Level, OfficialSection, status_of
from pincite.parsing.pack_row import PackRow
from pincite.parsing.safe_xml import Tags, child, fault, local, units, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

ROOTS = frozenset({"section", "container", "document"})
_SECTION = Tags(roots=("section",), units=("section",))
_INDEX = Tags(roots=("container", "document"), units=("include",), heads=("recency",))
_CODE = "D.C. Official Code"
_SITE = "https://code.dccouncil.gov/us/dc/council/code/sections/"
_NUMBER = re.compile(r"\[?\d+[A-Z]?(?::\d+[A-Z]?)?-[\w.\-]+\]?")
_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
# Annotations that change how the text is to be read, and stand with the source note.
_BEARING = frozenset({"Applicability", "Effective Dates", "Expiration of Law"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that an index names, and the hierarchy around it, outermost first."""

    file: str
    levels: tuple[Level, ...]


def index_entries(data: bytes, *, source: str) -> tuple[Entry, ...]:
    """The files that a title's index names, in its order: `sections/28-3801.xml`."""
    found: list[Entry] = []
    for element in units(BytesIO(data), _INDEX, source=source):
        if local(element) != "include":
            continue
        file = element.get("href")
        if not file:
            raise fault(element, "names no file in its attribute href", source=source)
        found.append(Entry(file.removeprefix("./"), _levels(element)))
    if not found:
        raise ParseError("the index names no section", source=source)
    return tuple(found)


def current_through(data: bytes, *, source: str) -> str:
    """The day through which the code's own index says that it is current, or nothing."""
    for element in units(BytesIO(data), _INDEX, source=source):
        if local(element) == "recency":
            return element.get("through", "")
    return ""


def section(
    data: bytes, *, source: str, row: int = 1, levels: tuple[Level, ...] = (), current: str = ""
) -> OfficialSection:
    """The section that a file holds.

    `levels` and `current` are of the indexes, which know where it stands and how current it is.
    Raises ParseError, with element and line, where the file is not as the format has it.
    """
    for element in units(BytesIO(data), _SECTION, source=source):
        return _section(element, row, levels, current, source)
    raise ParseError("no <section> is in the file", source=source)


def sections(
    files: Iterator[tuple[str, bytes, tuple[Level, ...]]], *, current: str = "", first_row: int = 1
) -> Iterator[OfficialSection]:
    """The sections of files given by name, content and place, in their order."""
    for row, (name, data, levels) in enumerate(files, first_row):
        yield section(data, source=name, row=row, levels=levels, current=current)


def _section(
    element: Element, row: int, levels: tuple[Level, ...], current: str, source: str
) -> OfficialSection:
    printed = words(child(element, "num"))
    if not _NUMBER.match(printed):
        raise fault(
            element, f"has no number such as 28-3801 in its <num> ({printed!r})", source=source
        )
    number = printed.strip("[]")
    body = printed_section(element, source=source)
    heading = words(child(element, "heading"))
    title = _first(levels, "Title") or Level(
        "Title", number.partition("-")[0].partition(":")[0], ""
    )
    chapter = _first(levels, "Chapter", "Article") or Level("", "", "")
    below = levels[levels.index(chapter) + 1 :] if chapter in levels else ()
    part = below[0] if below else Level("", "", "")
    history = _history(element)
    bearing, others = _annotations(element)
    return OfficialSection(
        row=PackRow(
            row=row,
            jurisdiction="us-dc",
            kind=Kind.STATUTE,
            citation=f"D.C. Code § {printed}",
            text=body.printed.text,
            act_id=f"us/dc/statutes/d.c.-code-{number}".lower(),
            number=number,
            heading=heading,
            title=title.label,
            title_name=title.name,
            chapter=chapter.label,
            chapter_name=chapter.name,
            part=part.label,
            part_name=part.name,
            breadcrumb=" > ".join((_CODE, *(one.titled for one in levels or (title,)))),
            status=status_of(heading, body.printed.text),
            effective=_effective(element, current),
            source_note="\n".join(filter(None, ("; ".join(history), *body.notes, *bearing))),
            current_through=current,
            url=_SITE + quote(printed, safe=":"),
        ),
        marks=body.printed.marks,
        notes=others,
    )


def _first(levels: tuple[Level, ...], *kinds: str) -> Level | None:
    return next((one for one in levels if one.word in kinds), None)


def _levels(element: Element) -> tuple[Level, ...]:
    return tuple(
        Level(
            words(child(one, "prefix")),
            words(child(one, "num")),
            words(child(one, "heading")),
        )
        for one in reversed(list(element.iterancestors()))
        if local(one) == "container"
    )


def _history(element: Element) -> list[str]:
    """The entries of the history line; one that is not shown says no more than one that is."""
    found: dict[str, None] = {}
    for one in _annotated(element, "History"):
        if one.get("display") != "false" and (entry := words(one) or _entry(one)):
            found[entry.rstrip(";")] = None
    return list(found)


def _entry(annotation: Element) -> str:
    """An entry that is given by its attributes alone: `June 17, 2020, D.C. Law 23-98, § 2`."""
    day = _day(annotation.get("eff", ""))
    place = annotation.get("path", "").replace("§", "§ ").replace("|", "")
    shown = "" if day is None else f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return ", ".join(filter(None, (shown, annotation.get("doc", ""), place)))


def _effective(element: Element, current: str) -> date | None:
    """The day of the last change that the text shows, if the file tells it in a form of its own."""
    shown = [one for one in _annotated(element, "History") if one.get("display") != "false"]
    last = shown[-1] if shown else None
    day = None if last is None else _day(last.get("eff", ""))
    through = _day(current)
    return None if day is not None and through is not None and day > through else day


def _annotations(element: Element) -> tuple[list[str], tuple[str, ...]]:
    bearing: list[str] = []
    others: list[str] = []
    for one in _annotated(element):
        kind = one.get("type", "")
        if kind != "History" and (said := words(one)):
            (bearing if kind in _BEARING else others).append(f"{kind}: {said}".removeprefix(": "))
    return bearing, tuple(others)


def _annotated(element: Element, kind: str = "") -> list[Element]:
    notes = child(element, "annotations")
    return (
        [one for one in notes if not kind or one.get("type") == kind] if notes is not None else []
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
