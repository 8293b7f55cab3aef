"""The front desk: who calls, how often they may, and the record of what they did."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.accounts.attempts import Attempts
from pincite.accounts.audit import AuditLog
from pincite.accounts.directory import Directory
from pincite.accounts.keys import Keys
from pincite.accounts.limits import Buckets, Rate
from pincite.accounts.passwords import Passwords
from pincite.accounts.people import Caller
from pincite.accounts.sessions import Sessions
from pincite.accounts.store import ACCOUNTS, AUDIT, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Any

WHO: ContextVar[Caller | None] = ContextVar("pincite_caller", default=None)
"""Who calls, within one request and the threads that it starts."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often: any request of a caller, a question of theirs, and whatever comes from nobody."""

    any: Rate = field(default_factory=lambda: Rate(burst=120, a_minute=300))
    ask: Rate = field(default_factory=lambda: Rate(burst=10, a_minute=30))
    nobody: Rate = field(default_factory=lambda: Rate(burst=30, a_minute=30))


class FrontDesk:
    """All that the web needs of accounts, opened once a process. Safe for several threads."""

    def __init__(
        self,
        home: Path,
        *,
        clock: Callable[[], datetime],
        rates: Rates | None = None,
        passwords: Passwords | None = None,
    ) -> None:
        self.home = home
        self.clock = clock
        self.rates = rates or Rates()
        self._store = Store(home, ACCOUNTS)
        self._audit_store = Store(home, AUDIT)
        self._buckets = Buckets(home)
        self.directory = Directory(self._store, passwords)
        self.sessions = Sessions(self._store)
        self.keys = Keys(self._store)
        self.attempts = Attempts(self._store)
        self.audit = AuditLog(self._audit_store)

    def close(self) -> None:
        self._store.close()
        self._audit_store.close()
        self._buckets.close()

    def caller(self, *, authorization: str | None, session: str) -> Caller | None:
        """Who it is. A key that is sent counts alone, also where it is wrong."""
        now = self.clock()
        if authorization is not None:
            kind, _, key = authorization.partition(" ")
            return self.keys.caller(key.strip(), now=now) if kind.lower() == "bearer" else None
        return self.sessions.caller(session, now=now) if session else None

    def wait(self, caller: Caller | None, address: str, *, asks: bool) -> float:
        """Seconds until the caller's next request is heard; 0 for at once, which is counted."""
        at = self.clock().timestamp()
        if caller is None:
            return self._buckets.take(f"address {address}", self.rates.nobody, at=at)
        # A key has its own: a program that runs wild does not lock its owner out.
        who = f"{caller.account} {caller.via}"
        wait = self._buckets.take(who, self.rates.any, at=at)
        if not wait and asks:
            wait = self._buckets.take(f"{caller.account} asks", self.rates.ask, at=at)
        return wait

    def record(
        self,
        caller: Caller,
        action: str,
        *,
        detail: Mapping[str, Any] | None = None,
        question: str | None = None,
        answer: str = "",
    ) -> None:
        self.audit.add(
            caller, action, now=self.clock(), detail=detail, question=question, answer=answer
        )
