"""Open a chapter, article, title or part by its identifier: its sections, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite import citations
from pincite.assistant.installed_law import InstalledLaw
from pincite.citations.resolve import resolve
from pincite.law.identifiers import lookup_key
from pincite.opened import Contents, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.citations import Citation
    from pincite.law.section import Section
    from pincite.library.protocol import Library

_LABEL = re.compile(r"(?:chapter|part|article|subchapter|act)\s+([\w.:-]*\w)", re.IGNORECASE)


def chapter_contents(
    identifier: str, library: Library, as_of: date | None = None
) -> Contents | None:
    """The sections of the document with that identifier; `None` where none is installed.

    With `as_of`, those that were law in some version on the day.
    """
    listed = library.document_lines(identifier)
    section = library.section(listed[0].id) if listed else None
    if section is None:
        return None
    lines = tuple(
        Line(id=one.id, citation=one.citation, heading=one.heading, status=one.status)
        for one in listed
    )
    if as_of is not None:
        lines = InstalledLaw(library, as_of).lines(line.id for line in listed)
    return Contents(citation=_cited(section, [line.id for line in listed], library), lines=lines)


def _cited(section: Section, inside: Sequence[str], library: Library) -> str:
    """How the document of the section is cited: as a chapter of its code, or by its name.

    The path of an identifier keeps documents apart (`ch26-2-720`). It is a chapter's number only
    where the document's name says so, or where the sections of that chapter are just these.
    """
    citation = citations.from_identifier(section.document)
    if citation is not None and citation.unit != "section" and not citation.path:
        label, number = _LABEL.match(section.document_name), citation.number
        named = label is not None and lookup_key(label[1]) == lookup_key(number)
        other = label is not None and not re.search(rf"[-.:]0*{re.escape(label[1])}$", number)
        if named or (not other and _whole(citation, inside, library)):
            return citations.official(citation)
    code = citations.code(section.jurisdiction, section.code)
    name = (*section.hierarchy, section.code)[0] if code is None else code.name
    return f"{name}, {section.document_name}" if section.document_name != name else name


def _whole(citation: Citation, inside: Sequence[str], library: Library) -> bool:
    """Whether the sections are just those of the chapter that the citation names."""
    return resolve(citation, InstalledLaw(library, None)).sections == tuple(inside)
