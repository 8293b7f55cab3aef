"""One question on its way: it runs in a thread, tells what happens, and can be given up."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from pincite import Trace
from pincite.errors import LibraryError
from pincite.rendering.wire import render_json, statement_wire
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pincite.answer import Answer, Statement, Withheld
    from pincite.answering.extractive import Draft
    from pincite.answering.findings import Finding
    from pincite.assistant import Assistant
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.understand import Understanding

    Tell = Callable[[str, dict[str, object]], None]

_log = logging.getLogger("pincite.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked, and for whom the answer is kept."""

    question: str
    jurisdictions: tuple[str, ...]
    facts: tuple[str, ...]
    as_of: date
    full: bool
    workspace: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer's JSON; `id` is empty where it could not be kept."""

    body: str
    id: str


class Asking:
    """A question in its thread. `tell` is called there, with an event's name and its values.

    `give_up` may be called from anywhere: a question that waits for a language model ends at
    once, one that computes ends at its next stage.
    """

    def __init__(self, wanted: Wanted, tell: Tell | None = None) -> None:
        self._wanted = wanted
        self._tell = tell
        self._over = threading.Event()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[Answer]] | None = None
        self._guard = threading.Lock()

    def __call__(self, assistant: Assistant) -> Given:
        """Answer, and keep the answer. Raises Problem where it was given up."""
        try:
            answer = asyncio.run(self._ask(assistant))
        except asyncio.CancelledError:
            raise _given_up() from None
        self.go_on()
        try:
            kept = assistant.save(answer, workspace=self._wanted.workspace)
        except LibraryError as error:
            _log.warning("an answer was not kept: %s", error)
            kept = ""
        return Given(render_json(answer), kept)

    def give_up(self) -> None:
        self._over.set()
        with self._guard:
            if self._running is not None:
                loop, task = self._running
                loop.call_soon_threadsafe(task.cancel)

    def go_on(self) -> None:
        """Raises Problem where the question was given up."""
        if self._over.is_set():
            raise _given_up()

    async def _ask(self, assistant: Assistant) -> Answer:
        wanted = self._wanted
        task = asyncio.ensure_future(
            assistant.ask(
                wanted.question,
                as_of=wanted.as_of,
                jurisdictions=wanted.jurisdictions,
                facts=wanted.facts,
                full=wanted.full,
                trace=_Told(self.go_on, self._tell),
            )
        )
        with self._guard:
            self._running = asyncio.get_running_loop(), task
        try:
            self.go_on()
            return await task
        finally:
            with self._guard:
                self._running = None
            task.cancel()


class _Told(Trace):
    """A trace that tells each stage as it ends, and ends where the question was given up."""

    def __init__(self, go_on: Callable[[], None], tell: Tell | None) -> None:
        super().__init__()
        self._go_on = go_on
        self._tell = tell

    @override
    def understood(self, item: Understanding) -> None:
        super().understood(item)
        places = [{"id": one.id, "name": one.name} for one in item.places.jurisdictions]
        self._stage("understood", jurisdictions=places, facts=list(item.facts))

    @override
    def retrieved(self, jurisdiction: str, item: Retrieved) -> None:
        super().retrieved(jurisdiction, item)
        self._stage("retrieved", jurisdiction=jurisdiction, candidates=item.candidates)

    @override
    def found(self, jurisdiction: str, items: Sequence[Finding]) -> None:
        super().found(jurisdiction, items)
        self._stage("read", jurisdiction=jurisdiction, provisions=len(items))

    @override
    def held(self, statement: Statement) -> None:
        super().held(statement)
        self._statement(statement, jurisdiction=None, heading=None, draft=True)

    @override
    def checked(self, jurisdiction: str, kept: Draft, withheld: Sequence[Withheld]) -> None:
        super().checked(jurisdiction, kept, withheld)
        for statement in kept.summary:
            self._statement(statement, jurisdiction=jurisdiction, heading=None)
        for block in kept.blocks:
            for statement in block.statements:
                self._statement(statement, jurisdiction=jurisdiction, heading=block.heading)
        shown = len(kept.summary) + sum(len(block.statements) for block in kept.blocks)
        self._stage("checked", jurisdiction=jurisdiction, shown=shown, withheld=len(withheld))

    def _stage(self, stage: str, **values: object) -> None:
        self._go_on()
        if self._tell is not None:
            self._tell("stage", {"stage": stage, **values})

    def _statement(
        self,
        statement: Statement,
        *,
        jurisdiction: str | None,
        heading: str | None,
        draft: bool = False,
    ) -> None:
        """A statement that holds. Its cites name sections: numbers are given with the answer."""
        if self._tell is not None:
            wire = statement_wire(statement, {}).model_dump()
            place = {"jurisdiction": jurisdiction, "heading": heading, "draft": draft}
            self._tell("statement", {**place, "statement": wire})


def _given_up() -> Problem:
    return Problem(503, "The question was given up.")
