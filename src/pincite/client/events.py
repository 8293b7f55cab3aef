"""Server-sent events, read from lines (WHATWG HTML, 9.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDS = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event; `id` is the one that it has itself, or empty."""

    name: str
    data: str
    id: str


def lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """The lines of a stream. They end at CR, LF or both alone: law may hold other line breaks."""
    rest = b""
    for piece in pieces:
        rest += piece
        # A CR at the end may be the first half of a CR LF.
        whole, held = (rest[:-1], b"\r") if rest.endswith(b"\r") else (rest, b"")
        *done, last = _ENDS.split(whole)
        rest = last + held
        for line in done:
            yield line.decode("utf-8", "replace")


def events(given: Iterable[str]) -> Iterator[ServerEvent]:
    """The events of a stream; what an end breaks off is left out, as the format demands."""
    name, own_id = "message", ""
    data: list[str] = []
    for line in given:
        if not line:
            if data:
                yield ServerEvent(name, "\n".join(data), own_id)
            name, own_id = "message", ""
            data = []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif field == "id" and "\0" not in value:
            own_id = value
