"""One request and its response: addresses, the key, and what goes wrong on the way."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2

from pincite import __version__
from pincite.client.events import lines
from pincite.errors import ServerRefused, ServerUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BASE = "/api/v1"
_CONNECT_SECONDS = 10.0
_SILENT_SECONDS = 60.0  # of a stream, which sends a sign of life every 15
_REFUSED = 400
_SHOWN = 300


class Exchange:
    """Requests to one server. It follows no redirect: the key goes to that server alone."""

    def __init__(
        self,
        base_url: str,
        key: str | None,
        *,
        seconds: float,
        transport: httpx2.BaseTransport | None,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise UsageError(f"{base_url[:80]!r} is no address; give http://127.0.0.1:8000")
        headers = {"User-Agent": f"pincite-client/{__version__}", "Accept": "application/json"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        self._seconds = seconds
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/") + _BASE,
            headers=headers,
            timeout=httpx2.Timeout(seconds, connect=_CONNECT_SECONDS),
            follow_redirects=False,
            transport=transport,
        )

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, query: Mapping[str, Any]) -> httpx2.Response:
        given = {name: value for name, value in query.items() if value not in (None, [])}
        return self._sent(self._http.build_request("GET", path, params=given))

    def delete(self, path: str) -> httpx2.Response:
        return self._sent(self._http.build_request("DELETE", path))

    def post(
        self,
        path: str,
        body: Mapping[str, Any] | bytes,
        *,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> httpx2.Response:
        return self._sent(self._posting(path, body, headers or {}, seconds or self._seconds))

    @contextmanager
    def stream(self, path: str, body: Mapping[str, Any]) -> Iterator[Iterator[str]]:
        """The lines of a stream of events, without their ends."""
        request = self._posting(path, body, {"Accept": "text/event-stream"}, _SILENT_SECONDS)
        try:
            response = self._http.send(request, stream=True)
            try:
                if response.status_code >= _REFUSED:
                    response.read()
                yield lines(self._checked(response).iter_bytes())
            finally:
                response.close()
        except httpx2.TransportError as error:
            raise _unreachable(request, error) from error

    def _posting(
        self,
        path: str,
        body: Mapping[str, Any] | bytes,
        headers: Mapping[str, str],
        seconds: float,
    ) -> httpx2.Request:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._http.build_request(
            "POST",
            path,
            content=data,
            headers={"Content-Type": "application/json", **headers},
            timeout=httpx2.Timeout(seconds, connect=_CONNECT_SECONDS),
        )

    def _sent(self, request: httpx2.Request) -> httpx2.Response:
        try:
            return self._checked(self._http.send(request))
        except httpx2.TransportError as error:
            raise _unreachable(request, error) from error

    def _checked(self, response: httpx2.Response) -> httpx2.Response:
        if response.is_success:
            return response
        try:
            values = response.json()
            detail = str(values["detail"])
        except (ValueError, KeyError, TypeError):
            values = None
            detail = response.text[:_SHOWN] or response.reason_phrase
        wait = response.headers.get("Retry-After", "")
        raise ServerRefused(
            response.status_code,
            detail,
            request_id=str(values.get("request_id", "")) if isinstance(values, dict) else "",
            retry_after=float(wait) if wait.isdecimal() else None,
        )


def _unreachable(request: httpx2.Request, error: httpx2.TransportError) -> ServerUnreachable:
    where = f"{request.url.scheme}://{request.url.host}:{request.url.port or ''}".rstrip(":")
    why = str(error) or type(error).__name__
    return ServerUnreachable(f"{where} does not answer ({why}); is `pincite serve` running there?")
