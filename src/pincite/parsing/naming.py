"""What a row's citation names: the section's identifier, number and both printed forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pincite.law.section import Kind


@dataclass(frozen=True, slots=True)
class Named:
    """`number` is empty where the citation does not tell it."""

    id: str
    code: str
    number: str
    official: str
    local: str


class Namer(Protocol):
    def __call__(self, citation: str, *, jurisdiction: str, kind: Kind) -> Named: ...


def by_words(citation: str, *, jurisdiction: str, kind: Kind) -> Named:
    """A name made of the citation's own words, for one whose form is not known."""
    slug = re.sub(r"[^0-9a-z.]+", "-", citation.lower()).strip("-.") or "section"
    return Named(f"/{jurisdiction}/{kind}/{slug}", "", "", citation, citation)


def by_form(citation: str, *, jurisdiction: str, kind: Kind) -> Named:
    """The name that the citation's form gives, or one made of its words where no form fits."""
    from pincite import citations

    found = citations.from_pack(citation, jurisdiction=jurisdiction, kind=kind)
    return Named(
        found.id,
        found.code,
        found.number if found.sure else "",
        citations.official(found),
        citations.local(found),
    )
