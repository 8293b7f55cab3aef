"""One question in several jurisdictions: the matrix, as a page and as files."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from pincite.assistant.browsing import AskedBefore, compared_before
from pincite.errors import PinciteError, UsageError
from pincite.rendering.comparison_from_wire import comparison_from_wire
from pincite.rendering.comparison_wire import ComparisonWire, comparison_json
from pincite.web.pages.answers import Kept, changed_since
from pincite.web.pages.asked import Asked, asked_in, installed_places
from pincite.web.pages.comparison_view import comparison_view
from pincite.web.pages.opening import Wanted, opened_view
from pincite.web.pages.templates import page, rendered
from pincite.web.problems import Problem, of_error
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pincite.assistant import Assistant
    from pincite.comparison import Comparison
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.web.law import Law
    from pincite.web.pages.section_view import SectionView

router = APIRouter(include_in_schema=False)
_EXAMPLE = "How soon must a business give notice of a breach of security?"
_RECENT = 6
_GONE = (
    "No comparison is kept at this address; it may have been deleted, or be another workspace’s."
)
_FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@router.get("/compare")
async def compare_form(request: Request) -> Response:
    """The form, filled in with what the address says."""
    try:
        asked = asked_in(request.query_params)
    except UsageError:
        asked = Asked(question=str(request.query_params.get("question") or ""))
    return await _page(request, asked)


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Compare, keep the comparison, and lead to its permanent address."""
    asked = asked_in(await request.form())
    law: Law = request.app.state.law
    try:
        _, kept = await law.ask(_comparing(law, asked, workspace_of(request)))
    except UsageError as error:
        problem = of_error(error)
        return await _page(request, asked, trouble=problem.detail, status=problem.status)
    return RedirectResponse(f"/c/{kept}", status_code=303)


@router.get("/c/{comparison_id}.{kind}")
async def as_file(request: Request, comparison_id: str, kind: str) -> Response:
    """The comparison to take along; as JSON to the byte as it was kept."""
    if kind not in _FILES:
        raise Problem(404, f"There is no such form of a comparison; there are {', '.join(_FILES)}.")
    body = await _body(request, comparison_id)
    law: Law = request.app.state.law

    def work(_: Assistant) -> bytes:
        return body if kind == "json" else _file(_read(body), kind)

    name = "".join(letter for letter in comparison_id if letter.isalnum())
    headers = {"Content-Disposition": f'attachment; filename="pincite-comparison-{name}.{kind}"'}
    return Response(await law.read(work), media_type=_FILES[kind], headers=headers)


@router.get("/c/{comparison_id}")
async def comparison(request: Request, comparison_id: str) -> Response:
    """The matrix as it was given; with `?law=...` a section of law is open beside it."""
    body = await _body(request, comparison_id)
    law: Law = request.app.state.law
    wanted = Wanted.beside(request.query_params)
    wire = ComparisonWire.model_validate_json(body)
    sources = [source for column in wire.columns for source in column.sources]

    def work(assistant: Assistant) -> tuple[dict[str, str], SectionView | None]:
        opened = opened_view(assistant, wanted) if wanted is not None else None
        return changed_since(assistant, sources), opened

    changed, opened = await law.read(work)
    return page(
        request,
        "compare.html",
        ask=Asked(),
        today="",
        installed=(),
        trouble="",
        recent=(),
        view=comparison_view(comparison_from_wire(wire)),
        saved=Kept.of(comparison_id, body, wire.question),
        changed=[(one.id, one.citation, changed[one.id]) for one in sources if one.id in changed],
        opened=opened,
        example=_EXAMPLE,
    )


@router.post("/compare/stream")
async def compare_stream(request: Request) -> Response:
    """The same with its progress: one JSON object a line."""
    asked = asked_in(await request.form())
    return StreamingResponse(
        _lines(request, asked, workspace_of(request)),
        media_type="application/x-ndjson",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _comparing(
    law: Law, asked: Asked, workspace: str, told: Callable[[int, int, str], None] | None = None
) -> Callable[[Assistant], tuple[Comparison, str]]:
    """What compares and keeps the comparison, and gives it with its id."""
    today = law.now().date()

    def work(assistant: Assistant) -> tuple[Comparison, str]:
        compared = asyncio.run(
            assistant.compare(
                asked.question,
                asked.jurisdictions,
                as_of=asked.as_of or today,
                facts=asked.facts,
                progress=told,
            )
        )
        return compared, assistant.save_comparison(compared, workspace=workspace)

    return work


async def _lines(request: Request, asked: Asked, workspace: str) -> AsyncIterator[str]:
    law: Law = request.app.state.law
    events: asyncio.Queue[tuple[int, int, str] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def told(done: int, total: int, name: str, /) -> None:
        loop.call_soon_threadsafe(events.put_nowait, (done, total, name))

    task = asyncio.ensure_future(law.ask(_comparing(law, asked, workspace, told)))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            done, total, name = event
            yield _line(kind="status", text=f"{name}: {done} of {total} compared")
        compared, kept = task.result()
    except (PinciteError, Problem) as error:
        problem = error if isinstance(error, Problem) else of_error(error)
        yield _line(kind="problem", title=problem.title, text=problem.detail)
        return
    finally:
        task.cancel()
    body = comparison_json(compared).encode()
    html = rendered(
        request,
        "comparison.html",
        view=comparison_view(compared),
        saved=Kept.of(kept, body, asked.question),
        changed=(),
    )
    yield _line(kind="head", html=html)
    answered = sum(column.answered for column in compared.columns)
    text = f"Compared: {answered} of {len(compared.columns)} jurisdictions have an answer."
    yield _line(kind="done", href=f"/c/{kept}", text=text)


async def _page(
    request: Request,
    asked: Asked,
    *,
    trouble: str = "",
    status: int = 200,
) -> Response:
    law: Law = request.app.state.law

    workspace = workspace_of(request)

    def work(assistant: Assistant) -> tuple[tuple[Jurisdiction, ...], tuple[AskedBefore, ...]]:
        return installed_places(assistant), compared_before(assistant, _RECENT, workspace=workspace)

    installed, recent = await law.read(work)
    return page(
        request,
        "compare.html",
        status=status,
        ask=asked,
        today=law.now().date().isoformat(),
        installed=installed,
        recent=recent,
        trouble=trouble,
        view=None,
        saved=None,
        changed=(),
        opened=None,
        example=_EXAMPLE,
    )


async def _body(request: Request, comparison_id: str) -> bytes:
    law: Law = request.app.state.law
    workspace = workspace_of(request)
    body = await law.read(lambda one: one.saved_comparison(comparison_id, workspace=workspace))
    if body is None:
        raise Problem(404, _GONE)
    return body


def _read(body: bytes) -> Comparison:
    return comparison_from_wire(ComparisonWire.model_validate_json(body))


def _file(compared: Comparison, kind: str) -> bytes:
    """Raises UsageError where the extra that writes it is not installed."""
    if kind == "csv":
        from pincite.rendering.comparison_sheets import comparison_csv

        return comparison_csv(compared).encode()
    if kind == "xlsx":
        from pincite.rendering.comparison_sheets import comparison_xlsx

        return comparison_xlsx(compared)
    from pincite.rendering.comparison_docx import comparison_docx

    return comparison_docx(compared)


def _line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
