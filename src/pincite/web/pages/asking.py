"""Asking: a plain form that leads to the whole answer, and the same as a stream for the script."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from pincite.assistant import named_all
from pincite.assistant.covering import cover_asked
from pincite.errors import PinciteError, UsageError
from pincite.rendering.wire import AnswerWire
from pincite.web.asking import Asking, Wanted
from pincite.web.pages.answers import answer_page, streamed
from pincite.web.pages.asked import Asked, asked_in
from pincite.web.pages.documents import cover_address
from pincite.web.pages.home import home_page
from pincite.web.pages.telling import told
from pincite.web.problems import Problem, of_error
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pincite.assistant import Assistant
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_NOT_KEPT = "This answer could not be kept, so it has no permanent address."
_LOOK_SECONDS = 0.5  # how soon it is noticed that nobody listens any more


@router.get("/ask")
async def ask_again(request: Request) -> Response:
    """An address that somebody typed or went back to: the question box, filled in."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/", status_code=303)


@router.post("/ask")
async def ask(request: Request) -> Response:
    """Answer, keep the answer, and lead to its permanent address."""
    law: Law = request.app.state.law
    asked = asked_in(await request.form())
    if address := await _of_policy(law, asked):
        return RedirectResponse(address, status_code=303)
    try:
        given = await law.ask(Asking(_wanted(request, asked)))
    except UsageError as error:
        problem = of_error(error)
        return await home_page(request, asked, trouble=problem.detail, status=problem.status)
    if given.id:
        return RedirectResponse(f"/a/{given.id}", status_code=303)
    return await answer_page(request, AnswerWire.model_validate_json(given.body), warning=_NOT_KEPT)


@router.post("/ask/stream")
async def ask_stream(request: Request) -> Response:
    """The same, told as it goes: one JSON object a line, `kind` and what the page puts where."""
    asked = asked_in(await request.form())
    if not asked.question.strip():
        raise Problem(422, "The question is empty; ask in plain English, naming the state.")
    law: Law = request.app.state.law
    if address := await _of_policy(law, asked):
        return StreamingResponse(
            iter((_line(kind="elsewhere", href=address),)), media_type="application/x-ndjson"
        )
    return StreamingResponse(
        _lines(request, _wanted(request, asked)),
        media_type="application/x-ndjson",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _of_policy(law: Law, asked: Asked) -> str:
    """Where the page is that answers "does our policy cover § 5?"; empty for other questions."""

    def work(assistant: Assistant) -> str:
        try:
            found = cover_asked(asked.question, assistant.library, named_all(asked.jurisdictions))
        except UsageError:
            return ""  # it is told where the question is asked
        return "" if found is None else cover_address(found.law, found.policy, found.jurisdiction)

    return await law.read(work)


def _wanted(request: Request, asked: Asked) -> Wanted:
    law: Law = request.app.state.law
    return Wanted(
        question=asked.question,
        jurisdictions=asked.jurisdictions,
        facts=asked.facts,
        as_of=asked.as_of or law.now().date(),
        full=False,
        workspace=workspace_of(request),
    )


async def _lines(request: Request, wanted: Wanted) -> AsyncIterator[str]:
    law: Law = request.app.state.law
    events: asyncio.Queue[tuple[str, dict[str, object]]] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(name: str, values: dict[str, object]) -> None:
        loop.call_soon_threadsafe(events.put_nowait, (name, values))

    asking = Asking(wanted, tell)
    task = asyncio.ensure_future(law.ask(asking))
    # An event without a name says that there will be no more.
    task.add_done_callback(lambda _: events.put_nowait(("", {})))
    try:
        async for name, values in _heard(request, events):
            for kind, text in told(name, values):
                yield _line(kind=kind, text=text)
        if task.done():
            given = task.result()
            wire = AnswerWire.model_validate_json(given.body)
            warning = "" if given.id else _NOT_KEPT
            async for kind, pieces in streamed(request, wire, given.body, given.id, warning):
                yield _line(kind=kind, **pieces)
    except (PinciteError, Problem) as error:
        problem = error if isinstance(error, Problem) else of_error(error)
        yield _line(kind="problem", title=problem.title, text=problem.detail)
    finally:
        asking.give_up()
        task.cancel()


async def _heard(
    request: Request, events: asyncio.Queue[tuple[str, dict[str, object]]]
) -> AsyncIterator[tuple[str, dict[str, object]]]:
    """What is told until the end, or until nobody listens."""
    while True:
        try:
            event = await asyncio.wait_for(events.get(), _LOOK_SECONDS)
        except TimeoutError:
            if await request.is_disconnected():
                return
            continue
        if not event[0]:
            return
        yield event


def _line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
