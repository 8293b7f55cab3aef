"""Ending a watch, from the pages and from the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.web.problems import Problem
from pincite.web.whose import noted, workspace_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from pincite.assistant import Assistant
    from pincite.web.law import Law

GONE = "There is no such watch; it may have been removed."


async def unwatch(request: Request, watch_id: str) -> None:
    """Write it down and watch no more. Raises Problem where there is no such watch."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> None:
        if watch_id not in {one.id for one in assistant.watches(workspace=workspace)}:
            raise Problem(404, GONE)
        noted(request, "remove watch", watch=watch_id)
        assistant.unwatch(watch_id, workspace=workspace)

    await law.read(work)
