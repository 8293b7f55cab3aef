"""`pincite check`: the citations and quotations of a memo, held against the law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, Format, FormatOption, InOption, OutOption, format_of
from pincite.cli.frame import ABSTAINED, DONE, clock, framed, tell
from pincite.cli.output import check_writable, colour, emit, width, write_whole
from pincite.cli.start import assistant
from pincite.cli.verify import bytes_of
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.memo import MemoCheck


@framed
def check(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="A memo: .docx, .pdf, .html, .md or .txt; - is text on standard input.",
            metavar="FILE",
        ),
    ],
    within: InOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = None,
    out: OutOption = None,
    mark: Annotated[
        Optional[Path],
        typer.Option(metavar="COPY.docx", help="Write a copy of a Word memo with comments."),
    ] = None,
) -> int:
    """Check a memo, offline: every citation leads to law, every quotation is the law's words.

    Exit codes: 0 all is good, 3 something must be looked at, 2 the memo cannot be read.
    """
    from pincite.assistant import named_all
    from pincite.errors import ParseError

    places = named_all(within or ())
    if len(places) > 1:
        raise UsageError("--in names one jurisdiction here: whose law a bare number is")
    check_writable(out)
    _check_copy(mark, file)
    data = bytes_of(file)
    with assistant(ctx) as helper:
        try:
            found = helper.check_memo(
                data,
                "standard input" if str(file) == "-" else file.name,
                as_of or clock().date(),
                places[0] if places else None,
            )
            _write_copy(data, found, mark)
        except ParseError as error:
            raise UsageError(str(error)) from error
    _show(found, format_of(form, out), out)
    return DONE if found.holds else ABSTAINED


def _check_copy(mark: Path | None, file: Path) -> None:
    if mark is None:
        return
    check_writable(mark)
    if mark.suffix.lower() != ".docx":
        raise UsageError(f"--mark {mark}: a marked copy is a Word file; name it .docx")
    if mark.exists() and file.exists() and mark.samefile(file):
        raise UsageError(f"--mark {mark} is the memo itself, which is left as it is; name a copy")


def _write_copy(data: bytes, found: MemoCheck, mark: Path | None) -> None:
    if mark is None:
        return
    from pincite.rendering.memo_docx import mark_docx

    write_whole(mark, mark_docx(data, found))
    tell(f"written to {mark}")


def _show(found: MemoCheck, form: Format, out: Path | None) -> None:
    from pincite.rendering.memo import memo_json, memo_markdown, memo_text

    if form is Format.JSON:
        emit(memo_json(found), out)
    elif form is Format.MARKDOWN:
        emit(memo_markdown(found), out)
    else:
        emit(memo_text(found, width=width(), colour=colour(out)), out)
