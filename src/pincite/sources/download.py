"""Files over HTTP: resumed where they broke off, and checked before they are used."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from pincite.errors import ChecksumMismatch, SourceError, SourceUnreachable
from pincite.sources.check import check_file
from pincite.sources.offer import SUFFIX
from pincite.sources.reaching import refuse_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx2

    from pincite.sources.offer import PackOffer, Progress

_T = TypeVar("_T")
# Publishers of law ask for a contact in the User-Agent.
USER_AGENT = "pincite/0.1 (+https://pypi.org/project/pincite/)"
_LARGEST_PACK = 4 << 30
_SPARE_DISK = 64 << 20
_MOST_REDIRECTS = 5
_OK, _PARTIAL, _NOT_SATISFIABLE, _TOO_MANY = 200, 206, 416, 429
_RETRIED = frozenset({_TOO_MANY, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a source is waited for, in seconds, and how often it is tried.

    `read` is for each piece of an answer; `first_wait` is doubled after each try.
    """

    connect: float = 15.0
    read: float = 60.0
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)


class _Again(Exception):
    """A try failed in a way that may pass; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def read_small(url: str, limit: int, *, patience: Patience | None = None) -> bytes:
    """The whole answer, of at most `limit` bytes."""

    def read(client: httpx2.Client) -> bytes:
        with _stream(client, url, {}) as response:
            _refuse_unless(response, {_OK}, url)
            data = bytearray()
            for block in response.iter_bytes():
                data += block
                if len(data) > limit:
                    raise SourceError(f"{url}: the answer is longer than {limit:,} bytes")
            return bytes(data)

    return _persist(url, read, patience or Patience())


def download(
    url: str,
    offer: PackOffer,
    into: Path,
    progress: Progress,
    *,
    patience: Patience | None = None,
    suffix: str = SUFFIX,
) -> Path:
    """The pack, or what one is made from, as a checked file in `into`.

    What came before the line broke is kept in a `.part` file and is continued, also by a later
    call, as long as the server says that the file is still the same one.
    """
    into.mkdir(parents=True, exist_ok=True)
    part = _Part(into, offer, url, suffix)
    if offer.bytes is not None and offer.bytes > _LARGEST_PACK:
        raise SourceError(f"{url}: {offer.bytes:,} bytes are more than any pack has")
    _persist(url, lambda client: part.fetch(client, progress), patience or Patience())
    try:
        check_file(part.path, offer, source=url)
    except ChecksumMismatch:
        # Whole and wrong: to continue it would be wrong for ever.
        part.forget()
        raise
    target = into / f"{offer.name}{suffix}"
    part.path.replace(target)
    part.forget()
    return target


class _Part:
    """What has come of a file so far, and the tag by which the server knows that state."""

    def __init__(self, into: Path, offer: PackOffer, url: str, suffix: str) -> None:
        self.path = into / f"{offer.name}{suffix}.part"
        self._tag_path = into / f"{offer.name}{suffix}.part.json"
        self._offer, self._url = offer, url
        self._limit = offer.bytes if offer.bytes is not None else _LARGEST_PACK

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self._tag_path.unlink(missing_ok=True)

    def fetch(self, client: httpx2.Client, progress: Progress) -> None:
        """One try: ask for the rest if a part is here, else for the whole."""
        have, tag = self._state()
        if self._offer.bytes is not None and have == self._offer.bytes:
            return
        headers = {"Range": f"bytes={have}-", "If-Range": tag} if have and tag else {}
        with _stream(client, self._url, headers) as response:
            if response.status_code == _NOT_SATISFIABLE and headers:
                self.forget()
                raise _Again("the server has less of the file than is here already")
            _refuse_unless(response, {_OK, _PARTIAL} if headers else {_OK}, self._url)
            resumed = response.status_code == _PARTIAL
            if resumed and _range_start(response) != have:
                self.forget()
                raise _Again("the server continued at another place than asked")
            start = have if resumed else 0
            total = self._total(response, start)
            self._remember(response)
            self._save(response, start, total, progress)

    def _state(self) -> tuple[int, str]:
        """How much is here and under which tag; nothing, if it was of another address."""
        try:
            known = json.loads(self._tag_path.read_text(encoding="utf-8"))
            size = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        same = isinstance(known, dict) and known.get("url") == self._url
        if not same or known.get("sha256") != self._offer.sha256 or size > self._limit:
            return 0, ""
        tag = known.get("tag")
        return size, tag if isinstance(tag, str) else ""

    def _remember(self, response: httpx2.Response) -> None:
        tag = response.headers.get("etag", "")
        # A weak tag does not promise equal bytes (RFC 9110, 13.1.5).
        if not tag or tag.startswith("W/"):
            tag = response.headers.get("last-modified", "")
        known = {"url": self._url, "tag": tag, "sha256": self._offer.sha256}
        self._tag_path.write_text(json.dumps(known), encoding="utf-8")

    def _total(self, response: httpx2.Response, start: int) -> int | None:
        """The size of the whole file, checked against the offer, the limit and the disk."""
        length = response.headers.get("content-length", "")
        encoded = response.headers.get("content-encoding", "identity") != "identity"
        if encoded or not length.isdigit():
            return self._offer.bytes
        total = start + int(length)
        if self._offer.bytes is not None and total != self._offer.bytes:
            self.forget()
            raise ChecksumMismatch(
                f"{self._url}: the server announces {total:,} bytes where the index promises "
                f"{self._offer.bytes:,}"
            )
        if total > self._limit:
            raise SourceError(f"{self._url}: {total:,} bytes are more than any pack has")
        free = shutil.disk_usage(self.path.parent).free
        if total - start + _SPARE_DISK > free:
            raise SourceError(
                f"{self._url}: {total - start:,} bytes do not fit on the disk, {free:,} are free"
            )
        return total

    def _save(
        self, response: httpx2.Response, start: int, total: int | None, progress: Progress
    ) -> None:
        size = start
        with self.path.open("r+b" if start else "wb") as file:
            file.seek(start)
            # With a block size the last, incomplete block would be lost when the line breaks.
            for block in response.iter_bytes():
                size += len(block)
                if size > self._limit:
                    break
                file.write(block)
                progress(size, total)
        if size > self._limit:
            self.forget()
            raise ChecksumMismatch(f"{self._url}: the server sends more than was promised")
        if total is not None and size < total:
            raise _Again(f"the line broke after {size:,} of {total:,} bytes")


def _persist(url: str, attempt: Callable[[httpx2.Client], _T], patience: Patience) -> _T:
    """Try until it works or patience ends."""
    import httpx2

    timeout = httpx2.Timeout(patience.read, connect=patience.connect)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    wait, reason = patience.first_wait, ""
    with httpx2.Client(timeout=timeout, headers=headers, follow_redirects=False) as client:
        for count in range(1, patience.tries + 1):
            try:
                return attempt(client)
            except _Again as again:
                reason, asked = str(again), again.wait
            except httpx2.UnsupportedProtocol as error:
                raise SourceError(f"{url}: {error}") from error
            except httpx2.TransportError as error:
                reason, asked = str(error) or type(error).__name__, None
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                raise SourceError(f"{url}: {error}") from error
            if asked is not None and asked > patience.longest_wait:
                raise SourceUnreachable(f"{url}: {reason}; it asks to wait {asked:.0f} seconds")
            if count < patience.tries:
                patience.sleep(min(asked if asked is not None else wait, patience.longest_wait))
                wait *= 2
    raise SourceUnreachable(
        f"{url}: {reason}; tried {patience.tries} times. What came is kept and is continued "
        "next time"
    )


@contextmanager
def _stream(client: httpx2.Client, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
    """The answer to a GET, redirects followed on http(s), and never into a private network."""
    given = url
    for _ in range(_MOST_REDIRECTS + 1):
        with client.stream("GET", url, headers=headers) as response:
            following = response.next_request
            if following is None:
                yield response
                return
            if following.url.scheme not in {"http", "https"} or (
                url.startswith("https:") and following.url.scheme != "https"
            ):
                raise SourceError(f"{url}: redirects to {following.url}, which is not followed")
            refuse_private(str(following.url), given=given)
            url = str(following.url)
    raise SourceError(f"{url}: more than {_MOST_REDIRECTS} redirects")


def _refuse_unless(response: httpx2.Response, wanted: set[int], url: str) -> None:
    status = response.status_code
    if status in wanted:
        return
    if status in _RETRIED:
        raise _Again(f"the server answers {status}", _retry_after(response))
    raise SourceError(f"{url}: the server answers {status} {response.reason_phrase}".rstrip())


def _retry_after(response: httpx2.Response) -> float | None:
    """The seconds that the server asks for, or `None`; a date there is read by its own clock."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(response.headers.get("date", ""))
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None


def _range_start(response: httpx2.Response) -> int | None:
    """Where a partial answer starts: `Content-Range: bytes 100-199/200`."""
    unit, _, span = response.headers.get("content-range", "").partition(" ")
    first = span.partition("-")[0]
    return int(first) if unit == "bytes" and first.isascii() and first.isdigit() else None
