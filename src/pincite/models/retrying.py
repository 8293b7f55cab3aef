"""A language model that is asked again when asking again may help."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import ModelFailed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from pincite.models.language import Allowance, LanguageModel, Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrying:
    """Waits `pauses` seconds between tries, or as long as the endpoint asks.

    An endpoint that asks for more than `longest` seconds is not waited for. An answer that has
    begun is never asked for again: its statements may be on somebody's screen.
    """

    model: LanguageModel
    pauses: tuple[float, ...] = (0.5, 2.0)
    longest: float = 20.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    @property
    def name(self) -> str:
        return self.model.name

    async def stream(self, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
        for pause in (*self.pauses, None):
            begun = False
            try:
                async with aclosing(self.model.stream(prompt, allowance)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except ModelFailed as failed:
                if begun or pause is None or not failed.again:
                    raise
                wait = max(pause, failed.retry_after or 0.0)
                if wait > self.longest:
                    raise
                await self.sleep(wait)
            else:
                return
