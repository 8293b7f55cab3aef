"""`GET /api/v1/search`: the installed law by words, phrases or citation."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from pincite.assistant import Assistant, Search, named_all
from pincite.law.section import Kind, Status
from pincite.opened import Hits
from pincite.rendering.section_wire import as_json, hits_json
from pincite.web.api.law_told import HitsTold
from pincite.web.api.replies import from_cursor, next_link, reply, to_cursor
from pincite.web.api.shape import Day, Place, Strict, Text, problems
from pincite.web.law import Law
from pincite.web.problems import Problem

router = APIRouter(tags=["law"])
_DEEPEST = 1_000  # hits: nobody reads on, and each page ranks those before it again


class Searching(Strict):
    q: Text = Field(
        min_length=1,
        max_length=2_000,
        pattern=r"\S",
        description='Words, `"a phrase"` in quotation marks, or a citation.',
        examples=["service provider notice"],
    )
    within: list[Place] = Field(
        default_factory=list,
        alias="in",
        max_length=60,
        description="Whose law; may be repeated.",
        examples=[["FR"]],
    )
    kind: Literal["statute", "regulation", "internal"] | None = None
    status: Literal[
        "in_force", "repealed", "reserved", "renumbered", "expired", "omitted", "any"
    ] = "in_force"
    as_of: Day | None = Field(None, description="The day on which it must be law.")
    phrase: bool = Field(default=False, description="All the words, one after another.")
    limit: int = Field(10, ge=1, le=100, description="At most so many a page.")
    cursor: str | None = Field(
        None, max_length=500, description="What the page before gave as `next`."
    )


@router.get(
    "/search",
    summary="Search the law",
    responses={200: {"model": HitsTold}, **problems()},
)
async def search(request: Request, asked: Annotated[Searching, Query()]) -> Response:
    """The best sections first. The Link header leads to the next page."""
    law: Law = request.app.state.law
    begin = _begin(asked.cursor)
    end = min(begin + asked.limit, _DEEPEST)
    wanted = Search(
        words=asked.q,
        jurisdictions=named_all(asked.within),
        kind=None if asked.kind is None else Kind(asked.kind),
        status=None if asked.status == "any" else Status(asked.status),
        as_of=asked.as_of,
        phrase=asked.phrase,
        # One more than is shown tells whether there are more.
        limit=end + 1,
    )

    def work(assistant: Assistant) -> Hits:
        return assistant.search(wanted)

    found = await law.read(work)
    more = len(found.hits) > end and end < _DEEPEST
    cursor = to_cursor(end) if more else None
    values = json.loads(hits_json(replace(found, hits=found.hits[begin:end])))
    return reply(request, as_json(values | {"next": cursor}), headers=next_link(request, cursor))


def _begin(cursor: str | None) -> int:
    if cursor is None:
        return 0
    begin = int(from_cursor(cursor, int)[0])
    if not 0 < begin < _DEEPEST:
        raise Problem(422, "The cursor is none that this server gave; leave it out to begin anew.")
    return begin
