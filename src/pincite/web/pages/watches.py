"""Watches: questions that are asked again, and what became of the law that they rest on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pincite.errors import UsageError
from pincite.law.jurisdiction import ALL
from pincite.web.pages.asked import Asked, asked_in, installed_places
from pincite.web.pages.templates import page
from pincite.web.pages.watch_view import LawChangeView, WatchedView, law_change, watched_view
from pincite.web.problems import of_error
from pincite.web.unwatching import unwatch as end_watch
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from pincite.assistant import Assistant
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.watching import Watch, Watched, WatchRun
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)


@router.get("/watches")
async def watches(request: Request) -> Response:
    try:
        asked = asked_in(request.query_params)
    except UsageError:
        asked = Asked(question=str(request.query_params.get("question") or ""))
    return await _page(request, asked)


@router.post("/watches")
async def watch(request: Request) -> Response:
    """Ask now, keep the answer, and ask again whenever the watches are run."""
    law: Law = request.app.state.law
    asked = asked_in(await request.form())
    workspace, day = workspace_of(request), asked.as_of or law.now().date()

    def work(assistant: Assistant) -> Watched:
        return asyncio.run(
            assistant.watch(
                asked.question,
                as_of=day,
                jurisdictions=asked.jurisdictions,
                facts=asked.facts,
                workspace=workspace,
            )
        )

    try:
        await law.ask(work)
    except UsageError as error:
        problem = of_error(error)
        return await _page(request, asked, trouble=problem.detail, status=problem.status)
    return RedirectResponse("/watches", status_code=303)


@router.post("/watches/run")
async def run(request: Request) -> Response:
    """Ask all of them again, and show what is not as it was."""
    law: Law = request.app.state.law
    workspace, day = workspace_of(request), law.now().date()

    def work(assistant: Assistant) -> WatchRun:
        return asyncio.run(assistant.run_watches(as_of=day, workspace=workspace))

    return await _page(request, Asked(), ran=await law.ask(work))


@router.post("/watches/{watch_id}/remove")
async def remove(request: Request, watch_id: str) -> Response:
    await end_watch(request, watch_id)
    return RedirectResponse("/watches", status_code=303)


async def _page(
    request: Request,
    asked: Asked,
    *,
    trouble: str = "",
    status: int = 200,
    ran: WatchRun | None = None,
) -> Response:
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> tuple[tuple[Watch, ...], tuple[Jurisdiction, ...]]:
        return assistant.watches(workspace=workspace), installed_places(assistant)

    kept, installed = await law.read(work)
    return page(
        request,
        "watches.html",
        status=status,
        watches=kept,
        names={place.id: place.name for place in ALL},
        results=_results(ran),
        marked=_marked(ran),
        ran=ran,
        ask=asked,
        installed=installed,
        today=law.now().date().isoformat(),
        trouble=trouble,
    )


def _results(ran: WatchRun | None) -> dict[str, WatchedView]:
    return {} if ran is None else {one.watch.id: watched_view(one) for one in ran.results}


def _marked(ran: WatchRun | None) -> tuple[tuple[str, str, tuple[LawChangeView, ...]], ...]:
    if ran is None:
        return ()
    return tuple(
        (one.answer, one.question, tuple(law_change(change) for change in one.changes))
        for one in ran.marked
    )
