"""The `pincite` command: its options, its commands, and its entry point."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated, Optional

import typer

import pincite
from pincite.cli import (
    accounts,
    ask,
    audit,
    backup,
    check,
    compare,
    cover,
    doctor,
    evaluate,
    export,
    kept,
    library,
    mcp,
    read,
    serve,
    verify,
    watch,
)
from pincite.cli.frame import INTERRUPTED

app = typer.Typer(
    name="pincite",
    help="Answers to compliance questions about US law, every statement pinned and quoted.",
    no_args_is_help=True,
    # A traceback, however pretty, is no message.
    pretty_exceptions_enable=False,
    # Plain help: rich takes longer to import than the rest of the start.
    rich_markup_mode=None,
    epilog=(
        "Exit codes: 0 answered or done, 1 error, 2 usage, 3 no answer or no such law, "
        "4 a watch changed, 130 interrupted."
    ),
)
app.command("ask")(ask.ask)
app.command("compare")(compare.compare)
app.command("cover")(cover.cover)
app.command("read")(read.read)
app.command("search")(read.search)
app.command("verify")(verify.verify)
app.command("export")(export.export)
app.command("check")(check.check)
app.add_typer(library.app, name="library")
app.add_typer(watch.app, name="watch")
app.command("doctor")(doctor.doctor)
app.command("eval")(evaluate.evaluate)
app.command("mcp")(mcp.mcp)
app.command("serve")(serve.serve)
app.add_typer(accounts.app, name="accounts")
app.add_typer(audit.app, name="audit")
app.add_typer(kept.answers, name="answers")
app.add_typer(kept.feedback, name="feedback")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"pincite {pincite.__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    home: Annotated[
        Optional[str],
        typer.Option(help="Where the library and its state are.", metavar="FOLDER"),
    ] = None,
    packs: Annotated[
        Optional[str],
        typer.Option(help="Where packs come from.", metavar="FOLDER|URL|FILE"),
    ] = None,
    models: Annotated[
        Optional[str],
        typer.Option(help="A folder with an embedding model.", metavar="FOLDER"),
    ] = None,
    offline: Annotated[
        Optional[bool],
        typer.Option("--offline", help="Never reach for the network."),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an error arose.")
    ] = False,
    version: Annotated[  # noqa: ARG001  (its callback does the work)
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the release."),
    ] = False,
) -> None:
    """Options before the command hold for it, and win over environment and file."""
    given = {"home": home, "packs": packs, "models": models, "offline": offline}
    ctx.obj = {"settings": {k: v for k, v in given.items() if v is not None}, "debug": debug}


def run() -> None:
    """The entry point. Law text and JSON are UTF-8 whatever the system's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:  # before a command began
        sys.exit(INTERRUPTED)
