"""Linting what is installed, or what a source offers, pack by pack, several at a time."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.assistant.engines import embedded_alone
from pincite.errors import PackMissing
from pincite.finding import Severity
from pincite.library.lint import choose, file_rows, installed_rows, lint_rows, read_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pincite.assistant.compose import Assistant
    from pincite.finding import Linted
    from pincite.library.lint import Ignored
    from pincite.sources.offer import PackOffer, Source

_WORTH = 40_000  # sections: below that another process costs more time than it saves


def lint_packs(  # noqa: PLR0913 -- each is a choice of the caller
    assistant: Assistant,
    names: Sequence[str] = (),
    *,
    source: Source | None = None,
    rules: Sequence[str] = (),
    least: Severity = Severity.NOTE,
    ignore: Path | None = None,
    processes: int = 1,
) -> Iterator[Linted]:
    """What the rules say of each pack: those named, or all that are installed or on offer.

    `processes` is how many may work at a time; the results come in the order of the packs all the
    same. Raises PackMissing for one that is not there, UsageError for a rule or an ignore file.
    """
    choose(rules, least=least)
    ignored = None if ignore is None else read_ignored(ignore)
    work = partial(_linted, rules=tuple(rules), least=least, ignored=ignored)
    if source is None:
        embedded_alone(assistant.settings, "linting", "lint the packs where they come from: --from")
        have = {pack.name.lower(): pack for pack in assistant.packs()}
        there = {key: pack.name for key, pack in have.items()}
        wanted = _known(names, there, "is not installed; `pincite library list` shows what is")
        sections = sum(have[name.lower()].sections for name in wanted)
        with _workers(processes, len(wanted), sections) as run:
            yield from run(work, [(name, assistant.home, True) for name in wanted])
        return
    offers = {offer.name.lower(): offer for offer in source.packs()}
    there = {key: offer.name for key, offer in offers.items()}
    wanted = _known(names, there, f"is not offered by {source.address}")
    sections = sum(offers[name.lower()].sections or _WORTH for name in wanted)
    with (
        tempfile.TemporaryDirectory() as folder,
        _workers(processes, len(wanted), sections) as run,
    ):
        yield from run(work, _fetched(source, [offers[n.lower()] for n in wanted], Path(folder)))


_Job = tuple[str, Path, bool]


def _linted(
    job: _Job, *, rules: tuple[str, ...], least: Severity, ignored: Ignored | None
) -> Linted:
    """One pack: its name, the library or the file that it is in, and whether that is a library."""
    name, path, installed = job
    rows = installed_rows(path, name) if installed else file_rows(path, name)
    return lint_rows(name, rows, choose(rules, least=least), ignored)


def _fetched(source: Source, offers: Sequence[PackOffer], folder: Path) -> Iterator[_Job]:
    for offer in offers:
        yield offer.name, source.fetch(offer, folder, _silent), False


@contextmanager
def _workers(processes: int, packs: int, sections: int) -> Iterator[_Run]:
    """How the jobs are run: one after another here, or in processes where that is worth while."""
    if min(processes, packs) < 2 or sections < _WORTH:  # noqa: PLR2004 -- two work at a time
        yield map
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Not forked: threads of this process may hold locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, packs), mp_context=context) as pool:
        yield pool.map


def _known(names: Sequence[str], have: dict[str, str], otherwise: str) -> list[str]:
    if not names:
        return list(have.values())
    if lacking := [name for name in names if name.lower() not in have]:
        raise PackMissing(f"{lacking[0]} {otherwise}")
    return [have[name.lower()] for name in dict.fromkeys(names)]


def _silent(_done: int, _of: int | None) -> None:
    """No bar: what is linted from a source is for programs and logs."""


if TYPE_CHECKING:
    from collections.abc import Iterable

    _Run = Callable[[Callable[[_Job], Linted], Iterable[_Job]], Iterable[Linted]]
