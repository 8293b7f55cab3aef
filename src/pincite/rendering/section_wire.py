"""What reading and searching give, as plain values for JSON: whole texts, offsets, reasons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pincite.law.pages import spans
from pincite.opened import Contents, Opened

if TYPE_CHECKING:
    from datetime import date

    from pincite.law.outline import Subdivision
    from pincite.law.section import Section
    from pincite.opened import Hit, Hits, Line, NotOpened


def section_json(item: Opened | Contents | NotOpened) -> str:
    """`found` says whether there is law in force; with a section, `text` is its stored text.

    `start` and `end` are those of the subdivision asked for, of the whole text without one, all
    in Unicode code points of `text`.
    """
    if isinstance(item, Opened):
        return as_json({"found": True} | _opened(item))
    if isinstance(item, Contents):
        lines = [_line(line) for line in item.lines]
        return as_json({"found": True, "citation": item.citation, "sections": lines})
    values: dict[str, object] = {
        "found": False,
        "asked": item.asked,
        "reason": item.reason.value,
        "message": item.message,
        "advice": item.advice,
        "citation": item.citation,
        "choices": list(item.choices),
    }
    if item.opened is not None:
        values["section"] = _opened(item.opened)
    return as_json(values)


def hits_json(found: Hits) -> str:
    return as_json(
        {
            "words": found.words,
            "packs": list(found.packs),
            "not_installed": list(found.not_installed),
            "hits": [_hit(hit) for hit in found.hits],
        }
    )


def as_json(values: object) -> str:
    """JSON for people and programs: indented, in UTF-8, ending in a newline."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _opened(item: Opened) -> dict[str, object]:
    unit = item.subdivision
    whole = (0, len(item.section.text))
    start, end = (unit.start, unit.end) if unit is not None else whole
    return _section(item.section) | {
        "citation": item.citation,
        "local_citation": item.local_citation,
        "section_citation": item.section.citation,
        "code": item.code,
        "path": list(unit.path) if unit is not None else [],
        "start": start,
        "end": end,
        "doubt": item.doubt,
        "before": None if item.before is None else _line(item.before),
        "after": None if item.after is None else _line(item.after),
        "definitions": [
            {
                "term": one.term,
                "section": one.section,
                "citation": one.citation,
                "pinpoint": one.pinpoint,
                "start": one.start,
                "end": one.end,
                "text": one.text,
            }
            for one in item.definitions
        ],
        "versions": [_version(one) for one in item.versions],
        "outline": [_subdivision(one) for one in item.outline.roots],
        "note_start": item.outline.note_start,
        "pages": [
            {"start": begin, "end": stop, "page": page}
            for begin, stop, page in spans(item.section.pages, len(item.section.text))
        ],
        "breaks": list(item.outline.breaks),
        "text": item.section.text,
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "id": section.id,
        "act_id": section.act_id,
        "citation": section.citation,
        "local_citation": section.local_citation,
        "jurisdiction": section.jurisdiction,
        "kind": section.kind.value,
        "code": section.code,
        "number": section.number,
        "heading": section.heading,
        "hierarchy": list(section.hierarchy),
        "document": section.document,
        "document_name": section.document_name,
        "status": section.status.value,
        "effective_date": _day(section.validity.start),
        "until": _day(section.validity.end),
        "current_through": section.current_through,
        "source_note": section.source_note,
        "url": section.url,
        "text_sha256": section.text_sha256,
        "pack": section.pack,
    }


def _subdivision(unit: Subdivision) -> dict[str, object]:
    return {
        "label": unit.label,
        "path": list(unit.path),
        "start": unit.start,
        "body": unit.body,
        "end": unit.end,
        "sure": unit.sure,
        "children": [_subdivision(child) for child in unit.children],
    }


def _version(section: Section) -> dict[str, object]:
    return {
        "effective_date": _day(section.validity.start),
        "until": _day(section.validity.end),
        "status": section.status.value,
        "heading": section.heading,
        "current_through": section.current_through,
        "text_sha256": section.text_sha256,
    }


def _hit(hit: Hit) -> dict[str, object]:
    return _section(hit.section) | {
        "code": hit.code,
        "score": round(hit.score, 4),
        "found_by": hit.found_by,
        "pinpoint": hit.pinpoint,
        "start": hit.start,
        "end": hit.end,
        "passage": hit.passage,
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "citation": line.citation,
        "heading": line.heading,
        "status": line.status.value,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
