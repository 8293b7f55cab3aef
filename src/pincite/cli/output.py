"""Where results go: a terminal, a pipe, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from pincite.cli.frame import tell
from pincite.errors import UsageError

_WIDEST = 100


def width() -> int:
    """The width of text for this terminal, and of text that goes elsewhere."""
    columns = shutil.get_terminal_size((_WIDEST, 24)).columns if sys.stdout.isatty() else _WIDEST
    return min(columns, _WIDEST)


def colour(out: Path | None = None) -> bool:
    """Whether to set headings in bold: on a terminal that does not ask for plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return out is None and sys.stdout.isatty() and not plain


def emit(text: str | bytes, out: Path | None = None) -> None:
    """Print it, or write it to the file and say so."""
    if out is None:
        sys.stdout.flush()
        if isinstance(text, str):
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()
        return
    write_whole(out, text)
    tell(f"written to {out}")


def check_writable(out: Path | None) -> None:
    """Raise UsageError before any work is done for a file that cannot be written."""
    if out is None:
        return
    if out.is_dir():
        raise UsageError(f"--out {out} is a folder; give a file")
    if not out.parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {out.parent}")
    if not os.access(out.parent, os.W_OK):
        raise UsageError(f"--out {out}: the folder {out.parent} cannot be written to")


def write_whole(out: Path, text: str | bytes) -> None:
    """Write beside the file, then put it in its place: never half a file, never a lost old one."""
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        _usual_permissions(Path(name))
        Path(name).replace(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error})") from error
    finally:
        if name is not None:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)


def _usual_permissions(path: Path) -> None:
    """Mkstemp makes a file for its owner alone; an answer is an ordinary file."""
    if os.name != "nt":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)
