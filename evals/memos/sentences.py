"""Sentences of installed law that a memo may quote, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.law.outline import outline
from pincite.law.section import Status

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.library.read import Library

_SENTENCE = re.compile(
    r"(?<=[.;:\s)])[A-Za-z](?:[^.;:\n“”\"\[\]…]|\.(?=\d)){40,320}(?=[.;:](?:\s|$))"
)
_WORDS = (8, 45)


@dataclass(frozen=True, slots=True)
class Quoted:
    """`section.text[start:end]`, and the deepest sure subdivision that holds it."""

    section: Section
    tree: Outline
    start: int
    end: int
    path: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.section.text[self.start : self.end].split())


def sentences(library: Library, pack: str, draw: random.Random, most: int) -> Iterator[Quoted]:
    """One sentence of each of `most` sections, drawn from the whole pack."""
    (installed,) = (one for one in library.packs() if one.name == pack)
    ids = [i for code in installed.codes for i in library.identifiers(installed.jurisdiction, code)]
    draw.shuffle(ids)
    given = 0
    for identifier in ids:
        if given >= most:
            return
        section = library.section(identifier)
        if section is None or section.status is not Status.IN_FORCE or not _citable(section):
            continue
        found = _one(section, draw)
        if found is not None:
            given += 1
            yield found


def _citable(section: Section) -> bool:
    """Whether the section's own citation leads back to it: another one can be no true sentence."""
    own = citations.parse(section.citation)
    return own is not None and own.id == section.id


def _one(section: Section, draw: random.Random) -> Quoted | None:
    tree = outline(section.text)
    spans = [
        match.span()
        for match in _SENTENCE.finditer(section.text, 0, tree.note_start)
        if _WORDS[0] <= len(match[0].split()) <= _WORDS[1]
    ]
    if not spans:
        return None
    start, end = draw.choice(spans)
    unit = tree.at(start, end)
    return Quoted(section, tree, start, end, unit.path if unit is not None else ())
