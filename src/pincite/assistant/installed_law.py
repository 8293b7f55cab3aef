"""The installed law, as citations are looked up in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pincite.law.outline import outline
from pincite.opened import Line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pincite.citations import Citation
    from pincite.citations.resolve import Near
    from pincite.law.section import Status
    from pincite.library.protocol import Library
    from pincite.retrieval.titles import Title

_EXCERPT = "[...]"


class InstalledLaw:
    """What `citations.resolve` asks of the library, on a day or as the law is now."""

    def __init__(self, library: Library, as_of: date | None) -> None:
        self._library = library
        self._as_of = as_of

    def installed_codes(self) -> frozenset[tuple[str, str]]:
        return self._codes

    def status(self, section: str) -> Status | None:
        found = self._library.section(section, self._as_of)
        return None if found is None else found.status

    def inside(self, section: str, path: tuple[str, ...]) -> bool | None:
        found = self._library.section(section, self._as_of)
        if found is None:
            return None
        tree = outline(found.text)
        unit = tree.find(path)
        if unit is not None:
            return True if unit.sure else None
        unsure = tree.breaks or any(not one.sure for one in tree.walk())
        return None if unsure or _EXCERPT in found.text else False

    def sections(self, jurisdiction: str, code: str, near: Near) -> tuple[str, ...]:
        return self._library.identifiers_near(jurisdiction, code, near.beginning, near.admits)

    def lines(self, sections: Iterable[str]) -> tuple[Line, ...]:
        """The sections as a list shows them, in the order given."""
        found = (self._library.section(section, self._as_of) for section in sections)
        return tuple(
            Line(id=one.id, citation=one.citation, heading=one.heading, status=one.status)
            for one in found
            if one is not None
        )

    @cached_property
    def _codes(self) -> frozenset[tuple[str, str]]:
        packs = self._library.packs()
        return frozenset((pack.jurisdiction, code) for pack in packs for code in pack.codes)


def lacking_title(citation: Citation, library: Library) -> Title | None:
    """The title under which the citation would stand, where its pack is without that title."""
    from pincite.retrieval.titles import missing_titles

    number = citation.title or re.split(r"[-:]", citation.number, maxsplit=1)[0]
    for pack in library.packs():
        if pack.jurisdiction == citation.jurisdiction and citation.code in pack.codes:
            for title in missing_titles(pack.name, pack.titles):
                if title.number.casefold() == number.casefold():
                    return title
    return None
