"""The SQLite files of a library: where they are, how they are opened, how they grow older."""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from pincite.errors import LibraryError, LibraryMissing, LibraryOutdated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

# How long a reader waits for the moment in which another process recovers or closes the file.
_PATIENCE_SECONDS = 10.0
_STEP_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class StoreFile:
    """One SQLite file: its name, its schema's script and version, and whose package has them."""

    name: str
    script: str
    version: int
    package: str = "pincite.library"


LAW = StoreFile("library.db", "schema.sql", 5)
ANSWERS = StoreFile("answers.db", "answers.sql", 4)
CACHE = StoreFile("cache.db", "cache.sql", 1)


def open_file(
    home: Path, file: StoreFile, *, create: bool, wait: float = _PATIENCE_SECONDS
) -> sqlite3.Connection:
    """The file, at the present schema. Raises LibraryMissing, LibraryOutdated, LibraryError."""
    path = home / file.name
    if not path.is_file() and not create:
        raise LibraryMissing(
            f"there is no library in {home}", at_console="`pincite library add` makes one"
        )
    try:
        if create:
            home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=wait, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{path} cannot be opened ({error})") from error
    try:
        _write_ahead(connection, wait)
        # FULL: what was acknowledged is on the disk, also after a loss of power.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        _bring_up(connection, file, path)
    except sqlite3.Error as error:
        connection.close()
        raise LibraryError(
            f"{path} cannot be used ({error})", at_console="`pincite doctor` tells more"
        ) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Keep a log of writes, so that readers never wait for them.

    A new file that another thread or process makes so at this very moment is told as locked at
    once, whatever the patience: SQLite's own waiting does not hold for this.
    """
    end = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(_STEP_SECONDS)
        else:
            return


def create(home: Path) -> None:
    """Make an empty library where there is none; one that is there is brought up to date."""
    open_file(home, LAW, create=True).close()


def _bring_up(connection: sqlite3.Connection, file: StoreFile, path: Path) -> None:
    found = _version(connection)
    if found > file.version:
        raise LibraryOutdated(
            f"{path} has schema {found}, written by a newer release; this release reads up to "
            f"{file.version}: install the newer release",
            at_console="or give another PINCITE_HOME",
        )
    if found == file.version:
        return
    if found == 0:
        _run(connection, _script(file, file.script), 0, file.version)
        return
    for version in range(found, file.version):
        _run(connection, _migration(file, version + 1), version, version + 1)


def _run(connection: sqlite3.Connection, script: str, before: int, after: int) -> None:
    """The script in one transaction, unless another process was first."""
    with transaction(connection):
        if _version(connection) != before:
            return
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {after:d}")


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _script(file: StoreFile, name: str) -> str:
    return files(file.package).joinpath(name).read_text(encoding="utf-8")


def _migration(file: StoreFile, version: int) -> str:
    stem = file.name.partition(".")[0]
    return _script(file, f"migrations/{stem}_{version:04d}.sql")


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the transaction that is open. A trigger has semicolons inside.
    statement = ""
    for part in re.sub(r"--[^\n]*", "", script).split(";")[:-1]:
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def transaction(connection: sqlite3.Connection) -> AbstractContextManager[None]:
    """A write transaction: committed at the end, rolled back if anything goes wrong."""
    return _Transaction(connection)


class _Transaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._connection.execute("COMMIT")
        elif self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
