"""An endpoint on this machine that answers by a script: it speaks chat completions, or worse."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]

SSE = "text/event-stream"


@dataclass
class Scripted:
    """Gives its replies in order, the last one again and again; keeps what it was sent."""

    replies: list[Reply]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                int(line.split(":")[1])
                for line in head.split("\r\n")
                if line.lower().startswith("content-length:")
            )
            self.headers.append(head)
            self.requests.append(json.loads(await reader.readexactly(length)))
            reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
            await reply(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # who asked has gone
        finally:
            writer.close()


@asynccontextmanager
async def scripted(*replies: Reply) -> AsyncIterator[Scripted]:
    endpoint = Scripted(list(replies))
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.CancelledError):  # a reply that hangs, at the end of the test
            await endpoint.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield endpoint
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def head(status: str = "200 OK", kind: str = SSE, *more: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *more)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def event(text: str | None, finish: str | None = None) -> bytes:
    delta = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


END = event(None, "stop") + b"data: [DONE]\n\n"


def raw(content: bytes) -> Reply:
    async def reply(writer: asyncio.StreamWriter) -> None:
        writer.write(content)

    return reply


def says(text: str, *, size: int = 7) -> Reply:
    """The text as an answer, in events of a few characters."""
    pieces = b"".join(event(text[at : at + size]) for at in range(0, len(text), size))
    return raw(head() + pieces + END)


def statements(*told: dict[str, Any]) -> Reply:
    return says("\n".join(json.dumps(one) for one in told))


def breaks_off(text: str) -> Reply:
    """The text, then the connection is closed as if that were all."""
    return raw(head() + event(text))


def drops(text: str) -> Reply:
    """The text in a chunked body that is cut in the middle of a chunk."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        body = event(text)
        writer.write(head("200 OK", SSE, "Transfer-Encoding: chunked"))
        writer.write(f"{len(body):x}\r\n".encode() + body + b"\r\nfff\r\ndata: {")
        await writer.drain()
        writer.transport.abort()

    return reply


def hangs(text: str = "") -> Reply:
    """The text, then nothing, for longer than anybody waits."""

    async def reply(writer: asyncio.StreamWriter) -> None:
        if text:
            writer.write(head() + event(text))
            await writer.drain()
        await asyncio.sleep(60)

    return reply


def fails(status: str, *more: str, body: bytes = b'{"error": {"message": "no"}}') -> Reply:
    return raw(head(status, "application/json", f"Content-Length: {len(body)}", *more) + body)
