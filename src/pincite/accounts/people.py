"""Accounts, roles, scopes and workspaces, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pincite.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

DEFAULT_WORKSPACE = "default"


class Scope(StrEnum):
    """What a caller may do: each stands for itself and includes no other."""

    READ = "read"
    ASK = "ask"
    WRITE = "write"
    ADMIN = "admin"


class Role(StrEnum):
    """A reader reads, an editor also asks and writes, an admin also manages."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def scopes(self) -> frozenset[Scope]:
        return _SCOPES[self]


_SCOPES = {
    Role.READER: frozenset({Scope.READ}),
    Role.EDITOR: frozenset({Scope.READ, Scope.ASK, Scope.WRITE}),
    Role.ADMIN: frozenset(Scope),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person or a program that may log in. `workspaces` are in the order of their names."""

    id: str
    name: str
    role: Role
    created_at: datetime
    workspaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, in which workspace, with which scopes; `via` is how that is known."""

    account: str
    name: str
    workspace: str
    scopes: frozenset[Scope]
    via: str

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes


ALONE = Caller(
    account="",
    name="you",
    workspace=DEFAULT_WORKSPACE,
    scopes=frozenset(Scope),
    via="loopback",
)
"""The single user of a server without accounts."""


_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
_WORKSPACE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def account_name(text: str) -> str:
    """The name in lower case. Raises UsageError for what cannot be one."""
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise UsageError(
            "an account's name has 1 to 64 of the letters a-z, digits and . _ @ + -, and begins "
            "with a letter or digit"
        )
    return name


def workspace_name(text: str) -> str:
    """The name in lower case. Raises UsageError for what cannot be one."""
    name = text.strip().lower()
    if not _WORKSPACE.fullmatch(name):
        raise UsageError(
            "a workspace's name has 1 to 40 of the letters a-z, digits and -, and begins with a "
            "letter or digit"
        )
    return name


def role_named(text: str) -> Role:
    try:
        return Role(text.strip().lower())
    except ValueError as error:
        raise UsageError(f"{text!r} is no role; there are {', '.join(Role)}") from error


def scopes_named(texts: tuple[str, ...]) -> frozenset[Scope]:
    """Raises UsageError for what is no scope, and for none at all."""
    words = [word for text in texts for word in text.replace(",", " ").split()]
    wrong = [word for word in words if word not in set(Scope)]
    if wrong or not words:
        said = ", ".join(map(repr, wrong)) or "nothing"
        raise UsageError(f"{said} is no scope; there are {', '.join(Scope)}")
    return frozenset(map(Scope, words))
