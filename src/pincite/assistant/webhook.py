"""Telling a webhook: one JSON message, signed, tried again, never sent into a private network."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pincite.errors import SourceError, UsageError
from pincite.sources.download import USER_AGENT
from pincite.sources.reaching import is_public, origin, resolved
from pincite.watching import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable

    from pincite.sources.reaching import Resolve

_LONGEST_ANSWER = 64 << 10
_ENOUGH = frozenset(range(200, 300))
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How a message is sent. `private` allows addresses that are not of the public internet.

    `also` is an address that is told of every change, beside the watches' own.

    `waits` are the seconds between tries; `resolve` and `sleep` are for tests.
    """

    secret: str = ""
    also: str = ""
    private: bool = False
    timeout: float = 10.0
    waits: tuple[float, ...] = (1.0, 4.0)
    resolve: Resolve = field(default=resolved, compare=False)
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)


class _Again(Exception):
    """A try failed in a way that may pass."""


def check_webhook(url: str) -> None:
    """Raise UsageError for an address to which nothing could be sent."""
    try:
        origin(url)
    except SourceError as error:
        raise UsageError(str(error)) from error
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise UsageError(f"{url[:200]}: a webhook is an https or http address")
    if parts.username is not None or parts.password is not None:
        raise UsageError("a webhook's address holds no name and password: it is kept in the clear")


def send(url: str, body: bytes, post: Post, *, at: int) -> Delivery:
    """Post the message; `at` is the time in seconds, which is signed with it.

    What goes wrong is told in the result. A redirect is not followed.
    """
    try:
        check_webhook(url)
    except UsageError as error:
        return Delivery(url=url, problem=str(error))
    status, problem = None, ""
    for count, wait in enumerate((*post.waits, None), 1):
        try:
            status = _once(url, body, post, at)
        except _Again as error:
            problem = str(error)
        except SourceError as error:
            return Delivery(url=url, tries=count, problem=str(error))
        else:
            if status in _ENOUGH:
                return Delivery(url=url, tries=count, status=status)
            problem = _refusal(status)
            if status not in _AGAIN:
                return Delivery(url=url, tries=count, status=status, problem=problem)
        if wait is not None:
            post.sleep(wait)
    tries = len(post.waits) + 1
    return Delivery(url=url, tries=tries, status=status, problem=f"{problem}; tried {tries} times")


def signature(secret: str, at: int, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256, in hexadecimal digits, of the time, a dot, and the body."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"v1={digest.hexdigest()}"


def _refusal(status: int) -> str:
    if 300 <= status < 400:  # noqa: PLR2004 -- HTTP's redirects
        return f"it answers {status}, a redirect, which is not followed"
    return f"it answers {status}"


def _once(url: str, body: bytes, post: Post, at: int) -> int:
    """One try, and the status that it got. Raises _Again, and SourceError for a refused address."""
    parts, (host, port) = urlsplit(url), origin(url)
    address = _address(host, port, post)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
        "Pincite-Timestamp": str(at),
        "Connection": "close",
    }
    if post.secret:
        headers["Pincite-Signature"] = signature(post.secret, at, body)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(parts.scheme, host, port, address, post.timeout)
    try:
        connection.request("POST", path, body=body, headers=headers)
        response = connection.getresponse()
        response.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise _Again(str(error) or type(error).__name__) from error
    except ValueError as error:
        raise SourceError(f"{url[:200]}: this is no address ({error})") from error
    else:
        return response.status
    finally:
        connection.close()


def _address(host: str, port: int, post: Post) -> str:
    """The address to connect to: looked up once, so that what was checked is what is reached."""
    try:
        found = post.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise _Again(f"{host} is not to be found ({error})") from error
    if not found:
        raise _Again(f"{host} has no address")
    private = [one for one in found if not is_public(one)]
    if private and not post.private:
        raise SourceError(
            f"{host} is {private[0]}, in a private network, to which nothing is sent; "
            "webhook_private = true in the settings allows it"
        )
    return found[0]


def _connection(
    scheme: str, host: str, port: int, address: str, timeout: float
) -> http.client.HTTPConnection:
    """A connection to that very address; the certificate must be the host's."""

    def reach(*_: object) -> socket.socket:
        return socket.create_connection((address, port), timeout)

    if scheme == "https":
        made: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        made = http.client.HTTPConnection(host, port, timeout=timeout)
    # The documented way to connect elsewhere is a tunnel; this is the one hook below it.
    made._create_connection = reach  # type: ignore[attr-defined]  # noqa: SLF001
    return made
