"""Anthropic's messages endpoint."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from pincite.models.connection import client
from pincite.models.streaming import streamed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pincite.models.language import Allowance, Prompt

DEFAULT_URL = "https://api.anthropic.com"
_NO_KEY = "none"


class Anthropic:
    """A model behind `POST {url}/v1/messages`."""

    def __init__(self, name: str, *, url: str | None = None, key: str | None = None) -> None:
        self._model = name
        self._url = url or DEFAULT_URL
        self._key = key or _NO_KEY

    @property
    def name(self) -> str:
        return f"anthropic:{self._model}"

    async def stream(self, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        async with client(allowance) as http:
            sdk = AsyncAnthropic(
                api_key=self._key,
                base_url=self._url,
                max_retries=0,  # Retrying does that
                http_client=http,
                open_telemetry=False,
            )
            model = AnthropicModel(self._model, provider=AnthropicProvider(anthropic_client=sdk))
            async with aclosing(streamed(model, prompt, allowance)) as pieces:
                async for piece in pieces:
                    yield piece
