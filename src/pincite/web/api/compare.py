"""`POST /api/v1/compare`: one question in several jurisdictions, their core facts side by side."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from pincite.accounts.retention import forget_comparisons
from pincite.assistant import Assistant
from pincite.rendering.comparison_wire import ComparisonWire, comparison_json
from pincite.web.api.once import Key, Once
from pincite.web.api.replies import reply
from pincite.web.api.shape import Day, Place, Strict, Text, Words, problems
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.whose import noted, workspace_of

router = APIRouter(tags=["asking"])
ComparisonId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_NONE = "No comparison is kept under this id; it may have been deleted."


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
    responses={
        200: {
            "model": ComparisonWire,
            "headers": {
                "X-Comparison-ID": {
                    "description": "Under which the comparison is kept.",
                    "schema": {"type": "string"},
                }
            },
        },
        **problems(409, 410, 413, 415, 502),
    },
)
async def compare(request: Request, asked: CompareRequest, idempotency_key: Key = None) -> Response:
    """Rows of core facts over columns of jurisdictions; each cell has its own pinpoint, or none.

    The comparison is kept: `/api/v1/comparisons/{id}` has it.
    """
    law: Law = request.app.state.law
    day = asked.as_of or law.now().date()

    workspace = workspace_of(request)

    def work(assistant: Assistant) -> tuple[str, str]:
        compared = asyncio.run(
            assistant.compare(asked.question, asked.jurisdictions, as_of=day, facts=asked.facts)
        )
        kept = assistant.save_comparison(compared, workspace=workspace)
        return comparison_json(compared), kept

    guard = Once(request, idempotency_key, asked.model_dump_json())
    before = await guard.begin()
    if before is not None:
        again = await law.read(lambda one: one.saved_comparison(before, workspace=workspace))
        if again is None:
            raise Problem(410, "This comparison was made, and has been deleted since.")
        return _response(again.decode(), before)
    made = None
    try:
        body, made = await law.ask(work)
    finally:
        await guard.end(made)
    return _response(body, made)


@router.get(
    "/comparisons/{comparison_id}",
    summary="Fetch a comparison",
    responses={200: {"model": ComparisonWire}, **problems(404)},
)
async def kept(request: Request, comparison_id: ComparisonId) -> Response:
    """To the byte as it was given: its address and its content never change."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    body = await law.read(lambda one: one.saved_comparison(comparison_id, workspace=workspace))
    if body is None:
        raise Problem(404, _NONE)
    return reply(request, body.decode())


@router.delete(
    "/comparisons/{comparison_id}",
    status_code=204,
    summary="Delete a comparison for good",
    responses={204: {"description": "It is gone."}, **problems(404)},
)
async def delete(request: Request, comparison_id: ComparisonId) -> Response:
    """The comparison and its question, from every file."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> None:
        if assistant.saved_comparison(comparison_id, workspace=workspace) is None:
            raise Problem(404, _NONE)
        noted(request, "delete comparison", comparison=comparison_id)
        forget_comparisons(assistant.home, workspace, [comparison_id])

    await law.read(work)
    return Response(status_code=204)


def _response(body: str, kept: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "X-Comparison-ID": kept,
        "Content-Location": f"/api/v1/comparisons/{kept}",
    }
    return Response(body, media_type="application/json", headers=headers)
