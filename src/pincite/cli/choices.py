"""Options that several commands share, and how what is given with them is read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


_SUFFIXES = {".json": Format.JSON, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text[:40]!r} is no date; write 2026-11-21") from None


FormatOption = Annotated[
    Optional[Format],
    typer.Option(
        "--format", "-f", case_sensitive=False, help="How to print it.", show_default="text"
    ),
]
InOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--in", "-i", help="Whose law: MO, us-mo, Missouri, DC, federal; may be repeated."
    ),
]
AsOfOption = Annotated[
    Optional[date],
    typer.Option("--as-of", parser=_day, metavar="DATE", help="The day on which it must be law."),
]
OutOption = Annotated[
    Optional[Path],
    typer.Option("--out", "-o", metavar="FILE", help="Write to a file, whole or not at all."),
]


def format_of(form: Format | None, out: Path | None = None) -> Format:
    """The format asked for, else that of the file's suffix, else text."""
    if form is not None:
        return form
    return Format.TEXT if out is None else _SUFFIXES.get(out.suffix.lower(), Format.TEXT)
