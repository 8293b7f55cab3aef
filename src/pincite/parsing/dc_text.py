"""The text of a section in the D.C. Council's XML, printed so that its outline is the XML's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.parsing.printed import Printed, label_in
from pincite.parsing.safe_xml import child, fault, local, words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_INLINE = frozenset({"cite", "em", "strong", "s", "u", "i", "b", "sup", "sub", "span", "code-cite"})
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({"text", "aftertext", "include", "table", "center", "thead", "tbody", "p"})
# What the Council tells its own program to do with the file, and what is not text.
_SKIPPED = frozenset({"num", "prefix", "annotations", "insert", "replace", "meta", "history"})


@dataclass(frozen=True, slots=True)
class SectionText:
    """What is text, and what the publisher says about it before it begins."""

    printed: Printed
    notes: tuple[str, ...]


def printed_section(element: Element, *, source: str) -> SectionText:
    """The section's words. Raises ParseError where they stand in none of the elements known."""
    out = Printed()
    notes: list[str] = []
    heading = child(element, "heading")
    before = heading is not None
    strange: Element | None = None
    known = False
    for one in element:
        name = local(one)
        if name == "heading":
            before = False
        elif before and name == "text":
            # A note that the text holds amendments by temporary legislation.
            notes.append(words(one).strip("*"))
        elif name not in _SKIPPED:
            is_known = name == "para" or name in _BLOCKS or name in {"subheading", "list"}
            known = known or is_known
            strange = one if strange is None and not is_known and words(one) else strange
            _block(one, (), out)
    out.end()
    if strange is not None and not known:
        raise fault(
            strange,
            "is not known here, and the section has its words in nothing else",
            source=source,
        )
    return SectionText(out, tuple(filter(None, notes)))


def _block(element: Element, path: tuple[str, ...] | None, out: Printed) -> None:
    name = local(element)
    if name == "para":
        _para(element, path, out)
        return
    # What is included is a form to be used, and its letters are not the section's.
    path = None if name == "include" else path
    if not out.at_start or name == "aftertext":
        out.end()
    _mixed(element, path, out)
    out.end()


def _para(element: Element, path: tuple[str, ...] | None, out: Printed) -> None:
    if not out.at_start:
        out.end()
    number = child(element, "num")
    # An undesignated number is the program's own handle; nobody prints it.
    if number is not None and number.get("undesignated") != "true" and (printed := words(number)):
        label = label_in(printed)
        path = (*path, label) if path is not None and label else path
        out.label(printed, path or () if label else ())
    heading = child(element, "heading")
    if heading is not None and (title := words(heading)):
        out.add(title)
        out.end()
    for one in element:
        name = local(one)
        if name not in _SKIPPED and name != "heading":
            _block(one, path, out)
    if not any(local(one) == "para" for one in element):
        out.end()


def _mixed(element: Element, path: tuple[str, ...] | None, out: Printed) -> None:
    out.add(element.text)
    for one in element:
        name = local(one)
        if name in _INLINE:
            _mixed(one, path, out)
        elif name in _CELLS:
            if one.getprevious() is not None:
                out.add(" | ")
            out.add(words(one))
        elif name == "br":
            out.end()
        elif name in _ROWS or name == "para" or name not in _SKIPPED:
            _block(one, path, out)
        out.add(one.tail)
