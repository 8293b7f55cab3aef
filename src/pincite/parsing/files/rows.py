"""A document's sections as rows of a pack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.section import Kind
from pincite.parsing.files.named import citation_of, citing, code_slug, known_code, slug
from pincite.parsing.files.read import read_document
from pincite.parsing.files.sectioning import sections
from pincite.parsing.official import OfficialSection, status_of
from pincite.parsing.pack_row import PackRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.parsing.files.sectioning import Found

_LEVEL = re.compile(
    r"(title|subtitle|chapter|subchapter|part|subpart|article|division)\s+(\w+)\W*(.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person tells of a document: whose it is, of what kind, and what it is cited as."""

    jurisdiction: str
    kind: Kind
    name: str
    current_through: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRows:
    """A document's sections as a pack has them; `notes` say what was not read."""

    sections: tuple[OfficialSection, ...]
    notes: tuple[str, ...] = ()


def document_rows(data: bytes, suffix: str, profile: Profile, *, source: str) -> DocumentRows:
    """The sections of a document's file. Raises ParseError where it cannot be read."""
    reading = read_document(data, suffix, source=source)
    internal = profile.kind is Kind.INTERNAL
    code = None if internal else known_code(profile.jurisdiction, profile.name, profile.kind)
    found = sections(reading.blocks, citing(profile.jurisdiction, code))
    rows: list[OfficialSection] = []
    seen: dict[str, int] = {}
    for place, one in enumerate(found, start=1):
        if not one.text.strip() and not one.heading:
            continue
        citation, number = citation_of(one, profile.jurisdiction, code, profile.name)
        seen[citation] = seen.get(citation, 0) + 1
        row = _row(place, one, (citation, number), profile, paged=suffix.lower() == ".pdf")
        rows.append(OfficialSection(row=row))
    notes = [*reading.notes]
    if twice := [citation for citation, count in seen.items() if count > 1]:
        notes.append(f"{len(twice)} section numbers stand twice in the document: {twice[0]}")
    return DocumentRows(sections=tuple(rows), notes=tuple(notes))


def _row(
    place: int, found: Found, named: tuple[str, str], profile: Profile, *, paged: bool
) -> PackRow:
    citation, number = named
    columns = _columns(found.hierarchy, profile.name)
    url = profile.url
    if url and paged and found.pages and "#" not in url:
        # The fragment that readers of PDF know (RFC 8118, section 3).
        url = f"{url}#page={found.pages[0].page}"
    within = "/".join((profile.jurisdiction, code_slug(profile.jurisdiction, profile.name)))
    crumbs = (profile.name, *(one for one in found.hierarchy if one != profile.name))
    return PackRow(
        row=place,
        jurisdiction=profile.jurisdiction,
        kind=profile.kind,
        citation=citation,
        text=found.text,
        act_id=f"{within}/{slug(citation)}",
        number=number,
        heading=found.heading,
        breadcrumb=" > ".join(one.replace(" > ", " › ") for one in crumbs),
        status=status_of(found.heading, found.text),
        source_note=found.source_note,
        current_through=profile.current_through,
        url=url,
        pages=found.pages,
        title=columns.get("title", ""),
        title_name=columns.get("title_name", ""),
        chapter=columns.get("chapter", ""),
        chapter_name=columns.get("chapter_name", ""),
        part=columns.get("part", ""),
        part_name=columns.get("part_name", ""),
    )


def _columns(hierarchy: Sequence[str], name: str) -> dict[str, str]:
    """The numbered levels in a pack's columns; the document's name where it has no title."""
    columns = {"title": "", "title_name": name}
    slots = ["chapter", "part"]
    for level in hierarchy:
        match = _LEVEL.fullmatch(level)
        if match is None:
            continue
        label = f"{match[1].capitalize()} {match[2]}"
        if match[1].lower() == "title":
            columns |= {"title": label, "title_name": match[3]}
        elif slots:
            slot = slots.pop(0)
            columns |= {slot: label, f"{slot}_name": match[3]}
    return columns
