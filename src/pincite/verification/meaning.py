"""Checks that a definition is one, and that the words of a paraphrase are covered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind, StatementKind
from pincite.reading.definitions import defined_term
from pincite.verification.words import covered, stems

if TYPE_CHECKING:
    from pincite.verification.grounds import Clause, Grounds

_DEFINES = re.compile(
    r"^\W*(?:(?:under|in|for|as)\b[^\"“”]{0,80},\s*)?(?:(?:the|a)\s+)?(?:(?:term|word|phrase)s?\s+)?"
    r"(?:[\"“](?P<quoted>[^\"“”]{1,80}?),?[\"”]|(?P<plain>[A-Za-z][\w'’ -]{1,60}?))\s+"
    r"(?:means?|is\s+defined\s+as|includes?|does\s+not\s+(?:mean|include)|has\s+the\s+(?:same\s+)?meaning)\b",
    re.IGNORECASE,
)
# "As used in this title", "For purposes of this code": how far the definition reaches.
_REACH = re.compile(
    r"\b(?:this|the)\s+"
    r"(title|code|article|subtitle|chapter|part|division|statutes?|general laws)\b",
    re.IGNORECASE,
)
_WHOLE_CODE = frozenset({"code", "statute", "statutes", "general laws"})
_COVERED = 0.85
_FREE_MISSES = 1


def definition_holds(grounds: Grounds) -> Fault | None:
    """What a statement defines is defined, as that term, in a document of the answer."""
    found = _DEFINES.match(grounds.statement.text)
    if grounds.statement.kind is StatementKind.NOTE or found is None:
        return None
    term = (found["quoted"] or found["plain"]).strip().lower()
    defining = [clause for clause in grounds.clauses if _defines(clause, term)]
    if not defining:
        if found["quoted"] is None:
            return None  # "The notice includes ...": no definition, as no quoted provision is one
        return Fault(kind=FaultKind.DEFINITION, detail=f"no quote is from a definition of “{term}”")
    own = {clause.section.id for clause in defining}
    documents = grounds.context.documents | {
        clause.section.document for clause in grounds.clauses if clause.section.id not in own
    }
    for clause in defining:
        if documents and clause.section.document not in documents and not _reaches(grounds, clause):
            detail = f"“{term}” is defined for {clause.section.document}, another document"
            return Fault(kind=FaultKind.DEFINITION, detail=detail)
    return None


def _defines(clause: Clause, term: str) -> bool:
    text = clause.section.text
    for start, end in (*clause.unit.leads, (clause.unit.start, clause.unit.end)):
        found = defined_term(text, start, end, listed=True)
        if found is not None:
            head = text[start : found[0][1] + 120].lower()
            if term in " ".join(head.split()):
                return True
    return False


def _reaches(grounds: Grounds, clause: Clause) -> bool:
    """Whether the definition says that it holds for a larger whole that the answer is part of."""
    section = clause.section
    found = _REACH.search(section.text[:400])
    if found is None:
        return False
    word = found[1].lower()
    depth = 1 if word in _WHOLE_CODE else 0
    for place, level in enumerate(section.hierarchy):
        if level.lower().startswith(word):
            depth = place + 1
    return depth > 0 and any(
        other.jurisdiction == section.jurisdiction
        and other.hierarchy[:depth] == section.hierarchy[:depth]
        for other in grounds.sections.values()
        if other.document in grounds.context.documents
    )


def words_are_covered(grounds: Grounds) -> Fault | None:
    """The words that carry a claim are the law's, its heading's, or plain words for them."""
    if not grounds.told:
        return None
    claims = stems(grounds.own)
    held = set(stems(grounds.quoted))
    for section in grounds.cited:
        held.update(stems(f"{section.heading} {section.citation} {section.document_name}"))
    for clause in grounds.clauses:
        held.update(stems(" ".join(clause.section.text[a:b] for a, b in clause.unit.leads)))
    missing = list(dict.fromkeys(word for word in claims if not covered(word, held)))
    misses = sum(word in missing for word in claims)
    if misses <= _FREE_MISSES and len(claims) > _FREE_MISSES * 2:
        return None
    if misses and 1 - misses / len(claims) < _COVERED:
        listed = ", ".join(missing[:5])
        return Fault(kind=FaultKind.NOT_COVERED, detail=f"not in the quotes: {listed}")
    return None
