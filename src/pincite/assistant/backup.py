"""Everything of a home in one file, consistent while the server runs, and put back whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pincite import __version__
from pincite.accounts.store import ACCOUNTS, AUDIT, KEPT
from pincite.assistant.exchanging import exchange
from pincite.assistant.served import refuse_served
from pincite.errors import LibraryError, LibraryMissing, UsageError
from pincite.index.directories import index_root
from pincite.library.lock import writing
from pincite.library.store import ANSWERS, CACHE, LAW
from pincite.library.workspaces import homes

if TYPE_CHECKING:
    from collections.abc import Callable


_FORMAT = 1
_MANIFEST = "manifest.json"
# The audit log before the accounts, what points before what is pointed at.
_FILES = (AUDIT, ACCOUNTS, KEPT, ANSWERS, CACHE, LAW)
_NAME = re.compile(
    r"(?:workspaces/[0-9a-z][0-9a-z-]*/)?(?:[a-z]+\.db|index/[\w.@-]+(?:/[\w.@-]+)+)", re.ASCII
)
_LARGEST_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_LINKS = ".backup-"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds: its files with their sizes, and when and by what it was made."""

    made_at: datetime
    release: str
    files: tuple[tuple[str, int], ...]

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.files)


def back_up(
    home: Path,
    out: Path,
    *,
    now: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> BackedUp:
    """Write the backup beside `out` and put it in its place: an older one stays until then.

    Each database is copied as of one moment, whoever writes meanwhile. Index directories never
    change once they are there; one that an update replaces meanwhile is left out, and built again
    by `restore`.
    """
    if not (home / LAW.name).is_file():
        raise LibraryMissing(f"there is no library in {home}; nothing to back up")
    _sweep_backup(home, out)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
    try:
        with (
            tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as copies,
            os.fdopen(handle, "wb") as file,
        ):
            made = _write(home, Path(copies), file, now, progress)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o600)
        Path(name).replace(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error})") from error
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
    return made


def _sweep_backup(home: Path, out: Path) -> None:
    """Remove what a backup to the same file that was killed has left."""
    for stray in (
        *out.parent.glob(f".{out.name}.*"),
        *home.glob(f"{_LINKS}*"),
        *home.glob(f"workspaces/*/{_LINKS}*"),
    ):
        if stray.is_dir():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            stray.unlink(missing_ok=True)


def _write(
    home: Path, copies: Path, file: IO[bytes], now: datetime, progress: Callable[[str], None]
) -> BackedUp:
    hashes: dict[str, dict[str, object]] = {}
    # Streamed: a tar file needs no seeking, and nothing is compressed that SQLite packs anyway.
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for one in _FILES:
            if (home / one.name).is_file():
                progress(one.name)
                _copy(home / one.name, copies / one.name)
                hashes[one.name] = _put(tar, one.name, copies / one.name)
                if one is not LAW:
                    (copies / one.name).unlink()
        hashes |= _put_indexes(tar, home, copies / LAW.name, "", progress)
        (copies / LAW.name).unlink()
        for own in homes(home):
            within = own.relative_to(home).as_posix() + "/"
            progress(within + LAW.name)
            _copy(own / LAW.name, copies / LAW.name)
            hashes[within + LAW.name] = _put(tar, within + LAW.name, copies / LAW.name)
            hashes |= _put_indexes(tar, own, copies / LAW.name, within, progress)
            (copies / LAW.name).unlink()
        manifest = {
            "format": _FORMAT,
            "release": __version__,
            "made_at": now.isoformat(timespec="seconds"),
            "files": hashes,
        }
        data = json.dumps(manifest, indent=1).encode()
        entry = tarfile.TarInfo(_MANIFEST)
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    sizes = tuple((name, int(str(one["bytes"]))) for name, one in hashes.items())
    return BackedUp(made_at=now, release=__version__, files=sizes)


def _copy(source: Path, copy: Path) -> None:
    """One SQLite file as of one moment, with what its log holds."""
    try:
        with (
            closing(sqlite3.connect(source)) as before,
            closing(sqlite3.connect(copy)) as after,
        ):
            before.backup(after)
            after.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise LibraryError(f"{source} cannot be copied ({error}); `pincite doctor`") from error


def _index_directories(library: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(library)) as connection:
        rows = connection.execute("SELECT index_dir FROM packs ORDER BY name").fetchall()
    return tuple(name for (name,) in rows if name)


def _put_indexes(
    tar: tarfile.TarFile, home: Path, library: Path, within: str, progress: Callable[[str], None]
) -> dict[str, dict[str, object]]:
    """The index directories that this copy of the home's library points to."""
    hashes: dict[str, dict[str, object]] = {}
    for directory in _index_directories(library):
        progress(f"{within}index/{directory}")
        hashes |= _put_directory(tar, home, directory, within)
    return hashes


