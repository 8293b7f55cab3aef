"""Read a section: its provisions in reading order, each with what it does and whom it binds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.reading.actors import actor_class, first_actor
from pincite.reading.clauses import conditions_and_exceptions, main_clause
from pincite.reading.definitions import defined_term, is_definitions
from pincite.reading.modals import Force, Modal, with_subject
from pincite.reading.provision import Provision, Role
from pincite.reading.quantities import quantities
from pincite.reading.references import references
from pincite.reading.roles import is_deadline, role_of
from pincite.reading.units import Unit, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.law.outline import Outline
    from pincite.reading.provision import Span

_BY = re.compile(
    r"\bbe\s+(?:\w+\s+)?\w+(?:ed|en|ade|ept|ent|uilt|aid|old|ut)\s+(?:[^,;.]{0,40}?\s)?by\s+"
    r"(?=(?:the|an?|any|each|every|all)\s)",
    re.IGNORECASE,
)
_FOR_ACTOR = re.compile(
    r"(?:unlawful|illegal|prohibited)\s+(?:\w+\s+){0,5}?for\s+(?=(?:an?|any|the)\s)", re.IGNORECASE
)
_AFTER_ACTOR = re.compile(r"[,;.]|\s(?:to|in|within|at|on|and|who|that|which|upon|under)\s")


def read(
    text: str, outline: Outline, heading: str = "", parts: Sequence[Unit] | None = None
) -> tuple[Provision, ...]:
    """The provisions of a section; their spans cover its operative words, in order.

    `parts` are its units where they are known.
    """
    lead = text[: min(400, outline.note_start)]
    listed = is_definitions(heading, lead.split("\n", 1)[0])
    known: dict[Span, Provision] = {}
    found: list[Provision] = []
    for unit in units(text, outline) if parts is None else parts:
        above = next((known[lead] for lead in reversed(unit.leads) if lead in known), None)
        provision = _provision(text, unit, above, listed=listed)
        if provision.opens:
            known[provision.start, provision.end] = provision
        found.append(provision)
    return tuple(found)


def _provision(text: str, unit: Unit, above: Provision | None, *, listed: bool) -> Provision:
    start, end = unit.start, unit.end
    subject, modal = main_clause(text, start, end)
    if above is not None and above.modal is not None:
        # The lead-in's verb governs the item; the item's own modal verbs stand in its clauses.
        subject, modal = above.subject, None
    words = text[start:end]
    if modal is not None and subject is not None:
        modal = with_subject(modal, text[subject[0] : subject[1]])
    actor, who = _actor(text, unit, subject, modal, above)
    conditions, exceptions = conditions_and_exceptions(text, start, end)
    citing = references(text, start, end)
    counted = quantities(text, start, end, citing)
    term = None
    if unit.leads == () or _lists_terms(text, unit, above) or listed:
        term = defined_term(text, start, end, listed=listed or _lists_terms(text, unit, above))
    defines = term is not None or (unit.opens and modal is None and is_definitions("", words))
    role = _role(words, modal, who, above, defines=defines)
    inherited = above is not None and above.modal is not None
    return Provision(
        start=start,
        end=end,
        path=unit.path,
        leads=unit.leads,
        opens=unit.opens,
        role=role,
        also=_also(
            words, role, exceptions, timed=any(q.kind in {"period", "date"} for q in counted)
        ),
        modal=above.modal if above is not None and inherited else modal.words if modal else None,
        modal_at=above.modal_at
        if above is not None and inherited
        else (modal.start, modal.end)
        if modal
        else None,
        negated=above.negated
        if above is not None and inherited
        else modal is not None and modal.force in {Force.MUST_NOT, Force.NEED_NOT},
        subject=subject,
        actor=actor,
        actor_class=who,
        conditions=conditions,
        exceptions=exceptions,
        amounts=tuple(q for q in counted if q.kind not in {"period", "date", "time"}),
        periods=tuple(q for q in counted if q.kind in {"period", "date", "time"}),
        term=" ".join(text[term[0][0] : term[0][1]].split()) if term else None,
        references=citing,
    )


def _lists_terms(text: str, unit: Unit, above: Provision | None) -> bool:
    if above is not None and above.role is Role.DEFINITION and above.term is None:
        return True
    return bool(unit.leads) and is_definitions("", text[unit.leads[-1][0] : unit.leads[-1][1]])


def _role(
    words: str, modal: Modal | None, who: str, above: Provision | None, *, defines: bool
) -> Role:
    if defines:
        return Role.DEFINITION
    if above is not None and above.role is not Role.OTHER:
        return above.role
    return role_of(words, modal, who)


def _also(words: str, role: Role, exceptions: tuple[Span, ...], *, timed: bool) -> tuple[Role, ...]:
    also: list[Role] = []
    if timed and role is not Role.DEFINITION and is_deadline(words):
        also.append(Role.DEADLINE)
    if exceptions and role not in {Role.EXCEPTION, Role.EXEMPTION}:
        also.append(Role.EXCEPTION)
    return tuple(also)


def _actor(
    text: str,
    unit: Unit,
    subject: Span | None,
    modal: Modal | None,
    above: Provision | None,
) -> tuple[Span | None, str]:
    """Who is bound, and the class: the subject, or whoever a passive verb names after "by"."""
    if above is not None and above.modal is not None:
        return above.actor, above.actor_class
    if modal is not None and (found := _FOR_ACTOR.match(text, modal.start, unit.end)) is None:
        found = _FOR_ACTOR.search(text, modal.start, min(modal.end + 40, unit.end))
        if found is not None:
            return _named(text, found.end(), unit.end)
    if subject is not None:
        who = actor_class(text[subject[0] : subject[1]])
        if who:
            return subject, who
    if modal is not None and (by := _BY.search(text, modal.end, min(modal.end + 200, unit.end))):
        return _named(text, by.end(), unit.end)
    return None, ""


def _named(text: str, start: int, end: int) -> tuple[Span | None, str]:
    """The actor that the words name before the next verb or preposition."""
    stop = _AFTER_ACTOR.search(text, start, end)
    named = first_actor(text, start, stop.start() if stop else end)
    return ((start, named[0]), named[1]) if named else (None, "")
