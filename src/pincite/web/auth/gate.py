"""The gate: every request passes it, and nothing passes that the rules do not let through."""

from __future__ import annotations

import asyncio
import math
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse

from pincite.accounts.people import Scope as Right
from pincite.accounts.sessions import form_token, form_token_right
from pincite.web.auth.cookies import Cookies
from pincite.web.auth.desk import WHO
from pincite.web.auth.rules import Need, Open, Rules
from pincite.web.form_tokens import FIELD
from pincite.web.problems import Problem, for_programs, respond

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from pincite.accounts.people import Caller
    from pincite.web.auth.desk import FrontDesk

TOKEN_HEADER = "X-Form-Token"  # noqa: S105  (its name, no secret)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_UNTOUCHED = ("/health", "/ready")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Gate:
    """Finds out who calls, holds them to their rate, their scopes and their forms' tokens.

    What stands behind it finds in `request.state`: `caller`, `workspace`, `form_token`.
    """

    def __init__(
        self, app: ASGIApp, *, desk: FrontDesk, cookies: Cookies, largest: int, rules: Rules
    ) -> None:
        self._app = app
        self._desk = desk
        self._cookies = cookies
        self._largest = largest
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            try:
                await self._app(scope, receive, send)
            finally:
                self._desk.close()
            return
        if scope["type"] != "http":
            raise HTTPException(403, "There are no web sockets here.")
        if scope["path"] in _UNTOUCHED or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        kept = _Kept(receive, self._largest)
        try:
            caller = await self._let_in(request, kept)
        except Problem as problem:
            await self._refused(request, problem)(scope, receive, send)
            return
        token = WHO.set(caller)
        try:
            await self._app(scope, kept.receive, self._sent(scope, send))
        finally:
            WHO.reset(token)

    async def _let_in(self, request: Request, kept: _Kept) -> Caller | None:
        """Who calls, if they may do this. Raises Problem."""
        need = self._rules.need(request.method, request.scope["path"])
        session = self._cookies.session(request)
        caller = await asyncio.to_thread(
            self._desk.caller,
            authorization=request.headers.get("authorization"),
            session=session,
        )
        await self._hold_back(request, caller, need)
        state = request.scope.setdefault("state", {})
        state["caller"] = caller
        state["form_token"] = form_token(session) if session else ""
        if caller is not None:
            state["workspace"] = caller.workspace
        if need is not Open.ANYBODY:
            _check_scope(caller, need)
        by_cookie = caller is not None and caller.via == "session"
        if by_cookie and request.method not in _SAFE_METHODS:
            await kept.check_token(request, session)
        return caller

    async def _hold_back(self, request: Request, caller: Caller | None, need: Need) -> None:
        safe = request.method in _SAFE_METHODS
        if caller is None and need is Open.ANYBODY and safe:
            return
        address = request.client.host if request.client else "?"
        wait = await asyncio.to_thread(
            self._desk.wait, caller, address, asks=need is Right.ASK and not safe
        )
        if wait:
            seconds = math.ceil(wait)
            raise Problem(
                429,
                f"That is too much at once; go on in {seconds} seconds.",
                headers={"Retry-After": str(seconds)},
            )

    def _refused(self, request: Request, problem: Problem) -> ASGIApp:
        """A person who is not logged in is led to the page where one does that."""
        if (
            problem.status == HTTPStatus.UNAUTHORIZED
            and request.method in _SAFE_METHODS
            and not for_programs(request)
        ):
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            after = "" if here == "/" else f"?next={quote(here, safe='')}"
            return RedirectResponse(f"/login{after}", status_code=303)
        return respond(request, problem)

    def _sent(self, scope: Scope, send: Send) -> Send:
        """What is somebody's own is kept by no cache."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "private, no-store")
                if self._cookies.secure(scope):
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        return sent


def _check_scope(caller: Caller | None, need: Need) -> None:
    if caller is None:
        raise Problem(401, "Log in, or send an API key.", headers={"WWW-Authenticate": "Bearer"})
    if need is Open.PERSON and caller.via != "session":
        # A stolen key must not make itself another, nor change a password.
        raise Problem(403, "This is for a person who is logged in, and for no key.")
    if isinstance(need, Right) and not caller.may(need):
        raise Problem(403, f"This needs the scope {need.value!r}, which you do not have.")


class _Kept:
    """A request's body, read to find the form's token in it, and given once more to the route."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self._messages: list[Message] = []

    async def receive(self) -> Message:
        return self._messages.pop(0) if self._messages else await self._receive()

    async def check_token(self, request: Request, session: str) -> None:
        """Raises Problem for a form without the token of this session."""
        given = request.headers.get(TOKEN_HEADER)
        if given is None and request.headers.get("content-type", "").startswith(_FORMS):
            given = await self._in_form(request)
        if not form_token_right(session, given or ""):
            raise Problem(
                403,
                "The form is not of this session: it may be old. Load the page again and repeat.",
            )

    async def _in_form(self, request: Request) -> str | None:
        body = Request(request.scope, self._reading)
        try:
            async with body.form(max_files=20, max_fields=500) as form:
                found = form.get(FIELD)
        except HTTPException as error:
            raise Problem(error.status_code, "The form cannot be read.") from error
        except ClientDisconnect as error:
            raise Problem(400, "The request broke off.") from error
        return found if isinstance(found, str) else None

    async def _reading(self) -> Message:
        message = await self._receive()
        self._messages.append(message)
        size = sum(len(one.get("body", b"")) for one in self._messages)
        if size > self._largest:
            raise Problem(413, "The request is larger than this server takes.")
        return message
