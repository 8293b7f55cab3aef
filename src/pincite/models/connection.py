"""One HTTP client a request: it follows no redirect and reads no more than it was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
from typing_extensions import override

from pincite.errors import ModelFailed
from pincite.models.language import Failure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pincite.models.language import Allowance

# A streamed token comes in an event of some 300 bytes with the server's own names around it.
_BYTES_A_TOKEN = 1_500
_BYTES_BESIDE = 200_000
_CONNECT_SECONDS = 10.0


def client(allowance: Allowance) -> httpx2.AsyncClient:
    """A client for one request. It goes where it is told and nowhere else.

    Redirects are not followed, so that a configured address is the only one that ever sees the
    question and the key; proxies and netrc files of the environment are not looked at.
    """
    timeout = httpx2.Timeout(allowance.seconds, connect=min(_CONNECT_SECONDS, allowance.seconds))
    most = allowance.tokens * _BYTES_A_TOKEN + _BYTES_BESIDE
    return httpx2.AsyncClient(
        transport=_Bounded(most),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept-Encoding": "identity"},
    )


class _Bounded(httpx2.AsyncHTTPTransport):
    """Ends a response that is larger than `most` bytes, or packed so that its size is hidden."""

    def __init__(self, most: int) -> None:
        super().__init__(trust_env=False)
        self._most = most

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        packing = response.headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in {"", "identity"}:
            await response.aclose()
            raise ModelFailed(Failure.GARBLED, f"its answer is packed as {packing[:20]}")
        stream = response.stream
        if isinstance(stream, httpx2.AsyncByteStream):
            response.stream = _Counted(stream, self._most)
        return response


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._left = most

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise ModelFailed(Failure.GARBLED, "its answer is far longer than was asked for")
            yield piece

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()
