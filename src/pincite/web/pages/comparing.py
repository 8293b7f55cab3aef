"""One question in several jurisdictions: the matrix, as a page and as files."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from pincite.errors import PinciteError, UsageError
from pincite.web.pages.asked import Asked, asked_in, installed_places
from pincite.web.pages.comparison_view import comparison_view
from pincite.web.pages.templates import page, rendered
from pincite.web.problems import Problem, of_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pincite.assistant import Assistant
    from pincite.comparison import Comparison
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_EXAMPLE = "How soon must a business give notice of a breach of security?"
_FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@router.get("/compare")
async def compare_form(request: Request) -> Response:
    """The form, filled in with what the address says."""
    try:
        asked = asked_in(request.query_params)
    except UsageError:
        asked = Asked(question=str(request.query_params.get("question") or ""))
    return await _page(request, asked)


@router.post("/compare")
async def compare(request: Request) -> Response:
    """The matrix; with `format` a file of it."""
    form = await request.form()
    asked, kind = asked_in(form), str(form.get("format") or "")
    law: Law = request.app.state.law
    work = _comparing(law, asked)
    try:
        compared = await law.ask(work)
    except UsageError as error:
        problem = of_error(error)
        return await _page(request, asked, trouble=problem.detail, status=problem.status)
    if kind in _FILES:
        name = f"pincite-comparison.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_file(compared, kind), media_type=_FILES[kind], headers=headers)
    return await _page(request, asked, compared=compared)


@router.post("/compare/stream")
async def compare_stream(request: Request) -> Response:
    """The same with its progress: one JSON object a line."""
    asked = asked_in(await request.form())
    return StreamingResponse(
        _lines(request, asked),
        media_type="application/x-ndjson",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _comparing(
    law: Law, asked: Asked, told: Callable[[int, int, str], None] | None = None
) -> Callable[[Assistant], Comparison]:
    today = law.now().date()

    def work(assistant: Assistant) -> Comparison:
        return asyncio.run(
            assistant.compare(
                asked.question,
                asked.jurisdictions,
                as_of=asked.as_of or today,
                facts=asked.facts,
                progress=told,
            )
        )

    return work


async def _lines(request: Request, asked: Asked) -> AsyncIterator[str]:
    law: Law = request.app.state.law
    events: asyncio.Queue[tuple[int, int, str] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def told(done: int, total: int, name: str, /) -> None:
        loop.call_soon_threadsafe(events.put_nowait, (done, total, name))

    task = asyncio.ensure_future(law.ask(_comparing(law, asked, told)))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            done, total, name = event
            yield _line(kind="status", text=f"{name}: {done} of {total} compared")
        compared = task.result()
    except (PinciteError, Problem) as error:
        problem = error if isinstance(error, Problem) else of_error(error)
        yield _line(kind="problem", title=problem.title, text=problem.detail)
        return
    finally:
        task.cancel()
    html = rendered(request, "comparison.html", view=comparison_view(compared), ask=asked)
    yield _line(kind="head", html=html)
    answered = sum(column.answered for column in compared.columns)
    text = f"Compared: {answered} of {len(compared.columns)} jurisdictions have an answer."
    yield _line(kind="done", href="", text=text)


async def _page(
    request: Request,
    asked: Asked,
    *,
    compared: Comparison | None = None,
    trouble: str = "",
    status: int = 200,
) -> Response:
    law: Law = request.app.state.law

    def work(assistant: Assistant) -> tuple[Jurisdiction, ...]:
        return installed_places(assistant)

    return page(
        request,
        "compare.html",
        status=status,
        ask=asked,
        today=law.now().date().isoformat(),
        installed=await law.read(work),
        trouble=trouble,
        view=None if compared is None else comparison_view(compared),
        example=_EXAMPLE,
    )


def _file(compared: Comparison, kind: str) -> bytes:
    """Raises UsageError where the extra that writes it is not installed."""
    if kind == "json":
        from pincite.rendering.comparison_wire import comparison_json

        return comparison_json(compared).encode()
    if kind == "csv":
        from pincite.rendering.comparison_sheets import comparison_csv

        return comparison_csv(compared).encode()
    if kind == "xlsx":
        from pincite.rendering.comparison_sheets import comparison_xlsx

        return comparison_xlsx(compared)
    from pincite.rendering.comparison_docx import comparison_docx

    return comparison_docx(compared)


def _line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
