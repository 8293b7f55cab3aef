"""Passwords: what may be one, and its argon2id hash."""

from __future__ import annotations

import threading
import unicodedata
from functools import cached_property
from typing import Protocol

from pincite.errors import SettingsError, UsageError

# NIST SP 800-63B-4: length counts, composition rules do not; 15 where there is no second factor.
_SHORTEST, _LONGEST = 15, 1_024
_FEWEST_LETTERS = 5  # different ones


class Hasher(Protocol):
    """What argon2's `PasswordHasher` does; `verify` raises where the password is another."""

    def hash(self, password: str, /) -> str: ...

    def verify(self, hashed: str, password: str, /) -> bool: ...

    def check_needs_rehash(self, hashed: str, /) -> bool: ...


class Passwords:
    """Hashes and compares. An unknown account costs as much time as a wrong password.

    At most two are hashed at once: each takes 64 MiB, and a flood of logins would take them all.
    """

    def __init__(self, hasher: Hasher | None = None) -> None:
        self._given = hasher
        self._turns = threading.BoundedSemaphore(2)

    @cached_property
    def _hasher(self) -> Hasher:
        try:
            from argon2 import PasswordHasher
        except ImportError as error:
            raise SettingsError(
                "accounts need argon2; install it with: pip install 'pincite[web]'"
            ) from error
        # RFC 9106, the second recommended choice: argon2id, 64 MiB, 3 passes, 4 lanes.
        return self._given or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("the password of no account")

    def hash(self, password: str) -> str:
        with self._turns:
            return self._hasher.hash(_normal(password))

    def right(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password; with no hash to compare, as slow as with one, and no."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        with self._turns:
            try:
                self._hasher.verify(hashed or self._nobodys, _normal(password))
            except (Argon2Error, InvalidHashError):
                return False
        return hashed is not None

    def outdated(self, hashed: str) -> bool:
        """Whether it was hashed with other parameters than those of today."""
        return self._hasher.check_needs_rehash(hashed)


def _normal(password: str) -> str:
    # Two keyboards may write one letter as different code points. Nobody's password is so long
    # that hashing it takes long, and what is longer than may be set is wrong anyway.
    return unicodedata.normalize("NFKC", password[: _LONGEST + 1])


def check_password(password: str, *, name: str) -> None:
    """Raise UsageError, saying why, for a password that is no good. It is never in the message."""
    normal = _normal(password)
    if len(normal) < _SHORTEST:
        raise UsageError(
            f"a password has at least {_SHORTEST} characters; a short sentence is good"
        )
    if len(password) > _LONGEST:
        raise UsageError(f"a password has at most {_LONGEST:,} characters")
    if len(set(normal.lower())) < _FEWEST_LETTERS:
        raise UsageError("the password repeats the same few characters; take another")
    if _guessed_first(normal.lower(), name.lower()):
        raise UsageError(
            "the password is the account's name, a run of the keyboard, or a word that everyone "
            "tries first; take another"
        )


_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm")


def _guessed_first(password: str, name: str) -> bool:
    """Whether little is left of it without such words, or what is left is a run of a keyboard."""
    left = _bare(password)
    for word in ("pincite", "password", "passwort", "letmein", "admin", _bare(name)):
        left = left.replace(word, "") if len(word) > 1 else left
    return len(left) < _FEWEST_LETTERS or any(
        left in run for row in _ROWS for run in (row, row[::-1])
    )


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
