"""The directory of accounts and workspaces: who there is, in which role, and a member of what."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pincite.accounts.passwords import Passwords, check_password
from pincite.accounts.people import (
    DEFAULT_WORKSPACE,
    Account,
    Role,
    account_name,
    workspace_name,
)
from pincite.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pincite.accounts.store import Store

_COLUMNS = "id, name, role, created_at"


class Directory:
    """Accounts and workspaces. Its changes are whole or not at all."""

    def __init__(self, store: Store, passwords: Passwords | None = None) -> None:
        self._store = store
        self._passwords = passwords or Passwords()

    def add(
        self,
        name: str,
        password: str,
        *,
        role: Role,
        now: datetime,
        workspaces: Iterable[str] = (DEFAULT_WORKSPACE,),
    ) -> Account:
        """Raises UsageError for a bad name or password, a name that is taken, no such workspace."""
        name = account_name(name)
        check_password(password, name=name)
        hashed = self._passwords.hash(password)
        account = secrets.token_hex(8)
        with self._store.writing() as db:
            if db.execute("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone():
                raise UsageError(f"there is an account {name} already")
            values = (account, name, role.value, hashed, now.isoformat())
            db.execute("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)", values)
            for workspace in workspaces:
                _join(db, account, workspace)
        return self.named(name)

    def named(self, name: str) -> Account:
        """Raises UsageError where there is no such account."""
        row = self._store.row(
            f"SELECT {_COLUMNS} FROM accounts WHERE name = ?",  # noqa: S608 -- our own columns
            name.strip().lower(),
        )
        if row is None:
            raise UsageError(f"there is no account {name!r}; `pincite accounts list` shows them")
        return self._account(row)

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM accounts ORDER BY name")  # noqa: S608
        return tuple(map(self._account, rows))

    def checked(self, name: str, password: str) -> Account | None:
        """The account, if name and password are right; `None` takes as long, whatever is wrong."""
        row = self._store.row(
            f"SELECT {_COLUMNS}, password FROM accounts WHERE name = ?",  # noqa: S608
            name.strip().lower(),
        )
        hashed = None if row is None else row[4]
        if not self._passwords.right(password, hashed) or row is None:
            return None
        if self._passwords.outdated(row[4]):
            better = self._passwords.hash(password)
            with self._store.writing() as db:
                # Not if another process has set a new password in the meantime.
                db.execute(
                    "UPDATE accounts SET password = ? WHERE id = ? AND password = ?",
                    (better, row[0], row[4]),
                )
        return self._account(row[:4])

    def remove(self, name: str) -> Account:
        """Delete the account with its sessions and keys. What its workspaces keep stays."""
        account = self.named(name)
        with self._store.writing() as db:
            self._refuse_last_admin(db, account)
            db.execute("DELETE FROM accounts WHERE id = ?", (account.id,))
        return account

    def set_role(self, name: str, role: Role) -> Account:
        """Sessions and keys have the new role's scopes from their next use on."""
        account = self.named(name)
        with self._store.writing() as db:
            if role is not Role.ADMIN:
                self._refuse_last_admin(db, account)
            db.execute("UPDATE accounts SET role = ? WHERE id = ?", (role.value, account.id))
        return self.named(name)

    def set_password(self, name: str, password: str) -> Account:
        """Ends every session of the account; its keys stay."""
        account = self.named(name)
        check_password(password, name=account.name)
        hashed = self._passwords.hash(password)
        with self._store.writing() as db:
            db.execute("UPDATE accounts SET password = ? WHERE id = ?", (hashed, account.id))
            db.execute("DELETE FROM sessions WHERE account = ?", (account.id,))
        return account

    def workspaces(self) -> tuple[str, ...]:
        return tuple(name for (name,) in self._store.rows("SELECT id FROM workspaces ORDER BY id"))

    def add_workspace(self, name: str, *, now: datetime) -> str:
        name = workspace_name(name)
        with self._store.writing() as db:
            if db.execute("SELECT 1 FROM workspaces WHERE id = ?", (name,)).fetchone():
                raise UsageError(f"there is a workspace {name} already")
            db.execute("INSERT INTO workspaces VALUES (?, ?)", (name, now.isoformat()))
        return name

    def remove_workspace(self, name: str) -> str:
        """Take it from the directory, with sessions and keys; what it keeps is deleted apart."""
        name = workspace_name(name)
        if name == DEFAULT_WORKSPACE:
            raise UsageError(f"the workspace {name} is the one that is always there")
        with self._store.writing() as db:
            if not db.execute("DELETE FROM workspaces WHERE id = ?", (name,)).rowcount:
                raise UsageError(_no_workspace(name))
        return name

    def join(self, name: str, workspace: str) -> Account:
        account = self.named(name)
        with self._store.writing() as db:
            _join(db, account.id, workspace)
        return self.named(name)

    def leave(self, name: str, workspace: str) -> Account:
        """End membership, and the sessions and keys that are of that workspace."""
        account = self.named(name)
        workspace = workspace_name(workspace)
        if workspace not in account.workspaces:
            raise UsageError(f"{account.name} is no member of {workspace}")
        with self._store.writing() as db:
            db.execute(
                "DELETE FROM members WHERE account = ? AND workspace = ?", (account.id, workspace)
            )
        return self.named(name)

    def _account(self, row: Any) -> Account:  # noqa: ANN401 (as SQLite has it)
        members = self._store.rows(
            "SELECT workspace FROM members WHERE account = ? ORDER BY workspace", row[0]
        )
        return Account(
            id=row[0],
            name=row[1],
            role=Role(row[2]),
            created_at=datetime.fromisoformat(row[3]),
            workspaces=tuple(workspace for (workspace,) in members),
        )

    @staticmethod
    def _refuse_last_admin(db: sqlite3.Connection, account: Account) -> None:
        others = "SELECT 1 FROM accounts WHERE role = 'admin' AND id != ?"
        if account.role is Role.ADMIN and not db.execute(others, (account.id,)).fetchone():
            raise UsageError(f"{account.name} is the only admin; make another one first")


def _join(db: sqlite3.Connection, account: str, workspace: str) -> None:
    workspace = workspace_name(workspace)
    if not db.execute("SELECT 1 FROM workspaces WHERE id = ?", (workspace,)).fetchone():
        raise UsageError(_no_workspace(workspace))
    db.execute("INSERT OR IGNORE INTO members VALUES (?, ?)", (account, workspace))


def _no_workspace(name: str) -> str:
    return f"there is no workspace {name}; `pincite accounts workspace add {name}` makes it"
