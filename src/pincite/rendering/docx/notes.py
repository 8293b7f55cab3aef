"""The footnotes of a Word file: a part of their own, tied to the text by numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.docx.text import bookmarked, fields, link, paragraph, run
from pincite.rendering.docx.xml import element, value, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from pincite.rendering.docx.package import Relations
    from pincite.rendering.paper import Cite, Note

# Word's own numbers for the rule above footnotes, and for that above one that goes on.
SEPARATOR, CONTINUED = -1, 0


def footnotes(notes: Iterable[Note], relations: Relations) -> bytes:
    """The part with every note; an address in a note is a relationship of this part."""
    return written(
        element(
            "w:footnotes",
            _rule(SEPARATOR, "separator", "w:separator"),
            _rule(CONTINUED, "continuationSeparator", "w:continuationSeparator"),
            *(_footnote(note, relations) for note in notes),
        )
    )


def reference(note: Note) -> tuple[Element, Element, Element]:
    """The mark in the text, with a bookmark around it that the table of authorities refers to."""
    mark = element(
        "w:r",
        element("w:rPr", value("w:rStyle", "FootnoteReference")),
        element("w:footnoteReference", w_id=note.number),
    )
    return bookmarked(mark, note.number, _bookmark(note.number))


def number_of(note: int) -> Element:
    """The note's number, which Word counts again when notes come or go."""
    return fields(f"NOTEREF {_bookmark(note)} \\h", str(note))


def _bookmark(number: int) -> str:
    return f"_Note{number}"


def _footnote(note: Note, relations: Relations) -> Element:
    first, *others = note.cites
    mark = element(
        "w:r", element("w:rPr", value("w:rStyle", "FootnoteReference")), element("w:footnoteRef")
    )
    paragraphs = [paragraph(mark, run(" "), *_cite(first, relations), style="FootnoteText")]
    paragraphs += [paragraph(*_cite(one, relations), style="FootnoteText") for one in others]
    return element("w:footnote", *paragraphs, w_id=note.number)


def _cite(cite: Cite, relations: Relations) -> tuple[Element, ...]:
    quoted = " … ".join(f"“{quote}”" for quote in cite.quotes)
    return link(cite.citation, cite.url, relations), run(f" [{cite.label}]: {quoted}")


def _rule(number: int, kind: str, name: str) -> Element:
    spacing = element("w:spacing", w_after=0, w_line=240, w_lineRule="auto")
    line = paragraph(element("w:r", element(name)), properties=[spacing])
    return element("w:footnote", line, w_type=kind, w_id=number)
