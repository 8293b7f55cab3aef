"""Callers that go away before the answer: their question is given up."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import uvicorn
from tests.web.api.conftest import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from pincite.web.asking import Asking

ASK = "/api/v1/ask"
PATIENCE = 30


class Slow:
    """Stands for the threads that answer: a question takes until it is given up."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.given_up = threading.Event()

    async def __call__(self, asking: Asking) -> Any:
        self.begun.set()
        try:
            while True:
                await asyncio.sleep(0.01)
                asking.go_on()
        finally:
            self.given_up.set()


@pytest.fixture
def slow(app: FastAPI) -> Slow:
    app.state.law.ask = slow = Slow()
    return slow


@pytest.fixture
def address(app: FastAPI, slow: Slow) -> Iterator[str]:  # noqa: ARG001  (before the server)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()


def test_a_stream_shows_that_it_lives_and_is_given_up_when_nobody_listens(
    address: str, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pincite.web.api.ask._HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr("pincite.web.api.ask._LOOK_SECONDS", 0.1)
    with (
        httpx2.Client(base_url=address, timeout=PATIENCE) as http,
        http.stream(
            "POST", ASK, json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
        ) as response,
    ):
        pieces = response.iter_bytes()
        seen = b""
        while seen.count(b": still at it\n\n") < 2:
            seen += next(pieces)
        assert not slow.given_up.is_set()
    assert slow.given_up.wait(PATIENCE)


def test_a_plain_question_is_given_up_when_its_caller_goes(address: str, slow: Slow) -> None:
    with httpx2.Client(base_url=address, timeout=0.3) as http, pytest.raises(httpx2.ReadTimeout):
        http.post(ASK, json={"question": QUESTION})
    assert slow.begun.is_set()
    assert slow.given_up.wait(PATIENCE)


def test_the_key_of_a_question_that_was_given_up_may_be_sent_again(
    address: str, slow: Slow, app: FastAPI
) -> None:
    key = {"Idempotency-Key": "gone"}
    with httpx2.Client(base_url=address, timeout=0.3) as http, pytest.raises(httpx2.ReadTimeout):
        http.post(ASK, json={"question": QUESTION}, headers=key)
    assert slow.given_up.wait(PATIENCE)
    app.state.law.ask = type(app.state.law).ask.__get__(app.state.law)
    with httpx2.Client(base_url=address, timeout=PATIENCE) as http:
        for _ in range(50):  # what was given up comes to its end a moment later
            again = http.post(ASK, json={"question": QUESTION}, headers=key)
            if again.status_code != 409:
                break
    assert again.status_code == 200
