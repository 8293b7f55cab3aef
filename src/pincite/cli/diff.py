"""`pincite library diff`: what changed between two states of law."""

from __future__ import annotations

from typing import Annotated

import typer

from pincite.cli.choices import Format, FormatOption, OutOption, format_of
from pincite.cli.frame import DONE, framed
from pincite.cli.output import check_writable, emit
from pincite.cli.start import assistant

_STATE = "A pack's file, an installed pack, or a snapshot of one (us_mo_statutes@1)."


@framed
def diff(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument(help=_STATE, metavar="BEFORE")],
    after: Annotated[str, typer.Argument(help=_STATE, metavar="AFTER")],
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Show which sections came, went, changed or were renumbered, word by word."""
    from pincite.assistant.comparing import compare_law

    check_writable(out)
    with assistant(ctx) as helper:
        found = compare_law(helper, before, after)
    chosen = format_of(form, out)
    if chosen is Format.JSON:
        from pincite.rendering.diff import diff_json as render
    elif chosen is Format.MARKDOWN:
        from pincite.rendering.diff import diff_markdown as render
    else:
        from pincite.rendering.diff import diff_text as render
    emit(render(found), out)
    return DONE
