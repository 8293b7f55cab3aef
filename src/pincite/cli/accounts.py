"""`pincite accounts`: who may use a server with accounts, in which workspaces, with which keys."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import Format, FormatOption, format_of
from pincite.cli.frame import DONE, clock, framed, tell
from pincite.cli.output import emit
from pincite.cli.start import settings_of
from pincite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pincite.accounts.office import Office
    from pincite.accounts.people import Account

app = typer.Typer(
    help="Accounts of a server: add, list, remove, keys, workspaces.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
keys = typer.Typer(help="API keys.", no_args_is_help=True, rich_markup_mode=None)
workspaces = typer.Typer(
    help="Workspaces, which see nothing of each other.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(keys, name="key")
app.add_typer(workspaces, name="workspace")

NameArgument = Annotated[str, typer.Argument(help="The account's name.", metavar="NAME")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, editor or admin.")]
WorkspaceArgument = Annotated[str, typer.Argument(help="A workspace.", metavar="WORKSPACE")]
WorkspaceOption = Annotated[
    Optional[str], typer.Option("--workspace", "-w", help="A workspace.", metavar="WORKSPACE")
]
WorkspacesOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--workspace", "-w", help="A workspace to be a member of; may be repeated.",
        metavar="WORKSPACE",
    ),
]  # fmt: skip


@app.command("add")
@framed
def add(
    ctx: typer.Context,
    name: NameArgument,
    role: RoleOption = "editor",
    workspace: WorkspacesOption = None,
) -> int:
    """Make an account. Its password is asked for, or is the first line of standard input."""
    from pincite.accounts.people import DEFAULT_WORKSPACE, account_name, role_named

    chosen, known = role_named(role), account_name(name)
    with _office(ctx) as office:
        _refuse_taken(office, known)
        account = office.directory.add(
            known,
            _password(),
            role=chosen,
            now=office.now,
            workspaces=workspace or (DEFAULT_WORKSPACE,),
        )
        office.record("add account", account=account.name, role=account.role.value)
    tell(f"{account.name} is {account.role}, in {', '.join(account.workspaces)}")
    return DONE


@app.command("list")
@framed
def show(ctx: typer.Context, form: FormatOption = None) -> int:
    """List the accounts."""
    with _office(ctx) as office:
        rows = [_row(account) for account in office.directory.all()]
    if not rows:
        tell("there is no account; `pincite accounts add NAME --role admin` makes the first")
    _emit(("name", "role", "workspaces", "created_at"), rows, "accounts", form)
    return DONE


@app.command("remove")
@framed
def remove(ctx: typer.Context, name: NameArgument) -> int:
    """Remove an account with its sessions and keys; what its workspaces keep stays."""
    with _office(ctx) as office:
        account = office.directory.remove(name)
        office.record("remove account", account=account.name)
    tell(f"{account.name} is removed")
    return DONE


@app.command("role")
@framed
def role(
    ctx: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Argument(help="reader, editor or admin.", metavar="ROLE")],
) -> int:
    """Give an account another role; its sessions and keys have it from now on."""
    from pincite.accounts.people import role_named

    with _office(ctx) as office:
        account = office.directory.set_role(name, role_named(role))
        office.record("set role", account=account.name, role=account.role.value)
    tell(f"{account.name} is {account.role}")
    return DONE


@app.command("password")
@framed
def password(ctx: typer.Context, name: NameArgument) -> int:
    """Set an account's password anew and end its sessions."""
    with _office(ctx) as office:
        account = office.directory.named(name)
        office.directory.set_password(account.name, _password())
        office.record("set password", account=account.name)
    tell(f"{account.name} has a new password, and is logged out everywhere")
    return DONE


@keys.command("add")
@framed
def add_key(
    ctx: typer.Context,
    name: NameArgument,
    scope: Annotated[
        Optional[list[str]],
        typer.Option("--scope", help="read, ask, write, admin; may be repeated, or with commas."),
    ] = None,
    workspace: WorkspaceOption = None,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "",
    days: Annotated[
        Optional[int], typer.Option("--days", min=1, max=3650, help="It ends after so many days.")
    ] = None,
) -> int:
    """Make a key for a program, and print it. It is shown this once."""
    from pincite.accounts.keys import prefix_of
    from pincite.accounts.people import scopes_named

    with _office(ctx) as office:
        account = office.directory.named(name)
        if workspace is None and len(account.workspaces) != 1:
            raise UsageError(
                f"{account.name} is a member of {', '.join(account.workspaces) or 'no workspace'}; "
                "say which with --workspace"
            )
        key = office.keys.add(
            account,
            scopes=scopes_named(tuple(scope or ("read",))),
            workspace=workspace or account.workspaces[0],
            label=label,
            now=office.now,
            expires_at=None if days is None else office.now + timedelta(days=days),
        )
        office.record("add key", account=account.name, key=prefix_of(key))
    emit(key + "\n")
    tell("the key is shown this once; keep it where secrets are kept")
    return DONE


