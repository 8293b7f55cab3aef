"""Logging in and out."""

from __future__ import annotations

import asyncio
import math
import re
import secrets
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from pincite.accounts.people import Account, Caller
from pincite.accounts.sessions import form_token, form_token_right
from pincite.web.form_tokens import FIELD
from pincite.web.pages.templates import page
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from pincite.web.auth.cookies import Cookies
    from pincite.web.auth.desk import FrontDesk

router = APIRouter(include_in_schema=False)
# No second slash and no backslash at the start of it: a browser takes either for another host.
_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
_WRONG = "The name or the password is wrong."
_NOBODY = Caller(account="", name="(nobody)", workspace="", scopes=frozenset(), via="login")


@router.get("/login")
async def login_page(request: Request) -> Response:
    """The form. Who has a session already goes on."""
    if request.state.caller is not None:
        return RedirectResponse(after(request.query_params.get("next", "")), status_code=303)
    return _form(request, following=request.query_params.get("next", ""))


@router.post("/login")
async def login(request: Request) -> Response:
    """A wrong name, a wrong password and too many attempts look the same for every name."""
    desk: FrontDesk = request.app.state.desk
    cookies: Cookies = request.app.state.cookies
    form = await request.form(max_files=0, max_fields=10)
    name, password, following, token = (
        str(form.get(field) or "") for field in ("name", "password", "next", FIELD)
    )
    visitor = cookies.session(request)
    if not visitor or not form_token_right(visitor, token):
        return _form(
            request, following=following, status=403, trouble="The page was too old; try again."
        )
    address = request.client.host if request.client else "?"
    wait, account = await asyncio.to_thread(_check, desk, name, password, address)
    if wait:
        minutes = math.ceil(wait / 60)
        response = _form(
            request,
            following=following,
            status=429,
            trouble=f"There were too many attempts. Try again in {minutes} minutes.",
        )
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response
    if account is None:
        return _form(request, following=following, status=401, trouble=_WRONG)
    session = await asyncio.to_thread(_begin, desk, account, visitor)
    response = RedirectResponse(after(following), status_code=303)
    cookies.set(request, response, session)
    return response


@router.post("/logout")
async def logout(request: Request) -> Response:
    """End this session."""
    desk: FrontDesk = request.app.state.desk
    cookies: Cookies = request.app.state.cookies
    session = cookies.session(request)

    def end() -> None:
        desk.sessions.end(session)
        desk.record(request.state.caller, "logout")

    await asyncio.to_thread(end)
    response = RedirectResponse("/login", status_code=303)
    cookies.clear(request, response)
    # What a shared machine's browser still has of the pages is nobody else's business.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def after(following: str) -> str:
    """Where to go on: a path of this server, and nothing that a browser would take elsewhere."""
    own = _PATH.fullmatch(following) is not None and not following.startswith("/login")
    return following if own else "/"


def _check(desk: FrontDesk, name: str, password: str, address: str) -> tuple[float, Account | None]:
    wait = desk.attempts.begin(name, address, now=desk.clock())
    if wait:
        return wait, None
    account = desk.directory.checked(name, password)
    if account is not None:
        desk.attempts.succeeded(name, address)
    else:
        # What was typed as a name may be a password.
        desk.record(_NOBODY, "login failed", detail={"address": address})
    return 0.0, account


def _begin(desk: FrontDesk, account: Account, old: str) -> str:
    try:
        session = desk.sessions.begin(account, now=desk.clock(), old=old)
    except LookupError as error:
        raise Problem(403, "Your account is a member of no workspace; ask an admin.") from error
    caller = desk.sessions.caller(session, now=desk.clock())
    if caller is not None:
        desk.record(caller, "login")
    return session


def _form(request: Request, *, following: str, status: int = 200, trouble: str = "") -> Response:
    """The page, with a cookie for a visitor whose form it is; logging in gives another."""
    cookies: Cookies = request.app.state.cookies
    visitor = cookies.session(request) or secrets.token_urlsafe(32)
    request.state.form_token = form_token(visitor)
    response = page(
        request, "login.html", status=status, following=after(following), trouble=trouble
    )
    cookies.set(request, response, visitor)
    response.headers["Cache-Control"] = "no-store"
    return response
