"""`GET /api/v1/library`: the packs that are installed, and how current they are."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.rendering.section_wire import as_json
from pincite.web.api.replies import reply
from pincite.web.api.shape import Told, problems
from pincite.web.law import Law

router = APIRouter(tags=["law"])


class PackTold(Told):
    """A pack: the law of one jurisdiction and kind."""

    name: str
    jurisdiction: str
    kind: Literal["statute", "regulation", "internal"]
    codes: list[str]
    sections: int
    in_force: int
    current_through: str
    excerpts: bool
    titles: list[str]
    titles_missing: list[str]
    source: str
    attribution: str
    installed_at: str
    sha256: str


class LibraryTold(Told):
    """What is installed; `digest` is equal for equal law, and stands in every answer."""

    digest: str = Field(description="As in an answer's `provenance.library`.")
    packs: list[PackTold]


@router.get(
    "/library",
    summary="List the packs that are installed",
    responses={200: {"model": LibraryTold}, **problems()},
)
async def library(request: Request) -> Response:
    """Packs by name, with the titles that each holds and those of its code that it lacks."""
    law: Law = request.app.state.law
    return reply(request, await law.read(_library))


def _library(assistant: Assistant) -> str:
    packs = [
        {
            "name": pack.name,
            "jurisdiction": pack.jurisdiction,
            "kind": pack.kind.value,
            "codes": list(pack.codes),
            "sections": pack.sections,
            "in_force": pack.in_force,
            "current_through": pack.current_through,
            "excerpts": pack.excerpts,
            **assistant.gaps(pack),
            "source": pack.source,
            "attribution": pack.attribution,
            "installed_at": pack.installed_at.isoformat(),
            "sha256": pack.sha256,
        }
        for pack in assistant.packs()
    ]
    return as_json({"digest": assistant.library.digest(), "packs": packs})
