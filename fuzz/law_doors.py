"""Doors of an installed library, Franklin's: questions, memos, saved answers, bodies of the API."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from fuzz.door import Door, text_of
from fuzz.file_doors import JSON, MARKS
from fuzz.text_doors import ASKED, CITED, NOW, PATHS, QUESTIONS, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence
    from pathlib import Path

    from fastapi import FastAPI

    from pincite import Assistant, Settings

    Through = Callable[[bytes], object]

_QUESTION = "How soon must a service provider give notice of a breach in the State of Franklin?"


def franklin(folder: Path) -> tuple[Settings, Assistant]:
    """Franklin's law installed in the folder, by words alone."""
    from pincite import Assistant, Settings
    from pincite.sample import PACKS, sample_packs

    packs = sample_packs(folder / "packs")
    settings = Settings(home=folder / "home", packs=str(packs), vectors=False, offline=True)
    assistant = Assistant(settings, now=NOW)
    assistant.add(PACKS)
    return settings, Assistant(settings, now=NOW)


def asked(folder: Path) -> Through:
    from pincite.rendering.wire import render_json

    _, assistant = franklin(folder)

    def through(data: bytes) -> object:
        answer = asyncio.run(assistant.ask(text_of(data), as_of=TODAY, jurisdictions=("us-fr",)))
        for statement in answer.statements:
            for quote in statement.quotes:
                section = assistant.section(quote.section)
                assert section is not None
                assert section.text[quote.start : quote.end] == quote.text, "a quote is not the law"
        return render_json(answer)

    return through


def opened(folder: Path) -> Through:
    """Citations and identifiers opened, and words searched for."""
    from pincite.assistant.searching import Search

    _, assistant = franklin(folder)

    def through(data: bytes) -> object:
        text = text_of(data)
        return assistant.open(text, jurisdiction="us-fr"), assistant.search(
            Search(words=text, as_of=TODAY)
        )

    return through


def memos(folder: Path) -> Through:
    _, assistant = franklin(folder)

    def through(data: bytes) -> object:
        return assistant.check_memo(data, "memo.md", as_of=TODAY, jurisdiction="us-fr")

    return through


def answers(folder: Path) -> Through:
    """JSON that says to be a saved answer, read and checked."""
    from pincite.rendering.html import render_html
    from pincite.rendering.markdown import render_markdown
    from pincite.rendering.text import render_text

    _, assistant = franklin(folder)

    def through(data: bytes) -> object:
        check = assistant.verify(data, source="x")
        answer = assistant.read_saved(data, source="x")
        render_text(answer)
        render_markdown(answer)
        render_html(answer)
        return check.holds

    return through


def answer_seeds() -> tuple[bytes, ...]:
    import tempfile
    from pathlib import Path

    from pincite.rendering.wire import render_json

    with tempfile.TemporaryDirectory() as folder:
        _, assistant = franklin(Path(folder))
        answer = asyncio.run(assistant.ask(_QUESTION, as_of=TODAY))
        return (render_json(answer).encode(),)


_POSTS = ("ask", "verify", "compare", "citations/resolve", "watches", "documents")
_GETS = ("read?cite=", "search?q=", "sections/", "answers/", "documents/", "watches/")


def api(folder: Path) -> Through:
    """Bodies and addresses of the API, through the whole application."""
    from pincite.web.app import create_app

    settings, _ = franklin(folder)
    app = create_app(settings, clock=lambda: NOW)
    app.state.law.start()

    def through(data: bytes) -> object:
        kind = data[0] % 12 if data else 0
        body = data[1:]
        if kind < len(_POSTS):
            status, told = asyncio.run(_call(app, "POST", _POSTS[kind], body))
        else:
            where = _GETS[kind - len(_POSTS)]
            status, told = asyncio.run(_call(app, "GET", where, b"", body))
        assert status < 500, f"the API answers {status}: {told[:300]!r}"
        assert b"Traceback" not in told
        return status

    return through


async def _call(
    app: FastAPI, method: str, where: str, body: bytes, more: bytes = b""
) -> tuple[int, bytes]:
    """One request as a server hands it over; what is appended to the address may be any bytes."""
    from urllib.parse import quote_from_bytes, unquote_to_bytes

    path, mark, query = where.partition("?")
    raw = f"/api/v1/{path}".encode()
    if more:
        if mark:
            query += quote_from_bytes(more)
        else:
            raw += quote_from_bytes(more, safe="/").encode()
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
        "raw_path": raw,
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (b"host", b"localhost"),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    sent: list[MutableMapping[str, Any]] = []
    waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    status = next(one["status"] for one in sent if one["type"] == "http.response.start")
    return status, b"".join(one.get("body", b"") for one in sent)


def bodies() -> tuple[bytes, ...]:
    made: Sequence[tuple[int, object]] = (
        (0, {"question": _QUESTION, "jurisdictions": ["us-fr"], "facts": ["we are a bank"]}),
        (0, {"question": _QUESTION, "as_of": "2026-01-01", "full": True}),
        (2, {"question": _QUESTION, "jurisdictions": ["us-fr", "us-mo"]}),
        (3, {"text": "See FS 12-3-402 and § 12-3-401(b).", "jurisdiction": "us-fr"}),
        (4, {"question": _QUESTION}),
        (5, {"name": "a.md", "content": "IyBQb2xpY3k="}),
    )
    gets = ((6, "FS 12-3-402"), (7, "breach notice"), (8, "us-fr/fs/s12-3-402/a"), (9, "9f86d081"))
    return (
        *(bytes((kind,)) + json.dumps(body).encode() for kind, body in made),
        *(bytes((kind,)) + text.encode() for kind, text in gets),
        b"\x01" + answer_seeds()[0],
    )


DOORS = (
    Door(name="ask", make=asked, seeds=QUESTIONS, words=ASKED + CITED),
    Door(
        name="open-search",
        make=opened,
        seeds=lambda: tuple(one.encode() for one in (*CITED, *PATHS)),
        words=CITED + PATHS + ASKED,
    ),
    Door(
        name="memo",
        make=memos,
        seeds=lambda: ("It reads “no ferry” (FS 12-3-402(a)). Id. § 12-3-401 “x”.".encode(),),
        words=MARKS + CITED,
    ),
    Door(name="saved-answer", make=answers, seeds=answer_seeds, words=JSON),
    Door(name="api", make=api, seeds=bodies, words=JSON + ASKED + CITED + PATHS, pure=False),
)
