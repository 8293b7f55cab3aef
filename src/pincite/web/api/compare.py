"""`POST /api/v1/compare`: one question in several jurisdictions, their core facts side by side."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.rendering.comparison_wire import ComparisonWire, comparison_json
from pincite.web.api.shape import Day, Place, Strict, Text, Words, problems
from pincite.web.law import Law

router = APIRouter(tags=["asking"])


class CompareRequest(Strict):
    """One question, asked of several jurisdictions."""

    question: Annotated[
        Words,
        Field(
            min_length=1,
            max_length=20_000,
            examples=["How soon must a business give notice of a breach of security?"],
        ),
    ]
    jurisdictions: list[Place] = Field(
        min_length=2,
        max_length=60,
        description="Two or more.",
        json_schema_extra={"uniqueItems": True},
        examples=[["us-mo", "us-nm", "us-ma"]],
    )
    as_of: Day | None = Field(None, description="The day on which it must be law; today if not.")
    facts: list[Annotated[Text, Field(max_length=500)]] = Field(default_factory=list, max_length=50)


@router.post(
    "/compare",
    summary="Compare jurisdictions",
    responses={200: {"model": ComparisonWire}, **problems(413, 415, 502)},
)
async def compare(request: Request, asked: CompareRequest) -> Response:
    """Rows of core facts over columns of jurisdictions; each cell has its own pinpoint, or none."""
    law: Law = request.app.state.law
    day = asked.as_of or law.now().date()

    def work(assistant: Assistant) -> str:
        return comparison_json(
            asyncio.run(
                assistant.compare(asked.question, asked.jurisdictions, as_of=day, facts=asked.facts)
            )
        )

    body = await law.ask(work)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})
