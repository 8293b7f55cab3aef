"""`POST /api/v1/verify`: a saved answer held against the library."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.rendering.checked import checked_json
from pincite.rendering.wire import AnswerWire
from pincite.web.api import examples
from pincite.web.api.once import Key, Once
from pincite.web.api.shape import Moment, Told, problems
from pincite.web.law import Law
from pincite.web.whose import workspace_of

router = APIRouter(tags=["answers"])


class CheckFaultTold(Told):
    """What does not hold, and where in the answer."""

    place: str = Field(description="`blocks[1].statements[0]`, `sources[2]`.")
    text: str
    kind: str
    detail: str


class CheckTold(Told):
    """What checking an answer found."""

    holds: bool
    checked: int = Field(description="How many places were checked.")
    recorded: bool = Field(description="Whether the very same answer is kept by this server.")
    notes: list[str]
    faults: list[CheckFaultTold]


class AnswerGiven(AnswerWire):
    """An answer of Pincite, as `/ask` gave it."""

    as_of: Annotated[str, Field(json_schema_extra={"format": "date"})]
    asked_at: Moment


@router.post(
    "/verify",
    summary="Check a saved answer",
    responses={
        200: {
            "model": CheckTold,
            "content": {
                "application/json": {
                    "example": {
                        "holds": False,
                        "checked": 3,
                        "recorded": False,
                        "notes": [],
                        "faults": [
                            {
                                "place": "sources[0]",
                                "text": examples.CITATION,
                                "kind": "not_verbatim",
                                "detail": "the text has another hash",
                            }
                        ],
                    }
                }
            },
        },
        **problems(409, 410, 413, 415),
    },
)
async def verify(
    request: Request,
    answer: Annotated[  # noqa: ARG001  (for the description; what is checked are the bytes)
        AnswerGiven, Body(examples=[examples.ANSWER])
    ],
    idempotency_key: Key = None,
) -> Response:
    """Every statement, quote, number and source of an answer, against the law as it is here.

    The body is the answer as `/ask` gave it, to the byte or written anew.
    """
    law: Law = request.app.state.law
    data, workspace = await request.body(), workspace_of(request)

    def work(assistant: Assistant) -> str:
        found = assistant.verify(data, source="the body", workspace=workspace)
        return checked_json(found.findings, found.notes, recorded=found.recorded)

    guard = Once(request, idempotency_key, hashlib.sha256(data).hexdigest())
    return await guard.reply(lambda: law.ask(work))
