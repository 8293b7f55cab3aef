"""`pincite eval`: questions with gold citations, asked and scored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, Format, FormatOption, format_of
from pincite.cli.frame import DONE, clock, framed
from pincite.cli.output import check_writable, emit
from pincite.cli.progress import Counter
from pincite.cli.start import assistant


@framed
def evaluate(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Question files, a JSON object a line.", metavar="FILE")
    ],
    retrieval_only: Annotated[
        bool, typer.Option("--retrieval-only", help="Rank, but write no answers.")
    ] = False,
    sample: Annotated[
        Optional[int],
        typer.Option(min=1, help="So many questions of each file."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Which sample.")] = 0,
    out: Annotated[
        Optional[Path],
        typer.Option(
            "--out", "-o", metavar="FILE", help="A JSON line a question; a later run goes on there."
        ),
    ] = None,
    as_of: AsOfOption = None,
    words: Annotated[
        bool, typer.Option("--words", "--no-vectors", help="Search by words alone.")
    ] = False,
    form: FormatOption = None,
) -> int:
    """Ask every question of the files and print retrieval and answer figures, per set and topic."""
    from pincite.rendering.section_wire import as_json
    from pincite_evals.evaluate import Plan, evaluate_files
    from pincite_evals.report import table

    check_writable(out)
    plan = Plan(
        as_of=as_of or clock().date(),
        retrieval_only=retrieval_only,
        sample=sample,
        seed=seed,
        out=out,
    )
    counter = Counter()
    try:
        with assistant(ctx, **({"vectors": False} if words else {})) as helper:
            figures = evaluate_files(files, helper, plan, counter)
    finally:
        counter.close()
    if format_of(form) is Format.JSON:
        emit(as_json(figures))
    else:
        text = table(figures["sets"])
        emit(f"```\n{text}```\n" if form is Format.MARKDOWN else text)
    return DONE
