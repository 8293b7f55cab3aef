"""What is kept beside the shown duties: the meaning of their words and what they except."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pincite.answer import Block, Statement, StatementKind
from pincite.answering.following import Law, followed
from pincite.answering.quoting import breaks_off
from pincite.answering.wording import shown_term, terms
from pincite.reading import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pincite.answering.binding import Binder, Chosen
    from pincite.answering.extractive import Draft
    from pincite.answering.selecting import Limits
    from pincite.law.section import Section

MEANING = "What the words mean"
EXCEPTIONS = "Exceptions"
_ONLY = "Only if"
# Blocks that stand below: the order is the extractive writer's.
_BELOW = {
    EXCEPTIONS: ("If you don't", MEANING, "Also", "Not you"),
    MEANING: ("Also", "Not you"),
}
# Exceptions that are quoted; the rest are named. Fewer where the answer is long already.
_QUOTED, _QUOTED_LONG = 3, 1
_WHOLE = 450  # words of an answer in all
_TERMS, _TERM_WORDS, _FEWER_WORDS = 3, 80, 40
_FULL_TERMS, _FULL_WORDS = 12, 900
_FULL = 2_000  # limits of words above which everything is asked for
_DUTIES = frozenset({Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.DEADLINE, Role.PENALTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The draft with what belongs to its duties; the sections of that, and whose it is."""

    draft: Draft
    sections: tuple[Section, ...] = ()
    owner: Mapping[str, str] = field(default_factory=dict)


def beside(
    draft: Draft, chosen: Chosen, question: Collection[str], limits: Limits, binder: Binder
) -> Beside:
    """Definitions of the words that the duties hang on, and the exceptions that they name.

    Definitions are few and short, fewer where the answer is long already; none where nothing is
    told that uses them.
    """
    shown = [one for block in draft.blocks for one in block.statements if one.quotes]
    sections: dict[str, Section] = {}
    owner: dict[str, str] = {}
    duties = [one for one in chosen.findings if one.provision.role in _DUTIES]
    texts = [one.text for one in shown if one.kind is StatementKind.QUOTE]
    words = sum(len(text.split()) for text in texts)
    full = limits.words >= _FULL
    law = Law(binder.library, binder.readings, binder.as_of)
    more = followed(duties, shown, law, most=_QUOTED if full or words < _WHOLE else _QUOTED_LONG)
    sections |= {section.id: section for section in more.sections}
    owner |= more.owner
    meant: list[Statement] = []
    words += sum(len(one.text.split()) for one in more.statements)
    room = _FULL_WORDS if full else min(_TERM_WORDS, max(_FEWER_WORDS, _WHOLE - words))
    for act in chosen.acts:
        for term in terms(act, question, binder.readings, texts):
            statement = shown_term(term, binder.readings)
            length = len(statement.text.split())
            if (
                breaks_off(statement.text)
                or _overlaps(statement, [*shown, *meant])
                or length > room
            ):
                continue
            if len(meant) >= (_FULL_TERMS if full else _TERMS):
                break
            meant.append(statement)
            room -= length
            sections[term.section.id] = term.section
            owner.setdefault(term.section.id, act.findings[0].section.id)
    blocks = _with(draft.blocks, EXCEPTIONS, more.statements)
    blocks = _with(blocks, MEANING, meant)
    return Beside(
        draft=replace(draft, blocks=blocks), sections=tuple(sections.values()), owner=owner
    )


def _with(
    blocks: Sequence[Block], heading: str, statements: Sequence[Statement]
) -> tuple[Block, ...]:
    """The blocks with more statements under a heading, which is made where there is none."""
    if not statements:
        return tuple(blocks)
    if any(block.heading == heading for block in blocks):
        return tuple(
            replace(block, statements=(*block.statements, *statements))
            if block.heading == heading
            else block
            for block in blocks
        )
    made = Block(heading=heading, statements=tuple(statements))
    below = _BELOW[heading]
    places = (n for n, b in enumerate(blocks) if b.heading in below or b.heading.startswith(_ONLY))
    at = next(places, len(blocks))
    return (*blocks[:at], made, *blocks[at:])


def _overlaps(statement: Statement, shown: Sequence[Statement]) -> bool:
    return any(
        one.section == other.section and one.start < other.end and other.start < one.end
        for one in statement.quotes
        for told in shown
        for other in told.quotes
    )
