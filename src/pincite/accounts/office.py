"""The office: everything about accounts in one place, for whoever manages them at the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pincite.accounts.audit import AuditLog
from pincite.accounts.directory import Directory
from pincite.accounts.keys import Keys
from pincite.accounts.people import Caller, Scope
from pincite.accounts.store import ACCOUNTS, AUDIT, Store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

CONSOLE = Caller(account="", name="(console)", workspace="", scopes=frozenset(Scope), via="console")
"""Whoever has the files: no account, and no name that an account could have."""


class Office:
    """Accounts, keys and the audit log of a home. What is done here is written down there."""

    def __init__(self, home: Path, *, now: datetime) -> None:
        self.home = home
        self.now = now
        self._store = Store(home, ACCOUNTS)
        self._audit_store = Store(home, AUDIT)
        self.directory = Directory(self._store)
        self.keys = Keys(self._store)
        self.audit = AuditLog(self._audit_store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._audit_store.close()

    def record(self, action: str, **detail: str | int) -> None:
        self.audit.add(CONSOLE, action, now=self.now, detail=detail)
