"""`pincite audit`: look at the audit log, export it, and prove that its past is unchanged."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import Format, FormatOption, OutOption, format_of
from pincite.cli.frame import DONE, ERROR, framed, tell
from pincite.cli.output import check_writable, emit
from pincite.cli.start import settings_of
from pincite.errors import LibraryMissing, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.accounts.audit import AuditLog, Entry

app = typer.Typer(
    help="The audit log of a server with accounts.", no_args_is_help=True, rich_markup_mode=None
)
_COLUMNS = ("seq", "at", "actor", "account", "via", "workspace", "action", "question", "detail",
            "before", "hash")  # fmt: skip


@app.command("verify")
@framed
def verify(
    ctx: typer.Context,
    head: Annotated[
        Optional[str],
        typer.Option("--head", help="A head that was noted elsewhere.", metavar="NUMBER:HASH"),
    ] = None,
    form: FormatOption = None,
) -> int:
    """Compute the chain of the log anew. Exit code 0: it is whole; 1: it is not, and where.

    The head that is printed, noted elsewhere and given back with --head, also proves that nothing
    was cut off at the end and that the chain is not another one.
    """
    from pincite.accounts.audit import head_noted
    from pincite.rendering.section_wire import as_json

    try:
        noted = None if head is None else head_noted(head)
    except ValueError as error:
        raise UsageError(f"--head: {error}") from error
    with _log(ctx) as log:
        found = log.verify(noted)
    if format_of(form) is Format.JSON:
        values = {
            "whole": not found.troubles,
            "entries": found.entries,
            "head": str(found.head),
            "deleted_questions": found.deleted_texts,
            "troubles": list(found.troubles),
        }
        emit(as_json(values))
        return ERROR if found.troubles else DONE
    emit(
        f"{found.entries:,} entries, {found.deleted_texts:,} of their questions deleted\n"
        f"head {found.head}\n"
    )
    for trouble in found.troubles:
        tell(trouble)
    if not found.troubles:
        tell("the log is whole")
    return ERROR if found.troubles else DONE


@app.command("export")
@framed
def export(
    ctx: typer.Context,
    out: OutOption = None,
    csv: Annotated[bool, typer.Option("--csv", help="As CSV; JSON lines without it.")] = False,
    workspace: Annotated[
        Optional[str],
        typer.Option("--workspace", "-w", help="Of this workspace alone.", metavar="WORKSPACE"),
    ] = None,
    after: Annotated[
        int, typer.Option("--after", min=0, help="Only entries after this number.")
    ] = 0,
) -> int:
    """Print the entries in order: one JSON object a line, or CSV."""
    check_writable(out)
    with _log(ctx) as log:
        entries = log.entries(workspace=workspace, after=after)
        text = _as_csv(entries) if _wants_csv(csv, out) else _as_lines(entries)
    emit(text, out)
    return DONE


def _wants_csv(csv: bool, out: Path | None) -> bool:
    return csv or (out is not None and out.suffix.lower() == ".csv")


def _as_lines(entries: Iterator[Entry]) -> str:
    import json

    return "".join(json.dumps(one.as_row(), ensure_ascii=False) + "\n" for one in entries)


def _as_csv(entries: Iterator[Entry]) -> str:
    import csv
    import io
    import json

    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in entries:
        row = one.as_row() | {"detail": json.dumps(one.as_row()["detail"], ensure_ascii=False)}
        writer.writerow([_cell(row[name]) for name in _COLUMNS])
    return held.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula begins with an apostrophe."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


@contextmanager
def _log(ctx: typer.Context) -> Iterator[AuditLog]:
    from pincite.accounts.audit import AuditLog
    from pincite.accounts.store import AUDIT, Store

    home = settings_of(ctx).home
    if not (home / AUDIT.name).is_file():
        raise LibraryMissing(f"there is no audit log in {home}; a server with --auth writes one")
    with Store(home, AUDIT) as store:
        yield AuditLog(store)
