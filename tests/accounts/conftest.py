"""Accounts in a temporary folder, with a hasher that is fast because it is weak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from pincite.accounts.attempts import Attempts
from pincite.accounts.audit import AuditLog
from pincite.accounts.directory import Directory
from pincite.accounts.keys import Keys
from pincite.accounts.passwords import Passwords
from pincite.accounts.people import Account, Role
from pincite.accounts.sessions import Sessions
from pincite.accounts.store import ACCOUNTS, AUDIT, KEPT, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PASSWORD = "the ferry leaves at nine"
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def later(**more: float) -> datetime:
    return NOON + timedelta(**more)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything about people that is kept in one folder."""

    home: Path
    store: Store
    audit_store: Store
    kept: Store

    @property
    def directory(self) -> Directory:
        return Directory(self.store, Passwords(WEAK))

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.store)

    @property
    def keys(self) -> Keys:
        return Keys(self.store)

    @property
    def attempts(self) -> Attempts:
        return Attempts(self.store)

    @property
    def audit(self) -> AuditLog:
        return AuditLog(self.audit_store)

    def person(self, name: str = "ann", role: Role = Role.EDITOR, *workspaces: str) -> Account:
        return self.directory.add(
            name, PASSWORD, role=role, now=NOON, workspaces=workspaces or ("default",)
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "home"
    with Store(home, ACCOUNTS) as store, Store(home, AUDIT) as audit, Store(home, KEPT) as kept:
        yield Office(home, store, audit, kept)
