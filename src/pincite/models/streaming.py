"""A request through pydantic-ai: its text as it comes, its exceptions as ours."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from http import HTTPStatus
from typing import TYPE_CHECKING

from pincite.errors import ModelFailed
from pincite.models.language import Failure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pydantic_ai.models import Model

    from pincite.models.language import Allowance, Prompt


async def streamed(model: Model, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
    """The pieces of the answer. Raises ModelFailed for whatever goes wrong on the way."""
    by = asyncio.get_running_loop().time() + allowance.seconds
    begun = False
    async with aclosing(_texts(model, prompt, allowance)) as texts:
        while True:
            try:
                # Around each wait, not around the whole: a time limit may not span a `yield`.
                async with asyncio.timeout_at(by):
                    text = await anext(texts)
            except StopAsyncIteration:
                return
            except ModelFailed:
                raise
            except TimeoutError as error:
                raise ModelFailed(Failure.SLOW) from error
            except Exception as error:  # what a client library raises on garbage is no closed list
                raise _failed(error, begun=begun) from error
            begun = True
            yield text


async def _texts(model: Model, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
    from pydantic_ai import messages
    from pydantic_ai.direct import model_request_stream
    from pydantic_ai.settings import ModelSettings

    request = messages.ModelRequest(
        parts=[
            messages.SystemPromptPart(content=prompt.rules),
            messages.UserPromptPart(content=prompt.material),
        ]
    )
    settings = ModelSettings(
        max_tokens=allowance.tokens, temperature=0.0, timeout=allowance.seconds
    )
    async with model_request_stream(
        model, [request], model_settings=settings, instrument=False
    ) as stream:
        async for event in stream:
            match event:
                case messages.PartStartEvent(part=messages.TextPart(content=text)) if text:
                    yield text
                case messages.PartDeltaEvent(delta=messages.TextPartDelta(content_delta=text)) if (
                    text
                ):
                    yield text
                case _:  # reasoning, and calls of tools that it was not given
                    pass


def _failed(error: Exception, *, begun: bool) -> ModelFailed:
    """Our exception for theirs. What the endpoint wrote stays out of it, as does the key."""
    from pydantic_ai import exceptions as theirs

    chain: BaseException | None = error
    while chain is not None:  # what the transport raised may come wrapped
        if isinstance(chain, ModelFailed):
            return chain
        chain = chain.__cause__ or chain.__context__
    after = error.retry_after if isinstance(error, theirs.ModelAPIError) else None
    status = error.status_code if isinstance(error, theirs.ModelHTTPError) else None
    reason = _reason(error, status)
    if reason is Failure.GARBLED and begun and type(error) is theirs.ModelAPIError:
        reason = Failure.BROKE_OFF  # an answer that stops and gives no reason for its end
    told = type(error).__name__ if status is None else f"HTTP status {status}"
    return ModelFailed(reason, told, again=reason in _AGAIN, retry_after=after)


_AGAIN = frozenset({Failure.UNREACHABLE, Failure.BROKE_OFF, Failure.BUSY, Failure.SERVER})


def _reason(error: Exception, status: int | None) -> Failure:
    from pydantic_ai import exceptions as theirs

    # The library's classes, the narrower first; a status in none of them is told by its number.
    classes = (
        ((theirs.ModelTimeoutError, theirs.ModelRequestTimeout), Failure.SLOW),
        ((theirs.ModelRateLimitError,), Failure.BUSY),
        ((theirs.ModelQuotaExceededError, theirs.ModelRequestRejectedError), Failure.REFUSED),
        ((theirs.ModelServerError, theirs.ModelUnavailableError), Failure.SERVER),
    )
    if isinstance(error, theirs.ModelConnectionError) and not isinstance(error, classes[0][0]):
        begun = error.phase not in {None, "connect"}
        return Failure.BROKE_OFF if begun else Failure.UNREACHABLE
    for kinds, failure in classes:
        if isinstance(error, kinds):
            return failure
    if status is None:
        return Failure.GARBLED
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Failure.BUSY
    return Failure.SERVER if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Failure.REFUSED
