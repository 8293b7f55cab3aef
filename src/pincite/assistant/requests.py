"""Writes with a key of the caller's, for the faces: begun once, whoever sends them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.library.requests import Before, Begun, KeyedRequests

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.assistant.compose import Assistant

__all__ = ["Before", "Begun", "begin", "end"]


def begin(assistant: Assistant, key: str, sha256: str, *, now: datetime, workspace: str) -> Begun:
    """Begin the request with this hash under this key, unless it was begun before."""
    with KeyedRequests(assistant.home, workspace=workspace) as requests:
        return requests.begin(key, sha256, now=now)


def end(
    assistant: Assistant, key: str, made: str | None, *, workspace: str, reply: str | None = None
) -> None:
    """Keep the id of what the request made; `None` where it made nothing and may be sent again.

    `reply` is what was answered, where that is not found again by the id.
    """
    with KeyedRequests(assistant.home, workspace=workspace) as requests:
        requests.end(key, made, reply)
