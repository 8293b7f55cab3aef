"""The directories of the index: one a pack, built aside, moved into place, swept when stray."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pincite.law.section import Section

_TEMPORARY = ".tmp-"
_MEMORY_MB = 256
LITTLE_MEMORY_MB = 64
_WRITTEN_ANEW = frozenset({"meta.json", ".managed.json"})
_LOST = "lost.json"
# Where more than a fifth of what an index holds is gone, its word counts tell of other law.
_MOST_LOST = 0.2


def index_root(home: Path) -> Path:
    return home / "index"


@contextmanager
def building(home: Path, pack: str) -> Iterator[Path]:
    """A new directory to build in; if the building fails it is removed."""
    root = index_root(home)
    root.mkdir(parents=True, exist_ok=True)
    directory = root / f"{_TEMPORARY}{os.getpid()}-{pack}"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def fill(
    directory: Path, sections: Iterable[tuple[int, Section]], progress: Callable[[int], None]
) -> int:
    """Index the sections' words in the directory; returns how many there are."""
    from pincite.index.lexical import LexicalWriter

    count = 0
    with LexicalWriter(directory, memory_mb=_MEMORY_MB) as writer:
        for key, section in sections:
            writer.add(key, section)
            count += 1
            if count % 512 == 0:
                progress(count)
        writer.commit()
    progress(count)
    return count


def change(
    directory: Path,
    before: Path,
    lost: Sequence[int],
    gained: Iterable[tuple[int, Section]],
    progress: Callable[[int], None],
) -> None:
    """Make in `directory` the index `before` without the keys lost and with the sections gained.

    Nothing of `before` changes: readers may have it open, and a kill leaves it as it is. What does
    not change is shared with it on the disk.
    """
    from pincite.index.dense import carry
    from pincite.index.lexical import LexicalWriter

    share(before, directory)
    _note_lost(directory, _lost(before) + len(lost))
    with LexicalWriter(directory, memory_mb=LITTLE_MEMORY_MB) as writer:
        for key in lost:
            writer.delete(key)
        count = 0
        for key, section in gained:
            writer.add(key, section)
            count += 1
            if count % 512 == 0:
                progress(count)
        writer.commit()
    carry(before, directory, frozenset(lost))
    progress(count)


def may_change(before: Path, lost: int, size: int) -> bool:
    """Whether it is worth while to change an index rather than to build it from its sections."""
    return before.is_dir() and _lost(before) + lost <= _MOST_LOST * size


def _lost(directory: Path) -> int:
    """How many sections the index has lost since it was built whole."""
    try:
        return int(json.loads((directory / _LOST).read_text("utf-8")))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError):
        # Nobody knows: the next update builds it whole.
        return 1 << 62


def _note_lost(directory: Path, count: int) -> None:
    (directory / _LOST).write_text(json.dumps(count), "utf-8")


def share(before: Path, directory: Path) -> None:
    """Put the files of an index into a new directory: tantivy never changes a segment's file."""
    directory.mkdir(exist_ok=True)
    for path in before.iterdir():
        if not path.is_file() or path.name == _LOST or path.suffix == ".lock":
            continue
        if path.name in _WRITTEN_ANEW:
            shutil.copyfile(path, directory / path.name)
            continue
        try:
            os.link(path, directory / path.name)
        except OSError:
            # A file system without hard links, or too many of them.
            shutil.copyfile(path, directory / path.name)


def put_in_place(home: Path, built: Path, pack: str, content_hash: str) -> str:
    """Move a built directory to its own name, for good, and return the name.

    A name that is taken is never reused: a reader may have that directory open.
    """
    root = index_root(home)
    base = f"{pack}-{content_hash[:12]}"
    name, count = base, 1
    while (root / name).exists():
        count += 1
        name = f"{base}.{count}"
    built.rename(root / name)
    _sync(root)
    return name


def strays(home: Path, connection: sqlite3.Connection) -> tuple[Path, ...]:
    """Directories that no pack points to: left over from a writer that was stopped."""
    root = index_root(home)
    known = {row[0] for row in connection.execute("SELECT index_dir FROM packs")}
    return tuple(sorted(path for path in root.glob("*") if path.name not in known))


def sweep(home: Path, connection: sqlite3.Connection) -> None:
    """Remove stray directories. Only the holder of the write lock may: others may be building."""
    for path in strays(home, connection):
        if path.is_dir():
            # On Windows a directory that a reader has open stays until a later sweep.
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _sync(directory: Path) -> None:
    """Have the system write the directory's own entries to the disk, where that exists."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
