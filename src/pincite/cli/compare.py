"""`pincite compare`: one question in several jurisdictions, side by side."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, InOption, OutOption
from pincite.cli.frame import ABSTAINED, DONE, clock, framed
from pincite.cli.output import check_writable, colour, emit, width
from pincite.cli.start import assistant
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.comparison import Comparison


class Form(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


_SUFFIXES = {
    ".json": Form.JSON,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".csv": Form.CSV,
    ".xlsx": Form.XLSX,
    ".docx": Form.DOCX,
}
_NAMES = {"md": Form.MARKDOWN} | {form.value: form for form in Form}


def _form(text: str) -> Form:
    if text.lower() not in _NAMES:
        raise typer.BadParameter(f"{text[:20]!r} is none of {', '.join(_NAMES)}")
    return _NAMES[text.lower()]


@framed
def compare(
    ctx: typer.Context,
    question: Annotated[list[str], typer.Argument(help="The question.", metavar="QUESTION")],
    within: InOption = None,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Every jurisdiction of which law is installed.")
    ] = False,
    as_of: AsOfOption = None,
    fact: Annotated[
        Optional[list[str]],
        typer.Option(
            "--fact", metavar="TEXT", help="About who asks: 'we are an insurer'; may be repeated."
        ),
    ] = None,
    form: Annotated[
        Optional[Form],
        typer.Option(
            "--format",
            "-f",
            parser=_form,
            metavar="text|json|markdown|csv|xlsx|docx",
            help="How to print it.",
            show_default="text",
        ),
    ] = None,
    out: OutOption = None,
    words: Annotated[
        bool, typer.Option("--words", "--no-vectors", help="Search by words alone.")
    ] = False,
) -> int:
    """Compare the law of several jurisdictions on one question, each cell with its own pinpoint.

    Law that is lacking is installed first. Exit codes: 0 compared, 3 no jurisdiction has an answer.
    """
    import asyncio

    from pincite.cli.progress import Counter

    chosen = form or (Form.TEXT if out is None else _SUFFIXES.get(out.suffix.lower(), Form.TEXT))
    _check(chosen, out, within, everywhere)
    counter = Counter()
    with assistant(ctx, **({"vectors": False} if words else {})) as helper:
        places = list(within or ())
        if everywhere:
            places = sorted({pack.jurisdiction for pack in helper.packs()})

        def told(done: int, total: int, name: str, /) -> None:  # noqa: ARG001
            if done or sys.stderr.isatty():
                counter("compared", done, total)

        try:
            compared = asyncio.run(
                helper.compare(
                    " ".join(question),
                    places,
                    as_of=as_of or clock().date(),
                    facts=fact or (),
                    progress=told,
                )
            )
        finally:
            counter.close()
    _show(compared, chosen, out)
    return DONE if compared.answered else ABSTAINED


def _check(form: Form, out: Path | None, within: list[str] | None, everywhere: bool) -> None:
    """What can be refused before any work is done."""
    if everywhere and within:
        raise UsageError("--all and --in contradict each other; give one of them")
    check_writable(out)
    if form in {Form.XLSX, Form.DOCX} and out is None and sys.stdout.isatty():
        raise UsageError(f"{form.value} is not for a terminal; give --out FILE")


def _show(compared: Comparison, form: Form, out: Path | None) -> None:
    if form is Form.JSON:
        from pincite.rendering.comparison_wire import comparison_json

        emit(comparison_json(compared), out)
    elif form is Form.MARKDOWN:
        from pincite.rendering.comparison_markdown import comparison_markdown

        emit(comparison_markdown(compared), out)
    elif form is Form.TEXT:
        from pincite.rendering.comparison_text import comparison_text

        emit(comparison_text(compared, width=width(), colour=colour(out)), out)
    else:
        emit(_bytes(compared, form), out)


def _bytes(compared: Comparison, form: Form) -> bytes:
    if form is Form.CSV:
        from pincite.rendering.comparison_sheets import comparison_csv

        return comparison_csv(compared).encode()
    if form is Form.XLSX:
        from pincite.rendering.comparison_sheets import comparison_xlsx

        return comparison_xlsx(compared)
    from pincite.rendering.comparison_docx import comparison_docx

    return comparison_docx(compared)
