"""What holds for every request and every response, whoever answers: hosts, origins, headers."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pincite.web.problems import Problem, respond

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-ID"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_ID = 64
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_log = logging.getLogger("pincite.web")


class Guard:
    """The outermost layer.

    It refuses a host that is not one of `hosts` (a name elsewhere may be pointed at this machine),
    a write that a page of another site sends, and a body that is too large; gives each request an
    id; sets the headers that are for all; and turns whatever else goes wrong into an answer that
    tells nothing of the inside.
    """

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...], largest_body: int) -> None:
        self._app = app
        self._largest_body = largest_body
        self._hosts = frozenset(host.lower().strip("[]") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        head = scope["method"] == "HEAD"
        request_id = _given_id(headers.get(REQUEST_ID)) or secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _set_headers(MutableHeaders(scope=message), request_id)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        refused = self._refusal(scope["method"], headers)
        if refused is not None:
            await respond(Request(scope, receive), refused)(scope, receive, guarded)
            return
        try:
            # HEAD is GET whose body is not sent.
            within = {**scope, "method": "GET"} if head else scope
            await self._app(within, self._bounded(receive), guarded)
        except Exception:
            # The outermost frame: what is told goes to the log, under the id that is shown.
            _log.exception("request %s failed", request_id)
            if started:
                raise
            problem = Problem(500, "This is a fault of the program; its log has more.")
            await respond(Request(scope, receive), problem)(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        name = _host_name(host)
        if name is None or ("*" not in self._hosts and name not in self._hosts):
            return Problem(400, "This server is not known by the host name of the request.")
        if method not in _SAFE_METHODS and not _same_site(headers, host):
            return Problem(403, "A page of another site may not write here.")
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > self._largest_body:
            return Problem(413, f"A body may have at most {self._largest_body:,} bytes.")
        return None

    def _bounded(self, receive: Receive) -> Receive:
        """Ends a body that is larger than it said, or that did not say."""
        left = self._largest_body

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                # The one exception that the reader of bodies lets through as it is.
                raise HTTPException(413)
            return message

        return bounded


def _same_site(headers: Headers, host: str) -> bool:
    """Whether a write comes from our own pages, or from a program, which sends neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _host_name(host: str) -> str | None:
    """The name without its port, in lower case; `None` where it is no host."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    return parts.hostname if plain else None


def _given_id(text: str | None) -> str | None:
    """A caller's own id, if it is one that can be put into a header and a log."""
    if text is None or not 0 < len(text) <= _LONGEST_ID:
        return None
    return text if all(c.isascii() and (c.isalnum() or c in "-_.") for c in text) else None


def _set_headers(headers: MutableHeaders, request_id: str) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    headers[REQUEST_ID] = request_id
