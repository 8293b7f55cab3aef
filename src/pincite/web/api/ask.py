"""`POST /api/v1/ask`: a question, and the answer in the one wire format."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from pincite import Answer, Assistant, render_json
from pincite.web.law import Law

router = APIRouter(tags=["asking"])


class AskRequest(BaseModel):
    """A question in plain English, and what is known of who asks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(min_length=1, max_length=20_000)]
    jurisdictions: Annotated[list[str], Field(max_length=60)] = []
    as_of: date | None = None
    facts: Annotated[list[str], Field(max_length=50)] = []
    full: bool = False


@router.post("/ask", summary="Ask")
async def ask(request: Request, asked: AskRequest) -> Response:
    """The answer, also where it abstains; it is kept, and `X-Answer-ID` is its id."""
    law: Law = request.app.state.law
    day = asked.as_of or law.now().date()

    def work(assistant: Assistant) -> tuple[Answer, str]:
        answer = asyncio.run(
            assistant.ask(
                asked.question,
                as_of=day,
                jurisdictions=asked.jurisdictions,
                facts=asked.facts,
                full=asked.full,
            )
        )
        return answer, assistant.save(answer)

    answer, kept = await law.ask(work)
    return Response(
        render_json(answer), media_type="application/json", headers={"X-Answer-ID": kept}
    )
