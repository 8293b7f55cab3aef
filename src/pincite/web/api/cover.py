"""`POST /api/v1/cover`: policies of the workspace held against what a section of law requires."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.assistant.covering import policies_named
from pincite.errors import UsageError
from pincite.opened import NotOpened
from pincite.rendering.covering import covering_json
from pincite.rendering.covering_wire import CoveringWire
from pincite.rendering.section_wire import section_json
from pincite.web.api import examples
from pincite.web.api.law_told import NotOpenedTold
from pincite.web.api.shape import Day, Place, Strict, Text, Words, problems
from pincite.web.law import Law
from pincite.web.problems import Problem

router = APIRouter(tags=["documents"])


class CoverRequest(Strict):
    """Which law, and which policies."""

    law: Words = Field(
        min_length=1,
        max_length=300,
        description="A section, chapter or range in any usual form, or an identifier.",
        examples=[examples.CITATION],
    )
    jurisdiction: Place | None = Field(None, description="Whose law a bare number is.")
    policies: list[Annotated[Text, Field(min_length=1, max_length=80)]] = Field(
        default_factory=list,
        max_length=20,
        description="What the policies are cited as; all that there are, where none is named.",
    )
    as_of: Day | None = Field(None, description="The day on which it must be law; today if not.")


@router.post(
    "/cover",
    summary="Hold policies against law",
    responses={200: {"model": CoveringWire | NotOpenedTold}, **problems(404, 413, 415)},
)
async def cover(request: Request, asked: CoverRequest) -> Response:
    """What they cover of what the law requires, what differs, and of what nothing was found.

    Where there is no such law, `found` is false and says why. Nothing is kept.
    """
    law: Law = request.app.state.law
    day = asked.as_of or law.now().date()

    def work(assistant: Assistant) -> str:
        try:
            policies_named(asked.policies, assistant.library)
        except UsageError as error:
            raise Problem(404, str(error)) from error
        found = assistant.cover(
            asked.law, as_of=day, policies=asked.policies, jurisdiction=asked.jurisdiction
        )
        return section_json(found) if isinstance(found, NotOpened) else covering_json(found)

    body = await law.ask(work)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})
