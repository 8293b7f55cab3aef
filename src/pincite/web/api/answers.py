"""`/api/v1/answers`: the answers that were kept, and whether they still hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from pincite.accounts.retention import forget
from pincite.assistant import Assistant
from pincite.assistant.browsing import KeptAnswer, answers_kept
from pincite.rendering.checked import checked_json
from pincite.rendering.section_wire import as_json
from pincite.rendering.wire import AnswerWire
from pincite.web.api import examples
from pincite.web.api.replies import from_cursor, next_link, reply, to_cursor
from pincite.web.api.shape import Strict, Told, problems
from pincite.web.api.verify import CheckTold
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.whose import noted, workspace_of

router = APIRouter(prefix="/answers", tags=["answers"])
AnswerId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=64,
        pattern=r"^[0-9a-f]+$",
        description="The start of the hash of the answer's JSON.",
        examples=["9f86d081884c7d65"],
    ),
]


class KeptTold(Told):
    """An answer that was kept: what was asked, when, and the hash of its JSON."""

    id: str
    question: str
    asked_at: str
    sha256: str
    url: str = Field(description="Where the answer is; it never changes.")


class KeptListTold(Told):
    """Answers, the newest first; `next` is the cursor of the next page, if there is one."""

    answers: list[KeptTold]
    next: str | None


class Page(Strict):
    """Which page of a list."""

    limit: int = Field(20, ge=1, le=100, description="At most so many.")
    cursor: str | None = Field(
        None, max_length=500, description="What the page before gave as `next`."
    )


@router.get(
    "",
    summary="List the answers that were kept",
    responses={
        200: {
            "model": KeptListTold,
            "content": {
                "application/json": {
                    "example": {
                        "answers": [
                            {
                                "id": "9f86d081884c7d65",
                                "question": examples.QUESTION,
                                "asked_at": "2026-11-21T10:00:00+00:00",
                                "sha256": "9f86d081884c7d65" + "0" * 48,
                                "url": "/api/v1/answers/9f86d081884c7d65",
                            }
                        ],
                        "next": None,
                    }
                }
            },
        },
        **problems(404),
    },
)
async def answers(request: Request, page: Annotated[Page, Query()]) -> Response:
    """The newest first. The Link header leads to the next page."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    after = None
    if page.cursor is not None:
        first, second = from_cursor(page.cursor, str, str)
        after = str(first), str(second)

    def work(assistant: Assistant) -> tuple[KeptAnswer, ...]:
        return answers_kept(assistant, page.limit + 1, after=after, workspace=workspace)

    found = await law.read(work)
    shown = found[: page.limit]
    more = len(found) > page.limit
    cursor = to_cursor(shown[-1].asked_at, shown[-1].id) if more else None
    rows = [
        {
            "id": one.id,
            "question": one.question,
            "asked_at": one.asked_at,
            "sha256": one.sha256,
            "url": f"/api/v1/answers/{one.id}",
        }
        for one in shown
    ]
    body = as_json({"answers": rows, "next": cursor})
    return reply(request, body, headers=next_link(request, cursor))


@router.get(
    "/{answer_id}",
    summary="Open an answer that was kept",
    responses={
        200: {
            "model": AnswerWire,
            "content": {"application/json": {"example": examples.ANSWER}},
        },
        **problems(404),
    },
)
async def answer(request: Request, answer_id: AnswerId) -> Response:
    """The answer to the byte as it was given. Its address and its content never change."""
    return reply(request, (await _body(request, answer_id)).decode())


@router.get(
    "/{answer_id}/check",
    summary="Check an answer that was kept",
    responses={200: {"model": CheckTold}, **problems(404)},
)
async def check(request: Request, answer_id: AnswerId) -> Response:
    """Every statement, quote and number held against the library as it is now.

    `holds` is false where the law that the answer cites has changed since.
    """
    law: Law = request.app.state.law
    body, workspace = await _body(request, answer_id), workspace_of(request)

    def work(assistant: Assistant) -> str:
        found = assistant.verify(body, source=f"the answer {answer_id}", workspace=workspace)
        return checked_json(found.findings, found.notes, recorded=found.recorded)

    return reply(request, await law.ask(work))


@router.delete(
    "/{answer_id}",
    status_code=204,
    summary="Delete an answer for good",
    responses={204: {"description": "It is gone."}, **problems(404)},
)
async def delete(request: Request, answer_id: AnswerId) -> Response:
    """The answer, its question and what was said of it are taken out of every file."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> None:
        if assistant.saved(answer_id, workspace=workspace) is None:
            raise _gone()
        noted(request, "delete answer", answer=answer_id)
        forget(assistant.home, workspace, [answer_id])

    await law.read(work)
    return Response(status_code=204)


async def _body(request: Request, answer_id: str) -> bytes:
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    body = await law.read(lambda assistant: assistant.saved(answer_id, workspace=workspace))
    if body is None:
        raise _gone()
    return body


def _gone() -> Problem:
    return Problem(404, "No answer is kept under this id; it may have been deleted.")
