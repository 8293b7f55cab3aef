"""What differs: where several jurisdictions answer, their words on what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.answer import Block, Statement
from pincite.answering.compare.candidates import candidates
from pincite.answering.compare.core_facts import core_facts
from pincite.answering.numbering import UNKNOWN
from pincite.comparison import FactKind
from pincite.retrieval.asks import Ask
from pincite.verification import check
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from pincite.answering.ask import Part
    from pincite.answering.compare.core_facts import Facts
    from pincite.comparison import CoreFact

HEADING = "What differs"
# Only what the question asks for is compared: other periods may be of other duties.
_ASKED: Mapping[Ask, tuple[FactKind, ...]] = {
    Ask.DEADLINE: (FactKind.PERIOD,),
    Ask.AMOUNT: (FactKind.AMOUNT, FactKind.NUMBER),
    Ask.PENALTY: (FactKind.PENALTY,),
    Ask.REMEDY: (FactKind.PENALTY,),
    Ask.WHO: (FactKind.WHO,),
}
_ASPECTS: Mapping[FactKind, str] = {
    FactKind.PERIOD: "by when or how long",
    FactKind.AMOUNT: "how much",
    FactKind.NUMBER: "how many",
    FactKind.PENALTY: "what follows if not",
    FactKind.WHO: "who is bound",
}
_FEWEST = 2


def what_differs(
    parts: Sequence[Part], names: Mapping[str, str], as_of: date, asks: Collection[Ask]
) -> list[Block]:
    """One closing block, or none: nothing that was asked for differs, or it cannot be compared.

    For each kind of fact that is asked for and is not the same in two parts or more: a note, and
    each part's own words with their quote. All of it stands in sections that the parts cite.
    """
    # "How many days" asks for a time, not for an amount.
    sought = [ask for ask in asks if ask is not Ask.AMOUNT or Ask.DEADLINE not in asks]
    kinds = dict.fromkeys(kind for ask in sought for kind in _ASKED.get(ask, ()))
    told = {part.jurisdiction: _facts(part, as_of, asks) for part in parts if not part.refusal}
    statements: list[Statement] = []
    for kind in kinds:
        found = {
            place: facts.found[kind][0] for place, facts in told.items() if facts.found.get(kind)
        }
        if len(found) < _FEWEST or len({fact.compared for fact in found.values()}) == 1:
            continue
        shown = {
            place: statement
            for place, fact in found.items()
            if (statement := _named(names[place], fact, told[place], as_of)) is not None
        }
        if len(shown) >= _FEWEST:
            places = _listed([names[place] for place in shown])
            statements += [
                note("differs", aspect=_ASPECTS[kind], jurisdiction=places),
                *shown.values(),
            ]
    return [Block(heading=HEADING, statements=tuple(statements))] if statements else []


def _facts(part: Part, as_of: date, asks: Collection[Ask]) -> Facts:
    shown = [
        *part.draft.summary,
        *(one for block in part.draft.blocks for one in block.statements),
    ]
    cited = {quote.section for one in shown for quote in one.quotes}
    bound = {
        one.section.id: part.bound.get(one.section.id)
        or part.bound.get(one.section.document, UNKNOWN)
        for one in part.found
        if one.section.id in cited
    }
    ordered = candidates(shown, bound, part.found)
    return core_facts(ordered, jurisdiction=part.jurisdiction, as_of=as_of, asks=asks)


def _named(name: str, fact: CoreFact, facts: Facts, as_of: date) -> Statement | None:
    """The fact's own words with the jurisdiction's name before them, if that holds, too."""
    statement = Statement(
        text=f"{name}: {fact.statement.text}",
        kind=fact.statement.kind,
        quotes=fact.statement.quotes,
    )
    sections = {fact.section: facts.sections[fact.section]}
    faults = check(
        statement,
        sections,
        as_of=as_of,
        jurisdictions={facts.jurisdiction},
        context=facts.context,
    )
    return None if faults else statement


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
