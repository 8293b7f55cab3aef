"""`pincite export`: a saved answer as a file to read, send or file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pincite.cli.answers import emit_answer
from pincite.cli.choices import FiledFormatOption, OutOption, filed_format_of
from pincite.cli.frame import DONE, ERROR, framed, tell
from pincite.cli.output import check_writable
from pincite.cli.start import assistant
from pincite.cli.verify import bytes_of

if TYPE_CHECKING:
    from pincite.assistant import Assistant

_UNCHECKED = (
    "This copy was made without holding the answer against the library. Its quotations and "
    "citations are as the saved answer has them."
)


@framed
def export(
    ctx: typer.Context,
    saved: Annotated[
        str,
        typer.Argument(
            help="An answer's file as `ask --format json` gives it, - for standard input, or the "
            "id of an answer that was kept.",
            metavar="FILE|ID",
        ),
    ],
    form: FiledFormatOption = None,
    out: OutOption = None,
    unchecked: Annotated[
        bool,
        typer.Option("--unchecked", help="Do not verify it first; the copy says so."),
    ] = False,
) -> int:
    """Make a file of a saved answer: Word, PDF, HTML, Markdown, text or JSON.

    The answer is first verified, as `pincite verify` does. Exit codes: 0 done, 1 it does not
    hold and nothing was written, 2 no saved answer.
    """
    chosen = filed_format_of(form, out)
    check_writable(out)
    with assistant(ctx) as helper:
        data = _data(saved, helper)
        answer = helper.read_saved(data, source=saved)
        if not unchecked:
            checked = helper.verify(data, source=saved)
            if not checked.holds:
                first = checked.faulty[0]
                tell(
                    f"the answer does not hold, and nothing was written: {first.place}: "
                    f"{first.faults[0].detail}; `pincite verify` tells all, --unchecked writes it "
                    "all the same"
                )
                return ERROR
    emit_answer(answer, chosen, out, warning=_UNCHECKED if unchecked else "")
    return DONE


def _data(saved: str, helper: Assistant) -> bytes:
    """The answer's JSON: of the file, or else of the kept answer with that id."""
    file = Path(saved)
    if saved != "-" and not file.exists() and (body := helper.saved(saved)) is not None:
        return body
    return bytes_of(file)
