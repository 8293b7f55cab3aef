"""Words weighed in a small pack by how rare they are in all the law that is searched."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.index.lexical import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.index.lexical import Phrase
    from pincite.library.read import InstalledPack
    from pincite.retrieval.shelf import Shelf

_MOST = 50.0  # a word that every section of the document has gains no more


def evened(
    parts: Sequence[Term | Phrase],
    pack: InstalledPack,
    packs: Sequence[InstalledPack],
    shelf: Shelf,
) -> list[Term | Phrase]:
    """The parts, for a pack made of a document, as they would weigh in all packs together.

    An agency's rules on orchards have "orchard" in every section: in them alone the word tells
    nothing, in the law of the state it tells nearly all. The scale by which small packs are
    lifted is taken out again.
    """
    if not pack.from_document or len(packs) == 1:
        return list(parts)
    largest = max(math.log1p(one.sections) for one in packs)
    scale = largest / max(math.log1p(pack.sections), 1.0)

    def weight(field: str, token: str) -> float:
        here = shelf.index(pack).frequency(field, token)
        everywhere = sum(shelf.index(one).frequency(field, token) for one in packs)
        total = sum(one.sections for one in packs)
        rarer = rarity(total, everywhere) / rarity(pack.sections, here)
        return min(_MOST, max(1.0, rarer)) / scale

    return [
        replace(part, weight=part.weight * weight(part.field, part.token))
        if isinstance(part, Term)
        else replace(
            part,
            weight=part.weight * max(weight(part.field, token) for token in part.tokens),
        )
        for part in parts
    ]


def rarity(sections: int, having: int) -> float:
    """As BM25 weighs a word that so many of the sections have."""
    having = min(having, sections)
    return math.log1p((sections - having + 0.5) / (having + 0.5))
