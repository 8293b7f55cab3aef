"""What a door is: a function of bytes that may refuse them, and nothing worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LARGEST = 64 * 1024
"""Bytes of an input; within them no door may take longer than `fuzz.guard.SECONDS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way in.

    `make` gets a folder of its own and returns the function that takes the bytes in; that raises
    PinciteError to refuse them, AssertionError where what comes out breaks a promise, and anything
    else is a finding. A `pure` door gives the same twice. `words` are what inputs are made of.
    """

    name: str
    make: Callable[[Path], Callable[[bytes], object]]
    seeds: Callable[[], Sequence[bytes]]
    words: tuple[str, ...] = ()
    pure: bool = True


def text_of(data: bytes) -> str:
    """The bytes as text; half a surrogate pair comes in too, as JSON lets it."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
