"""The first page: the question box, examples, what was asked before; and the page about it all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pincite import __version__
from pincite.assistant.browsing import asked_before
from pincite.errors import UsageError
from pincite.law.jurisdiction import by_id
from pincite.retrieval.titles import missing_titles, titles_about
from pincite.web.pages.asked import Asked, asked_in, installed_places
from pincite.web.pages.templates import THEME_COOKIE, THEMES, page
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from pincite.assistant import Assistant
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_RECENT = 6
_YEAR = 365 * 24 * 3600
_WHOLE_CODE = 100  # sections: a pack of fewer is an excerpt, whatever it says
_EXAMPLES = (
    "When must a business tell {name} residents about a data breach?",
    "How soon must an employer in {name} pay the last wages of an employee who quits?",
    "How long may a landlord in {name} keep a security deposit?",
    "What must a gift card sold in {name} say about when it expires?",
)
NO_LAW = "A question installs the law that it needs, where the source of packs can be reached."


@router.get("/")
async def home(request: Request) -> Response:
    """The question box, filled in with what the address says."""
    try:
        asked = asked_in(request.query_params)
    except UsageError:
        asked = Asked(question=str(request.query_params.get("question") or ""))
    return await home_page(request, asked)


async def home_page(
    request: Request, asked: Asked, *, trouble: str = "", status: int = 200
) -> Response:
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> dict[str, object]:
        return {
            "installed": installed_places(assistant),
            "examples": examples(assistant),
            "recent": asked_before(assistant, _RECENT, workspace=workspace),
        }

    return page(
        request,
        "home.html",
        status=status,
        ask=asked,
        today=law.now().date().isoformat(),
        no_law=NO_LAW,
        trouble=trouble,
        **await law.read(work),
    )


def examples(assistant: Assistant) -> tuple[str, ...]:
    """Questions about the law that is installed, each of another jurisdiction where there are.

    Of a code that lacks a title nothing is asked that would stand in it.
    """
    whole = [
        pack
        for pack in assistant.packs()
        if pack.kind == "statute"
        and not pack.excerpts
        and pack.sections >= _WHOLE_CODE
        and pack.jurisdiction != "us"
    ]
    packs = {pack.jurisdiction: pack for pack in reversed(whole)}
    places = list(dict.fromkeys(pack.jurisdiction for pack in whole))
    if not places:
        return ()
    step = max(1, len(places) // len(_EXAMPLES))
    told: list[str] = []
    for at, text in enumerate(_EXAMPLES):
        first = (at * step) % len(places)
        for place in places[first:] + places[:first]:
            pack, name = packs[place], by_id(place).name
            if not titles_about(text, missing_titles(pack.name, pack.titles)):
                told.append(
                    text.format(name=f"the {name}" if name.startswith("State of") else name)
                )
                break
    return tuple(told)


@router.get("/about")
async def about(request: Request) -> Response:
    model = request.app.state.settings.model
    return page(request, "about.html", version=__version__, model=model)


@router.post("/theme")
async def theme(request: Request) -> Response:
    """Keep whether pages are light or dark, and go back."""
    form = await request.form()
    response = RedirectResponse(_back(str(form.get("back") or "/")), status_code=303)
    chosen = str(form.get("theme") or "")
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=_YEAR, samesite="lax", path="/")
    else:
        response.delete_cookie(THEME_COOKIE, path="/")
    return response


def _back(where: str) -> str:
    """An address of this site, whatever the form says."""
    parts = urlsplit(where)
    local = not parts.scheme and not parts.netloc and where.startswith("/")
    plain = all(letter.isprintable() and letter != "\\" for letter in where)
    return where if local and plain and not where.startswith("//") else "/"
