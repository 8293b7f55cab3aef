"""What each address asks of who calls it; one that is not listed here is for admins alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from pincite.accounts.people import Scope


class Open(StrEnum):
    """Addresses that ask for no scope: some for no account, some for a person who is logged in."""

    ANYBODY = "anybody"
    PERSON = "person"


Need = Scope | Open
_SAFE = ("GET", "HEAD")

# (methods, paths as routes write them, what is needed). The first that fits holds.
_TABLE: Final[tuple[tuple[str, tuple[str, ...], Need], ...]] = (
    ("GET", ("/health", "/ready", "/login", "/static/{path:path}", "/about"), Open.ANYBODY),
    ("POST", ("/login", "/theme"), Open.ANYBODY),
    ("GET", ("/account",), Open.PERSON),
    (
        "POST",
        (
            "/logout",
            "/account/workspace",
            "/account/password",
            "/account/sessions/end",
            "/account/keys",
            "/account/keys/{prefix}/revoke",
        ),
        Open.PERSON,
    ),
    ("GET", ("/metrics",), Scope.ADMIN),
    (
        "POST",
        (
            "/ask",
            "/ask/stream",
            "/compare",
            "/compare/stream",
            "/watches",
            "/watches/run",
            "/api/v1/ask",
            "/api/v1/compare",
            "/api/v1/cover",
            "/api/v1/watches",
            "/api/v1/watches/run",
        ),
        Scope.ASK,
    ),
    ("POST", ("/watches/{watch_id}/remove",), Scope.WRITE),
    # Reading with a body: nothing is changed and no question is answered.
    ("POST", ("/api/v1/citations/resolve", "/api/v1/verify"), Scope.READ),
    (
        "DELETE",
        (
            "/api/v1/answers/{answer_id}",
            "/api/v1/comparisons/{comparison_id}",
            "/api/v1/documents/{document_id}",
            "/api/v1/watches/{watch_id}",
        ),
        Scope.WRITE,
    ),
    (
        "POST",
        (
            "/api/v1/answers/{answer_id}/feedback",
            "/api/v1/documents",
            "/library",
            "/library/{document_id}/remove",
            "/a/{answer_id}/feedback",
        ),
        Scope.WRITE,
    ),
    (
        "GET",
        (
            "/",
            "/openapi.json",
            "/ask",
            "/a/{path:path}",
            "/c/{path:path}",
            "/compare",
            "/watches",
            "/search",
            "/library",
            "/cover",
            "/internal/{path:path}",
            "/us/{path:path}",
            "/us-{path:path}",
            "/api/v1/answers",
            "/api/v1/answers/{answer_id}",
            "/api/v1/answers/{answer_id}/check",
            "/api/v1/answers/{answer_id}/feedback",
            "/api/v1/comparisons/{comparison_id}",
            "/api/v1/documents",
            "/api/v1/documents/{document_id}",
            "/api/v1/read",
            "/api/v1/sections/{path:path}",
            "/api/v1/search",
            "/api/v1/library",
            "/api/v1/watches",
        ),
        Scope.READ,
    ),
)


@dataclass(frozen=True)
class Rules:
    """The table, ready to be asked."""

    table: tuple[tuple[str, tuple[str, ...], Need], ...] = _TABLE

    def need(self, method: str, path: str) -> Need:
        """What the request needs: the first line that fits, else the scope of admins."""
        method = "GET" if method in _SAFE else method
        for methods, pattern, need in self._patterns:
            if method in methods and pattern.fullmatch(path):
                return need
        return Scope.ADMIN

    def listed(self, method: str, path: str) -> bool:
        """Whether a line of the table is about it."""
        method = "GET" if method in _SAFE else method
        return any(
            method in methods and pattern.fullmatch(path) for methods, pattern, _ in self._patterns
        )

    @cached_property
    def _patterns(self) -> tuple[tuple[tuple[str, ...], re.Pattern[str], Need], ...]:
        return tuple(
            (tuple(methods.split()), _pattern(path), need)
            for methods, paths, need in self.table
            for path in paths
        )


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+(?::path)?\})", path)
    return re.compile(
        "".join(
            (".*" if part.endswith(":path}") else "[^/]+")
            if part.startswith("{")
            else re.escape(part)
            for part in parts
        ),
        re.DOTALL,
    )
