"""Idempotency-Key: a write that is sent again gives what it gave, and makes nothing anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pincite.assistant import requests
from pincite.assistant.requests import Before
from pincite.web.problems import Problem
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from pincite.web.law import Law


class Once:
    """One write with its key; without a key it is done each time that it is sent.

    What it made is kept by its id and given again from there: what was deleted is not kept here.
    """

    def __init__(self, request: Request, key: str | None, body: str) -> None:
        self._law: Law = request.app.state.law
        self._workspace = workspace_of(request)
        self._key = key
        asked = f"{request.method} {request.url.path}\n{body}"
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
                409, "This Idempotency-Key came with another request; take a new one for this."
            )
        if begun.before is Before.RUNNING:
            raise Problem(
                409,
                "The request with this Idempotency-Key is being answered; send it again soon.",
                headers={"Retry-After": "2"},
            )
        return begun.made if begun.before is Before.MADE else None

    async def end(self, made: str | None) -> None:
        """Keep what it made; with `None` the request may be sent again."""
        if self._key is not None:
            key = self._key
            await self._law.read(
                lambda assistant: requests.end(
                    assistant, key, made or None, workspace=self._workspace
                )
            )
