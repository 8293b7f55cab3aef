"""API keys: shown once, kept as a hash, with scopes and an end."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pincite.accounts.people import Account, Caller, Role, Scope
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.accounts.store import Store

_SHAPE = "pincite"  # what scanners for leaked secrets look for
_LONGEST = 200
_LABEL = 80
_NOTED_EVERY = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is known of a key after it was shown. `prefix` names it."""

    prefix: str
    account: str
    name: str
    workspace: str
    label: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


class Keys:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        account: Account,
        *,
        scopes: frozenset[Scope],
        workspace: str,
        label: str,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> str:
        """The key, shown this once. Raises UsageError for scopes that the role does not have."""
        if beyond := scopes - account.role.scopes:
            raise UsageError(
                f"{account.name} is {account.role}, and cannot give {', '.join(sorted(beyond))}"
            )
        if workspace not in account.workspaces:
            raise UsageError(f"{account.name} is no member of {workspace}")
        if expires_at is not None and expires_at <= now:
            raise UsageError("the key would end before it begins")
        if not scopes:
            raise UsageError("a key needs at least one scope")
        prefix = f"{_SHAPE}_{secrets.token_hex(4)}"
        key = f"{prefix}_{secrets.token_urlsafe(32)}"
        values = (
            prefix,
            _hash(key),
            account.id,
            workspace,
            label.strip()[:_LABEL],
            " ".join(sorted(scopes)),
            now.isoformat(),
            None if expires_at is None else expires_at.isoformat(),
        )
        with self._store.writing() as db:
            db.execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)", values)
        return key

    def caller(self, key: str, *, now: datetime) -> Caller | None:
        """Whose key it is: its scopes as far as the account's role has them now."""
        if len(key) > _LONGEST or not key.startswith(f"{_SHAPE}_"):
            return None
        row = self._store.row(
            "SELECT k.prefix, k.account, a.name, k.workspace, k.scopes, a.role, k.expires_at, "
            "k.used_at FROM keys k JOIN accounts a ON a.id = k.account "
            "WHERE k.sha256 = ? AND k.revoked_at IS NULL",
            _hash(key),
        )
        if row is None:
            return None
        prefix, account, name, workspace, scopes, role, expires_at, used_at = row
        if expires_at is not None and datetime.fromisoformat(expires_at) <= now:
            return None
        last = None if used_at is None else datetime.fromisoformat(used_at)
        if last is None or (now - last).total_seconds() > _NOTED_EVERY:
            with self._store.writing() as db:
                db.execute(
                    "UPDATE keys SET used_at = ? WHERE prefix = ?", (now.isoformat(), prefix)
                )
        return Caller(
            account=account,
            name=name,
            workspace=workspace,
            scopes=frozenset(map(Scope, scopes.split())) & Role(role).scopes,
            via=prefix,
        )

    def all(self, account: str | None = None) -> tuple[Key, ...]:
        """The keys of the account with this id, or of all, the oldest first."""
        rows = self._store.rows(
            "SELECT k.prefix, k.account, a.name, k.workspace, k.label, k.scopes, k.created_at, "
            "k.expires_at, k.used_at, k.revoked_at FROM keys k JOIN accounts a ON a.id = k.account "
            "WHERE ? IS NULL OR k.account = ? ORDER BY k.created_at, k.rowid",
            account,
            account,
        )
        return tuple(map(_key, rows))

    def revoke(self, prefix: str, *, now: datetime, account: str | None = None) -> Key:
        """Raises UsageError where there is no such key (of this account, if one is named)."""
        found = [key for key in self.all(account) if key.prefix == prefix]
        if not found:
            raise UsageError(f"there is no key {prefix!r}; `pincite accounts key list` shows them")
        with self._store.writing() as db:
            db.execute(
                "UPDATE keys SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL",
                (now.isoformat(), prefix),
            )
        return found[0]


def prefix_of(key: str) -> str:
    """What of a key may be shown and written down."""
    return key[: len(_SHAPE) + 9]


def _key(row: Any) -> Key:  # noqa: ANN401 (as SQLite has it)
    times = [None if one is None else datetime.fromisoformat(one) for one in row[7:10]]
    return Key(
        prefix=row[0],
        account=row[1],
        name=row[2],
        workspace=row[3],
        label=row[4],
        scopes=tuple(map(Scope, row[5].split())),
        created_at=datetime.fromisoformat(row[6]),
        expires_at=times[0],
        used_at=times[1],
        revoked_at=times[2],
    )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
