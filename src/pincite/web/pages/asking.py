"""Asking: a plain form that leads to the whole answer, and the same as a stream for the script."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from pincite.errors import LibraryError, PinciteError, UsageError
from pincite.rendering.wire import to_wire
from pincite.web.pages.answer_view import answer_view
from pincite.web.pages.answers import answer_page, streamed
from pincite.web.pages.asked import Asked, answered, asked_in, workspace_of
from pincite.web.pages.following import Following
from pincite.web.pages.home import home_page
from pincite.web.problems import Problem, of_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pincite.answer import Answer
    from pincite.assistant import Assistant
    from pincite.web.law import Law
    from pincite.web.pages.following import Event

router = APIRouter(include_in_schema=False)
NOT_SAVED = "This answer could not be kept, so it has no permanent address: {error}."


@router.get("/ask")
async def ask_again(request: Request) -> Response:
    """An address that somebody typed or went back to: the question box, filled in."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/", status_code=303)


@router.post("/ask")
async def ask(request: Request) -> Response:
    """Answer, keep the answer, and lead to its permanent address."""
    law: Law = request.app.state.law
    asked = await _asked(request)
    workspace, today = workspace_of(request), law.now().date()

    def work(assistant: Assistant) -> tuple[Answer, str, str]:
        answer = asyncio.run(answered(assistant, asked, today))
        return (answer, *_kept(assistant, answer, workspace))

    try:
        answer, kept, trouble = await law.ask(work)
    except UsageError as error:
        problem = of_error(error)
        return await home_page(request, asked, trouble=problem.detail, status=problem.status)
    if kept:
        return RedirectResponse(f"/a/{kept}", status_code=303)
    return await answer_page(request, to_wire(answer), warning=NOT_SAVED.format(error=trouble))


@router.post("/ask/stream")
async def ask_stream(request: Request) -> Response:
    """The same, told as it goes: one JSON object a line, `kind` and what the page puts where."""
    law: Law = request.app.state.law
    asked = await _asked(request)
    if not asked.question.strip():
        raise Problem(422, "The question is empty; ask in plain English, naming the state.")
    lines = _lines(request, law, asked)
    return StreamingResponse(
        lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
    )


async def _asked(request: Request) -> Asked:
    return asked_in(await request.form())


async def _lines(request: Request, law: Law, asked: Asked) -> AsyncIterator[str]:
    events: asyncio.Queue[Event | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    workspace, today = workspace_of(request), law.now().date()

    def tell(event: Event) -> None:
        loop.call_soon_threadsafe(events.put_nowait, event)

    def work(assistant: Assistant) -> tuple[Answer, str, str]:
        answer = asyncio.run(answered(assistant, asked, today, Following(tell)))
        return (answer, *_kept(assistant, answer, workspace))

    async def run() -> tuple[Answer, str, str]:
        try:
            return await law.ask(work)
        finally:
            await events.put(None)

    task = asyncio.create_task(run())
    while (event := await events.get()) is not None:
        yield _line(kind=event.kind, text=event.text)
    try:
        answer, kept, trouble = await task
    except (PinciteError, Problem) as error:
        problem = error if isinstance(error, Problem) else of_error(error)
        yield _line(kind="problem", title=problem.title, text=problem.detail)
        return
    wire = to_wire(answer)
    warning = NOT_SAVED.format(error=trouble) if trouble else ""
    async for kind, values in streamed(request, wire, answer_view(wire), kept, warning):
        yield _line(kind=kind, **values)


def _kept(assistant: Assistant, answer: Answer, workspace: str) -> tuple[str, str]:
    """The id of the answer now kept, or else why it is not: it is shown all the same."""
    try:
        return assistant.save(answer, workspace=workspace), ""
    except LibraryError as error:
        return "", str(error)


def _line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
