"""Sections out of a pack's rows: named, placed in their document, hashed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from pincite.law.section import Section
from pincite.law.validity import Validity
from pincite.parsing.documents import Place, place_of

if TYPE_CHECKING:
    from pincite.parsing.naming import Namer
    from pincite.parsing.pack_row import PackRow


def section_of(row: PackRow, *, pack: str, namer: Namer) -> Section:
    """The section that the row holds; its text is the pack's, to the byte."""
    named = namer(row.citation, jurisdiction=row.jurisdiction, kind=row.kind)
    place = _place(
        named.id.rsplit("/", 1)[0],
        named.number or row.number,
        (row.title, row.title_name, row.chapter, row.chapter_name, row.part, row.part_name),
    )
    hierarchy = _hierarchy(
        row.breadcrumb,
        (row.title, row.title_name, row.chapter, row.chapter_name, row.part, row.part_name),
    )
    return Section(
        id=named.id,
        act_id=row.act_id,
        jurisdiction=row.jurisdiction,
        kind=row.kind,
        code=named.code or (hierarchy[0] if hierarchy else ""),
        number=named.number or row.number,
        citation=named.official,
        local_citation=named.local,
        heading=row.heading,
        hierarchy=hierarchy,
        document=place.id,
        document_name=place.name,
        text=row.text,
        text_sha256=text_hash(row.text),
        source_note=row.source_note,
        status=row.status,
        validity=Validity(row.effective, None),
        current_through=row.current_through,
        url=row.url or None,
        pack=pack,
    )


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _place(base: str, number: str, columns: tuple[str, str, str, str, str, str]) -> Place:
    return place_of(base, number, columns)


@lru_cache(maxsize=4096)
def _hierarchy(breadcrumb: str, columns: tuple[str, str, str, str, str, str]) -> tuple[str, ...]:
    """From the code down to what holds the section."""
    if breadcrumb:
        return tuple(part.strip() for part in breadcrumb.split(" > ") if part.strip())
    pairs = zip(columns[::2], columns[1::2], strict=True)
    return tuple(name for pair in pairs if (name := " ".join(filter(None, pair))))
