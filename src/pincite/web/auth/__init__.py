"""Accounts on the web: `serve --auth` puts this in front of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.web.auth import account, login
from pincite.web.auth.cookies import Cookies
from pincite.web.auth.desk import WHO, FrontDesk
from pincite.web.auth.gate import Gate
from pincite.web.auth.rules import Rules
from pincite.web.auth.witness import AuditWitness

if TYPE_CHECKING:
    from fastapi import FastAPI

    from pincite.web.law import Law

_LARGEST = 64 * 1024 * 1024  # of a form; the application's own limits are lower


def install(app: FastAPI) -> None:
    """Nobody reads or asks from now on without an account or a key."""
    law: Law = app.state.law
    settings = app.state.settings
    desk = FrontDesk(settings.home, clock=law.now)
    app.state.desk = desk
    app.state.cookies = Cookies(settings.url)
    law.witnessed_by(AuditWitness(desk))
    law.working_for(_workspace)
    app.include_router(login.router)
    app.include_router(account.router)
    app.add_middleware(Gate, desk=desk, cookies=app.state.cookies, largest=_LARGEST, rules=Rules())


def _workspace() -> str | None:
    """The workspace in which the caller works; the server's own first question has none."""
    caller = WHO.get()
    return None if caller is None else caller.workspace
