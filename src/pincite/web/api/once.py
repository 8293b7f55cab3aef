"""Idempotency-Key: a write that is sent again gives what it gave, and makes nothing anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

from fastapi import Header, Response

from pincite.assistant import requests
from pincite.assistant.requests import Before
from pincite.web.problems import Problem
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from pincite.web.law import Law

# What a route takes as `idempotency_key`.
Key = Annotated[
    str | None,
    Header(
        max_length=200,
        pattern=r"^[!-~]+$",
        description=(
            "A word of your own choice for this write, for a day. Sent again with the same body, "
            "it gives the same reply and does nothing anew; with another body it is refused (422)."
        ),
        examples=["6f1e2c9a-notice-of-breach"],
    ),
]
_DONE = "done"  # of a reply that is kept as a whole


class Once:
    """One write with its key; without a key it is done each time that it is sent.

    What it made is kept by its id and given again from there: what was deleted is not kept here.
    """

    def __init__(self, request: Request, key: str | None, body: str) -> None:
        self._law: Law = request.app.state.law
        self._workspace = workspace_of(request)
        self._key = key
        asked = f"{request.method} {request.url.path}\n{body}"
        self._reply: str | None = None
        self._sha256 = hashlib.sha256(asked.encode()).hexdigest()

    async def begin(self) -> str | None:
        """The id of what the same request made before, if it did.

        Raises Problem where the key was for another request, or where that still runs.
        """
        if self._key is None:
            return None
        key, now = self._key, self._law.now()
        begun = await self._law.read(
            lambda assistant: requests.begin(
                assistant, key, self._sha256, now=now, workspace=self._workspace
            )
        )
        if begun.before is Before.OTHER:
            raise Problem(
                422, "This Idempotency-Key came with another request; take a new one for this."
            )
        if begun.before is Before.RUNNING:
            raise Problem(
                409,
                "The request with this Idempotency-Key is being answered; send it again soon.",
                headers={"Retry-After": "2"},
            )
        self._reply = begun.reply
        return begun.made if begun.before is Before.MADE else None

    async def reply(self, work: Callable[[], Awaitable[str]], *, status: int = 200) -> Response:
        """What the same request was answered before, or else what `work` gives now, as JSON.

        Raises Problem where that was deleted since.
        """
        if await self.begin() is not None:
            if self._reply is None:
                raise Problem(410, "What this request was answered has been deleted since.")
            return _json(self._reply, status)
        made = None
        try:
            made = await work()
        finally:
            await self.end(None if made is None else _DONE, made)
        return _json(made, status)

    async def end(self, made: str | None, reply: str | None = None) -> None:
        """Keep what it made; with `None` the request may be sent again."""
        if self._key is not None:
            key = self._key
            await self._law.read(
                lambda assistant: requests.end(
                    assistant, key, made or None, workspace=self._workspace, reply=reply
                )
            )


def _json(body: str, status: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(body, status_code=status, media_type="application/json", headers=headers)
