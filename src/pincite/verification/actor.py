"""Checks that whoever a statement binds is whom the law binds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind
from pincite.reading.actors import actor_class, class_of_noun, opposed
from pincite.reading.clauses import main_clause
from pincite.verification.words import stem, words_of

if TYPE_CHECKING:
    from pincite.verification.grounds import Clause, Grounds

# Subjects that say nothing of their own: the reader, or whoever is bound.
_ANYONE = frozenset(
    {"you", "your", "they", "he", "she", "it", "we", "this", "that", "there", "who", "nobody"}
)
_HEAD_ENDS = re.compile(
    r"\(|\b(?:that|who|whom|whose|which|of|in|for|to|with|by|from|at|on|upon|under|subject|"
    r"required|engaged|doing|having|holding|licensed|registered|operating|if|when)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bbe\s+(?:\w+\s+)?\w+(?:ed|en|ade|ept|ent|uilt|aid|old)\s+(?:\w+\s+){0,3}by\s+"
    r"(?:the|an?|any|each|every|such)\s+([A-Za-z' -]{3,60})",
    re.IGNORECASE,
)
_JOINS = re.compile(r",\s*(?:and|or)?\s*|\s+(?:and|or)\s+", re.IGNORECASE)
_GENERAL = frozenset({"person", "business"})


def actor_holds(grounds: Grounds) -> Fault | None:
    """The statement's subject is the subject of the sentence that it tells."""
    if not grounds.told or not grounds.clauses:
        return None
    text = grounds.statement.text
    subject, modal = main_clause(text, 0, len(text))
    if subject is None or modal is None:
        return None
    ours = text[subject[0] : subject[1]]
    theirs = _subjects(grounds.clauses[0])
    for head in _heads(ours):
        if not theirs.strip() or _names(head, theirs) or _general(head, theirs):
            continue
        if _names(head, grounds.clauses[0].with_leads) and not actor_class(head):
            continue
        detail = f"“{head}” is not whom the sentence binds (“{theirs.strip()[:60]}”)"
        return Fault(kind=FaultKind.ACTOR, detail=detail)
    return None


def _subjects(clause: Clause) -> str:
    """The words that name who is bound: the subjects of the sentence's clauses and who acts."""
    text = clause.section.text
    parts: list[str] = []
    for start, end in (*clause.unit.leads, (clause.unit.start, clause.unit.end)):
        subject, _ = main_clause(text, start, end)
        if subject is not None:
            parts.append(text[subject[0] : subject[1]])
        parts += [by.group(1) for by in _BY.finditer(text, start, end)]
    return " ".join(parts)


def _heads(subject: str) -> list[str]:
    """The nouns that head the subject ("the owner or operator of a mill": two), in lower case."""
    end = _HEAD_ENDS.search(subject)
    parts = _JOINS.split(subject[: end.start()] if end else subject)
    heads = [found[-1] for part in parts if (found := words_of(part))]
    return [head for head in heads if head not in _ANYONE]


def _names(head: str, words: str) -> bool:
    return stem(head) in {stem(word) for word in words_of(words)}


def _general(head: str, theirs: str) -> bool:
    """Whether a business told for a person, or the other way, is no other actor."""
    return {actor_class(head), actor_class(theirs)} <= _GENERAL


def sides_hold(grounds: Grounds) -> Fault | None:
    """The two sides of a relation keep their places: the employer does not become the employee."""
    if not grounds.told or not grounds.clauses:
        return None
    ours = _order(grounds.statement.text)
    theirs = _order(grounds.clauses[0].sentence)
    for first, second in ours:
        if (second, first) in theirs and (first, second) not in theirs:
            classes = frozenset({class_of_noun()[first], class_of_noun()[second]})
            if classes in opposed():
                return Fault(
                    kind=FaultKind.ACTOR, detail=f"“{first}” and “{second}” have changed places"
                )
    return None


def _order(text: str) -> set[tuple[str, str]]:
    """Pairs of actors, the one that is named first before the other."""
    classes = class_of_noun()
    named = list(dict.fromkeys(w.removesuffix("'s") for w in words_of(text)))
    actors = [word for word in named if word in classes]
    return {(a, b) for place, a in enumerate(actors) for b in actors[place + 1 :]}
