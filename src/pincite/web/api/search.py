"""`GET /api/v1/search`: the installed law by words, phrases or citation."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from pincite.assistant import Assistant, Search
from pincite.errors import UsageError
from pincite.law.section import Kind, Status
from pincite.opened import Hits
from pincite.rendering.section_wire import as_json, hits_json
from pincite.web.api.law_told import HitsTold
from pincite.web.api.replies import from_cursor, next_link, reply, to_cursor
from pincite.web.api.shape import Day, Place, Strict, Words, problems
from pincite.web.law import Law
from pincite.web.problems import Problem

router = APIRouter(tags=["law"])
_DEEPEST = 1_000  # hits: nobody reads on, and each page ranks those before it again


class Searching(Strict):
    q: Words = Field(
        min_length=1,
        max_length=2_000,
        description='Words, `"a phrase"` in quotation marks, or a citation.',
        examples=["service provider notice"],
    )
    within: list[Place] = Field(
        default_factory=list,
        alias="in",
        max_length=60,
        description="Whose law; may be repeated.",
        examples=[["us-fr"]],
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
    responses={200: {"model": HitsTold}, **problems(404)},
)
async def search(request: Request, asked: Annotated[Searching, Query()]) -> Response:
    """The best sections first. The Link header leads to the next page."""
    law: Law = request.app.state.law
    begin = _begin(asked.cursor)
    end = min(begin + asked.limit, _DEEPEST)
    wanted = Search(
        words=asked.q,
        jurisdictions=tuple(dict.fromkeys(asked.within)),
        kind=None if asked.kind is None else Kind(asked.kind),
        status=None if asked.status == "any" else Status(asked.status),
        as_of=asked.as_of,
        phrase=asked.phrase,
        # One more than is shown tells whether there are more.
        limit=end + 1,
    )

    def work(assistant: Assistant) -> tuple[Hits, str]:
        try:
            return assistant.search(wanted), ""
        except UsageError as error:  # a phrase of words like "of" alone
            return Hits(words=wanted.words, hits=(), packs=()), str(error)

    found, note = await law.read(work)
    more = len(found.hits) > end and end < _DEEPEST
    cursor = to_cursor(end) if more else None
    values = json.loads(hits_json(replace(found, hits=found.hits[begin:end])))
    return reply(
        request,
        as_json(values | {"note": note, "next": cursor}),
        headers=next_link(request, cursor),
    )


def _begin(cursor: str | None) -> int:
    if cursor is None:
        return 0
    begin = int(from_cursor(cursor, int)[0])
    if not 0 < begin < _DEEPEST:
        raise Problem(404, "There is no such page; leave the cursor out to begin anew.")
    return begin
