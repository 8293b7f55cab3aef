"""Options that several commands share, and how what is given with them is read."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from pincite.errors import UsageError


class Format(StrEnum):
    """How a result is printed; the last three are for answers alone."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def binary(self) -> bool:
        """Whether it is no text that a terminal can show."""
        return self in {Format.DOCX, Format.PDF}


_PRINTED = {"text": Format.TEXT, "json": Format.JSON, "markdown": Format.MARKDOWN}
_FILED = {"html": Format.HTML, "docx": Format.DOCX, "pdf": Format.PDF}
_SUFFIXES = {".json": Format.JSON, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
_FILED_SUFFIXES = {
    ".html": Format.HTML, ".htm": Format.HTML, ".docx": Format.DOCX, ".pdf": Format.PDF
}  # fmt: skip


def _printed(text: str) -> Format:
    return _form(text, _PRINTED)


def _filed(text: str) -> Format:
    return _form(text, _PRINTED | _FILED)


def _form(text: str, known: dict[str, Format]) -> Format:
    name = text.strip().lower()
    found = known.get("markdown" if name == "md" else name)
    if found is None:
        raise typer.BadParameter(f"{text[:40]!r} is no format here; write {', '.join(known)}")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text[:40]!r} is no date; write 2026-11-21") from None


FormatOption = Annotated[
    Optional[Format],
    typer.Option(
        "--format",
        "-f",
        parser=_printed,
        metavar="text|json|markdown",
        help="How to print it.",
        show_default="text",
        autocompletion=lambda: list(_PRINTED),
    ),
]
FiledFormatOption = Annotated[
    Optional[Format],
    typer.Option(
        "--format",
        "-f",
        parser=_filed,
        metavar="text|json|markdown|html|docx|pdf",
        help="How to print it, or what file to make.",
        show_default="text",
        autocompletion=lambda: [*_PRINTED, *_FILED],
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


def filed_format_of(form: Format | None, out: Path | None = None) -> Format:
    """As `format_of`, for an answer, which may also be a file of HTML, Word or PDF.

    Raises UsageError for a file that a terminal cannot show, where none is given to write to.
    """
    chosen = form
    if chosen is None and out is not None:
        chosen = _FILED_SUFFIXES.get(out.suffix.lower())
    if chosen is None:
        chosen = format_of(form, out)
    if chosen.binary and out is None and sys.stdout.isatty():
        raise UsageError(
            f"{chosen.value} is no text for a terminal; give --out FILE.{chosen.value}, or a pipe"
        )
    return chosen
