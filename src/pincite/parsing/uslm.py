"""USLM: titles of the US Code (1.0) and statute compilations (2.0), as Congress publishes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING

from pincite.errors import ParseError
from pincite.law.section import Kind
from pincite.parsing.official import Level, OfficialSection, status_named, status_of
from pincite.parsing.pack_row import PackRow
from pincite.parsing.safe_xml import Tags, child, fault, local, units, words
from pincite.parsing.uslm_text import printed_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

ROOTS = frozenset({"uscDoc", "statuteCompilation"})
# Units of the hierarchy above sections, as the schema names them.
_LEVELS = frozenset(
    {"title", "subtitle", "chapter", "subchapter", "part", "subpart", "division", "subdivision"}
    | {"article", "subarticle", "act", "appendix", "compiledAct", "reorganizationPlan"}
)
_TAGS = Tags(
    roots=ROOTS,
    units=("section",),
    asides=("notes", "note", "toc", "quotedContent"),
    heads=("meta", "preface"),
)
_IN_CODE = re.compile(r"/us/usc/t(\d{1,2}[aA]?)/s([^/]+)$")
_IN_ACT = re.compile(r"/us/[^/]+/(\d{2,3})/(\d+)/.*?s([^/]+)$")
_NUMBERED = re.compile(r"(?:§+|[Ss]ecs?\.)\s*([^\s,\]]+(?:\s+(?:to|and|through)\s+[^\s,\]]+)?)")
_RELEASE = re.compile(r"(\d{2,3})-(\d+)")


@dataclass(frozen=True, slots=True)
class _Document:
    """What the file says of itself before its first section."""

    act: str
    title: str
    name: str
    current_through: str


def sections(stream: IO[bytes], *, source: str, first_row: int = 1) -> Iterator[OfficialSection]:
    """Every section of the title or act, in its order.

    Raises ParseError, with element and line, where the file is not as the format has it.
    """
    document = _Document("", "", "", "")
    row = first_row
    above: Element | None = None
    levels: tuple[Level, ...] = ()
    for element in units(stream, _TAGS, source=source):
        name = local(element)
        if name == "meta":
            document = _document(element)
        elif name == "section":
            if above is None or element.getparent() is not above:
                # Sections of one chapter come one after another.
                above, levels = element.getparent(), _levels(element)
            yield _section(element, document, levels, row, source)
            row += 1
    if row == first_row:
        raise ParseError(
            "no <section> is in the file; is it a title of the US Code or a compiled act?",
            source=source,
        )


def _document(meta: Element) -> _Document:
    found: dict[str, str] = {}
    for one in meta:
        found.setdefault(local(one), words(one))
    law = _RELEASE.search(found.get("docPublicationName", ""))
    through = found.get("currentThroughPublicLaw", "").replace("–", "-")
    if law is not None:
        through = f"{law[1]}-{law[2]}"
    day = (found.get("created") or found.get("processedDate") or "")[:10]
    current = f"Public Law {through}" if through else ""
    if day:
        current = f"{current}, published {day}" if current else f"published {day}"
    act = ""
    if (number := found.get("docNumber")) and (congress := found.get("congress")):
        act = f"Pub. L. {congress}-{number}"
    title = found.get("docNumber", "") if not act else ""
    return _Document(act, title, found.get("docTitle") or found.get("title", ""), current)


def _section(
    element: Element, document: _Document, levels: tuple[Level, ...], row: int, source: str
) -> OfficialSection:
    title, number, act = _numbered(element, document, source)
    text = printed_section(element, source=source)
    heading = _heading(element)
    given = status_named(element.get("status", ""))
    body = text.printed.text
    if act:
        citation, slug = f"{act}, § {number}", f"{act}-{number}"
        code, url = document.name or act, ""
    else:
        citation, slug = f"{title} U.S.C. § {number}", f"{title}-u.s.c.-{number}"
        code, url = "United States Code", _url(title, number)
    chapter = next((one for one in levels if one.word == "Chapter"), Level("", "", ""))
    top = next((one for one in levels if one.word == "Title"), Level("", "", ""))
    return OfficialSection(
        row=PackRow(
            row=row,
            jurisdiction="us",
            kind=Kind.STATUTE,
            citation=citation,
            text=body,
            act_id=f"us/federal/statutes/{slug}".lower().replace(" ", "-"),
            number=number,
            heading=heading,
            title=top.label,
            title_name=top.name,
            chapter=chapter.label,
            chapter_name=chapter.name,
            breadcrumb=" > ".join((code, *(one.titled for one in levels))),
            status=given or status_of(heading, body),
            effective=_day(element.get("startPeriod", "")),
            source_note="\n".join(text.credits),
            current_through=document.current_through,
            url=url,
        ),
        marks=text.printed.marks,
        terms=text.terms,
        notes=text.notes,
    )


def _numbered(element: Element, document: _Document, source: str) -> tuple[str, str, str]:
    """Title and number, or number and act. A repealed section may have no identifier."""
    identifier = element.get("identifier", "")
    if (found := _IN_CODE.search(identifier)) is not None:
        return found[1], found[2].replace("...", " to "), ""
    if document.act:
        return "", _act_number(element, identifier), document.act
    printed = words(child(element, "num"))
    number = _NUMBERED.search(printed)
    title = next((t for one in element.iterancestors() if (t := _title_of(one))), document.title)
    if number is None or not title:
        raise fault(
            element,
            f"has neither an identifier like /us/usc/t15/s6801 nor a number (it has {printed!r})",
            source=source,
        )
    return title, number[1].rstrip(".—"), ""


def _act_number(element: Element, identifier: str) -> str:
    if (found := _IN_ACT.search(identifier)) is not None:
        return found[3].strip("()")
    number = child(element, "num")
    # The first section of an act is often printed without its number.
    return (number.get("value", "").strip("()") if number is not None else "") or "1"


def _title_of(element: Element) -> str:
    found = re.match(r"/us/usc/t(\d{1,2}[aA]?)(?:/|$)", element.get("identifier", ""))
    return found[1] if found else ""


def _levels(element: Element) -> tuple[Level, ...]:
    """From the title down to what holds the section."""
    return tuple(
        _level(one)
        for one in reversed(list(element.iterancestors()))
        if local(one) in _LEVELS and child(one, "num") is not None
    )


def _level(element: Element) -> Level:
    number = child(element, "num")
    value = "" if number is None else number.get("value", "")
    return Level(local(element).capitalize(), value, words(child(element, "heading")).strip("[]"))


def _heading(element: Element) -> str:
    heading = words(child(element, "heading"))
    opened, closed = heading.count("["), heading.count("]")
    # "[§ 1209." opens a bracket before the heading that closes it.
    return heading[:-1].rstrip() if closed > opened and heading.endswith("]") else heading


def _url(title: str, number: str) -> str:
    first = number.partition(" ")[0].replace("–", "-")
    return (
        "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title"
        f"{title.lower()}-section{first}&num=0&edition=prelim"
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
