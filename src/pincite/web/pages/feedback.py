"""What a reader says of a statement: right, wrong, or what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pincite.accounts.feedback import FeedbackBox, Verdict
from pincite.accounts.store import KEPT, Store
from pincite.errors import UsageError
from pincite.web.problems import Problem
from pincite.web.whose import name_of, noted, workspace_of

if TYPE_CHECKING:
    from pincite.assistant import Assistant
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)


@router.post("/a/{answer_id}/feedback")
async def say(request: Request, answer_id: str) -> Response:
    """Keep it, and go back to the answer."""
    law: Law = request.app.state.law
    form = await request.form()
    workspace, who = workspace_of(request), name_of(request)
    try:
        verdict = Verdict(str(form.get("verdict") or ""))
    except ValueError:
        known = ", ".join(one.value for one in Verdict)
        raise UsageError(f"say which it is: {known}") from None
    place, note = str(form.get("place") or ""), str(form.get("note") or "")

    def work(assistant: Assistant) -> None:
        body = assistant.saved(answer_id, workspace=workspace)
        if body is None:
            raise Problem(404, "No answer is kept at this address; it may have been deleted.")
        noted(request, "feedback", answer=answer_id, verdict=verdict.value)
        with Store(assistant.home, KEPT) as store:
            FeedbackBox(store, workspace).add(
                json.loads(body),
                answer_id,
                place=place,
                verdict=verdict,
                note=note,
                said_by=who,
                now=law.now(),
            )

    await law.read(work)
    return RedirectResponse(f"/a/{answer_id}?said={verdict.value}#feedback", status_code=303)
