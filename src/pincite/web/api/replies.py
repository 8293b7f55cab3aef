"""Answers to GET that may be kept: an ETag each, 304 where the caller has it, links to more."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING

from starlette.responses import Response

from pincite.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

_KEPT = "private, no-cache"  # may be kept, and is asked about each time


def reply(request: Request, body: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """The JSON with its ETag, or 304 without a body where the caller has it already."""
    data = body.encode()
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    said = {"ETag": tag, "Cache-Control": _KEPT, "Vary": "Cookie, Authorization"} | dict(
        headers or {}
    )
    if request.method in {"GET", "HEAD"} and _has(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=said)
    return Response(data, media_type="application/json", headers=said)


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """The Link header (RFC 8288) to the next page; none where this is the last.

    The address is relative: what the caller called this server by is not repeated.
    """
    if cursor is None:
        return {}
    query = request.url.include_query_params(cursor=cursor).query
    return {"Link": f'<{request.url.path}?{query}>; rel="next"'}


def to_cursor(*values: str | int) -> str:
    """Where a page ends, as an opaque word."""
    data = json.dumps(values, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_cursor(cursor: str, *kinds: type[str | int]) -> tuple[str | int, ...]:
    """What `to_cursor` was given. Raises Problem for a word that it never gave."""
    try:
        data = base64.b64decode(
            cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        )
        values = json.loads(data)
    except (ValueError, binascii.Error, RecursionError):
        values = None
    if (
        not isinstance(values, list)
        or len(values) != len(kinds)
        or any(type(value) is not kind for value, kind in zip(values, kinds, strict=False))
    ):
        raise Problem(404, "There is no such page; leave the cursor out to begin anew.")
    return tuple(values)


def _has(given: str | None, tag: str) -> bool:
    if given is None:
        return False
    tags = [one.strip().removeprefix("W/") for one in given.split(",")]
    return tag in tags or "*" in tags
