"""A web server on this machine that misbehaves as it is told."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from pincite.sources.download import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Site:
    """What the server has, what it was asked, and what it does wrong.

    Each request takes the next of `troubles`; when none is left, or it is "", the server behaves.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ranges: bool = True
    tags: bool = True

    def add_packs(self, **packs: bytes) -> None:
        """Put the packs there with an index.json."""
        listing = {}
        for name, data in packs.items():
            self.files[f"/{name}.parquet"] = data
            sha256 = hashlib.sha256(data).hexdigest()
            listing[f"{name}.parquet"] = {"bytes": len(data), "sha256": sha256, "sections": 1}
        self.files["/index.json"] = json.dumps(listing).encode()

    def asked(self, path: str) -> list[str]:
        """The Range header of every request for the path."""
        return [headers.get("Range", "") for asked, headers in self.requests if asked == path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        pass

    def do_GET(self) -> None:
        site = self.site
        site.requests.append((self.path, dict(self.headers)))
        data = site.files.get(self.path)
        if data is None:
            self._answer(404, b"not here")
            return
        trouble = site.troubles.pop(0) if site.troubles else ""
        name, _, value = trouble.partition(" ")
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"_{name or 'file'}")(data, value)

    def _file(self, data: bytes, _: str = "") -> None:
        tag = {"ETag": f'"{hashlib.md5(data).hexdigest()}"'} if self.site.tags else {}
        start = self._start(tag.get("ETag", ""))
        if start is None:
            self._answer(200, data, tag)
        elif start >= len(data):
            self._answer(416, b"", {"Content-Range": f"bytes */{len(data)}"})
        else:
            span = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self._answer(206, data[start:], tag | {"Content-Range": span})

    def _start(self, tag: str) -> int | None:
        span = self.headers.get("Range")
        if span is None or not self.site.ranges or self.headers.get("If-Range") != tag:
            return None
        return int(span.removeprefix("bytes=").partition("-")[0])

    def _drop(self, data: bytes, after: str) -> None:
        """Break the line in the middle of the body."""
        tag = f'"{hashlib.md5(data).hexdigest()}"'
        start = self._start(tag) or 0
        self.send_response(206 if start else 200)
        if self.site.tags:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(data[start : start + int(after)])
        self.wfile.flush()
        self.close_connection = True

    def _stall(self, data: bytes, seconds: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:10])
        self.wfile.flush()
        time.sleep(float(seconds))
        self.close_connection = True

    def _length(self, data: bytes, length: str) -> None:
        """Announce another length than the body has."""
        self.send_response(200)
        self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def _endless(self, data: bytes, _: str) -> None:
        """Send with no length, and more than was promised."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _round in range(50):
            self.wfile.write(data)
        self.close_connection = True

    def _wrong(self, data: bytes, _: str) -> None:
        self._answer(200, bytes(reversed(data)))

    def _status(self, _: bytes, status: str) -> None:
        code, _space, after = status.partition(" ")
        self._answer(int(code), b"no", {"Retry-After": after} if after else {})

    def _redirect(self, _: bytes, to: str) -> None:
        self._answer(302, b"", {"Location": to})

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(_Handler):
        site = made

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:  # type: ignore[override]
            """Clients break off here on purpose."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}/"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    """The waits that the patience under test has taken."""
    return []


@pytest.fixture
def patience(waits: list[float]) -> Any:
    return Patience(connect=2, read=0.5, tries=4, first_wait=1, longest_wait=30, sleep=waits.append)
