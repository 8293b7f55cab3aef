"""`pincite backup` and `pincite restore`: everything of a home in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pincite.cli.frame import DONE, clock, framed, tell
from pincite.cli.output import check_writable
from pincite.cli.start import settings_of
from pincite.errors import UsageError

FileArgument = Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")]
_MEGABYTE = 1_000_000


@framed
def backup(ctx: typer.Context, file: FileArgument) -> int:
    """Write library, index, answers, accounts and audit log to a file, also while a server runs."""
    from pincite.assistant.backup import back_up

    check_writable(file)
    made = back_up(settings_of(ctx).home, file, now=clock())
    tell(f"{len(made.files):,} files, {made.bytes / _MEGABYTE:,.1f} MB, are in {file}")
    return DONE


@framed
def restore(
    ctx: typer.Context,
    file: FileArgument,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what the home holds now.")
    ] = False,
) -> int:
    """Put a backup in the place of the home, after its hashes were found right.

    Stop the server first. A home that is not empty is refused without --replace.
    """
    from pincite.assistant.backup import restore as put_back

    if not file.is_file():
        raise UsageError(f"there is no file {file}")
    home = settings_of(ctx).home
    made = put_back(home, file, now=clock(), replace=replace)
    when = made.made_at.isoformat(sep=" ", timespec="minutes")
    tell(f"{home} is as it was at {when}, in {len(made.files):,} files")
    return DONE
