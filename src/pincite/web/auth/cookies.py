"""The session's cookie: no script reads it, no other site sends it along with a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.accounts.sessions import Lifetime

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

_ID = re.compile(r"[A-Za-z0-9_-]{20,100}")


class Cookies:
    """`url` is the address by which people reach the server, where that is not its own."""

    def __init__(self, url: str | None) -> None:
        self._https = (url or "").startswith("https://")

    def secure(self, scope: Scope) -> bool:
        """Whether people reach the server by https, also behind a proxy."""
        return self._https or scope.get("scheme") == "https"

    def session(self, request: Request) -> str:
        """The id that the browser brought, or nothing where it cannot be one of ours."""
        given = request.cookies.get(self._name(request.scope), "")
        return given if _ID.fullmatch(given) else ""

    def set(self, request: Request, response: Response, session: str) -> None:
        response.set_cookie(
            self._name(request.scope),
            session,
            max_age=int(Lifetime().absolute.total_seconds()),
            path="/",
            secure=self.secure(request.scope),
            httponly=True,
            samesite="lax",
        )

    def clear(self, request: Request, response: Response) -> None:
        response.delete_cookie(
            self._name(request.scope),
            path="/",
            secure=self.secure(request.scope),
            httponly=True,
            samesite="lax",
        )

    def _name(self, scope: Scope) -> str:
        # A browser takes `__Host-` from this very host over https alone: no neighbour's domain
        # can plant one.
        return "__Host-pincite" if self.secure(scope) else "pincite_session"
