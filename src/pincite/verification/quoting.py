"""Checks of the quotes themselves: that they are there, and are the law to the byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind, StatementKind
from pincite.verification.grounds import Grounds, own_words, quoted_segments
from pincite.verification.notes import is_note

if TYPE_CHECKING:
    from pincite.answer import Quote

_LABELS = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_FORM_WORDS = frozenset({"subd", "subp", "subdivision", "par", "paragraph", "art", "article", "cl"})
_OMISSION = re.compile(r"\s*(?:…|\.\s?\.\s?\.)\s*")
_EDGES = " \t\n.,;:()[]-–—"


def is_cited(grounds: Grounds) -> Fault | None:
    """A statement of law has a quote; a statement without one is a note from a template."""
    statement = grounds.statement
    if statement.kind is StatementKind.NOTE:
        if is_note(statement.text):
            return None
        return Fault(
            kind=FaultKind.NOT_CITED, detail="a note that is made from none of the templates"
        )
    if not statement.quotes:
        return Fault(kind=FaultKind.NOT_CITED, detail="the statement rests on no quote")
    return None


def is_retrieved(grounds: Grounds) -> Fault | None:
    """Every quote's section is among those retrieved."""
    for quote in grounds.statement.quotes:
        if grounds.section_of(quote) is None:
            return Fault(kind=FaultKind.NOT_RETRIEVED, detail=f"{quote.section} was not retrieved")
    return None


def is_verbatim(grounds: Grounds) -> Fault | None:
    """Every quote is the section's text at its offsets, code point for code point."""
    for quote in grounds.statement.quotes:
        section = grounds.section_of(quote)
        if section is None:
            continue
        if not 0 <= quote.start < quote.end <= len(section.text):
            where = f"{quote.start}:{quote.end} is no span of {section.id}"
            return Fault(
                kind=FaultKind.NOT_VERBATIM, detail=f"{where} ({len(section.text)} characters)"
            )
        if section.text[quote.start : quote.end] != quote.text:
            where = f"{section.id} does not read so at {quote.start}:{quote.end}"
            return Fault(kind=FaultKind.NOT_VERBATIM, detail=where)
        if not quote.text.strip():
            return Fault(
                kind=FaultKind.NOT_VERBATIM, detail=f"the quote of {section.id} has no words"
            )
    return None


def pinpoint_holds(grounds: Grounds) -> Fault | None:
    """The pinpoint is the sure subdivision that holds the whole quote, or one around it."""
    for quote in grounds.statement.quotes:
        section = grounds.section_of(quote)
        if section is None or not quote.pinpoint:
            continue
        path = _path(grounds, section.text, quote)
        claimed = labels(quote.pinpoint)
        if claimed != path[: len(claimed)]:
            told = "".join(f"({label})" for label in path) or "no sure subdivision"
            return Fault(
                kind=FaultKind.WRONG_PINPOINT,
                detail=f"{quote.pinpoint} of {section.id} does not hold the quote; {told} does",
            )
    return None


def _path(grounds: Grounds, text: str, quote: Quote) -> list[str]:
    holder = grounds.context.readings.outline(text).at(quote.start, quote.end)
    return labels(" ".join(holder.path)) if holder is not None else []


def labels(pinpoint: str) -> list[str]:
    """The labels of a pinpoint, without the words and marks of its printed form."""
    return [part for part in _LABELS.findall(pinpoint) if part.lower() not in _FORM_WORDS]


def quotation_marks_hold(grounds: Grounds) -> Fault | None:
    """What stands in quotation marks, or in a quote statement, is a piece of the quotes."""
    statement = grounds.statement
    if statement.kind is StatementKind.NOTE:
        return None
    if statement.kind is StatementKind.QUOTE:
        missing = _not_shown(grounds)
        if missing is not None:
            return missing
    pieces = [quote.text for quote in statement.quotes]
    flat = [" ".join(piece.split()) for piece in pieces]
    for segment in _segments(statement.text, pieces):
        for part in _OMISSION.split(segment):
            words = part.strip(_EDGES)
            if words and not any(words in piece for piece in (*pieces, *flat)):
                return Fault(
                    kind=FaultKind.NOT_VERBATIM, detail=f"“{words[:80]}” is not in the quotes"
                )
    return None


def _segments(text: str, pieces: list[str]) -> tuple[str, ...]:
    """The quoted segments that remain when the quotes themselves are taken out.

    The law's own quotation marks, inside a quote, would otherwise pair with the statement's.
    """
    for piece in sorted(pieces, key=len, reverse=True):
        for form in (piece, " ".join(piece.split())):
            if form and form in text:
                text = text.replace(form, " ")
                break
    return quoted_segments(text)


def _not_shown(grounds: Grounds) -> Fault | None:
    """A quote statement shows at least one of its quotes and, where it shows several, in order."""
    text = grounds.statement.text
    at, shown = 0, 0
    for quote in grounds.statement.quotes:
        form = quote.text if quote.text in text else " ".join(quote.text.split())
        place = text.find(form, at)
        if place >= 0:
            shown += 1
            at = place + len(form)
        elif form and form in text:
            return Fault(
                kind=FaultKind.NOT_VERBATIM, detail="the pieces do not stand in the order of quotes"
            )
    if shown or not grounds.statement.quotes:
        return None
    if quoted_segments(text) or own_words(grounds.statement).strip():
        return _unshown_words(grounds)
    return Fault(kind=FaultKind.NOT_VERBATIM, detail="the statement shows none of its quotes")


def _unshown_words(grounds: Grounds) -> Fault | None:
    """A quote statement that shows part of a quote shows it to the byte."""
    pieces = [" ".join(quote.text.split()) for quote in grounds.statement.quotes]
    text = " ".join(grounds.statement.text.split())
    for part in _OMISSION.split(text):
        words = part.strip(_EDGES + '"“”')
        if words and not any(words in piece for piece in pieces):
            return Fault(kind=FaultKind.NOT_VERBATIM, detail=f"“{words[:80]}” is not in the quotes")
    return None
