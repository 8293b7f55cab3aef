"""Errors as the web tells them: one format for programs (RFC 9457), one page for people."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match

from pincite import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import FastAPI
    from starlette.requests import Request

_INSIDE = 500
_log = logging.getLogger("pincite.web")
MEDIA_TYPE = "application/problem+json"
_MENDED = "Whoever runs this server can mend it: its log says how."
_SHOWN = 200  # characters of a value that a message repeats
_STATUS: tuple[tuple[type[errors.PinciteError], int], ...] = (
    (errors.UsageError, 422),
    (errors.PackMissing, 404),
    (errors.LibraryBusy, 503),
    (errors.SourceUnreachable, 503),
    (errors.SourceError, 502),
    (errors.ModelError, 502),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at one place of a request: `body.question`, `query.as_of`."""

    where: str
    message: str


class Problem(Exception):
    """What went wrong: `title` names the kind, `detail` says this case and what to do.

    It may be raised anywhere below a route.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = HTTPStatus(status).phrase
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})


def install(app: FastAPI) -> None:
    """Every error of this application is answered here."""
    app.add_exception_handler(HTTPException, _from_http)
    app.add_exception_handler(RequestValidationError, _from_validation)
    app.add_exception_handler(errors.PinciteError, _from_pincite)
    app.add_exception_handler(Problem, _from_problem)


def respond(request: Request, problem: Problem) -> Response:
    """The problem as JSON for the API and for whoever asks for JSON, as a page for others."""
    if for_programs(request):
        return as_json(request, problem)
    page = getattr(request.scope.get("app"), "state", None)
    error_page = getattr(page, "error_page", None)
    if error_page is not None:
        response: Response = error_page(request, problem)
    else:
        response = HTMLResponse(_plain_page(problem), status_code=problem.status)
    response.headers.update(problem.headers)
    return response


def values_of(request: Request, problem: Problem) -> dict[str, object]:
    """The members of the problem's JSON."""
    values: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "request_id": request.scope.get("state", {}).get("request_id", ""),
    }
    if problem.faults:
        values["errors"] = [{"where": one.where, "message": one.message} for one in problem.faults]
    return values


def as_json(request: Request, problem: Problem) -> Response:
    # ASCII: what is wrong may be that a text has no UTF-8.
    body = json.dumps(values_of(request, problem), ensure_ascii=True, indent=2) + "\n"
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def for_programs(request: Request) -> bool:
    """Whether who asks is a program: the API, the probes, or no wish for HTML."""
    path = request.scope.get("path", "")
    if path.startswith("/api/") or path in {"/health", "/ready", "/openapi.json"}:
        return True
    return "text/html" not in request.headers.get("accept", "")


def of_error(error: errors.PinciteError) -> Problem:
    """What an exception of ours is on the web."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    headers = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    detail = _sentence(str(error))
    if error.at_console and status == _INSIDE:
        _log.error("%s; %s", error, error.at_console)
        detail = f"{detail}. {_MENDED}"
    return Problem(status, detail, headers=headers)


def problem_of(request: Request, error: errors.PinciteError | Problem) -> Problem:
    """What went wrong, for who asks. Where people have accounts, the inside is for the log alone.

    A message on a library or a source holds paths and addresses of this machine.
    """
    if isinstance(error, Problem):
        return error
    problem = of_error(error)
    if problem.status < _INSIDE or not getattr(request.app.state, "auth", False):
        return problem
    request_id = request.scope.get("state", {}).get("request_id", "")
    _log.error("request %s failed: %s", request_id, error)
    detail = "The law cannot be reached now; the server's log says why."
    return Problem(problem.status, detail, headers=problem.headers)


async def _from_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (it is registered for that alone)
    return respond(request, error)


async def _from_pincite(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.PinciteError)  # noqa: S101
    return respond(request, problem_of(request, error))


async def _from_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_taken(request))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    detail = _TOLD.get(error.status_code, str(error.detail))
    return respond(request, Problem(error.status_code, detail, headers=headers))


def _taken(request: Request) -> list[str]:
    """The methods that some route takes at this address: one route knows its own alone."""
    routes = request.app.router.routes
    found = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        for scope in [{**request.scope, "method": method}]
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]
    return [*found, *(["HEAD"] if "GET" in found else []), "OPTIONS"]


async def _from_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return respond(request, Problem(400, f"The body is not JSON: {_why(found[0])}."))
    faults = tuple(
        Fault(where=_clip(".".join(map(str, one["loc"]))), message=_clip(_plain(one["msg"])))
        for one in found[:20]
    )
    said = "; ".join(f"{one.where}: {one.message}" for one in faults[:3])
    problem = Problem(422, f"The request cannot be read: {said}.", faults=faults)
    return respond(request, problem)


def _plain(message: object) -> str:
    return str(message).removeprefix("Value error, ")


def _why(found: Mapping[str, object]) -> str:
    context = found.get("ctx")
    return _clip(str(context.get("error", "")) if isinstance(context, dict) else "")


def _clip(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _sentence(text: str) -> str:
    clean = " ".join(text.split())
    return clean[:1].upper() + clean[1:]


def _plain_page(problem: Problem) -> str:
    from html import escape

    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        f"<title>{escape(problem.title)}</title><h1>{escape(problem.title)}</h1>"
        f"<p>{escape(problem.detail)}</p>"
    )


_TOLD = {
    404: "There is nothing at this address.",
    405: "This address does not take that method; the Allow header says which it takes.",
    400: "The body is no JSON in UTF-8, or nested too deep.",
    413: "The request is larger than this server takes.",
}
