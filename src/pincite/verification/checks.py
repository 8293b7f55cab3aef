"""Check a statement: run every check over the law that it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.answer import FaultKind, StatementKind
from pincite.reading.sentences import sentences
from pincite.verification import actor, citing, limits, meaning, modality, numbers, quoting
from pincite.verification.grounds import Context, Grounds, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from pincite.answer import Fault, Statement
    from pincite.law.section import Section

    Check = Callable[[Grounds], Fault | None]

# What the quotes are, before what the statement makes of them.
QUOTE_CHECKS: tuple[Check, ...] = (
    quoting.is_cited,
    quoting.is_retrieved,
    quoting.is_verbatim,
    citing.in_force,
    citing.in_jurisdiction,
)
STATEMENT_CHECKS: tuple[Check, ...] = (
    quoting.pinpoint_holds,
    quoting.quotation_marks_hold,
    numbers.numbers_hold,
    numbers.numbers_belong,
    citing.citations_hold,
    modality.modality_holds,
    modality.negation_holds,
    limits.limits_hold,
    limits.quotes_are_whole,
    actor.actor_holds,
    actor.sides_hold,
    meaning.definition_holds,
    meaning.words_are_covered,
)
_NOTHING_TO_COMPARE = {FaultKind.NOT_CITED, FaultKind.NOT_RETRIEVED, FaultKind.NOT_VERBATIM}


def check(
    statement: Statement,
    sections: Mapping[str, Section],
    *,
    as_of: date,
    jurisdictions: Collection[str],
    context: Context | None = None,
) -> tuple[Fault, ...]:
    """Why the statement does not hold; empty if it does.

    `sections` are those retrieved, by identifier. With no `jurisdictions` any is taken. One
    `context` for all statements of an answer saves reading a section twice. A statement whose
    quotes are not the law is not compared with them any further.
    """
    context = context or Context()
    grounds = prepare(statement, sections, as_of, jurisdictions, context)
    faults = tuple(fault for run in QUOTE_CHECKS if (fault := run(grounds)) is not None)
    if not statement.quotes or any(fault.kind in _NOTHING_TO_COMPARE for fault in faults):
        return faults
    parts = [prepare(s, sections, as_of, jurisdictions, context) for s in _sentences(statement)]
    for part in parts or [grounds]:
        faults += tuple(f for run in STATEMENT_CHECKS if (f := run(part)) is not None)
    return tuple(dict.fromkeys(faults))


def _sentences(statement: Statement) -> list[Statement]:
    """A paraphrase of several sentences as so many statements; nothing where it is one."""
    if statement.kind is not StatementKind.PARAPHRASE:
        return []
    spans = sentences(statement.text, 0, len(statement.text))
    if len(spans) == 1:
        return []
    return [replace(statement, text=statement.text[start:end]) for start, end in spans]
