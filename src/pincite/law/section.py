"""Sections: the units of law that have a citation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pincite.law.validity import Validity

if TYPE_CHECKING:
    from datetime import date

    from pincite.law.pages import Pages


class Kind(StrEnum):
    """What sort of text a pack holds."""

    STATUTE = "statute"
    REGULATION = "regulation"
    INTERNAL = "internal"


class Status(StrEnum):
    """Whether a section is law."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    RESERVED = "reserved"
    RENUMBERED = "renumbered"
    EXPIRED = "expired"
    OMITTED = "omitted"


_UNDATED = Validity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section as a pack has it, in one version.

    `text` is stored exactly as the pack has it; every offset in Pincite counts Unicode code
    points of `text`. `id` is shaped like the US Code's own identifiers (USLM):
    `/us-mo/rsmo/s407.1500`. `document` is the identifier of the chapter, act or part that the
    section belongs to and `document_name` its name. `act_id` is the pack's own row id. `pages` is
    empty for law that does not come from a document with pages.
    """

    id: str
    act_id: str
    jurisdiction: str
    kind: Kind
    code: str
    number: str
    citation: str
    local_citation: str
    heading: str
    hierarchy: tuple[str, ...]
    document: str
    document_name: str
    text: str
    text_sha256: str
    source_note: str = ""
    status: Status = Status.IN_FORCE
    validity: Validity = _UNDATED
    current_through: str = ""
    url: str | None = None
    pack: str = ""
    pages: Pages = ()

    @property
    def effective_date(self) -> date | None:
        return self.validity.start
