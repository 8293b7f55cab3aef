"""`pincite doctor`: what is wrong with the library and its index, and mending it."""

from __future__ import annotations

from typing import Annotated

import typer

from pincite.cli.choices import Format, FormatOption, format_of
from pincite.cli.frame import DONE, ERROR, framed
from pincite.cli.output import emit
from pincite.cli.start import assistant


@framed
def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended.")] = False,
    texts: Annotated[
        bool, typer.Option("--texts", help="Compare every stored text with its hash (slow).")
    ] = False,
    form: FormatOption = None,
) -> int:
    """Look for a missing, stale or damaged index, a damaged file, and left-overs.

    Exit codes: 0 nothing is wrong or all was mended, 1 something is.
    """
    from pincite.rendering.packs import table_markdown, table_text
    from pincite.rendering.section_wire import as_json

    with assistant(ctx) as helper:
        problems = helper.examine(fix=fix, texts=texts)
        home = str(helper.home)
    rows = [
        {
            "trouble": one.trouble.value,
            "where": one.where,
            "mended": one.mended,
            "detail": one.detail,
        }
        for one in problems
    ]
    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(as_json({"home": home, "problems": rows}))
    elif not rows:
        emit(f"Nothing is wrong with the library in {home}.\n")
    else:
        columns = ("trouble", "where", "mended", "detail")
        emit((table_markdown if chosen is Format.MARKDOWN else table_text)(columns, rows))
        if not fix:
            emit("`pincite doctor --fix` mends what can be mended.\n")
    return DONE if all(one.mended for one in problems) else ERROR