def _put(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, object]:
    """Add a file, and hash what is added: not what the file may be a moment later."""
    entry = tarfile.TarInfo(name)
    entry.size = path.stat().st_size
    entry.mode = 0o600
    with path.open("rb") as file:
        reading = _Hashed(file)
        tar.addfile(entry, reading)
    return {"bytes": entry.size, "sha256": reading.sha256.hexdigest()}


def _put_directory(
    tar: tarfile.TarFile, home: Path, name: str, within: str
) -> dict[str, dict[str, object]]:
    """An index directory, or nothing where it is gone: an update has replaced it.

    Links hold its files while they are read, whoever removes the directory meanwhile.
    """
    path = index_root(home) / name
    with tempfile.TemporaryDirectory(prefix=_LINKS, dir=home) as links:
        held: list[tuple[str, Path]] = []
        try:
            for one in sorted(path.rglob("*")):
                if one.is_file() and not one.name.endswith(".lock"):
                    link = Path(links) / str(len(held))
                    _link(one, link)
                    inside = f"{within}index/{name}/{one.relative_to(path).as_posix()}"
                    held.append((inside, link))
        except OSError:
            return {}
        return {inside: _put(tar, inside, link) for inside, link in held}


def _link(source: Path, link: Path) -> None:
    try:
        os.link(source, link)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, link)  # a file system without links


class _Hashed:
    """A file that is read and hashed at once."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read(size)
        self.sha256.update(data)
        return data


def restore(
    home: Path,
    backup: Path,
    *,
    now: datetime,
    replace: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> BackedUp:
    """Put a backup in the place of a home, after every hash in it was found right.

    All is unpacked beside the home first and then exchanged for it in one step: whoever looks, at
    any moment and after any kill, sees the old state or the new. Raises UsageError for a home that
    is not empty, unless `replace`, and for what is no whole backup; LibraryBusy for one that a
    server works with.
    """
    occupied = home.is_dir() and any(home.iterdir())
    if occupied and not replace:
        raise UsageError(
            f"{home} is not empty; give another home, or --replace to lose what is there"
        )
    refuse_served(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    _sweep(home)
    fresh = Path(tempfile.mkdtemp(prefix=f".{home.name}.restoring-", dir=home.parent))
    try:
        made = _unpack(backup, fresh, progress)
        _check(fresh, made)
        from pincite.index.doctor import examine

        for one in (fresh, *homes(fresh)):
            examine(one, now=now, fix=True, progress=lambda pack, _: progress(f"index of {pack}"))
        if occupied:
            with writing(home, "restoring a backup", now=now):
                exchange(fresh, home)
        else:
            exchange(fresh, home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return made


def _sweep(home: Path) -> None:
    """Remove what a restore that was killed has left beside the home."""
    for stray in home.parent.glob(f".{home.name}.restoring-*"):
        shutil.rmtree(stray, ignore_errors=True)


def _unpack(backup: Path, into: Path, progress: Callable[[str], None]) -> BackedUp:
    """The files of a backup, each held against the manifest, which stands at the end."""
    found: dict[str, dict[str, object]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(backup, mode="r|") as tar:
            for entry in tar:
                if entry.name == _MANIFEST and entry.size <= _LARGEST_MANIFEST:
                    manifest = json.loads(_bytes_of(tar, entry).read())
                    continue
                if not entry.isfile() or not _NAME.fullmatch(entry.name) or ".." in entry.name:
                    raise UsageError(f"{backup} is no backup of this program: {entry.name[:80]!r}")
                progress(entry.name)
                found[entry.name] = _take(tar, entry, into / entry.name)
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise UsageError(f"{backup} cannot be read as a backup ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise UsageError(f"{backup} is no whole backup of this release: its end is missing or new")
    told = manifest["files"]
    for name in sorted({*told, *found}):
        if told.get(name) != found.get(name):
            raise UsageError(f"{backup} is damaged: {name[:80]} is not as it was backed up")
    return BackedUp(
        made_at=datetime.fromisoformat(manifest["made_at"]),
        release=str(manifest["release"]),
        files=tuple((name, int(one["bytes"])) for name, one in told.items()),
    )


def _take(tar: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    source = _bytes_of(tar, entry)
    with path.open("xb") as file:
        path.chmod(0o600 if path.suffix == ".db" else 0o644)
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _bytes_of(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Any:  # noqa: ANN401
    source = tar.extractfile(entry)
    if source is None:
        raise ValueError(f"{entry.name} is no file")
    return source


def _check(home: Path, made: BackedUp) -> None:
    """Every database opens, is whole, and is not newer than this release."""
    from pincite.library.store import open_file

    names = {name for name, _ in made.files}
    for file in _FILES:
        if file.name not in names:
            continue
        with closing(open_file(home, file, create=False)) as connection:
            _whole(connection, file.name)
    for own in homes(home):
        with closing(open_file(own, LAW, create=False)) as connection:
            _whole(connection, (own / LAW.name).relative_to(home).as_posix())


def _whole(connection: sqlite3.Connection, name: str) -> None:
    ((line,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    if line != "ok":
        raise LibraryError(f"{name} of the backup is damaged: {line}")
