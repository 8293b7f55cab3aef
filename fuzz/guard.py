"""Watches one input at a time: seconds of the processor, memory, and what is raised."""

from __future__ import annotations

import resource
import signal
import traceback
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING

from pincite.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

SECONDS = 2.0
MEGABYTES = 256
"""By how much one input of at most 64 KB may raise the peak of the process's memory."""
ADDRESSES = 6 << 30
"""Bytes of addresses of a process that fuzzes; many are those of libraries, mapped and not used."""
_FRAMES = 3


class Hang(BaseException):
    """An input took too long. Not an Exception, so that no door can catch it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an input did that it may not: `kind` and `where` tell two bugs apart."""

    kind: str
    where: str
    detail: str
    data: bytes


class Guard:
    """Runs a door on inputs. The time is the processor's, for other work may slow the machine.

    One input in `again_each` is put in twice, where the door is pure.
    """

    def __init__(
        self, through: Callable[[bytes], object], *, pure: bool, again_each: int = 32
    ) -> None:
        self._through = through
        self._again = again_each if pure else 0
        self._count = 0
        self._ticks = 0
        self._peak = _peak()
        self.slowest = (0.0, b"")

    def watch(self) -> None:
        """Start the clock of this process, and bound its memory."""
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        signal.signal(signal.SIGPROF, self._tick)
        signal.setitimer(signal.ITIMER_PROF, SECONDS / 8, SECONDS / 8)

    @staticmethod
    def rest() -> None:
        """Stop the clock: a process that ends hears its signals no more, and would die of them."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _tick(self, _signal: int, _frame: FrameType | None) -> None:
        self._ticks += 1
        if self._ticks > 8:
            self._ticks = 0
            raise Hang

    def run(self, data: bytes) -> Finding | None:
        """Put the bytes in; what is wrong, if anything is."""
        self._ticks = 0
        self._count += 1
        began = process_time()
        try:
            came = self._came(data)
            if self._again and self._count % self._again == 0 and self._came(data) != came:
                return Finding("differs", "", "the second time something else came out", data)
        except Hang as hang:
            return Finding("hang", _where(hang), f"longer than {SECONDS} s", data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            detail = f"{type(error).__name__}: {error}"[:300]
            return Finding(type(error).__name__, _where(error), detail, data)
        took = process_time() - began
        if took > self.slowest[0] and self._count > 1:
            self.slowest = (took, data)
        if self._count % 16 == 0:
            grown = (peak := _peak()) - self._peak
            self._peak = peak
            # Libraries are loaded by the first inputs.
            if grown > MEGABYTES and self._count > 64:
                return Finding("memory", "", f"the peak rose by {grown} MB", data)
        return None

    def _came(self, data: bytes) -> object:
        try:
            return self._through(data)
        except PinciteError as error:
            return type(error).__name__


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _where(error: BaseException) -> str:
    """The last places in the package that the error went through."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "/pincite/" in frame.filename
    ]
    return " < ".join(
        f"{frame.filename.rpartition('/pincite/')[2]}:{frame.lineno}"
        for frame in reversed(frames[-_FRAMES:])
    )
