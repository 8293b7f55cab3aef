"""Sessions: who is logged in, told by a random id of which only the hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pincite.accounts.people import Account, Caller, Role

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.accounts.store import Store

# Use is written down at most so often: a page of twenty requests is one write.
_NOTED_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives unused, and how long at most."""

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=7)


class Sessions:
    """Sessions end by leaving, by being idle, by age, with their account, or with its password."""

    def __init__(self, store: Store, lifetime: Lifetime | None = None) -> None:
        self._store = store
        self._lifetime = lifetime or Lifetime()

    def begin(
        self, account: Account, *, now: datetime, workspace: str | None = None, old: str = ""
    ) -> str:
        """A new id, never one that the browser brought; the session that it had is ended."""
        chosen = workspace or next(iter(account.workspaces), None)
        if chosen is None or chosen not in account.workspaces:
            raise LookupError(f"{account.name} is no member of {chosen or 'any workspace'}")
        token = secrets.token_urlsafe(32)
        at = now.timestamp()
        with self._store.writing() as db:
            db.execute("DELETE FROM sessions WHERE sha256 = ?", (_hash(old),))
            db.execute(
                "DELETE FROM sessions WHERE used_at < ? OR created_at < ?",
                (
                    at - self._lifetime.idle.total_seconds(),
                    at - self._lifetime.absolute.total_seconds(),
                ),
            )
            values = (_hash(token), account.id, chosen, at, at)
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", values)
        return token

    def caller(self, token: str, *, now: datetime) -> Caller | None:
        """Whose session it is, with the scopes of the role that the account has now."""
        hashed = _hash(token)
        row = self._store.row(
            "SELECT s.account, a.name, s.workspace, a.role, s.created_at, s.used_at "
            "FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.sha256 = ?",
            hashed,
        )
        if row is None:
            return None
        account, name, workspace, role, created_at, used_at = row
        at = now.timestamp()
        if (
            at - used_at > self._lifetime.idle.total_seconds()
            or at - created_at > self._lifetime.absolute.total_seconds()
        ):
            self.end(token)
            return None
        if at - used_at > _NOTED_EVERY:
            with self._store.writing() as db:
                db.execute("UPDATE sessions SET used_at = ? WHERE sha256 = ?", (at, hashed))
        return Caller(
            account=account,
            name=name,
            workspace=workspace,
            scopes=Role(role).scopes,
            via="session",
        )

    def end(self, token: str) -> None:
        with self._store.writing() as db:
            db.execute("DELETE FROM sessions WHERE sha256 = ?", (_hash(token),))

    def end_all(self, account: str) -> int:
        """End every session of the account with this id; how many there were."""
        with self._store.writing() as db:
            return db.execute("DELETE FROM sessions WHERE account = ?", (account,)).rowcount


def form_token(session: str) -> str:
    """What a form must send back: it follows from the session's id, and the id not from it."""
    made = hmac.digest(session.encode(), b"pincite form", "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def form_token_right(session: str, given: str) -> bool:
    return hmac.compare_digest(form_token(session).encode(), given.encode("utf-8", "replace"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
