"""`/api/v1/watches`: questions that are asked again when the law is updated."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.rendering.section_wire import as_json
from pincite.rendering.watch import run_json, watch_values, watches_json
from pincite.web.api import examples
from pincite.web.api.once import Key, Once
from pincite.web.api.replies import reply
from pincite.web.api.shape import Day, Place, Strict, Text, Told, Words, problems
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.unwatching import GONE
from pincite.web.unwatching import unwatch as end_watch
from pincite.web.whose import workspace_of

router = APIRouter(prefix="/watches", tags=["watches"])
WatchId = Annotated[
    str,
    Path(min_length=1, max_length=64, pattern=r"^[0-9a-f]+$", examples=["9f86d08188"]),
]


class WatchRequest(Strict):
    """A question to be asked now, and again whenever the watches are run."""

    question: Words = Field(min_length=1, max_length=20_000, examples=[examples.QUESTION])
    jurisdictions: list[Place] = Field(default_factory=list, max_length=60)
    facts: list[Annotated[Text, Field(max_length=500)]] = Field(default_factory=list, max_length=50)
    as_of: Day | None = Field(None, description="The day on which it is asked first.")


class RunRequest(Strict):
    """Which watches to ask again, and of which day's law."""

    ids: list[Annotated[str, Field(pattern=r"^[0-9a-f]+$", max_length=64)]] = Field(
        default_factory=list, max_length=1_000, description="All, where none is given."
    )
    as_of: Day | None = Field(None, description="Today, where it is not given.")


class WatchTold(Told):
    id: str
    question: str
    jurisdictions: list[str]
    facts: list[str]
    webhook: str
    created_at: str
    last_run_at: str | None
    last_answer: str | None = Field(description="The id of the answer that stands for it.")


class WatchListTold(Told):
    watches: list[WatchTold]


class LawChangeTold(Told):
    """What became of a section; `touched` are quoted words that are not there any more."""

    id: str
    citation: str
    became: str
    touched: list[str]
    change: dict[str, Any] | None


class CurrencyTold(Told):
    code: str
    before: str
    after: str


class WatchedTold(Told):
    """What asking a watch again gave."""

    watch: WatchTold
    outcome: Literal["first", "same", "changed", "failed"]
    abstained: bool
    law: list[LawChangeTold]
    gone: list[str]
    new: list[str]
    currency: list[CurrencyTold]
    causes: list[str]
    answer: str | None
    before: str | None
    problem: str


class MarkTold(Told):
    """A saved answer that rests on law that has changed since."""

    answer: str
    question: str
    asked_at: str
    law: list[LawChangeTold]


class DeliveryTold(Told):
    url: str
    tries: int
    status: int | None
    problem: str


class RunTold(Told):
    schema_version: Literal[1]
    ran_at: str
    as_of: str
    changed: int
    watches: list[WatchedTold]
    saved_answers: list[MarkTold]
    deliveries: list[DeliveryTold]


@router.get(
    "",
    summary="List the questions that are watched",
    responses={200: {"model": WatchListTold}, **problems()},
)
async def watches(request: Request) -> Response:
    """The oldest first, each with the answer that stands for it."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    found = await law.read(lambda assistant: assistant.watches(workspace=workspace))
    return reply(request, watches_json(found))


@router.post(
    "",
    status_code=201,
    summary="Watch a question",
    responses={201: {"model": WatchTold}, **problems(409, 410, 413, 415, 502)},
)
async def watch(request: Request, asked: WatchRequest, idempotency_key: Key = None) -> Response:
    """Ask it now and keep it. The same question, places and facts again are the same watch."""
    law: Law = request.app.state.law
    workspace, day = workspace_of(request), asked.as_of or law.now().date()

    def work(assistant: Assistant) -> str:
        made = asyncio.run(
            assistant.watch(
                asked.question,
                as_of=day,
                jurisdictions=asked.jurisdictions,
                facts=asked.facts,
                workspace=workspace,
            )
        ).watch
        # As it is kept now, with the answer that stands for it.
        kept = {one.id: one for one in assistant.watches(workspace=workspace)}
        return as_json(watch_values(kept.get(made.id, made)))

    guard = Once(request, idempotency_key, asked.model_dump_json())
    return await guard.reply(lambda: law.ask(work), status=201)


@router.post(
    "/run",
    summary="Ask the watched questions again",
    responses={200: {"model": RunTold}, **problems(404, 409, 410, 413, 415, 502)},
)
async def run(request: Request, asked: RunRequest, idempotency_key: Key = None) -> Response:
    """What changed, and because of which law. Saved answers that rest on changed law are marked."""
    law: Law = request.app.state.law
    workspace, day = workspace_of(request), asked.as_of or law.now().date()

    def work(assistant: Assistant) -> str:
        have = {one.id for one in assistant.watches(workspace=workspace)}
        if not have.issuperset(asked.ids):
            raise Problem(404, GONE)
        ran = assistant.run_watches(asked.ids, as_of=day, workspace=workspace)
        return run_json(asyncio.run(ran))

    guard = Once(request, idempotency_key, asked.model_dump_json())
    return await guard.reply(lambda: law.ask(work))


@router.delete(
    "/{watch_id}",
    status_code=204,
    summary="Stop watching a question",
    responses={204: {"description": "It is not watched any more."}, **problems(404)},
)
async def unwatch(request: Request, watch_id: WatchId) -> Response:
    """Its answers stay among the kept ones."""
    await end_watch(request, watch_id)
    return Response(status_code=204)
