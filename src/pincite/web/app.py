"""The application: one assistant, its threads, the API, and the pages where they are installed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from pincite import __version__
from pincite.errors import SettingsError
from pincite.web import api, health, observing, problems
from pincite.web.api.described import describe
from pincite.web.guard import Guard
from pincite.web.keeping import Keeping
from pincite.web.law import Law
from pincite.web.whose import SINGLE_USER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime
    from types import ModuleType

    from pincite.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_BODY = 8 * 1024 * 1024  # bytes: a saved answer in a request to check it
_STATIC = Path(__file__).parent / "static"


def create_app(
    settings: Settings,
    *,
    model_key: str | None = None,
    hosts: Iterable[str] = LOOPBACK,
    auth: bool = False,
    threads: int | None = None,
    clock: Callable[[], datetime] | None = None,
) -> FastAPI:
    """The web application for these settings.

    `hosts` are the names by which it may be called: a page elsewhere that points a name of its own
    at this machine is refused. `app.state` holds `law` (`web.law.Law`), `settings` and `auth`.

    Three packages put themselves in by being there: `web.api` (`router`), `web.pages` (`router`,
    and `error_page(request, problem)`, the page for an error), and, with `auth`, `web.auth`
    (`install(app)`, which sees that `request.state.workspace` says whose request it is).
    """
    law = Law(settings, model_key=model_key, threads=threads, clock=clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        law.start()
        try:
            yield
        finally:
            await law.stop()

    app = FastAPI(
        title="Pincite",
        version=__version__,
        description=(
            "Answers to compliance questions about US law, every statement pinned to the exact "
            "subdivision, quoted to the byte and checked before it is shown."
        ),
        lifespan=lifespan,
        # Their pages load scripts from another host.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False},
    )
    app.state.law = law
    app.state.settings = settings
    app.state.auth = auth
    app.include_router(health.router)
    app.include_router(api.router)
    app.openapi = describe(app)  # pyrefly: ignore[method-assign]  (as FastAPI says)
    if _STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    if auth:
        _required("pincite.web.auth").install(app)
    else:
        law.working_for(lambda: SINGLE_USER)
    # Last: the reader's addresses take every path that nothing else took.
    pages = _optional("pincite.web.pages")
    if pages is not None and hasattr(pages, "router"):
        app.include_router(pages.router)
    app.state.error_page = getattr(pages, "error_page", None)
    problems.install(app)
    app.add_middleware(Guard, hosts=tuple(hosts), largest_body=LARGEST_BODY)
    observing.install(app, questions=settings.log_questions)
    if settings.keep_days is not None:
        app.add_middleware(Keeping, home=settings.home, days=settings.keep_days, now=law.now)
    return app


def _optional(name: str) -> ModuleType | None:
    return import_module(name) if find_spec(name) is not None else None


def _required(name: str) -> Any:  # noqa: ANN401  (a module that is known by what it offers)
    found = _optional(name)
    if found is None:
        raise SettingsError("this release has no accounts: serve on loopback, without --auth")
    return found
