"""`pincite library lint`: what is wrong with the law data that is installed or on offer."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from pincite.cli.choices import Format, FormatOption, OutOption, format_of
from pincite.cli.frame import DONE, ERROR, framed, tell
from pincite.cli.output import check_writable, emit
from pincite.cli.start import assistant


class SeverityChoice(StrEnum):
    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"


@framed
def lint(
    ctx: typer.Context,
    names: Annotated[
        Optional[list[str]],
        typer.Argument(help="Packs (us_mo_statutes); all without.", metavar="PACK"),
    ] = None,
    source: Annotated[
        Optional[str],
        typer.Option(
            "--from", metavar="FOLDER|URL|FILE", help="Lint what is here, installed or not."
        ),
    ] = None,
    severity: Annotated[
        SeverityChoice, typer.Option(help="The least grave findings to show.")
    ] = SeverityChoice.WARNING,
    rules: Annotated[
        Optional[list[str]],
        typer.Option("--rule", metavar="RULE", help="Only this rule; may be repeated."),
    ] = None,
    ignore: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="Known findings, each with a reason (TOML)."),
    ] = None,
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Tell bad law data from good: names that disagree, damaged or foreign text, wrong status.

    Exit codes: 0 nothing of that severity was found, 1 something was.
    """
    from pincite.assistant.linting import lint_packs
    from pincite.finding import Severity

    check_writable(out)
    least = Severity(severity.value)
    with assistant(ctx) as helper:
        results = list(
            lint_packs(
                helper,
                names or (),
                source=None if source is None else helper.source(source),
                rules=rules or (),
                least=least,
                ignore=ignore,
                processes=os.cpu_count() or 1,
            )
        )
    if not results:
        tell("no pack is installed; `--from` lints packs that are not")
    chosen = format_of(form, out)
    if chosen is Format.JSON:
        from pincite.rendering.lint import lint_json as render
    elif chosen is Format.MARKDOWN:
        from pincite.rendering.lint import lint_markdown as render
    else:
        from pincite.rendering.lint import lint_text as render
    emit(render(results), out)
    return ERROR if any(one.findings for one in results) else DONE
