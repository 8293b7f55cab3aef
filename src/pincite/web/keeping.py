"""While the server runs, what is older than it is to be kept is deleted, every hour."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from pincite.accounts.retention import expire
from pincite.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

_EVERY_SECONDS = 3600.0
_AGAIN_SECONDS = 60.0
_log = logging.getLogger("pincite.web")


class Keeping:
    """Deletes old answers for good: at the start, and then each hour."""

    def __init__(self, app: ASGIApp, *, home: Path, days: int, now: Callable[[], datetime]) -> None:
        self._app = app
        self._home = home
        self._days = days
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        task = asyncio.create_task(self._again_and_again())
        try:
            await self._app(scope, receive, send)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _again_and_again(self) -> None:
        while True:
            try:
                done = await asyncio.to_thread(expire, self._home, self._days, now=self._now())
                if done.answers:
                    _log.info("%d answers were older than %d days", done.answers, self._days)
                pause = _EVERY_SECONDS if done.whole else _AGAIN_SECONDS
            except (PinciteError, sqlite3.Error) as error:
                # Somebody else writes for long; their rows are still there to be deleted.
                _log.warning("old answers could not be deleted yet: %s", error)
                pause = _AGAIN_SECONDS
            await asyncio.sleep(pause)
