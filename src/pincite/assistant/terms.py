"""The terms of a section that its document defines, with the words that define them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.citations import printed_pinpoint
from pincite.law.outline import outline
from pincite.opened import DefinedTerm
from pincite.reading.definitions import definitions, is_definitions

if TYPE_CHECKING:
    from pincite.law.outline import Subdivision
    from pincite.law.section import Section
    from pincite.library.protocol import Library

_SECTIONS = 4  # definitions sections of the document that are read
_TERMS = 24


def terms_in(
    section: Section, unit: Subdivision | None, library: Library
) -> tuple[DefinedTerm, ...]:
    """The defined terms that the section, or the subdivision, uses; in the order defined.

    Looked for in the section itself and in those of its document whose headings say definitions.
    """
    shown = section.text if unit is None else section.text[unit.start : unit.end]
    words = " ".join(shown.split()).casefold()
    lines = library.document_lines(section.document)
    where = [one.id for one in lines if one.id != section.id and is_definitions(one.heading)][
        :_SECTIONS
    ]
    found: dict[str, DefinedTerm] = {}
    shown_terms: set[str] = set()
    for source in (section, *filter(None, (library.section(one) for one in where))):
        for item in _terms_of(source):
            if source.id == section.id and (unit is None or unit.start <= item.start < unit.end):
                shown_terms.add(item.term.casefold())
            elif item.term.casefold() not in shown_terms | found.keys() and _uses(words, item.term):
                found[item.term.casefold()] = item
    return tuple(found.values())[:_TERMS]


def _terms_of(section: Section) -> list[DefinedTerm]:
    return [
        DefinedTerm(
            term=item.term,
            section=section.id,
            citation=section.citation,
            pinpoint=printed_pinpoint(section.jurisdiction, section.code, item.path)
            if item.path
            else "",
            start=item.start,
            end=item.end,
            text=section.text[item.start : item.end],
        )
        for item in definitions(section.text, outline(section.text), section.heading)
    ]


def _uses(words: str, term: str) -> bool:
    wanted = re.escape(" ".join(term.split()).casefold())
    return re.search(rf"(?<!\w){wanted}s?(?!\w)", words) is not None
