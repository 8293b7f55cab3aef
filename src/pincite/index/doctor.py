"""What is wrong with a library and its index, and mending it from the library's own rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from pincite.errors import IndexBroken, LibraryError, LibraryMissing, LibraryOutdated
from pincite.index.directories import building, fill, index_root, put_in_place, strays, sweep
from pincite.index.past import add_past, past_directory
from pincite.library.lock import writing
from pincite.library.rows import closed_sections, current_sections
from pincite.library.store import LAW, open_file, transaction
from pincite.parsing.sections import text_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path


class Trouble(StrEnum):
    """What can be wrong."""

    NO_INDEX = "no_index"
    BROKEN_INDEX = "broken_index"
    STALE_INDEX = "stale_index"
    STRAY = "stray"
    UNFINISHED_DOWNLOAD = "unfinished_download"
    DAMAGED_FILE = "damaged_file"
    CHANGED_TEXT = "changed_text"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do. `mended` tells whether that was done."""

    trouble: Trouble
    where: str
    detail: str
    mended: bool = False


def examine(
    home: Path,
    *,
    now: datetime,
    fix: bool = False,
    texts: bool = False,
    wait_seconds: float = 0.0,
    progress: Callable[[str, int], None] = lambda _pack, _done: None,
) -> tuple[Problem, ...]:
    """Every problem found. `texts` also compares each stored text with its hash (slow).

    `fix` rebuilds each index that is missing, broken or stale, and sweeps what is left over. A
    file that is damaged and a text that changed cannot be mended: the pack is removed and
    installed again. Raises LibraryMissing or LibraryOutdated, and with `fix` LibraryBusy while
    another process writes; a file that cannot be read is a problem found.
    """
    if not fix:
        return _find(home, texts=texts)
    with writing(home, "mending the library", now=now, wait_seconds=wait_seconds):
        problems = _find(home, texts=texts)
        if any(problem.trouble is Trouble.DAMAGED_FILE for problem in problems):
            return problems
        return _mend(home, problems, progress)


def _find(home: Path, *, texts: bool) -> tuple[Problem, ...]:
    try:
        connection = open_file(home, LAW, create=False)
    except (LibraryMissing, LibraryOutdated):
        raise
    except LibraryError as error:
        return (_damaged(str(error)),)
    try:
        if damage := tuple(_damage(connection)):
            return damage
        found = (*_index_problems(home, connection), *_left_over(home, connection))
        return (*found, *_changed_texts(connection)) if texts else found
    finally:
        connection.close()


_REBUILT = frozenset({Trouble.NO_INDEX, Trouble.BROKEN_INDEX, Trouble.STALE_INDEX})


def _mend(
    home: Path, problems: tuple[Problem, ...], progress: Callable[[str, int], None]
) -> tuple[Problem, ...]:
    connection = open_file(home, LAW, create=False)
    try:
        for pack in sorted({found.where for found in problems if found.trouble in _REBUILT}):
            rebuild(home, connection, pack, partial(progress, pack))
        sweep(home, connection)
    finally:
        connection.close()
    for path in _unfinished(home):
        path.unlink(missing_ok=True)
    mended = _REBUILT | {Trouble.STRAY, Trouble.UNFINISHED_DOWNLOAD}
    return tuple(replace(found, mended=found.trouble in mended) for found in problems)


def rebuild(
    home: Path, connection: sqlite3.Connection, pack: str, progress: Callable[[int], None]
) -> None:
    """Build a pack's index anew from the library; the caller holds the write lock."""
    (sha256,) = connection.execute("SELECT sha256 FROM packs WHERE name = ?", (pack,)).fetchone()
    with building(home, pack) as directory:
        fill(directory, current_sections(connection, pack), progress)
        add_past(directory, None, closed_sections(connection, pack))
        name = put_in_place(home, directory, pack, sha256)
    with transaction(connection):
        connection.execute("UPDATE packs SET index_dir = ? WHERE name = ?", (name, pack))


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        ((line,),) = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        line = str(error)
    if line != "ok":
        yield _damaged(line)


def _damaged(detail: str) -> Problem:
    advice = "move the file away and install the packs again"
    return Problem(Trouble.DAMAGED_FILE, LAW.name, f"{detail}; {advice}")


def _index_problems(home: Path, connection: sqlite3.Connection) -> Iterator[Problem]:
    from pincite.index.lexical import LexicalIndex

    for name, sections, closed, directory in _packs(connection):
        path = index_root(home) / directory
        if not directory or not path.is_dir():
            yield Problem(Trouble.NO_INDEX, name, f"the directory {directory or '?'} is not there")
            continue
        try:
            size = LexicalIndex(path).size
            past = past_directory(path)
            kept = LexicalIndex(past).size if past.is_dir() else 0
        except IndexBroken as error:
            yield Problem(Trouble.BROKEN_INDEX, name, str(error))
            continue
        if size != sections:
            detail = f"it holds {size:,} sections where the library holds {sections:,}"
            yield Problem(Trouble.STALE_INDEX, name, detail)
        elif kept != closed:
            detail = f"it holds {kept:,} earlier versions where the library holds {closed:,}"
            yield Problem(Trouble.STALE_INDEX, name, detail)


def _packs(connection: sqlite3.Connection) -> list[tuple[str, int, int, str]]:
    return connection.execute(
        "SELECT name, coalesce(sum(s.seen_to IS NULL), 0), coalesce(sum(s.seen_to IS NOT NULL), 0),"
        " index_dir FROM packs LEFT JOIN sections s ON s.pack = packs.key"
        " GROUP BY packs.key ORDER BY name"
    ).fetchall()


def _left_over(home: Path, connection: sqlite3.Connection) -> Iterator[Problem]:
    for path in strays(home, connection):
        yield Problem(Trouble.STRAY, path.name, "no pack uses it; the next install removes it")
    for path in _unfinished(home):
        yield Problem(
            Trouble.UNFINISHED_DOWNLOAD, path.name, "the next install of the pack continues it"
        )


def _unfinished(home: Path) -> tuple[Path, ...]:
    return tuple(sorted((home / "downloads").glob("*.part*")))


def _changed_texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = connection.execute("SELECT id, text, text_sha256 FROM sections")
    for identifier, text, sha256 in rows:
        if text_hash(text) != sha256.hex():
            detail = "the stored text is not the one that was installed; remove and add its pack"
            yield Problem(Trouble.CHANGED_TEXT, identifier, detail)
