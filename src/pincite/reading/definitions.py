"""Defined terms: what a definitions provision says a word means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.reading.provision import Definition
from pincite.reading.sentences import trimmed
from pincite.reading.units import units

if TYPE_CHECKING:
    from pincite.law.outline import Outline
    from pincite.reading.provision import Span

_QUOTED = r"[\"“”]{1,2}(?P<term>[^\"“”\n]{1,120}?),?[\"“”]{1,2}"
# "Breach of security" or "breach"
_ALSO = r"(?:,?\s*(?:or|and|,)\s*[\"“”][^\"“”\n]{1,120}?[\"“”]){0,6}"
_HOW = (
    r"(?P<how>(?:shall\s+)?(?:does|do|shall)\s+not\s+(?:mean|include)|shall\s+not\s+be\s+construed\s+to\s+mean"
    r"|(?:has|have|shall\s+have)\s+the\s+(?:same\s+)?(?:meanings?|definitions?)|(?:is|are|shall\s+be)\s+(?:as\s+)?(?:defined|given)"
    r"|(?:shall\s+|may\s+)?means?(?:\s+and\s+includes?)?|shall\s+be\s+construed\s+to\s+mean|(?:shall\s+|may\s+)?includes?"
    r"|(?:shall\s+be|is|are)\s+(?:deemed|construed|considered)|refers?\s+to|,?\s*(?:the\s+)?same\s+(?:as|meaning))"
)
_QUOTED_DEFINITION = re.compile(
    rf"(?:(?:the|a)\s+)?(?:(?:terms?|words?|phrases?)\s+)?{_QUOTED}{_ALSO}\s*(?:[,:—-]\s*)?(?:,[^,\"“”]{{0,120}},\s*)?{_HOW}\b",
    re.IGNORECASE,
)
# Missouri: (2)"Consumer", an individual who ...; Maryland: "Consumer": an individual
_COMMA_DEFINITION = re.compile(rf"{_QUOTED}{_ALSO}\s*(?:,|:|—|-)")
# South Dakota: "Commission," the Real Estate Commission
_INNER_COMMA = re.compile(r"[\"“](?P<term>[^\"“”\n]{1,120}?),[\"”]\s*(?=\S)")
# A term without quotation marks, as South Dakota and California have it: "Consumer means a ..."
_PLAIN_DEFINITION = re.compile(
    rf"(?P<term>[A-Z][\w'’-]*(?:\s(?!(?:shall|may|must|is|are|not)\b)[\w'’/-]+){{0,5}}?)\s+{_HOW}\b",
)
# A heading that is about definitions alone; "Definitions — notice to consumer" is about more.
_HEADING = re.compile(
    r"^\W*(?:\w+\s){0,3}(?:definitions?|terms?|words\s+and\s+phrases|meanings?)\b[^—;–]*$"
    r"|\bdefinition\s+of\b|\bdefined\W*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\bas\s+used\s+in|\bfor\s+(?:the\s+)?purposes?\s+of|\b(?:terms?|words?|phrases?|definitions?)\b.{0,60}\b"
    r"(?:mean|meanings?|apply|defined)|\bunless\s+the\s+context",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:(?:\([A-Za-z0-9.-]{1,6}\)|[A-Za-z0-9]{1,3}\.|\d{1,3}[A-Za-z]?\.)\s*){1,3}"
)
# "The term does not include ...": the term defined just before.
_SAME_TERM = frozenset({"the term", "term", "this term", "such term", "the phrase", "the word"})
_NO_TERM = re.compile(r"(?:(?:the\s+following\s+)?terms|words|phrases)\b", re.IGNORECASE)


def is_definitions(heading: str, lead: str = "") -> bool:
    """Whether a heading or a lead-in says that definitions follow."""
    return bool(_HEADING.search(heading) or (lead and _LEAD.search(lead)))


def defined_term(text: str, start: int, end: int, *, listed: bool) -> tuple[Span, str] | None:
    """The span of the term that `text[start:end]` defines and how, or `None`.

    `listed` says that a heading or lead-in announces definitions, which is what tells a
    definition without quotation marks or verb from any other sentence.
    """
    label = _LABEL.match(text, start, end)
    begin = label.end() if label else start
    found = _QUOTED_DEFINITION.match(text, begin, end)
    if found is None:
        found = _opening_definition(text, begin, end)
    if found is None and listed:
        forms = (_COMMA_DEFINITION, _INNER_COMMA, _PLAIN_DEFINITION)
        found = next((m for form in forms if (m := form.match(text, begin, end))), None)
    if found is None or _NO_TERM.match(found["term"]):
        return None
    how = found.groupdict().get("how")
    return found.span("term"), _how(how or "means")


def _opening_definition(text: str, start: int, end: int) -> re.Match[str] | None:
    """As used in this section, "employer" means ...: the term stands after an opening."""
    if not _LEAD.match(text, start, min(end, start + 40)) and text[start : start + 3] != "In ":
        return None
    return _QUOTED_DEFINITION.search(text, start, min(end, start + 400))


def _how(words: str) -> str:
    words = " ".join(words.lower().split())
    if " not " in f" {words} ":
        return "does not include" if "include" in words else "does not mean"
    if "same" in words or "meaning" in words or "defin" in words or "given" in words:
        return "same as"
    return (
        "includes" if words.endswith(("include", "includes")) and "mean" not in words else "means"
    )


def definitions(text: str, outline: Outline, heading: str = "") -> tuple[Definition, ...]:
    """Every definition of a section, in reading order; a definition spans its own subdivisions."""
    found: list[Definition] = []
    listed = is_definitions(heading, text[:300].split("\n", 1)[0])
    for unit in units(text, outline):
        inner = bool(unit.leads) and is_definitions("", text[slice(*unit.leads[-1])])
        term = defined_term(text, unit.start, unit.end, listed=listed or inner)
        if term is None:
            continue
        holder = outline.at(unit.start, unit.end)
        stop = holder.end if unit.opens and holder is not None else unit.end
        definition = _definition(text, unit.start, stop, term, unit.path)
        if definition.term.lower() in _SAME_TERM and found:
            definition = replace(definition, term=found[-1].term)
        if not _NO_TERM.match(definition.term):
            found.append(definition)
    return tuple(found)


def _definition(
    text: str, start: int, end: int, term: tuple[Span, str], path: tuple[str, ...]
) -> Definition:
    (term_start, term_end), how = term
    term_start, term_end = trimmed(text, term_start, term_end)
    return Definition(
        term=" ".join(text[term_start:term_end].split()),
        term_at=(term_start, term_end),
        start=start,
        end=trimmed(text, start, end)[1],
        how=how,
        path=path,
    )
