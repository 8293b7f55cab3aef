"""Documents of the workspace's own: put in and removed on the library's page, held against law."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from pincite.accounts.people import Scope
from pincite.assistant import named
from pincite.assistant.own_documents import add_own, remove_own, upload
from pincite.covering import CoverVerdict
from pincite.errors import UsageError
from pincite.law.section import Kind
from pincite.opened import NotOpened
from pincite.web.pages.asked import day_in
from pincite.web.pages.covering_view import CoveringView, covering_view
from pincite.web.pages.library import library_page
from pincite.web.pages.templates import page
from pincite.web.problems import Problem, of_error
from pincite.web.whose import name_of, workspace_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData, QueryParams

    from pincite.assistant import Assistant
    from pincite.assistant.own_documents import OwnDocument, Upload
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_NAMED = 10  # policies that an address may name
_FIELDS = ("kind", "jurisdiction", "code", "name", "current_through", "url")


@router.post("/library")
async def add(request: Request) -> Response:
    """Keep a file for this workspace alone, and read it as what the form says."""
    law: Law = request.app.state.law
    workspace, who = workspace_of(request), name_of(request)
    async with request.form(max_files=1, max_fields=20) as form:
        given = {name: str(form.get(name) or "").strip() for name in _FIELDS}
        try:
            sent = await _sent(form, given)
            added = await law.ask(
                lambda assistant: add_own(
                    assistant, sent, workspace=workspace, added_by=who, now=law.now()
                )
            )
        except UsageError as error:
            problem = of_error(error)
            return await library_page(
                request, given=given, trouble=problem.detail, status=problem.status
            )
    return RedirectResponse(f"/library?added={_id(added)}#documents", status_code=303)


@router.post("/library/{document_id}/remove")
async def remove(request: Request, document_id: str) -> Response:
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> bool:
        return remove_own(assistant, document_id, workspace=workspace, now=law.now())

    if not await law.read(work):
        raise Problem(404, "There is no such document; it may have been removed.")
    return RedirectResponse("/library?removed=1#documents", status_code=303)


@router.get("/cover")
async def cover(request: Request) -> Response:
    """What policies cover of a section: the form, and below it what was compared."""
    law: Law = request.app.state.law
    query = request.query_params
    wanted = " ".join(query.get("law", "").split())
    chosen = tuple(one for one in query.getlist("policy") if one.strip())[:_NAMED]
    trouble = ""
    view: CoveringView | NotOpened | None = None
    try:
        day = day_in(query.get("as_of")) or law.now().date()
        place = _place(query)
    except UsageError as error:
        trouble, day, place = of_error(error).detail, law.now().date(), None

    def policies(assistant: Assistant) -> tuple[str, ...]:
        return tuple(
            pack.document.rpartition(" (")[0]
            for pack in assistant.packs()
            if pack.kind is Kind.INTERNAL
        )

    def work(assistant: Assistant) -> CoveringView | NotOpened:
        found = assistant.cover(wanted, as_of=day, policies=chosen, jurisdiction=place)
        return found if isinstance(found, NotOpened) else covering_view(found)

    there = await law.read(policies)
    if wanted and there and not trouble:
        _may_ask(request)
        try:
            view = await law.ask(work)
        except UsageError as error:
            trouble = of_error(error).detail
    return page(
        request,
        "cover.html",
        status=422 if trouble else 200,
        wanted=wanted,
        policies=there,
        chosen=chosen,
        as_of=day.isoformat(),
        trouble=trouble,
        not_opened=view if isinstance(view, NotOpened) else None,
        view=view if isinstance(view, CoveringView) else None,
        verdicts=tuple(CoverVerdict),
    )


def cover_address(law: str, policy: str | None, jurisdiction: str | None) -> str:
    """Where the page is that holds policies against this law."""
    told = {"law": law, "policy": policy, "in": jurisdiction}
    return "/cover?" + urlencode({name: value for name, value in told.items() if value})


def _may_ask(request: Request) -> None:
    """It takes as much as a question does, and its address is one that is read."""
    caller = getattr(request.state, "caller", None)
    if caller is not None and not caller.may(Scope.ASK):
        raise Problem(403, f"This needs the scope {Scope.ASK.value!r}, which you do not have.")


def _place(query: QueryParams) -> str | None:
    place = query.get("in", "").strip()
    return named(place) if place else None


async def _sent(form: FormData, given: dict[str, str]) -> Upload:
    """The file with what is told of it. Raises UsageError where there is none."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise UsageError("no file was chosen; choose a PDF, Word, HTML, Markdown or text file")
    if given["kind"] not in {"internal", "regulations", "statutes"}:
        raise UsageError("say whether it is a policy of your own, regulations or statutes")
    told = {
        **given,
        "jurisdiction": named(given["jurisdiction"]) if given["jurisdiction"] else "",
        "current_through": str(day_in(given["current_through"]) or ""),
    }
    if told["url"] and not told["url"].startswith(("https://", "http://")):
        raise UsageError("the address where it is published begins with https://")
    return upload(
        file.filename,
        await file.read(),
        media_type=file.content_type or "application/octet-stream",
        **told,
    )


def _id(added: OwnDocument) -> str:
    return added.kept.id
