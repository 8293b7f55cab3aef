"""`pincite watch`: questions that are asked again when the law is updated."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, Format, FormatOption, InOption, OutOption, format_of
from pincite.cli.frame import CHANGED, DONE, ERROR, clock, framed, tell
from pincite.cli.output import check_writable, emit
from pincite.cli.start import assistant
from pincite.errors import UsageError

app = typer.Typer(
    help="Questions that are asked again when the law is updated.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
WebhookOption = Annotated[
    Optional[str],
    typer.Option("--webhook", metavar="URL", help="Tell this address of changes, as JSON."),
]


@app.command("add")
@framed
def add(
    ctx: typer.Context,
    question: Annotated[list[str], typer.Argument(help="The question.", metavar="QUESTION")],
    within: InOption = None,
    fact: Annotated[
        Optional[list[str]],
        typer.Option("--fact", metavar="TEXT", help="About who asks; may be repeated."),
    ] = None,
    webhook: WebhookOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = None,
) -> int:
    """Ask a question now, and keep it to be asked again by `watch run`."""
    import asyncio

    from pincite.rendering.section_wire import as_json
    from pincite.rendering.watch import watch_values

    with assistant(ctx) as helper:
        found = asyncio.run(
            helper.watch(
                " ".join(question),
                jurisdictions=within or (),
                facts=fact or (),
                webhook=webhook or "",
                as_of=as_of or clock().date(),
            )
        )
    if format_of(form) is Format.JSON:
        emit(as_json(watch_values(found.watch) | {"abstained": found.abstained}))
    else:
        emit(f"{found.watch.id}  {found.watch.question}\n")
    if found.abstained:
        tell("there is no answer to it now; `watch run` tells when there is one")
    return DONE


@app.command("list")
@framed
def show(ctx: typer.Context, form: FormatOption = None) -> int:
    """List the questions that are watched."""
    from pincite.rendering.packs import table_markdown, table_text
    from pincite.rendering.watch import watch_values, watches_json

    with assistant(ctx) as helper:
        watches = helper.watches()
    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(watches_json(watches))
        return DONE
    if not watches:
        tell("nothing is watched; `pincite watch add` keeps a question")
    rows = [watch_values(one) for one in watches]
    columns = ("id", "question", "jurisdictions", "last_run_at")
    emit((table_markdown if chosen is Format.MARKDOWN else table_text)(columns, rows))
    return DONE


@app.command("remove")
@framed
def remove(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="As `watch list` shows them.", metavar="ID")],
) -> int:
    """Stop watching questions; their answers stay among the saved ones."""
    with assistant(ctx) as helper:
        unknown = [one for one in ids if not helper.unwatch(one)]
    if unknown:
        raise UsageError(f"{', '.join(unknown)} is no watch; `pincite watch list` shows them")
    return DONE


@app.command("run")
@framed
def run(
    ctx: typer.Context,
    ids: Annotated[
        Optional[list[str]], typer.Argument(help="These alone; all without.", metavar="ID")
    ] = None,
    webhook: WebhookOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Ask the watched questions again and tell what changed, and because of which law.

    Exit codes: 0 nothing changed, 4 something did, 1 a question or a webhook failed. A change that
    a webhook did not take is told again by the next run.
    """
    import asyncio

    from pincite.settings import webhook_secret

    check_writable(out)
    with assistant(ctx) as helper:
        found = asyncio.run(
            helper.run_watches(
                ids or (),
                as_of=as_of or clock().date(),
                webhook=webhook or "",
                secret=webhook_secret(),
            )
        )
    if not found.results:
        tell("nothing is watched; `pincite watch add` keeps a question")
    chosen = format_of(form, out)
    if chosen is Format.JSON:
        from pincite.rendering.watch import run_json as render
    elif chosen is Format.MARKDOWN:
        from pincite.rendering.watch import run_markdown as render
    else:
        from pincite.rendering.watch import run_text as render
    emit(render(found), out)
    if found.failed:
        return ERROR
    return CHANGED if found.changed else DONE
