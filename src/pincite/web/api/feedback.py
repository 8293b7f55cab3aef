"""`/api/v1/answers/{id}/feedback`: what people say of a statement: right, wrong, or missing."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from pincite.accounts.feedback import Feedback, FeedbackBox, Verdict
from pincite.accounts.store import KEPT, Store
from pincite.assistant import Assistant
from pincite.rendering.section_wire import as_json
from pincite.web.api.once import Key, Once
from pincite.web.api.replies import reply
from pincite.web.api.shape import Strict, Text, Told, problems
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.whose import name_of, noted, workspace_of

router = APIRouter(prefix="/answers/{answer_id}/feedback", tags=["answers"])
AnswerId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


class FeedbackGiven(Strict):
    """What is said. `place` is where the statement stands; empty where something is missing."""

    verdict: Verdict
    place: Annotated[Text, Field(max_length=80)] = Field(
        "", examples=["summary[0]", "blocks[1].statements[0]"]
    )
    note: Annotated[Text, Field(max_length=4_000)] = ""


class FeedbackTold(Told):
    """What was said, and when."""

    id: str
    verdict: Verdict
    place: str
    statement: str
    note: str
    said_by: str
    said_at: str


class FeedbackList(Told):
    feedback: list[FeedbackTold]


@router.post(
    "",
    status_code=201,
    summary="Say that a statement is right or wrong, or that something is missing",
    responses={201: {"model": FeedbackTold}, **problems(404, 409, 410, 413, 415)},
)
async def say(
    request: Request, answer_id: AnswerId, said: FeedbackGiven, idempotency_key: Key = None
) -> Response:
    """It is kept in the workspace, and exported as a draft of an evaluation question."""
    law: Law = request.app.state.law
    workspace, who = workspace_of(request), name_of(request)

    def work(assistant: Assistant) -> str:
        answer = _answer(assistant, answer_id, workspace)
        noted(request, "feedback", answer=answer_id, verdict=said.verdict.value)
        with Store(assistant.home, KEPT) as store:
            kept = FeedbackBox(store, workspace).add(
                answer,
                answer_id,
                place=said.place,
                verdict=said.verdict,
                note=said.note,
                said_by=who,
                now=law.now(),
            )
        return as_json(_told(kept))

    guard = Once(request, idempotency_key, said.model_dump_json())
    return await guard.reply(lambda: law.read(work), status=201)


@router.get(
    "",
    summary="What was said of an answer",
    responses={200: {"model": FeedbackList}, **problems(404)},
)
async def heard(request: Request, answer_id: AnswerId) -> Response:
    """The oldest first."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> str:
        _answer(assistant, answer_id, workspace)
        with Store(assistant.home, KEPT) as store:
            found = FeedbackBox(store, workspace).all(answer_id)
        return as_json({"feedback": [_told(one) for one in found]})

    return reply(request, await law.read(work))


def _answer(assistant: Assistant, answer_id: str, workspace: str) -> dict[str, Any]:
    body = assistant.saved(answer_id, workspace=workspace)
    if body is None:
        raise Problem(404, "No answer is kept under this id; it may have been deleted.")
    found: dict[str, Any] = json.loads(body)
    return found


def _told(said: Feedback) -> dict[str, object]:
    return {
        "id": said.id,
        "verdict": said.verdict.value,
        "place": said.place,
        "statement": said.statement,
        "note": said.note,
        "said_by": said.said_by,
        "said_at": said.said_at.isoformat(timespec="seconds"),
    }
