"""The writer that asks a language model: it proposes statements, the checks dispose."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answer import Block, Fault, FaultKind, Statement, StatementKind, Withheld
from pincite.answering.briefing import Brief, Budget, prompt
from pincite.answering.extractive import Draft
from pincite.answering.quoting import quote_of, quoted
from pincite.answering.said import Lines, Said, Unread
from pincite.answering.snapping import Snapped, snapped
from pincite.errors import ModelFailed
from pincite.models.language import Allowance, Failure
from pincite.reading.readings import Readings
from pincite.verification import Context, check

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from pincite.answering.findings import Finding
    from pincite.models.language import LanguageModel

_SUMMARY = 2
_TYPOGRAPHY = "“”‘’–—…§"
_CHARACTERS_A_TOKEN = 8
_PROBLEMS = 20  # that are told; a flood of garbage is one trouble
_REPAIR_SHARE = 0.4  # of the seconds, at the least, that mending may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement that was made of what the model said, and the faults that it has.

    `finding` is the first provision that it cites, or `None` where it cites none.
    """

    statement: Statement
    finding: Finding | None
    summary: bool
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDraft:
    """What came of asking: statements in the order in which they were said, held or faulty.

    `problems` are lines that were no statements. `failure` says why there is no answer, or no
    whole one; what is told up to then has been checked all the same.
    """

    brief: Brief
    told: tuple[Told, ...] = ()
    problems: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def draft(self) -> Draft:
        """The statements that hold, in the form of every writer's draft."""
        held = [told for told in self.told if not told.faults]
        summary = [told for told in held if told.summary][:_SUMMARY]
        blocks: dict[str, list[Statement]] = {}
        for told in held:
            if told not in summary and told.finding is not None:
                blocks.setdefault(self.brief.heading(told.finding), []).append(told.statement)
        known = [heading for heading in self.brief.order if heading in blocks]
        order = known + [heading for heading in blocks if heading not in known]
        return Draft(
            summary=tuple(told.statement for told in summary),
            blocks=tuple(Block(heading=h, statements=tuple(blocks[h])) for h in order),
        )

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The statements that do not hold, each with its faults."""
        return tuple(
            Withheld(statement=told.statement, faults=told.faults)
            for told in self.told
            if told.faults
        )


async def written(
    brief: Brief,
    model: LanguageModel,
    *,
    budget: Budget,
    on_statement: Callable[[Statement], None] | None = None,
) -> ModelDraft:
    """The whole way: write, and mend once what does not hold.

    `on_statement` is given each statement that holds, as soon as it is checked. A `failure` with
    the draft says that the extractive writer's answer is to be shown instead; so it is where
    not one statement holds.
    """
    clock = asyncio.get_running_loop().time
    by = clock() + budget.seconds
    first = await write(brief, model, budget=budget, on_statement=on_statement)
    left = replace(budget, seconds=by - clock())
    if first.failure is None and first.withheld and left.seconds > budget.seconds * _REPAIR_SHARE:
        first = await repaired(first, model, budget=left, on_statement=on_statement)
    if first.failure is None and all(told.faults for told in first.told):
        return replace(first, failure=Failure.UNFOUNDED if first.told else Failure.SILENT)
    return first


async def write(
    brief: Brief,
    model: LanguageModel,
    *,
    budget: Budget,
    on_statement: Callable[[Statement], None] | None = None,
) -> ModelDraft:
    """One request. Raises nothing that an endpoint can bring about: see `ModelDraft.failure`."""
    bench = _Bench(brief)
    told: list[Told] = []
    problems: list[str] = []
    failure = None
    try:
        async with aclosing(_said(model, brief, budget)) as lines:
            async for said in lines:
                if isinstance(said, Unread):
                    problems.append(said.problem)
                    continue
                made = bench.made(said)
                if any(_same(made, other) for other in told):
                    problems.append("a statement that was made before")
                    continue
                told.append(made)
                if not made.faults and on_statement is not None:
                    on_statement(made.statement)
                if _enough(told, budget):
                    break
    except ModelFailed as failed:
        failure = _failure(failed)
    if failure is None and not told and problems:
        failure = Failure.GARBLED
    return ModelDraft(
        brief=brief, told=tuple(told), problems=tuple(problems[:_PROBLEMS]), failure=failure
    )


async def repaired(
    draft: ModelDraft,
    model: LanguageModel,
    *,
    budget: Budget,
    on_statement: Callable[[Statement], None] | None = None,
) -> ModelDraft:
    """One round in which the faulty statements go back with their faults.

    A statement that holds takes the place of the one that it replaces; one that does not is
    withheld beside it. Where the endpoint fails, the draft stays as it was.
    """
    faulty = draft.withheld
    places = [place for place, told in enumerate(draft.told) if told.faults]
    bench = _Bench(draft.brief)
    told = list(draft.told)
    more: list[Told] = []
    problems = list(draft.problems)
    room = budget.statements - sum(not one.faults for one in told)
    try:
        async with aclosing(_said(model, draft.brief, budget, faulty)) as lines:
            async for said in lines:
                if isinstance(said, Unread):
                    problems.append(said.problem)
                    continue
                number = said.replaces or 0
                if not 0 < number <= len(places) or not told[places[number - 1]].faults:
                    problems.append("a statement that mends none")
                    continue
                made = bench.made(said)
                if made.faults:
                    more.append(made)
                elif room > 0 and not any(_same(made, other) for other in told):
                    room -= 1
                    told[places[number - 1]] = made
                    if on_statement is not None:
                        on_statement(made.statement)
                if len(more) > len(places):
                    break
    except ModelFailed as failed:
        problems.append(f"mending: {failed.reason}")
    return replace(draft, told=(*told, *more), problems=tuple(problems[:_PROBLEMS]))


async def _said(
    model: LanguageModel, brief: Brief, budget: Budget, faulty: tuple[Withheld, ...] = ()
) -> AsyncGenerator[Said | Unread, None]:
    """What the model says, a line at a time, and no more than the budget."""
    allowance = Allowance(tokens=budget.tokens, seconds=budget.seconds)
    by = asyncio.get_running_loop().time() + budget.seconds
    lines = Lines()
    left = budget.tokens * _CHARACTERS_A_TOKEN
    async with aclosing(model.stream(prompt(brief, budget, faulty), allowance)) as pieces:
        while True:
            try:
                # The model's own limit may count each of several tries; this counts them all.
                async with asyncio.timeout_at(by):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                break
            except TimeoutError as error:
                raise ModelFailed(Failure.SLOW) from error
            left -= len(piece)
            if left < 0:
                yield Unread("more text than was asked for")
                return
            for said in lines.feed(piece):
                yield said
    for said in lines.close():
        yield said


def _failure(failed: ModelFailed) -> Failure:
    """The reason; one that is none of ours, from a kind of model that others bring, is garbage."""
    known = failed.reason in set(Failure)
    return Failure(failed.reason) if known else Failure.GARBLED


def _enough(told: list[Told], budget: Budget) -> bool:
    held = sum(not one.faults for one in told)
    return held >= budget.statements or len(told) >= budget.statements * 2


def _same(one: Told, other: Told) -> bool:
    return one.statement == other.statement


class _Bench:
    """Makes statements of what is said, and checks them; each section is read once."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._labelled = brief.sections
        self._preferred = brief.spans
        self._sections = {section.id: section for section in self._labelled.values()}
        self._homes = {section.jurisdiction for section in self._labelled.values()}
        self._found = {
            (finding.section.id, finding.provision.start): finding for finding in brief.findings
        }
        self._readings = Readings()
        self._context = Context()

    def made(self, said: Said) -> Told:
        """The statement with the law cut for it, and its faults if it has any."""
        cut = [
            snapped(cite, self._labelled, self._readings, self._preferred) for cite in said.cites
        ]
        faults = tuple(item for item in cut if isinstance(item, Fault))
        places = [item for item in cut if isinstance(item, Snapped)]
        if faults or not places:
            bare = Statement(text=said.text, kind=StatementKind.PARAPHRASE)
            nothing = Fault(kind=FaultKind.NOT_CITED, detail="the statement cites nothing")
            return Told(
                statement=bare, finding=None, summary=said.summary, faults=faults or (nothing,)
            )
        statement = _statement(said, places, self._finding)
        faults = _letters(statement) + check(
            statement,
            self._sections,
            as_of=self._brief.question.as_of,
            jurisdictions=self._homes,
            context=self._context,
        )
        finding = self._finding(places[0])
        summary = said.summary and self._brief.leads(finding)
        return Told(statement=statement, finding=finding, summary=summary, faults=faults)

    def _finding(self, place: Snapped) -> Finding:
        """The finding that was snapped to, or one made of another of its section."""
        section = place.read.section
        known = self._found.get((section.id, place.provision.start))
        if known is not None:
            return known
        beside = next(f for f in self._brief.findings if f.section.id == section.id)
        return replace(beside, provision=place.provision, score=0.0)


def _letters(statement: Statement) -> tuple[Fault, ...]:
    """A fault where the sentence is written in characters that its quotes do not have.

    The checks compare English words; a sentence in another script would have none to compare.
    """
    known = {*_TYPOGRAPHY, *(c for quote in statement.quotes for c in quote.text)}
    strange = dict.fromkeys(c for c in statement.text if not c.isascii() and c not in known)
    if not strange:
        return ()
    detail = f"characters that are not in the quotes: {' '.join(list(strange)[:5])}"
    return (Fault(kind=FaultKind.NOT_COVERED, detail=detail),)


def _statement(
    said: Said, places: list[Snapped], finding_of: Callable[[Snapped], Finding]
) -> Statement:
    """The sentence with its quotes; the law's own words where the model left it to them."""
    if not said.text:
        return quoted(finding_of(places[0]))
    quotes = (
        quote_of(place.read.section, place.read.outline, span)
        for place in places
        for span in place.spans
    )
    return Statement(
        text=said.text, kind=StatementKind.PARAPHRASE, quotes=tuple(dict.fromkeys(quotes))
    )
