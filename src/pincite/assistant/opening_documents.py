"""Sections of documents, found by the name that they are cited by: `Employee handbook § 3.2(a)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.law.section import Section
    from pincite.library.protocol import Library

_PAGES = re.compile(r",?\s+(?:at\s+)?pp?\.\s*\d+(?:\s*[-–]\s*\d+)?$")
_PATH = re.compile(r"(?:\s*\([\w.-]{1,8}\))+$")
_LABEL = re.compile(r"[\w.-]+")
_SIGN = re.compile(r",?\s+(?:§+|sec(?:tion|\.)?)\s*", re.IGNORECASE)


def document_section(text: str, library: Library) -> tuple[Section, tuple[str, ...]] | None:
    """The section that the words cite by its document's name, and the labels of its pinpoint."""
    from pincite.parsing.files.named import by_document

    packs = [pack for pack in library.packs() if pack.from_document]
    if not packs:
        return None
    plain = _SIGN.sub(" § ", _PAGES.sub("", text), count=1)
    readings = [(plain, "")]
    if (pinned := _PATH.search(plain)) is not None:
        readings.append((plain[: pinned.start()], pinned[0]))
    for pack in packs:
        for whole, path in readings:
            named = by_document(whole, jurisdiction=pack.jurisdiction, kind=pack.kind)
            section = library.section(named.id)
            if section is not None and section.pack == pack.name:
                return section, tuple(_LABEL.findall(path))
    return None
