"""`POST /api/v1/ask`: a question, and the answer in the one wire format, whole or as it is made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Request, Response
from fastapi.sse import format_sse_event
from pydantic import Field
from starlette.responses import StreamingResponse

from pincite.errors import PinciteError
from pincite.rendering.wire import AnswerWire
from pincite.web.api import examples
from pincite.web.api.once import Key, Once
from pincite.web.api.shape import Day, Place, Strict, Text, Words, problems
from pincite.web.asking import Asking, Given, Wanted
from pincite.web.law import Law
from pincite.web.problems import Problem, problem_of, values_of
from pincite.web.whose import workspace_of

Events: TypeAlias = asyncio.Queue[tuple[str, dict[str, object]]]

router = APIRouter(tags=["asking"])
EVENTS = "text/event-stream"
_HEARTBEAT_SECONDS = 15.0
_LOOK_SECONDS = 0.5  # how soon it is noticed that nobody listens any more

_RESPONSES = {
    200: {
        "model": AnswerWire,
        "description": (
            "The answer, also where it abstains. With `Accept: text/event-stream` the events "
            "`stage`, `statement` (each as it is verified), and at the end `answer` or `problem`."
        ),
        "headers": {
            "X-Answer-ID": {
                "description": "Under which the answer is kept.",
                "schema": {"type": "string"},
            }
        },
        "content": {
            "application/json": {"example": examples.ANSWER},
            EVENTS: {"schema": {"type": "string"}, "example": examples.STREAM},
        },
    },
    **problems(409, 410, 413, 415, 502),
}


class AskRequest(Strict):
    """A question in plain English, and what is known of who asks."""

    question: Annotated[
        Words,
        Field(
            min_length=1,
            max_length=20_000,
            description="In plain English, naming the state.",
        ),
    ]
    jurisdictions: list[Place] = Field(
        default_factory=list,
        max_length=60,
        description="Whose law, where the question does not say: `us-mo`, `MO`, `Missouri`.",
    )
    as_of: Day | None = Field(None, description="The day on which it must be law; today if not.")
    facts: list[Annotated[Text, Field(max_length=500)]] = Field(
        default_factory=list, max_length=50, description="About who asks: `we are an insurer`."
    )
    full: bool = Field(default=False, description="Show more of what was found.")


@router.post(
    "/ask",
    summary="Ask a question",
    responses=_RESPONSES,
    openapi_extra={
        "requestBody": {"content": {"application/json": {"examples": examples.QUESTIONS}}}
    },
)
async def ask(request: Request, asked: AskRequest, idempotency_key: Key = None) -> Response:
    """Answer from the installed law; packs that it needs are installed first.

    The answer is kept: `/api/v1/answers/{id}` has it. A repeated `Idempotency-Key` gives the same
    answer again.
    """
    law: Law = request.app.state.law
    wanted = Wanted(
        question=asked.question,
        jurisdictions=tuple(asked.jurisdictions),
        facts=tuple(asked.facts),
        as_of=asked.as_of or law.now().date(),
        full=asked.full,
        workspace=workspace_of(request),
    )
    guard = Once(request, idempotency_key, asked.model_dump_json())
    before = await guard.begin()
    again = None if before is None else await _again(law, before, wanted.workspace)
    if EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(
            _events(request, wanted, guard, again),
            media_type=EVENTS,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    if again is not None:
        return _response(again)
    made = None
    try:
        asking = Asking(wanted)
        given = await _heard(request, asking, asyncio.ensure_future(law.ask(asking)))
        made = given.id
    finally:
        await guard.end(made)
    return _response(given)


async def _again(law: Law, answer_id: str, workspace: str) -> Given:
    body = await law.read(lambda assistant: assistant.saved(answer_id, workspace=workspace))
    if body is None:
        raise Problem(410, "The answer to this request was given, and has been deleted since.")
    return Given(body.decode(), answer_id)


def _response(given: Given) -> Response:
    headers = {"Cache-Control": "no-store"}
    if given.id:
        headers |= {"X-Answer-ID": given.id, "Content-Location": f"/api/v1/answers/{given.id}"}
    return Response(given.body, media_type="application/json", headers=headers)


async def _heard(request: Request, asking: Asking, task: asyncio.Future[Given]) -> Given:
    """What the task gives; it is given up where the caller has gone."""
    try:
        while not (await asyncio.wait({task}, timeout=_LOOK_SECONDS))[0]:
            if await request.is_disconnected():
                raise Problem(503, "The question was given up.")
        return task.result()
    finally:
        asking.give_up()
        task.cancel()


async def _events(
    request: Request, wanted: Wanted, guard: Once, again: Given | None
) -> AsyncIterator[bytes]:
    if again is not None:
        yield _event("answer", again.body, again.id)
        return
    law: Law = request.app.state.law
    queue: Events = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(name: str, values: dict[str, object]) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, (name, values))

    asking = Asking(wanted, tell)
    task = asyncio.ensure_future(law.ask(asking))
    # Whoever waits below is told by an event without a name that there will be no more.
    task.add_done_callback(lambda _: queue.put_nowait(("", {})))
    made = None
    try:
        yield format_sse_event(comment="pincite")
        async for piece in _told(request, queue):
            yield piece
        if task.done():
            given = task.result()
            made = given.id
            yield _event("answer", given.body, given.id)
    except (PinciteError, Problem) as error:
        yield _event("problem", json.dumps(values_of(request, problem_of(request, error))))
    finally:
        asking.give_up()
        task.cancel()
        await guard.end(made)


async def _told(request: Request, queue: Events) -> AsyncIterator[bytes]:
    """What is told until the end, or until nobody listens; a comment where all is still."""
    still = 0.0
    while True:
        try:
            name, values = await asyncio.wait_for(queue.get(), _LOOK_SECONDS)
        except TimeoutError:
            still += _LOOK_SECONDS
            if await request.is_disconnected():
                return
            if still >= _HEARTBEAT_SECONDS:
                still = 0.0
                yield format_sse_event(comment="still at it")
            continue
        if not name:
            return
        still = 0.0
        yield _event(name, json.dumps(values))


def _event(name: str, data: str, event_id: str = "") -> bytes:
    """One event; its JSON is put on one line, so that the end of the line is its end."""
    text = json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"))
    return format_sse_event(event=name, data_str=text, id=event_id or None)
