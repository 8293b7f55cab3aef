"""The reader: law at its identifier, a subdivision at its anchor, a quote at its span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from pincite.assistant.browsing import document_contents, document_of
from pincite.law.identifiers import parse_identifier
from pincite.opened import Contents, NotOpened, Opened, Reason
from pincite.web.pages.law_view import address
from pincite.web.pages.opening import Wanted, view_of
from pincite.web.pages.templates import page, rendered
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from pincite.assistant import Assistant
    from pincite.web.law import Law
    from pincite.web.pages.section_view import SectionView

router = APIRouter(include_in_schema=False)
_TITLES = {
    Reason.NOT_A_CITATION: "No such law",
    Reason.NOT_INSTALLED: "Not installed",
    Reason.NO_SECTION: "No such section",
    Reason.NO_SUBDIVISION: "No such subdivision",
    Reason.NO_VERSION: "No version of that day",
    Reason.AMBIGUOUS: "Whose law?",
}


@router.get("/internal/{place:path}")
@router.get("/us/{place:path}")
@router.get("/us-{place:path}")
async def read(request: Request, place: str) -> Response:  # noqa: ARG001  (taken as it was sent)
    """A section, a chapter's sections, or why there is neither."""
    law: Law = request.app.state.law
    wanted = Wanted.at(_identifier(request), request.query_params)

    def work(assistant: Assistant) -> tuple[Opened | Contents | NotOpened, SectionView | None]:
        found = document_contents(assistant, wanted.identifier) or assistant.open(
            wanted.identifier, as_of=wanted.as_of
        )
        view = None if isinstance(found, Contents) else view_of(assistant, found, wanted)
        return found, view

    found, view = await law.read(work)
    if isinstance(found, Contents):
        return await _contents(request, found, wanted.identifier)
    if view is None:
        return _not_opened(request, found)
    if request.query_params.get("part") == "panel":
        return HTMLResponse(rendered(request, "panel.html", view=view))
    pinned = _pinned(found, wanted)
    if pinned:
        return RedirectResponse(pinned, status_code=302)
    today = law.now().date().isoformat()
    return page(request, "section.html", view=view, today=today)


def _identifier(request: Request) -> str:
    """The path as it was sent: what is escaped in an identifier stays so."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii", "replace").partition("?")[0]


def _pinned(found: Opened | Contents | NotOpened, wanted: Wanted) -> str:
    """Where a subdivision named in the path stands in its section."""
    identifier = parse_identifier(wanted.identifier)
    if not isinstance(found, Opened) or identifier is None or not identifier.pinpoint:
        return ""
    if found.subdivision is None:
        return ""
    base, mark, _ = Wanted(
        identifier=found.section.id, as_of=identifier.version or wanted.as_of
    ).href.partition("#")
    return base + mark + address("", found.subdivision.path)


async def _contents(request: Request, found: Contents, identifier: str) -> Response:
    law: Law = request.app.state.law
    place = await law.read(lambda assistant: document_of(assistant, identifier))
    title = " · ".join(place[-2:]) if place else found.citation
    return page(request, "contents.html", title=title, lines=found.lines)


def _not_opened(request: Request, found: Opened | NotOpened) -> Response:
    if not isinstance(found, NotOpened):
        raise Problem(404, "There is nothing at this address.")
    return page(
        request,
        "not_opened.html",
        status=404,
        title=_TITLES.get(found.reason, "Not found"),
        message=found.message,
        advice=found.advice,
        choices=[(choice, f"/search?q={choice}") for choice in found.choices],
        asked=found.citation or found.asked,
    )
