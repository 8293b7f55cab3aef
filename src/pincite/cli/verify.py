"""`pincite verify`: a saved answer against the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pincite.cli.choices import Format, FormatOption, format_of
from pincite.cli.frame import DONE, ERROR, framed
from pincite.cli.output import colour, emit, width
from pincite.cli.start import assistant
from pincite.errors import UsageError

_LARGEST = 64 * 1024 * 1024


@framed
def verify(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="An answer as `ask --format json` gives it; - is standard input.", metavar="FILE"
        ),
    ],
    form: FormatOption = None,
) -> int:
    """Check a saved answer against the library, offline: quotes, offsets, sources, labels.

    Exit codes: 0 it holds, 1 something in it does not (each fault is named), 2 no saved answer.
    """
    from pincite.rendering.checked import checked_json, checked_markdown, checked_text

    data = bytes_of(file)
    with assistant(ctx) as helper:
        checked = helper.verify(data, source=str(file))
    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(checked_json(checked.findings, checked.notes, recorded=checked.recorded))
    elif chosen is Format.MARKDOWN:
        emit(checked_markdown(checked.findings, checked.notes))
    else:
        emit(checked_text(checked.findings, checked.notes, width=width(), colour=colour()))
    return DONE if checked.holds else ERROR


def bytes_of(file: Path) -> bytes:
    """What is in the file or, for -, on standard input. Raises UsageError."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(_LARGEST + 1)
        if file.stat().st_size > _LARGEST:
            raise UsageError(f"{file} is larger than any saved answer")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror or error})") from error
