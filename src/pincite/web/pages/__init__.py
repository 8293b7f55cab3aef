"""The pages of the web application: a module a kind of page, each with a router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

from pincite.web.pages import (
    answers,
    asking,
    comparing,
    documents,
    feedback,
    home,
    library,
    reading,
    searching,
    watches,
)
from pincite.web.pages.templates import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pincite.web.problems import Problem

__all__ = ["error_page", "router"]

router = APIRouter(include_in_schema=False)
for _one in (
    home, asking, answers, feedback, comparing, watches, searching, library, documents, reading,
):  # fmt: skip
    router.include_router(_one.router)


def error_page(request: Request, problem: Problem) -> Response:
    """The page that tells a problem to a person."""
    request_id = request.scope.get("state", {}).get("request_id", "")
    return page(
        request, "error.html", status=problem.status, problem=problem, request_id=request_id
    )
