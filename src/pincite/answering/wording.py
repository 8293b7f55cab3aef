"""What the words of the shown duties mean: definitions that govern them, the few that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer import Statement, StatementKind
from pincite.answering.quoting import OMISSION, quote_of
from pincite.index.lexical import tokens
from pincite.reading import Role
from pincite.reading.definitions import is_definitions
from pincite.reading.reach import governs, reach_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pincite.answering.binding import Act
    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.reading.provision import Definition, Span
    from pincite.reading.reach import Reach
    from pincite.reading.readings import Readings

_RULES = frozenset(
    {Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.DEADLINE, Role.PENALTY, Role.REMEDY}
)
_LONGEST = 45  # words of a definition that is shown
_LEAST = 12
_MARKS = frozenset("\"“”'‘")  # before a term that is marked as one
_FEWEST = 7  # words after a term that define it
_ASIDE = re.compile(
    r"\bthis\s+(?:definition|paragraph|subparagraph|subdivision|clause)\b", re.IGNORECASE
)
_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(r"[;:](?=\s)|,(?=\s)")
# Terms that every reader knows, or that name who runs the law.
_KNOWN = re.compile(
    r"^(?:this|it|that|such|they|persons?|individuals?|department|commissioner|director|board|commission|secretary|division|"
    r"agency|state|this\s+state|court|month|year|day|week|include[sd]?|including|attorney\s+general|"
    r"superintendent|administrator|bureau|office|authority|county|city|municipality|united\s+states|"
    r"federal\s+act|act|chapter|code|rule|law)$",
    re.IGNORECASE,
)
# A definition that only points elsewhere tells nothing here.
_POINTS = re.compile(
    r"\b(?:as\s+defined\s+in|has\s+the\s+(?:same\s+)?meaning|same\s+meaning\s+as|as\s+that\s+term\s+is\s+defined"
    r"|the\s+meaning\s+(?:given|set|assigned|provided)"
    # Who runs the law is no word to explain.
    r"|means?\s+the\s+(?:[\w'’]+\s+){0,5}?(?:department|commission(?:er)?|board|director|secretary|division|"
    r"bureau|superintendent|administrator|office|agency|attorney\s+general|treasurer)(?:\s+(?:of|for)\b|\W))",
    re.IGNORECASE,
)
_PARTY, _ASKED, _OFTEN, _SEVERAL = 3.0, 2.0, 0.5, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A definition that governs a shown duty: `weight` is how much hangs on it."""

    section: Section
    definition: Definition
    weight: float


def terms(
    act: Act, question: Collection[str], readings: Readings, shown: Sequence[str]
) -> list[Term]:
    """The terms of the act's shown duties that matter, the most first.

    `question` are the question's tokens; `shown` what is told already, where the terms must stand.
    """
    told = " ".join(" ".join(text.lower().split()) for text in shown)
    party = {word for quote in act.bound.who[:1] for word in tokens(quote.text)}
    found: dict[str, Term] = {}
    for section, definition in _governing(act, readings):
        term = " ".join(definition.term.lower().split())
        if term in found or _KNOWN.match(term) or not _usable(section, definition):
            continue
        # Most terms do not stand there at all, and a pattern costs more than all the rest.
        count = len(re.findall(rf"\b{re.escape(term)}(?:s|es)?\b", told)) if term in told else 0
        if not count:
            continue
        own = set(tokens(term))
        weight = _OFTEN * min(count, 4) + (_SEVERAL if len(own) > 1 else 0.0)
        weight += _PARTY if own and own <= party else 0.0
        weight += _ASKED if own and own <= set(question) else 0.0
        found[term] = Term(section=section, definition=definition, weight=weight)
    return sorted(found.values(), key=lambda one: -one.weight)


def _governing(act: Act, readings: Readings) -> Iterator[tuple[Section, Definition]]:
    """Definitions that hold for the act's cited duties: of their own sections, then of others."""
    duties = [one for one in act.findings if one.provision.role in _RULES]
    for finding in {one.section.id: one for one in duties}.values():
        section = finding.section
        for definition in readings.definitions_of(section):
            if _holds_here(section, definition, duties, readings):
                yield section, definition
        for near in act.near.speaking_for(section):
            if near.section.document != section.document and near.reach is None:
                continue
            lead = is_definitions(near.section.heading) or near.reach is not None
            for definition in readings.definitions_of(near.section):
                own = _own_reach(near.section, definition)
                if own is not None and not governs(own, near.section, section, act.near.order):
                    continue
                if lead:
                    yield near.section, definition


def _own_reach(section: Section, definition: Definition) -> Reach | None:
    """The reach that the definition's own sentence tells, if it tells one."""
    return reach_of(section.text[definition.start : definition.term_at[0]])


def _holds_here(
    section: Section, definition: Definition, duties: Iterable[Finding], readings: Readings
) -> bool:
    """Whether a definition inside a section holds for a duty of it.

    "As used in this subsection" holds for that subsection alone.
    """
    outline = readings.outline_of(section)
    holder = outline.at(definition.start, definition.end)
    begin = 0 if holder is None else outline_start(section, definition, readings)
    reach = reach_of(section.text[begin : definition.term_at[0]][-400:])
    if reach is None or not reach.inner:
        return True
    first = definition.path[:1]
    return any(one.section.id == section.id and one.provision.path[:1] == first for one in duties)


def outline_start(section: Section, definition: Definition, readings: Readings) -> int:
    """Where the outermost subdivision that holds the definition begins."""
    for unit in readings.outline_of(section).roots:
        if unit.start <= definition.start < unit.end:
            return unit.start
    return 0


def _usable(section: Section, definition: Definition) -> bool:
    text = section.text[definition.term_at[1] : definition.end]
    before = section.text[definition.start : definition.term_at[0]]
    marked = section.text[: definition.term_at[0]].rstrip()[-1:] in _MARKS
    return (
        definition.how == "means"
        and (marked or is_definitions(section.heading))
        and not _ASIDE.search(before)
        and not _POINTS.search(text[:160] + " ")
        and len(text.split()) >= _FEWEST
    )


def shown_term(term: Term, readings: Readings) -> Statement:
    """The definition as a quote, cut at a clause where it is long."""
    section, definition = term.section, term.definition
    span, cut = _cut(section.text, (definition.start, definition.end))
    quote = quote_of(section, readings.outline_of(section), span)
    text = f"{quote.text} {OMISSION}" if cut else quote.text
    return Statement(text=text, kind=StatementKind.QUOTE, quotes=(quote,))


def _cut(text: str, span: Span) -> tuple[Span, bool]:
    words = list(_WORD.finditer(text, *span))
    if len(words) <= _LONGEST:
        return span, words[-1].group().endswith((":", "—"))
    least, most = words[_LEAST].end(), words[_LONGEST - 1].end()
    edges = [found.end() for found in _CLAUSE.finditer(text, least, most)]
    return (span[0], edges[-1] if edges else most), True
