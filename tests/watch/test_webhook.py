"""A webhook is told once, in time, and never where nobody may be told."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from pincite.assistant.webhook import Post, send, signature

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = b'{"changed": 1}'


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def post(waits: list[float]) -> Post:
    return Post(private=True, timeout=0.5, sleep=waits.append)


def test_a_message_is_taken(hook: Any, post: Post) -> None:
    done = send(hook.url, BODY, post, at=7)
    assert (done.status, done.tries, done.problem) == (204, 1, "")
    ((headers, body),) = hook.received
    assert body == BODY
    assert "Pincite-Signature" not in headers


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_what_may_pass_is_tried_again_with_growing_waits(
    hook: Any, post: Post, waits: list[float], status: int
) -> None:
    hook.answers = [status, status]
    done = send(hook.url, BODY, post, at=7)
    assert (done.status, done.tries, done.problem) == (204, 3, "")
    assert waits == [1.0, 4.0]
    assert {body for _, body in hook.received} == {BODY}


def test_patience_ends(hook: Any, post: Post) -> None:
    hook.answers = [503] * 9
    done = send(hook.url, BODY, post, at=7)
    assert (done.status, done.tries) == (503, 3)
    assert "answers 503; tried 3 times" in done.problem


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410])
def test_a_refusal_and_a_redirect_are_final(hook: Any, post: Post, status: int) -> None:
    hook.answers = [status]
    done = send(hook.url, BODY, post, at=7)
    assert done.tries == 1
    assert str(status) in done.problem
    assert ("redirect" in done.problem) == (status < 400)
    assert len(hook.received) == 1


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes a connection and says nothing."""
    server = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                taken.append(server.accept()[0])
            except OSError:
                return

    thread = threading.Thread(target=take)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()
    for one in taken:
        one.close()


def test_silence_is_not_waited_for_for_ever(silent: str, waits: list[float]) -> None:
    post = Post(private=True, timeout=0.1, waits=(1.0,), sleep=waits.append)
    done = send(silent, BODY, post, at=7)
    assert (done.status, done.tries) == (None, 2)
    assert "timed out" in done.problem


def test_nobody_there_is_told(post: Post) -> None:
    done = send("http://127.0.0.1:9/", BODY, post, at=7)
    assert done.status is None
    assert "refused" in done.problem


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:7f00:1"]
)
def test_a_name_that_resolves_into_a_private_network_is_not_told(
    address: str, waits: list[float]
) -> None:
    post = Post(resolve=lambda _host, _port: ("8.8.8.8", address), sleep=waits.append)
    done = send("https://hooks.franklin.example/x", BODY, post, at=7)
    assert done.status is None
    assert address in done.problem
    assert waits == []


def test_the_address_that_was_checked_is_the_one_that_is_reached(hook: Any, post: Post) -> None:
    from dataclasses import replace
    from urllib.parse import urlsplit

    port = urlsplit(hook.url).port
    looked: list[str] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        looked.append(host)
        return ("127.0.0.1",)

    url = f"http://hooks.franklin.example:{port}/told"
    done = send(url, BODY, replace(post, resolve=resolve), at=7)
    assert done.status == 204
    assert looked == ["hooks.franklin.example"]
    assert hook.received[0][0]["Host"] == f"hooks.franklin.example:{port}"


def test_a_name_that_nobody_knows_is_tried_again(waits: list[float]) -> None:
    def resolve(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError("no such name")

    done = send("https://nowhere.example/", BODY, Post(resolve=resolve, sleep=waits.append), at=7)
    assert "nowhere.example is not to be found" in done.problem
    assert waits == [1.0, 4.0]


def test_a_signature_depends_on_secret_time_and_body() -> None:
    signed = {signature(s, t, b) for s in ("a", "b") for t in (1, 2) for b in (b"x", b"y")}
    assert len(signed) == 8
    # Worked out with another program: printf '1.x' | openssl dgst -sha256 -hmac a
    assert signature("a", 1, b"x").removeprefix("v1=") == WORKED_OUT


WORKED_OUT = "9550562addac2d4ae7b1c9557df01cd8e8b594d9d7255b989f5ad16f446f7c95"
