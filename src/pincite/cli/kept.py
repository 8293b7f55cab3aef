"""`pincite answers` and `pincite feedback`: what is kept, handed out, and deleted for good."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import Format, FormatOption, OutOption, format_of
from pincite.cli.frame import DONE, ERROR, clock, framed, tell
from pincite.cli.output import check_writable, emit
from pincite.cli.start import assistant, settings_of
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.accounts.retention import Forgotten

answers = typer.Typer(
    help="Saved answers: list, export, delete for good.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
feedback = typer.Typer(
    help="What people said of statements.", no_args_is_help=True, rich_markup_mode=None
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text[:40]!r} is no date; write 2026-11-21") from None


WorkspaceOption = Annotated[
    str, typer.Option("--workspace", "-w", help="Whose answers.", metavar="WORKSPACE")
]
BeforeOption = Annotated[
    Optional[date],
    typer.Option("--before", parser=_day, metavar="DATE", help="Those given before."),
]


@answers.command("list")
@framed
def show(
    ctx: typer.Context,
    workspace: WorkspaceOption = "default",
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    form: FormatOption = None,
) -> int:
    """List the answers that are kept, the newest first."""
    from pincite.accounts.retention import listed
    from pincite.rendering.packs import table_markdown, table_text
    from pincite.rendering.section_wire import as_json

    rows = listed(settings_of(ctx).home, workspace, limit)
    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(as_json({"answers": rows}))
        return DONE
    columns = ("id", "asked_at", "question")
    emit((table_markdown if chosen is Format.MARKDOWN else table_text)(columns, rows))
    return DONE


@answers.command("export")
@framed
def export(
    ctx: typer.Context, workspace: WorkspaceOption = "default", out: OutOption = None
) -> int:
    """Print every answer of a workspace, the oldest first: one JSON object a line."""
    from pincite.accounts.retention import export as lines

    check_writable(out)
    emit("".join(lines(settings_of(ctx).home, workspace)), out)
    return DONE


@answers.command("delete")
@framed
def delete(
    ctx: typer.Context,
    ids: Annotated[
        Optional[list[str]], typer.Argument(help="Answers, as they are listed.", metavar="ID")
    ] = None,
    workspace: WorkspaceOption = "default",
    before: BeforeOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Every one.")] = False,
) -> int:
    """Delete answers with their questions and what was said of them, out of every file."""
    from pincite.accounts.retention import forget, kept_before

    home, wanted = settings_of(ctx).home, tuple(ids or ())
    if sum((bool(wanted), before is not None, everything)) != 1:
        raise UsageError("name the answers to delete, or give --before DATE, or --all")
    if not wanted:
        moment = clock() if before is None else datetime.combine(before, time(), clock().tzinfo)
        wanted = kept_before(home, workspace, moment)
    done = forget(home, workspace, wanted)
    if ids and done.answers < len(set(ids)):
        tell(f"{len(set(ids)) - done.answers:,} of them were not there")
        _told(done)
        return ERROR
    return _told(done)


@answers.command("expire")
@framed
def expire(
    ctx: typer.Context,
    days: Annotated[
        Optional[int],
        typer.Option("--days", min=1, help="How long answers are kept; else as the settings say."),
    ] = None,
) -> int:
    """Delete, in every workspace, what is older than answers are to be kept."""
    from pincite.accounts.retention import expire as forget_old

    settings = settings_of(ctx)
    kept = days if days is not None else settings.keep_days
    if kept is None:
        raise UsageError("answers are kept for good here; set keep_days, or give --days")
    return _told(forget_old(settings.home, kept, now=clock()))


@feedback.command("export")
@framed
def export_feedback(
    ctx: typer.Context, workspace: WorkspaceOption = "default", out: OutOption = None
) -> int:
    """Print a draft of an evaluation question for each answer of which anything was said.

    One JSON object a line, as `pincite eval` reads it; somebody who reads law finishes it.
    """
    from pincite.accounts.retention import drafts

    check_writable(out)
    with assistant(ctx) as helper:

        def row_of(identifier: str) -> str | None:
            section = helper.section(identifier)
            return None if section is None else section.act_id

        made = drafts(helper.home, workspace, row_of)
        emit("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made), out)
    return DONE


def _told(done: Forgotten) -> int:
    tell(f"{done.answers:,} answers are deleted")
    if not done.whole:
        tell(
            "another process is reading at this moment, so that something of them may be left in "
            "a file's log; repeat the command to be sure"
        )
        return ERROR
    return DONE
