"""The text of a USLM section, printed so that its outline is the XML's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pincite.parsing.printed import Printed, label_in
from pincite.parsing.safe_xml import fault, local, words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SUBDIVISIONS = frozenset(
    {"subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem"}
    | {"subsubitem", "level", "listItem"}
)
_BLOCKS = frozenset(
    {"p", "chapeau", "content", "continuation", "text", "block", "proviso", "list", "table"}
    | {"tr", "row", "crossHeading", "subheading", "signature", "signatures", "quotedContent"}
    | {"section", "article", "part", "chapter", "title", "layout", "rule", "br", "elided"}
)
_CELLS = frozenset({"td", "th", "entry", "column"})
_QUOTES = frozenset("“\"‘'")
_CREDITS = frozenset({"sourceCredit"})
_NOTES = frozenset(
    {"notes", "note", "footnote", "editorialNote", "statutoryNote", "explanationNote"}
    | {"changeNote", "amendmentNote", "sidenote", "effectiveDateNote", "toc", "page"}
)
_SKIPPED = _CREDITS | _NOTES | {"num", "heading", "colgroup", "col", "meta"}


# The labels down to an element; `None` within words that the section quotes.
_Path: TypeAlias = tuple[str, ...] | None


@dataclass(slots=True)
class SectionText:
    """What of a section is text and what is said about it."""

    printed: Printed = field(default_factory=Printed)
    credits: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def printed_section(element: Element, *, source: str) -> SectionText:
    """The section's own words; its notes, source credits and defined terms beside them."""
    found = SectionText()
    printer = _Printer(found.printed)
    for one in element:
        if local(one) not in _SKIPPED:
            printer.block(one, ())
    found.printed.end()
    if not found.printed.text and _has_words(element):
        raise fault(
            element, f"has words in none of the elements known: {_seen(element)}", source=source
        )
    credits_, footnotes, notes, terms = _said_beside(element)
    notes += [
        _note(one) for top in element.iterchildren("{*}notes", "{*}note") for one in _each(top)
    ]
    found.credits = (*credits_, *footnotes)
    found.terms = tuple(dict.fromkeys(terms))
    found.notes = tuple(notes)
    return found


def _said_beside(section: Element) -> tuple[list[str], list[str], list[str], list[str]]:
    """Its source credits, footnotes, editorial notes and defined terms, in one walk."""
    found: tuple[list[str], ...] = ([], [], [], [])
    for one in section.iter("{*}sourceCredit", "{*}footnote", "{*}editorialNote", "{*}term"):
        match local(one):
            case "sourceCredit":
                if _own(one, section):
                    found[0].append(words(one))
            case "footnote":
                found[1].append(f"Footnote {_note(one)}")
            case "editorialNote":
                found[2].append(words(one))
            case _:
                found[3].append(words(one))
    return found[0], found[1], found[2], found[3]


class _Printer:
    def __init__(self, out: Printed) -> None:
        self._out = out

    def block(self, element: Element, path: _Path) -> None:
        """An element that begins and ends a paragraph, or holds such."""
        name = local(element)
        path = None if name == "quotedContent" else path
        if name in _SUBDIVISIONS:
            self._subdivision(element, path)
            return
        self._begin(name)
        self._mixed(element, path)
        self._out.end()

    def _begin(self, name: str) -> None:
        # What follows a label directly stands on its line.
        if not self._out.at_start or name in {"continuation", "quotedContent"}:
            self._out.end()

    def _subdivision(self, element: Element, path: _Path) -> None:
        # Each walk over children makes them anew: one is kept.
        inside = [(one, local(one)) for one in element]
        number = next((one for one, name in inside if name == "num"), None)
        heading = next((one for one, name in inside if name == "heading"), None)
        printed = _label(number)
        label = label_in(printed)
        if not self._out.at_start:
            self._out.end()
        if label:
            # What is quoted is not this section's: “(10) the Secretary ...”
            path = None if path is None or printed[0] in _QUOTES else (*path, label)
            self._out.label(printed, path or ())
        if heading is not None and (title := words(heading)):
            self._out.add(title)
            # A heading that runs on says so: "(a) In general.—The term".
            if not title.endswith(("—", "–")):
                self._out.end()
        first = True
        for one, name in inside:
            if name in _SKIPPED:
                continue
            if first and name not in _SUBDIVISIONS and name != "quotedContent":
                self._mixed(one, path)
                self._out.end()
            else:
                self.block(one, path)
            first = False
        if first and not label:
            return
        if not self._out.at_start or not any(name in _SUBDIVISIONS for _, name in inside):
            self._out.end()

    def _mixed(self, element: Element, path: _Path) -> None:
        self._out.add(element.text)
        for one in element:
            name = local(one)
            if name in _SUBDIVISIONS or name in _BLOCKS:
                self.block(one, path)
            elif name in _CELLS:
                self._cell(one, path)
            elif name == "heading" or (name == "num" and local(element) in _BLOCKS):
                self._out.add(f"{words(one)} ")
            elif name not in _SKIPPED and one.get("class") != "footnoteRef":
                self._mixed(one, path)
            if (tail := one.tail) is not None:
                self._out.add(tail)

    def _cell(self, element: Element, path: _Path) -> None:
        if element.getprevious() is not None:
            self._out.add(" | ")
        self._out.add(words(element)) if not _nested(element) else self._mixed(element, path)


def _nested(element: Element) -> bool:
    return next(element.iter("{*}table"), None) is not None


def _label(number: Element | None) -> str:
    """The label as printed, without the marks of footnotes."""
    if number is None:
        return ""
    parts = [number.text or ""]
    for one in number:
        if one.get("class") != "footnoteRef" and local(one) not in _NOTES:
            parts.append(words(one))
        parts.append(one.tail or "")
    return "".join("".join(parts).split())


def _own(credit: Element, section: Element) -> bool:
    """Whether the credit is the section's and not that of one it quotes or of a note."""
    return (
        not any(
            local(one) in {"quotedContent", "notes", "note"}
            for one in credit.iterancestors()
            if one is not section
        )
        or credit.getparent() is section
    )


def _each(top: Element) -> list[Element]:
    return [one for one in top if local(one) == "note"] if local(top) == "notes" else [top]


def _note(element: Element) -> str:
    return " ".join(part for one in element.itertext() if (part := " ".join(one.split())))


def _has_words(element: Element) -> bool:
    return any(words(one) for one in element if local(one) not in _SKIPPED)


def _seen(element: Element) -> str:
    return ", ".join(
        f"<{local(one)}> (line {one.sourceline})" for one in element if local(one) not in _SKIPPED
    )
