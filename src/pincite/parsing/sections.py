"""Sections out of a pack's rows: named, placed in their document, hashed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from pincite.citations.links import official_link
from pincite.law.section import Section
from pincite.law.validity import Validity

if TYPE_CHECKING:
    from pincite.parsing.documents import Place
    from pincite.parsing.naming import Named, Namer
    from pincite.parsing.pack_row import PackRow


def section_of(row: PackRow, place: Place, *, pack: str, namer: Namer) -> Section:
    """The section that the row holds; its text is the pack's, to the byte."""
    named = namer(row.citation, jurisdiction=row.jurisdiction, kind=row.kind)
    document, document_name = _document(named, place)
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
        document=document,
        document_name=document_name,
        text=row.text,
        text_sha256=text_hash(row.text),
        source_note=row.source_note,
        status=row.status,
        validity=Validity(row.effective, None),
        current_through=row.current_through,
        url=row.url or official_link(named.id),
        pack=pack,
        pages=row.pages,
    )


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _document(named: Named, place: Place) -> tuple[str, str]:
    """The document's identifier and name: below the title, where the section's id has one."""
    _, jurisdiction, code, *within = named.id.split("/")
    parents = within[:-1]
    path = place.path.split("/") if place.path else []
    if parents and path and _same_level(parents[-1], path[0]):
        path = path[1:]
    name = place.name or named.official.partition("§")[0].strip(" ,") or named.official
    return "/".join(("", jurisdiction, code, *parents, *path)), name


def _same_level(one: str, other: str) -> bool:
    """Whether two segments name one level: `t15` and `t15`, `c93H` and `ch93H`."""
    (word, number), (other_word, other_number) = _split(one), _split(other)
    return number == other_number and (word.startswith(other_word) or other_word.startswith(word))


def _split(segment: str) -> tuple[str, str]:
    number = segment.lstrip("abcdefghijklmnopqrstuvwxyz")
    return segment.removesuffix(number), number


@lru_cache(maxsize=4096)
def _hierarchy(breadcrumb: str, columns: tuple[str, str, str, str, str, str]) -> tuple[str, ...]:
    """From the code down to what holds the section."""
    if breadcrumb:
        return tuple(part.strip() for part in breadcrumb.split(" > ") if part.strip())
    pairs = zip(columns[::2], columns[1::2], strict=True)
    return tuple(name for pair in pairs if (name := " ".join(filter(None, pair))))
