"""The text of a section of the eCFR: paragraphs in order, tables by row, notes set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.parsing.printed import Printed
from pincite.parsing.safe_xml import fault, local, words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PARAGRAPHS = frozenset(
    {"P", "FP", "PSPACE", "BOXTXT", "EXTRACT", "EXAMPLE", "DIV", "LDRWK", "P-1"}
)
# Notes that are no law: where a section comes from, and what its editors say of it.
_CREDITS = frozenset({"CITA", "SECAUTH", "SOURCE"})
_NOTES = frozenset(
    {"EDNOTE", "EFFDNOT", "EFFDNOTP", "APPRO", "CROSSREF", "FTNT", "PARAUTH", "AUTH"}
)
_INLINE = frozenset(
    {"I", "B", "E", "SU", "SUP", "SUB", "FR", "AC", "a", "b", "i", "em", "sup", "sub"}
)
_INLINE_END = frozenset({"strong", "span", "u", "XREF", "REFIND", "STARS", "math", "MATH"})
_ROWS = frozenset({"TR", "ROW", "tr", "BOXHD"})
_CELLS = frozenset({"TD", "TH", "ENT", "CHED", "td", "th"})
_NOTHING = frozenset({"HEAD", "img", "GID", "PRTPAGE", "RESERVED"})
_DEFINES = re.compile(r"\s*(?:\([^)]{1,80}\)\s*)?(?:[,:;]|means?\b|includes?\b|refers?\b|has the)")
_LEADS = re.compile(r"\s*(?:\([A-Za-z0-9]{1,5}\)\s*)*")
_LONGEST_TERM = 120


@dataclass(frozen=True, slots=True)
class DivisionText:
    """A section's words, and what is said about it: its sources, its notes, its defined terms."""

    text: str
    credits: tuple[str, ...]
    notes: tuple[str, ...]
    terms: tuple[str, ...]


def printed_division(element: Element, *, source: str) -> DivisionText:
    """The words of a section or appendix; those of elements not known are kept as paragraphs.

    Raises ParseError where the section has words in none of the elements known.
    """
    out = Printed()
    known = False
    sources: list[str] = []
    notes: list[str] = []
    strange: Element | None = None
    for one in element:
        name = local(one)
        if name in _CREDITS or name in _NOTES:
            (sources if name in _CREDITS else notes).append(note_words(one))
        elif name not in _NOTHING:
            is_known = _known(name)
            known = known or is_known
            strange = one if strange is None and not is_known and words(one) else strange
            _block(one, out)
    out.end()
    if strange is not None and not known:
        raise fault(
            strange,
            "is not known here, and the section has its words in nothing else",
            source=source,
        )
    return DivisionText(out.text, tuple(sources), tuple(notes), tuple(_terms(element)))


def _known(name: str) -> bool:
    return (
        name in _PARAGRAPHS
        or name in _ROWS
        or name in _INLINE
        or name.startswith(("FP", "HD", "P-", "TABLE", "GPO", "DIV"))
        or name in {"NOTE", "EXAMPLE", "HED", "MATH", "math", "TCAP", "BCAP", "UL", "LI", "NOTES"}
    )


def _block(element: Element, out: Printed) -> None:
    out.end()
    _mixed(element, out)
    out.end()


def _mixed(element: Element, out: Printed) -> None:
    out.add(element.text)
    for one in element:
        name = local(one)
        if name in _CELLS:
            if one.getprevious() is not None:
                out.add(" | ")
            out.add(words(one))
        elif name in _INLINE or name in _INLINE_END:
            _mixed(one, out)
        elif name == "br":
            out.end()
        elif name not in _NOTHING and name not in _NOTES:
            _block(one, out)
        out.add(one.tail)


def note_words(element: Element) -> str:
    """The note in one line, its own heading before it: `Editorial Note: ...`."""
    parts = [" ".join(part.split()) for part in element.itertext()]
    text = " ".join(part for part in parts if part)
    return re.sub(r"\s+([,.;])", r"\1", text)


def _terms(element: Element) -> dict[str, None]:
    """What a paragraph prints in italics at its start, and then defines."""
    found: dict[str, None] = {}
    for one in element.iter("I"):
        around = one.getparent()
        if around is None or local(around) not in {"P", "FP"} or one.getprevious() is not None:
            continue
        lead, term = around.text or "", words(one)
        if (
            _LEADS.fullmatch(lead)
            and len(term) <= _LONGEST_TERM
            and not term.endswith(".")
            and _DEFINES.match(one.tail or "")
        ):
            found[term.rstrip(".,;:")] = None
    return found
