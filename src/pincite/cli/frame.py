"""The outermost frame of every command: outcomes to exit codes, breakage to one line."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any

import typer

from pincite.errors import PinciteError, SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

DONE, ERROR, USAGE, ABSTAINED, CHANGED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def framed(command: Callable[..., int]) -> Callable[..., None]:
    """The command as Typer calls it: what it returns is the exit code, what it raises is told."""

    @wraps(command)
    def outermost(*args: Any, **values: Any) -> None:  # noqa: ANN401
        context = values.get("ctx")
        debug = bool(context is not None and (context.obj or {}).get("debug"))
        as_json = str(values.get("form") or "") == "json"
        raise typer.Exit(_code(command, args, values, debug=debug, as_json=as_json))

    return outermost


def _code(
    command: Callable[..., int],
    args: tuple[Any, ...],
    values: dict[str, Any],
    *,
    debug: bool,
    as_json: bool,
) -> int:
    try:
        _refuse_bytes(values.values())
        code = command(*args, **values)
        sys.stdout.flush()
    except KeyboardInterrupt:
        tell("stopped; what was done before is kept, and nothing is half done")
        return INTERRUPTED
    except BrokenPipeError:
        # Who reads has read enough. The interpreter flushes once more at its end.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except PinciteError as error:
        if debug:
            raise
        said = "; ".join(filter(None, (str(error), error.at_console)))
        _fault(said, type(error).__name__, as_json=as_json)
        return USAGE if isinstance(error, (UsageError, SettingsError)) else ERROR
    except Exception as error:
        if debug:
            raise
        kind = type(error).__name__
        advice = "this is a fault of the program; `pincite --debug ...` shows where it arose"
        _fault(f"{kind}: {error} ({advice})", kind, as_json=as_json)
        return ERROR
    return code


def _refuse_bytes(values: Iterable[object]) -> None:
    """Raise UsageError for an argument whose bytes are no text: Python holds them as surrogates."""
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and any("\ud800" <= letter <= "\udfff" for letter in one):
                raise UsageError("what was given is no text in UTF-8")


def _fault(message: str, kind: str, *, as_json: bool) -> None:
    if as_json:
        said = {"error": {"kind": kind, "message": message}}
        print(json.dumps(said, ensure_ascii=False), file=sys.stderr)  # noqa: T201
    else:
        tell(message)


def tell(message: str) -> None:
    """One line on standard error."""
    from pincite.rendering.words import shown

    with suppress(OSError):
        print(f"pincite: {shown(' '.join(message.split()))}", file=sys.stderr)  # noqa: T201


def clock() -> datetime:
    """Now, with the offset of the place: the one clock of the command line."""
    from datetime import datetime

    return datetime.now().astimezone()  # noqa: TID251  (an entry point)
