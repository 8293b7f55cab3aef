"""Progress on standard error: bars on a terminal, else a line a pack."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from pincite.cli.frame import tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from pincite.assistant import Stage

_NOW_AND_THEN = 25
_WORDS = {
    "fetch": "fetching",
    "read": "reading",
    "index": "indexing",
    "embed": "making vectors of",
}


class Watch(Protocol):
    """Told of installs, as `InstallProgress` is, and closed at the end."""

    def __call__(self, stage: Stage, pack: str, done: int, total: int | None, /) -> None: ...

    def close(self) -> None: ...


def watch() -> Watch:
    return Bars() if sys.stderr.isatty() else Lines()


class Lines:
    """A line when a pack begins, for logs and pipes."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, stage: Stage, pack: str, done: int, total: int | None, /) -> None:  # noqa: ARG002
        if pack not in self._told:
            self._told.add(pack)
            doing = _WORDS["embed"] if stage == "embed" else "installing"
            tell(pack if stage == "wait" else f"{doing} {pack}")

    def close(self) -> None:
        """Nothing is left on the screen."""


class Bars:
    """A bar for the stage under way. Rich is imported when the first one is shown."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def __call__(self, stage: Stage, pack: str, done: int, total: int | None, /) -> None:
        if stage == "wait":
            tell(pack)
            return
        bars = self._shown()
        key = (stage.value, pack)
        if key not in self._tasks:
            for task in self._tasks.values():
                bars.update(task, visible=False)
            self._tasks[key] = bars.add_task(f"{_WORDS[stage.value]} {pack}", total=total)
        bars.update(self._tasks[key], completed=done, total=total)

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
            self._tasks.clear()

    def _shown(self) -> Progress:
        if self._progress is None:
            self._progress = _started()
        return self._progress


class Counter:
    """How many of several things are done: a bar on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, name: str, done: int, total: int, /) -> None:
        if not sys.stderr.isatty():
            if done == total or done % _NOW_AND_THEN == 0:
                tell(f"{name}: {done} of {total}")
            return
        if self._progress is None:
            self._progress = _started()
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name, total=total)
        self._progress.update(self._tasks[name], completed=done)

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()


def _started() -> Progress:
    """Bars on standard error that leave nothing behind."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress
