"""One citation read from a string that is nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pincite.citations.citation import Citation, Found
from pincite.citations.find import find
from pincite.citations.load import code_form
from pincite.citations.number import from_segments, unit_from_segments
from pincite.law.identifiers import parse_identifier

# An edition's year and publisher, which say nothing about where the law stands.
_EDITION = re.compile(r"\s*\((?:[A-Z][\w.& ]*?,?\s+)?(?:Supp\.\s*)?\d{4}\)\s*$")
_EDGES = " \t\r\n.;,"


def parse(text: str, *, jurisdiction: str | None = None) -> Citation | None:
    """The one citation that the whole of `text` is, or `None`.

    With a `jurisdiction` a number alone (`407.1500`) is read as a section of its statutes.
    """
    text = _EDITION.sub("", text.strip()).lstrip(_EDGES)
    for candidate in (text, f"§ {text}" if jurisdiction and text[:1].isdigit() else ""):
        found = find(candidate, jurisdiction=jurisdiction) if candidate else ()
        if found and found[0].start == 0 and not candidate[found[-1].end :].strip(_EDGES):
            return found[0].citation if len(found) == 1 else _list(candidate, found)
    return None


def _list(text: str, found: tuple[Found, ...]) -> Citation | None:
    """Sections that one row of the US Code holds together: `7 U.S.C. §§ 1008, 1009`."""
    first = found[0].citation
    for before, after in pairwise(found):
        same = (after.citation.code, after.citation.title) == (first.code, first.title)
        if not same or text[before.end : after.start].strip() != ",":
            return None
    if any(one.citation.path for one in found):
        return None
    return replace(first, number=", ".join(_as_range(f.citation) for f in found), through=None)


def _as_range(citation: Citation) -> str:
    return f"{citation.number} to {citation.through}" if citation.through else citation.number


def from_identifier(identifier: str) -> Citation | None:
    """The citation of an identifier, with its pinpoint; `None` where no code has that shape."""
    parsed = parse_identifier(identifier)
    form = None if parsed is None else code_form(parsed.jurisdiction, parsed.code)
    if parsed is None or form is None:
        return None
    found = Citation(
        jurisdiction=parsed.jurisdiction, code=parsed.code, number="", path=parsed.pinpoint
    )
    parts = from_segments(form.id, parsed.section, form.number_pattern)
    if parts is not None:
        title, number, through = parts
        return replace(found, title=title, number=number, through=through)
    whole = unit_from_segments(form.id, parsed.section)
    if whole is None:
        return None
    title, number, unit = whole
    return replace(found, title=title, number=number, unit=unit)
