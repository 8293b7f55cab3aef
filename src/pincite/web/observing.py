"""What is seen of every request from outside: a count, a line in the log, a span."""

from __future__ import annotations

import logging
import re
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from fastapi.routing import iter_route_contexts
from opentelemetry import propagate, trace
from starlette.datastructures import Headers
from starlette.routing import compile_path

from pincite.web import metrics
from pincite.web.metrics import Metrics, method_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("pincite.web.requests")
_QUIET = frozenset({"/health", "/ready", "/metrics"})
_FAILED = 500


def install(app: FastAPI, *, questions: bool) -> None:
    """Put it outside everything else. `questions`: the log may have whole addresses."""
    app.state.metrics = Metrics()
    app.include_router(metrics.router)
    app.add_middleware(Observed, metrics=app.state.metrics, routes=Routes(app), questions=questions)


class Observed:
    """Counts, times, logs and traces requests: by route, since an address may hold a question."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, routes: Routes, questions: bool) -> None:
        self._app = app
        self._routes = routes
        self._metrics = metrics
        self._questions = questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            try:
                await self._app(scope, receive, send)
            finally:
                self._metrics.stopped()
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = _FAILED

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = perf_counter()
        self._metrics.began()
        parent = propagate.extract(dict(Headers(scope=scope)))
        tracer = trace.get_tracer("pincite")
        with tracer.start_as_current_span(
            "pincite.request",
            context=parent,
            kind=trace.SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self._app(scope, receive, noting)
            finally:
                route, seconds = self._routes.named(scope), perf_counter() - began
                self._metrics.ended(method_of(scope), route, status, seconds)
                span.update_name(f"{method_of(scope)} {route}")
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                if status >= _FAILED:
                    span.set_status(trace.StatusCode.ERROR)
                if route not in _QUIET:
                    self._logged(scope, route, status, seconds)

    def _logged(self, scope: Scope, route: str, status: int, seconds: float) -> None:
        state = scope.get("state", {})
        caller = state.get("caller")
        told: dict[str, object] = {
            "method": method_of(scope),
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "request_id": state.get("request_id", ""),
        }
        if caller is not None:
            told |= {"caller": caller.name, "via": caller.via, "workspace": caller.workspace}
        if self._questions:
            told["path"] = scope["path"]
            told["query"] = scope.get("query_string", b"").decode("latin-1")
        _log.info("request", extra=told)


class Routes:
    """The routes of an application by the addresses that they take."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def named(self, scope: Scope) -> str:
        """The route as it is written; `other` for what none took."""
        if scope.get("route") is None and not scope["path"].startswith("/static/"):
            return "other"
        found = (path for path, pattern in self._patterns if pattern.fullmatch(scope["path"]))
        return next(found, "other")

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        paths = [str(getattr(one, "path", "")) for one in iter_route_contexts(self._app.routes)]
        paths = [f"{path}/{{file:path}}" if path == "/static" else path for path in paths]
        return tuple((path, compile_path(path)[0]) for path in dict.fromkeys(paths) if path)
