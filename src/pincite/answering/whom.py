"""Whom the cited law binds, told first; what does not bind the asker, told last, a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Statement, StatementKind, Verdict
from pincite.answering.quoting import OMISSION, breaks_off
from pincite.answering.verdicts import EXEMPT
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.answer import Quote
    from pincite.answering.applicability import Bound
    from pincite.answering.binding import Act

# "A person" says of nobody that it is he.
_EVERYBODY = re.compile(
    r"(?:an?|any|no|each|every|all|the)?\s*(?:other\s+)?(?:person|individual|one|people)s?(?:\s+or\s+entity)?",
    re.IGNORECASE,
)
_MOST = 3  # acts that are told first; every source says by itself whom it binds


def who_must_comply(acts: Iterable[Act]) -> tuple[list[Statement], list[Statement]]:
    """For each act, whom it binds and what that hangs on; and whom it exempts."""
    binds: list[Statement] = []
    exempt: list[Statement] = []
    seen: set[tuple[str, ...]] = set()
    for act in acts:
        told = (act.sections[0].document, *(quote.text for quote in act.bound.who))
        if not act.bound.who or told in seen or len(seen) >= _MOST:
            continue
        seen.add(told)
        condition = condition_of(act.bound)
        if condition is None and all(_EVERYBODY.fullmatch(one.text) for one in act.bound.who):
            continue
        binds.append(_quoted(act.bound.who, open_end=True))
        if condition is not None:
            binds.append(condition)
        if act.bound.exempt:
            exempt.append(_quoted(act.bound.exempt))
    return binds, [one for one in dict.fromkeys(exempt) if not breaks_off(one.text)]


def condition_of(bound: Bound) -> Statement | None:
    """What the verdict hangs on, where it hangs on something."""
    if not bound.condition:
        return None
    if bound.verdict is Verdict.ONLY_IF:
        return note("only_if", condition=bound.condition)
    if bound.verdict is Verdict.UNCLEAR:
        return note("unclear", condition=bound.condition)
    return None


def not_you(aside: Iterable[Act]) -> list[Statement]:
    """One line for each act that does not bind the asker: whom it binds, or whom it exempts."""
    lines: list[Statement] = []
    for act in aside:
        exempted = bool(act.bound.exempt) and act.bound.condition == EXEMPT
        quotes = act.bound.exempt if exempted else act.bound.who[:1]
        if quotes:
            lines.append(_quoted(quotes, open_end=not exempted))
    return list(dict.fromkeys(lines))


def _quoted(quotes: Sequence[Quote], *, open_end: bool = False) -> Statement:
    text = f" {OMISSION} ".join(quote.text for quote in quotes)
    if open_end:
        text += f" {OMISSION}"
    return Statement(text=text, kind=StatementKind.QUOTE, quotes=tuple(quotes))
