"""Endpoints that speak OpenAI's chat completions: Ollama, vLLM, llama.cpp, and hosted ones."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from pincite.models.connection import client
from pincite.models.streaming import streamed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pincite.models.language import Allowance, Prompt

DEFAULT_URL = "https://api.openai.com/v1"
# The client insists on a key; servers on one's own machine do not look at it.
_NO_KEY = "none"


class OpenAICompatible:
    """A model behind `POST {url}/chat/completions`."""

    def __init__(self, name: str, *, url: str | None = None, key: str | None = None) -> None:
        self._model = name
        self._url = url or DEFAULT_URL
        self._key = key or _NO_KEY

    @property
    def name(self) -> str:
        return f"openai:{self._model}"

    async def stream(self, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.profiles.openai import OpenAIModelProfile
        from pydantic_ai.providers.openai import OpenAIProvider
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        async with client(allowance) as http:
            sdk = AsyncOpenAI(
                api_key=self._key,
                base_url=self._url,
                max_retries=0,  # Retrying does that
                http_client=http,
            )
            hosted = self._url == DEFAULT_URL
            provider = (
                OpenAIProvider(openai_client=sdk)
                if hosted
                else OpenAICompatibleProvider("openai-compatible", openai_client=sdk)
            )
            profile = OpenAIModelProfile(
                # Older servers know `max_tokens` alone, and newer ones still know it.
                openai_chat_supports_max_completion_tokens=hosted,
                # A connection that is closed early would look like an end.
                openai_chat_streaming_requires_finish_reason=True,
            )
            model = OpenAIChatModel(self._model, provider=provider, profile=profile)
            async with aclosing(streamed(model, prompt, allowance)) as pieces:
                async for piece in pieces:
                    yield piece
