"""The JSON API, version 1: a module a resource."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from pincite.web.api import (
    answers,
    ask,
    citations,
    compare,
    cover,
    documents,
    feedback,
    library,
    read,
    search,
    verify,
    watches,
)
from pincite.web.problems import Problem


def _json_alone(request: Request) -> None:
    """A body is JSON, and says so: a form of another site's page cannot say so unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind != "application/json":
        raise Problem(415, "The body must be JSON, with Content-Type: application/json.")


router = APIRouter(prefix="/api/v1", dependencies=[Depends(_json_alone)])
for _one in (
    ask, compare, cover, answers, feedback, documents, watches, verify, read, search, citations,
    library,
):  # fmt: skip
    router.include_router(_one.router)
