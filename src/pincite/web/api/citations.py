"""`POST /api/v1/citations/resolve`: the citations in a text, and what each leads to."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from pincite.assistant import Assistant
from pincite.assistant.citing import CitationResolved, resolve_in
from pincite.rendering.section_wire import as_json
from pincite.web.api import examples
from pincite.web.api.shape import AnyText, Day, Place, Strict, Told, problems
from pincite.web.law import Law

router = APIRouter(tags=["law"])


class ResolveRequest(Strict):
    """A text with citations in it."""

    text: Annotated[
        AnyText,
        Field(
            min_length=1,
            max_length=100_000,
            examples=[f"See {examples.CITATION}, and 15 U.S.C. § 6801(b)."],
        ),
    ]
    jurisdiction: Place | None = Field(
        None, description="The one that the text speaks of: it gives `section 407.1500` a meaning."
    )
    as_of: Day | None = Field(None, description="The day on which it must be law.")


class ResolvedTold(Told):
    """A citation: `text[start:end]`, in Unicode code points of the request's text."""

    start: int
    end: int
    text: str
    id: str = Field(description="The identifier, with the pinpoint.")
    citation: str
    local_citation: str
    jurisdiction: str
    outcome: Literal[
        "found",
        "code_not_installed",
        "no_such_section",
        "no_such_subdivision",
        "doubtful_subdivision",
        "repealed",
        "renumbered",
        "not_in_force",
    ]
    message: str = Field(description="One sentence on it; empty where it was found.")
    sections: list[str] = Field(description="The identifiers of the sections that it leads to.")


class ResolvedListTold(Told):
    citations: list[ResolvedTold]


@router.post(
    "/citations/resolve",
    summary="Find the citations in a text",
    responses={
        200: {
            "model": ResolvedListTold,
            "content": {
                "application/json": {
                    "example": {
                        "citations": [
                            {
                                "start": 4,
                                "end": 27,
                                "text": examples.CITATION,
                                "id": examples.SECTION,
                                "citation": examples.CITATION,
                                "local_citation": "FS 12-4-104",
                                "jurisdiction": "us-fr",
                                "outcome": "found",
                                "message": "",
                                "sections": [examples.SECTION],
                            }
                        ]
                    }
                }
            },
        },
        **problems(413, 415),
    },
)
async def resolve(request: Request, asked: ResolveRequest) -> Response:
    """Each citation in order, in official and local form, and whether such law is here."""
    law: Law = request.app.state.law

    def work(assistant: Assistant) -> tuple[CitationResolved, ...]:
        return resolve_in(assistant, asked.text, jurisdiction=asked.jurisdiction, as_of=asked.as_of)

    found = await law.ask(work)
    rows = [
        {
            "start": one.start,
            "end": one.end,
            "text": asked.text[one.start : one.end],
            "id": one.id,
            "citation": one.official,
            "local_citation": one.local,
            "jurisdiction": one.jurisdiction,
            "outcome": one.outcome,
            "message": one.message,
            "sections": list(one.sections),
        }
        for one in found
    ]
    return Response(as_json({"citations": rows}), media_type="application/json")
