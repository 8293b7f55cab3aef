"""A limit that only a hang reaches: it is no measure of speed, which `benchmarks/` has."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_hang(seconds: float = 60) -> Iterator[None]:
    """Fails a test whose work takes more than `seconds` of processor time.

    Work that is linear ends in a second or two where work that is quadratic takes minutes, so a
    machine that is ten times slower, or busy, does not reach the limit.
    """

    def stop(*_: object) -> None:
        raise AssertionError(f"still at work after {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
