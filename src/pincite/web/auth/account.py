"""One's own account: workspace, password, sessions, keys. No key opens these pages."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pincite.accounts.keys import prefix_of
from pincite.accounts.people import Account, Caller, scopes_named
from pincite.errors import UsageError
from pincite.web.auth.login import after
from pincite.web.pages.templates import page
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from pincite.web.auth.cookies import Cookies
    from pincite.web.auth.desk import FrontDesk

router = APIRouter(prefix="/account", include_in_schema=False)
_MOST_DAYS = 3_650


@router.get("")
async def account_page(request: Request) -> Response:
    return await _page(request)


@router.post("/workspace")
async def change_workspace(request: Request) -> Response:
    """Work in another workspace from now on: a new session, the old one ends."""
    desk, caller = _here(request)
    cookies: Cookies = request.app.state.cookies
    form = await request.form(max_files=0, max_fields=10)
    wanted = str(form.get("workspace") or "")

    def change() -> str:
        account = desk.directory.named(caller.name)
        try:
            session = desk.sessions.begin(
                account, now=desk.clock(), workspace=wanted, old=cookies.session(request)
            )
        except LookupError as error:
            raise Problem(403, "You are no member of that workspace.") from error
        desk.record(caller, "change workspace", detail={"to": wanted})
        return session

    session = await asyncio.to_thread(change)
    response = RedirectResponse(after(str(form.get("next") or "")), status_code=303)
    cookies.set(request, response, session)
    return response


@router.post("/password")
async def change_password(request: Request) -> Response:
    """Every session of the account ends but a new one for this browser."""
    desk, caller = _here(request)
    cookies: Cookies = request.app.state.cookies
    form = await request.form(max_files=0, max_fields=10)
    old, new = (str(form.get(field) or "") for field in ("old", "new"))
    address = request.client.host if request.client else "?"

    def change() -> str:
        if desk.attempts.begin(caller.name, address, now=desk.clock()):
            raise UsageError("there were too many attempts; try again later")
        if desk.directory.checked(caller.name, old) is None:
            raise UsageError("the old password is wrong")
        desk.attempts.succeeded(caller.name, address)
        account = desk.directory.set_password(caller.name, new)
        desk.record(caller, "change password")
        return desk.sessions.begin(account, now=desk.clock(), workspace=caller.workspace)

    try:
        session = await asyncio.to_thread(change)
    except UsageError as error:
        return await _page(request, trouble=str(error), status=422)
    response = RedirectResponse("/account", status_code=303)
    cookies.set(request, response, session)
    return response


@router.post("/sessions/end")
async def end_sessions(request: Request) -> Response:
    """Log out everywhere, here too."""
    desk, caller = _here(request)

    def end() -> None:
        desk.sessions.end_all(caller.account)
        desk.record(caller, "end all sessions")

    await asyncio.to_thread(end)
    response = RedirectResponse("/login", status_code=303)
    request.app.state.cookies.clear(request, response)
    return response


@router.post("/keys")
async def add_key(request: Request) -> Response:
    """Make a key; the page that answers is the only one that ever shows it."""
    desk, caller = _here(request)
    form = await request.form(max_files=0, max_fields=20)
    label, days = (str(form.get(field) or "").strip() for field in ("label", "days"))
    scopes = tuple(str(one) for one in form.getlist("scope"))

    def add() -> str:
        if days and not (days.isascii() and days.isdigit() and 0 < int(days[:6]) <= _MOST_DAYS):
            raise UsageError(f"a key lasts 1 to {_MOST_DAYS:,} days, or for good")
        now = desk.clock()
        key = desk.keys.add(
            desk.directory.named(caller.name),
            scopes=scopes_named(scopes),
            workspace=caller.workspace,
            label=label,
            now=now,
            expires_at=now + timedelta(days=int(days)) if days else None,
        )
        desk.record(caller, "add key", detail={"key": prefix_of(key), "scopes": sorted(scopes)})
        return key

    try:
        key = await asyncio.to_thread(add)
    except UsageError as error:
        return await _page(request, trouble=str(error), status=422)
    return await _page(request, shown=key)


@router.post("/keys/{prefix}/revoke")
async def revoke_key(request: Request, prefix: str) -> Response:
    desk, caller = _here(request)

    def revoke() -> None:
        try:
            desk.keys.revoke(prefix, now=desk.clock(), account=caller.account)
        except UsageError as error:
            raise Problem(404, "You have no such key.") from error
        desk.record(caller, "revoke key", detail={"key": prefix})

    await asyncio.to_thread(revoke)
    return RedirectResponse("/account", status_code=303)


def _here(request: Request) -> tuple[FrontDesk, Caller]:
    return request.app.state.desk, request.state.caller


async def _page(
    request: Request, *, trouble: str = "", shown: str = "", status: int = 200
) -> Response:
    desk, caller = _here(request)

    def look() -> tuple[Account, tuple[object, ...]]:
        return desk.directory.named(caller.name), desk.keys.all(caller.account)

    account, keys = await asyncio.to_thread(look)
    response = page(
        request,
        "account.html",
        status=status,
        account=account,
        keys=keys,
        scopes=sorted(account.role.scopes),
        trouble=trouble,
        shown_key=shown,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
