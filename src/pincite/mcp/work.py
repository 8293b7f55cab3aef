"""Long work in a thread: its progress is told to the client, and cancelling stops it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from mcp.server.mcpserver.exceptions import ToolError
from typing_extensions import override

from pincite import Trace
from pincite.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mcp.server.mcpserver import Context

    from pincite.answer import Withheld
    from pincite.assistant import Stage

    T = TypeVar("T")

_STAGES = 4
_STEP = 0.001


class _Stopped(Exception):
    """The client has cancelled; nobody waits for the thread any more."""


class Call:
    """One call of a tool, as the thread that works for it sees it."""

    def __init__(self, context: Context[Any, Any]) -> None:
        self._context = context
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()
        self._told = 0.0

    def stop(self) -> None:
        self._stop.set()

    def tell(self, done: float, total: float | None, message: str) -> None:
        """Tell the client how far it is, from any thread; raises where the client has cancelled.

        What is done never goes back, as the protocol demands.
        """
        if self._stop.is_set():
            raise _Stopped
        self._told = round(done if done > self._told else self._told + _STEP, 3)
        sent = self._context.report_progress(self._told, total, message)
        asyncio.run_coroutine_threadsafe(sent, self._loop)

    def installing(self, stage: Stage, pack: str, done: int, total: int | None, /) -> None:
        """Told of installs: they stand between the first stage of an answer and the second."""
        share = min(done / total, 0.99) if total else 0.0
        self.tell(1 + share, _STAGES, f"{stage.value} {pack}")


class Told(Trace):
    """A trace that tells the client of each stage."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self._call = call

    @override
    def understood(self, item: Any) -> None:
        self._call.tell(1, _STAGES, "the question is understood")

    @override
    def retrieved(self, jurisdiction: str, item: Any) -> None:
        self._call.tell(2, _STAGES, f"law of {jurisdiction} is found")

    @override
    def found(self, jurisdiction: str, items: Sequence[Any]) -> None:
        self._call.tell(3, _STAGES, f"law of {jurisdiction} is read")

    @override
    def checked(self, jurisdiction: str, kept: Any, withheld: Sequence[Withheld]) -> None:
        self._call.tell(_STAGES, _STAGES, f"statements on {jurisdiction} are checked")


async def in_thread(context: Context[Any, Any], work: Callable[[Call], T]) -> T:
    """What `work` gives, done in a thread of the loop's pool. Raises ToolError for what fails.

    Cancelled, it returns at once; the thread ends when it next tells how far it is.
    """
    call = Call(context)
    try:
        return await asyncio.to_thread(work, call)
    except PinciteError as error:
        raise ToolError(failure(error)) from error
    except BaseException:
        call.stop()
        raise


def failure(error: PinciteError) -> str:
    """The error's kind and its message, which says what, where and what to do."""
    return f"{type(error).__name__}: {error}"
