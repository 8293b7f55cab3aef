"""`/api/v1/read` and `/api/v1/sections/...`: the law at a citation or an identifier."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.assistant.browsing import document_contents
from pincite.law.identifiers import escape
from pincite.opened import Contents, NotOpened, Opened
from pincite.rendering.section_wire import section_json
from pincite.web.api import examples
from pincite.web.api.law_told import ContentsTold, NotOpenedTold, OpenedTold
from pincite.web.api.replies import reply
from pincite.web.api.shape import Day, Place, Strict, Words, problems
from pincite.web.law import Law
from pincite.web.problems import Problem

router = APIRouter(tags=["law"])
_SECTIONS = "/api/v1/sections/"
_VERSION = re.compile(r"(?:@|%40)(\d{4}-\d{2}-\d{2})$", re.IGNORECASE | re.ASCII)
_MODEL = OpenedTold | ContentsTold | NotOpenedTold


class Reading(Strict):
    cite: Words = Field(
        min_length=1,
        max_length=300,
        description="A citation in any usual form, or an identifier.",
        examples=[examples.CITATION, examples.SECTION],
    )
    within: Place | None = Field(
        None, alias="in", description="Whose law a bare number is.", examples=["us-fr"]
    )
    as_of: Day | None = Field(None, description="The version that was law on that day.")


class OnDay(Strict):
    as_of: Day | None = Field(None, description="The version that was law on that day.")


@router.get(
    "/read",
    summary="Open the law at a citation",
    responses={200: {"model": _MODEL}, **problems()},
)
async def read(request: Request, asked: Annotated[Reading, Query()]) -> Response:
    """A section, a chapter's sections, or with `found` false the reason why there is neither."""
    law: Law = request.app.state.law

    def work(assistant: Assistant) -> str:
        return section_json(
            assistant.open(asked.cite, jurisdiction=asked.within, as_of=asked.as_of)
        )

    return reply(request, await law.read(work))


@router.get(
    "/sections/{identifier:path}",
    summary="Open the law at an identifier",
    responses={200: {"model": _MODEL}, **problems(404)},
)
async def section(request: Request, identifier: str, on: Annotated[OnDay, Query()]) -> Response:
    """`/api/v1/sections/us-mo/rsmo/s407.1500/2/1` is `/us-mo/rsmo/s407.1500/2/1`.

    A subdivision and a version (`@2026-01-01`) may stand at its end. 404 where there is no such
    section; one that is repealed is shown, with `found` false.
    """
    law: Law = request.app.state.law
    wanted = _identifier(request, identifier)

    def work(assistant: Assistant) -> tuple[Opened | Contents | NotOpened, str]:
        chapter = document_contents(assistant, wanted)
        found = chapter or assistant.open(wanted, as_of=on.as_of)
        return found, section_json(found)

    found, body = await law.read(work)
    if isinstance(found, NotOpened) and found.opened is None:
        raise Problem(404, " ".join(filter(None, (found.message, found.advice))))
    return reply(request, body)


def _identifier(request: Request, decoded: str) -> str:
    """The identifier that stands in the path: escaped as identifiers are, whoever sent it."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
    _, found, path = raw.partition(_SECTIONS)
    path = path if found else decoded
    version = _VERSION.search(path)
    if version is not None:
        path = path[: version.start()]
    segments = [escape(unquote(one, errors="replace")) for one in path.strip("/").split("/")]
    return "/" + "/".join(segments) + (f"@{version[1]}" if version is not None else "")