@keys.command("list")
@framed
def list_keys(ctx: typer.Context, form: FormatOption = None) -> int:
    """List the keys: who has them, what they may, when they were used and end."""
    with _office(ctx) as office:
        rows = [
            {
                "key": key.prefix,
                "account": key.name,
                "workspace": key.workspace,
                "scopes": [str(scope) for scope in key.scopes],
                "label": key.label,
                "used_at": _time(key.used_at),
                "expires_at": _time(key.expires_at),
                "revoked_at": _time(key.revoked_at),
            }
            for key in office.keys.all()
        ]
    columns = ("key", "account", "workspace", "scopes", "label", "used_at", "expires_at",
               "revoked_at")  # fmt: skip
    _emit(columns, rows, "keys", form)
    return DONE


@keys.command("revoke")
@framed
def revoke_key(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="What of the key is listed.", metavar="KEY")],
) -> int:
    """Revoke a key; it opens nothing from now on."""
    with _office(ctx) as office:
        revoked = office.keys.revoke(key, now=office.now)
        office.record("revoke key", account=revoked.name, key=revoked.prefix)
    tell(f"{revoked.prefix} of {revoked.name} is revoked")
    return DONE


@workspaces.command("add")
@framed
def add_workspace(ctx: typer.Context, workspace: WorkspaceArgument) -> int:
    """Make a workspace."""
    with _office(ctx) as office:
        name = office.directory.add_workspace(workspace, now=office.now)
        office.record("add workspace", name=name)
    tell(f"the workspace {name} is there; `pincite accounts workspace join NAME {name}` lets in")
    return DONE


@workspaces.command("list")
@framed
def list_workspaces(ctx: typer.Context, form: FormatOption = None) -> int:
    """List the workspaces and their members."""
    with _office(ctx) as office:
        people = office.directory.all()
        rows: list[dict[str, object]] = [
            {
                "workspace": name,
                "members": [one.name for one in people if name in one.workspaces],
            }
            for name in office.directory.workspaces()
        ]
    _emit(("workspace", "members"), rows, "workspaces", form)
    return DONE


@workspaces.command("remove")
@framed
def remove_workspace(
    ctx: typer.Context,
    workspace: WorkspaceArgument,
    yes: Annotated[
        bool, typer.Option("--yes", help="Yes: delete all that it keeps, for good.")
    ] = False,
) -> int:
    """Remove a workspace with its answers, watches, documents and feedback, for good."""
    from pincite.accounts.people import workspace_name
    from pincite.accounts.retention import forget_workspace

    name = workspace_name(workspace)
    if not yes:
        raise UsageError(f"this deletes all that {name} keeps, for good; say --yes if you mean it")
    with _office(ctx) as office:
        office.directory.remove_workspace(name)
        done = forget_workspace(office.home, name)
        office.record("remove workspace", name=name, answers=done.answers)
    tell(f"the workspace {name} is removed, and its {done.answers:,} answers are deleted")
    return DONE


@workspaces.command("join")
@framed
def join(ctx: typer.Context, name: NameArgument, workspace: WorkspaceArgument) -> int:
    """Make an account a member of a workspace."""
    with _office(ctx) as office:
        account = office.directory.join(name, workspace)
        office.record("join workspace", account=account.name, name=workspace)
    tell(f"{account.name} is in {', '.join(account.workspaces)}")
    return DONE


@workspaces.command("leave")
@framed
def leave(ctx: typer.Context, name: NameArgument, workspace: WorkspaceArgument) -> int:
    """End a membership, with the sessions and keys that are of that workspace."""
    with _office(ctx) as office:
        account = office.directory.leave(name, workspace)
        office.record("leave workspace", account=account.name, name=workspace)
    tell(f"{account.name} is in {', '.join(account.workspaces) or 'no workspace'}")
    return DONE


@contextmanager
def _office(ctx: typer.Context) -> Iterator[Office]:
    from pincite.accounts.office import Office

    with Office(settings_of(ctx).home, now=clock()) as office:
        yield office


def _refuse_taken(office: Office, name: str) -> None:
    """Before somebody thinks of a password in vain."""
    if any(account.name == name for account in office.directory.all()):
        raise UsageError(f"there is an account {name} already")


def _password() -> str:
    """Asked for twice on a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline(4096).rstrip("\r\n")
        if not line:
            raise UsageError("give the password as the first line of standard input")
        return line
    from getpass import getpass

    first = getpass("Password: ")
    if first != getpass("The same again: "):
        raise UsageError("the two are not the same; nothing was changed")
    return first


def _row(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role.value,
        "workspaces": list(account.workspaces),
        "created_at": _time(account.created_at),
    }


def _time(moment: object) -> str:
    from datetime import datetime

    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else ""


def _emit(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], name: str, form: Format | None
) -> None:
    from pincite.rendering.packs import table_markdown, table_text
    from pincite.rendering.section_wire import as_json

    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(as_json({name: rows}))
    else:
        emit((table_markdown if chosen is Format.MARKDOWN else table_text)(columns, rows))
