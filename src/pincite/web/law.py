"""The law as the server has it: one assistant a process, used in threads of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pincite.assistant import Assistant
from pincite.errors import PinciteError
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pincite.assistant.compose import Witness
    from pincite.settings import Settings

T = TypeVar("T")
_ASKING, _READING = 0, 1
_READERS = 4
_WAITING = 512  # questions that may wait; more are sent away at once, not after a minute
_WARMING = "What must a business do?"
_log = logging.getLogger("pincite.web")


class Law:
    """One long-lived assistant, and two pools of threads: one that asks, one that reads.

    Reading never waits for a question, and the event loop for neither. Other processes may
    install, update and remove packs meanwhile: each call reads the library as it is then.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        model_key: str | None = None,
        threads: int | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.now: Callable[[], datetime] = clock or _clock
        self._assistant = Assistant(settings, now=self.now(), model_key=model_key)
        self._guard = threading.Lock()
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._pools: tuple[ThreadPoolExecutor, ThreadPoolExecutor] | None = None
        self._waiting = 0
        self._warming = False
        self._whose: Callable[[], str | None] = lambda: None
        self.warm = False
        self.trouble: str | None = None

    def start(self) -> None:
        """Load what the first question needs, in the background."""
        if not self._warming:
            self._warming = True
            self._pool(_ASKING).submit(self._warm_up)

    def witnessed_by(self, witness: Witness) -> None:
        """Have every answer and comparison told to the witness before it is shown."""
        self._assistant.witness = witness

    def working_for(self, whose: Callable[[], str | None]) -> None:
        """Have each call read the documents of the workspace that `whose` names, and no other's."""
        self._whose = whose

    async def stop(self) -> None:
        """Let what runs come to its end; what waits is given up."""
        pools, self._pools = self._pools, None
        for pool in pools or ():
            pool.shutdown(wait=False, cancel_futures=True)

    def assistant(self) -> Assistant:
        """The assistant at this moment; what it has open and loaded is shared."""
        with self._guard:
            assistant = self._assistant.at(self.now())
        workspace = self._whose()
        return assistant if workspace is None else assistant.within(workspace)

    async def read(self, work: Callable[[Assistant], T]) -> T:
        """Do something short: open a section, search, look at the library."""
        return await self._in(_READING, work)

    async def ask(self, work: Callable[[Assistant], T]) -> T:
        """Do something that takes a core for long: answer, compare, verify. Raises Problem."""
        if self._waiting >= _WAITING:
            raise Problem(
                503,
                "Too many questions wait already; ask again soon.",
                headers={"Retry-After": "10"},
            )
        self._waiting += 1
        try:
            return await self._in(_ASKING, work)
        finally:
            self._waiting -= 1

    async def _in(self, which: int, work: Callable[[Assistant], T]) -> T:
        loop = asyncio.get_running_loop()
        # Who asks goes along into the thread.
        context = copy_context()
        return await loop.run_in_executor(self._pool(which), context.run, partial(self._done, work))

    def _pool(self, which: int) -> ThreadPoolExecutor:
        """The threads for asking or reading; called from the event loop's thread alone."""
        if self._pools is None:
            self._pools = (
                ThreadPoolExecutor(self._threads, thread_name_prefix="pincite-ask"),
                ThreadPoolExecutor(_READERS, thread_name_prefix="pincite-read"),
            )
        return self._pools[which]

    def _done(self, work: Callable[[Assistant], T]) -> T:
        return work(self.assistant())

    def _warm_up(self) -> None:
        """Ask once for nobody: that opens the library and loads every model and table."""
        try:
            assistant = self.assistant()
            assistant.witness = None  # nobody asks
            installed = assistant.packs()
            places = [installed[0].jurisdiction] if installed else []
            if places:
                asyncio.run(assistant.ask(_WARMING, as_of=self.now().date(), jurisdictions=places))
            self.trouble = None
        except PinciteError as error:
            self.trouble = str(error)
            _log.warning(
                "the server is not ready: %s",
                "; ".join(filter(None, (str(error), error.at_console))),
            )
        finally:
            self.warm = True
            self._warming = False


def _clock() -> datetime:
    return datetime.now().astimezone()  # noqa: TID251  (an entry point)
