"""Answers under their permanent addresses: as they were given, and whether they still hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from pincite.rendering.wire import AnswerWire
from pincite.web.pages.answer_view import FAULTS, answer_view
from pincite.web.pages.asked import choices_of, following, installed_places
from pincite.web.pages.files import FILES, file_of
from pincite.web.pages.opening import Wanted, opened_view
from pincite.web.pages.templates import page, rendered
from pincite.web.problems import Problem
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from pincite.assistant import Assistant, SavedCheck
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.rendering.wire import SourceWire
    from pincite.web.law import Law
    from pincite.web.pages.asked import Asked
    from pincite.web.pages.section_view import SectionView

router = APIRouter(include_in_schema=False)
_NAMES = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown", "json": "JSON"}
_CHANGED = "Law that this answer cites has changed since it was given."
_GONE = "No answer is kept at this address; it may have been deleted, or be another workspace’s."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A saved answer: `sha256` is of `body`, the JSON that was kept."""

    id: str
    body: bytes
    sha256: str
    question: str

    @classmethod
    def of(cls, answer_id: str, body: bytes, question: str) -> Kept:
        return cls(
            id=answer_id,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            question=question,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the forms on an answer's page start with."""

    ask: Asked
    choices: tuple[tuple[str, str], ...]
    installed: tuple[Jurisdiction, ...]
    today: str


@router.get("/a/{answer_id}.json")
async def as_json(request: Request, answer_id: str) -> Response:
    """The answer to the byte as it was kept."""
    body = await _body(request, answer_id)
    return Response(body, media_type="application/json", headers=_file(answer_id, "json"))


@router.get("/a/{answer_id}.{suffix}")
async def as_file(request: Request, answer_id: str, suffix: str) -> Response:
    """The answer as a document; a warning stands on it where its law has changed since."""
    if suffix not in FILES:
        raise Problem(404, f"There is no such form of an answer; there are {', '.join(FILES)}.")
    law: Law = request.app.state.law
    body = await _body(request, answer_id)

    def work(assistant: Assistant) -> bytes:
        answer = assistant.read_saved(body, source=answer_id)
        changed = changed_since(assistant, AnswerWire.model_validate_json(body).sources)
        return file_of(answer, suffix, warning=_CHANGED if changed else "")

    data = await law.ask(work)
    return Response(data, media_type=FILES[suffix], headers=_file(answer_id, suffix))


@router.get("/a/{answer_id}/check")
async def check(request: Request, answer_id: str) -> Response:
    """Every statement, quote and number of the answer, held against the library as it is now."""
    law: Law = request.app.state.law
    body = await _body(request, answer_id)
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> SavedCheck:
        return assistant.verify(body, source=answer_id, workspace=workspace)

    found = await law.ask(work)
    wire = AnswerWire.model_validate_json(body)
    return page(
        request,
        "check.html",
        check=found,
        saved=Kept.of(answer_id, body, wire.question),
        faults=FAULTS,
    )


@router.get("/a/{answer_id}")
async def answer(request: Request, answer_id: str) -> Response:
    """The saved answer; with `?law=...` a section of law is open beside it."""
    body = await _body(request, answer_id)
    wire = AnswerWire.model_validate_json(body)
    return await answer_page(request, wire, saved=Kept.of(answer_id, body, wire.question))


async def answer_page(
    request: Request, wire: AnswerWire, *, saved: Kept | None = None, warning: str = ""
) -> Response:
    law: Law = request.app.state.law
    wanted = Wanted.beside(request.query_params)

    def work(assistant: Assistant) -> tuple[dict[str, str], Around, SectionView | None]:
        opened = opened_view(assistant, wanted) if wanted is not None else None
        return changed_since(assistant, wire.sources), _around(assistant, law, wire), opened

    changed, around, opened = await law.read(work)
    view = answer_view(wire, changed)
    return page(
        request,
        "answer.html",
        view=view,
        saved=saved,
        links=_links(saved),
        warning=warning,
        said="said" in request.query_params,
        opened=opened,
        around=around,
    )


def changed_since(assistant: Assistant, sources: list[SourceWire]) -> dict[str, str]:
    """How the law of each source stands now, for those where it differs from what was cited."""
    found: dict[str, str] = {}
    for source in sources:
        now = assistant.section(source.id)
        if now is None:
            found[source.id] = "The section is no longer in the library."
        elif now.text_sha256 != source.text_sha256:
            through = f", current through {now.current_through}" if now.current_through else ""
            found[source.id] = f"The library has another text of it now{through}."
        elif now.status.value != source.status:
            found[source.id] = f"Its status is now: {now.status.value.replace('_', ' ')}."
    return found


async def streamed(
    request: Request, wire: AnswerWire, body: str, kept: str, warning: str
) -> AsyncIterator[tuple[str, Mapping[str, object]]]:
    """The answer in the order in which it is read, in pieces of the page at its address."""
    law: Law = request.app.state.law
    view = answer_view(wire)
    saved = Kept.of(kept, body.encode(), wire.question) if kept else None
    around = await law.read(lambda assistant: _around(assistant, law, wire))
    values = {
        "view": view,
        "saved": saved,
        "links": _links(saved),
        "warning": warning,
        "around": around,
        "said": False,
    }

    def piece(name: str, **more: object) -> str:
        return rendered(request, "pieces.html", piece=name, **values, **more)

    yield "head", {"html": piece("head")}
    if view.summary:
        yield "part", {"html": piece("summary-open")}
        for one in view.summary:
            yield "statement", {"part": "summary", "html": piece("statement", one=one)}
    for block in view.blocks:
        yield "part", {"html": piece("block-open", block=block)}
        for one in block.statements:
            yield "statement", {"part": block.anchor, "html": piece("statement", one=one)}
    yield "rest", {"html": piece("rest"), "rail": piece("rail")}
    count = sum(len(block.statements) for block in view.blocks) + len(view.summary)
    told = (
        f"No answer. {wire.reason or ''}"
        if wire.abstained
        else f"The answer is complete: {count} statements from {len(wire.sources)} sections."
    )
    yield "done", {"href": f"/a/{kept}" if kept else "", "text": told}


def _around(assistant: Assistant, law: Law, wire: AnswerWire) -> Around:
    ask = following(wire)
    return Around(
        ask=ask,
        choices=choices_of(wire),
        installed=installed_places(assistant, ask.jurisdictions),
        today=law.now().date().isoformat(),
    )


def _links(saved: Kept | None) -> tuple[tuple[str, str], ...]:
    if saved is None:
        return ()
    return tuple((f"/a/{saved.id}.{suffix}", name) for suffix, name in _NAMES.items())


async def _body(request: Request, answer_id: str) -> bytes:
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    body = await law.read(lambda assistant: assistant.saved(answer_id, workspace=workspace))
    if body is None:
        raise Problem(404, _GONE)
    return body


def _file(answer_id: str, suffix: str) -> dict[str, str]:
    name = "".join(letter for letter in answer_id if letter.isalnum())
    return {"Content-Disposition": f'attachment; filename="pincite-{name}.{suffix}"'}
