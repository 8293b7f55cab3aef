"""Accounts: who may be one, what a password must be, what a role may do."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Literal

import pytest
from argon2 import PasswordHasher
from tests.accounts.conftest import NOON, PASSWORD, WEAK, later
from typing_extensions import override

from pincite.accounts.directory import Directory
from pincite.accounts.passwords import Passwords, check_password
from pincite.accounts.people import Role, Scope, scopes_named
from pincite.accounts.store import ACCOUNTS, Store
from pincite.errors import UsageError

if TYPE_CHECKING:
    from tests.accounts.conftest import Office


def test_a_password_is_kept_as_argon2id_alone(office: Office) -> None:
    office.person()
    ((kept,),) = office.store.rows("SELECT password FROM accounts")
    assert kept.startswith("$argon2id$")
    everything = b"".join(path.read_bytes() for path in office.home.iterdir())
    assert PASSWORD.encode() not in everything


def test_the_shipped_parameters_are_those_of_rfc_9106() -> None:
    hashed = Passwords().hash(PASSWORD)
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in hashed


def test_the_right_password_opens_and_no_other(office: Office) -> None:
    ann = office.person()
    assert office.directory.checked("ann", PASSWORD) == ann
    assert office.directory.checked("  ANN ", PASSWORD) == ann
    for name, wrong in (("ann", "the ferry leaves at ten"), ("bob", PASSWORD), ("ann", "")):
        assert office.directory.checked(name, wrong) is None


def test_one_letter_written_in_two_ways_is_one_letter(office: Office) -> None:
    composed, apart = "un café près du port", "un cafe\u0301 pre\u0300s du port"
    office.directory.add("ann", composed, role=Role.READER, now=NOON)
    assert office.directory.checked("ann", apart) is not None


def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_login(office: Office) -> None:
    office.person()
    stronger = Directory(
        office.store, Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    )
    ((before,),) = office.store.rows("SELECT password FROM accounts")
    assert stronger.checked("ann", "wrong, so nothing changes") is None
    assert office.store.rows("SELECT password FROM accounts") == [(before,)]
    assert stronger.checked("ann", PASSWORD) is not None
    ((after,),) = office.store.rows("SELECT password FROM accounts")
    assert "m=16,t=2" in after
    assert stronger.checked("ann", PASSWORD) is not None


def test_an_unknown_account_costs_the_same_work(office: Office) -> None:
    office.person()
    asked: list[str] = []

    class Counting(PasswordHasher):
        @override
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            asked.append(str(hash))
            return super().verify(hash, password)

    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    directory = Directory(office.store, Passwords(hasher))
    assert directory.checked("nobody", PASSWORD) is None
    assert directory.checked("ann", "not the password of ann") is None
    assert len(asked) == 2
    assert [one.split("$")[3] for one in asked] == ["m=8,t=1,p=1"] * 2


def test_the_password_of_the_stand_in_opens_nothing(office: Office) -> None:
    assert office.directory.checked("nobody", "the password of no account") is None


def test_at_most_two_passwords_are_hashed_at_once() -> None:
    running, most = [0], [0]
    guard = threading.Lock()

    class Slow(PasswordHasher):
        @override
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            with guard:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.02)
            with guard:
                running[0] -= 1
            return True

    passwords = Passwords(Slow(time_cost=1, memory_cost=8, parallelism=1))
    hashed = WEAK.hash("x")
    threads = [threading.Thread(target=passwords.right, args=("x", hashed)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ferry9", "at least 15"),
        ("a" * 20, "same few characters"),
        ("x" * 2000, "at most"),
        ("annpincitepassword", "tries first"),
        ("abcdefghijklmnop", "tries first"),
        ("123456789012345678", "tries first"),
        ("passwordpassword1", "tries first"),
        ("password 123456789", "tries first"),
        ("qwertyuiopasdfghjkl", "tries first"),
    ],
)
def test_a_password_that_is_no_good_is_refused_and_not_repeated(password: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        check_password(password, name="ann")
    assert password not in str(refused.value)


@pytest.mark.parametrize("password", [PASSWORD, "849302749284756", "x7$kq9!mz2&wp4#"])
def test_length_is_what_counts_and_not_kinds_of_characters(password: str) -> None:
    check_password(password, name="ann")


@pytest.mark.parametrize("name", ["", "a b", "-x", "x" * 65, "a\nb", "../etc", "ann\0", "Änne"])
def test_a_name_that_could_confuse_a_log_or_a_path_is_refused(office: Office, name: str) -> None:
    with pytest.raises(UsageError, match="account's name"):
        office.person(name)


def test_a_name_is_taken_whatever_its_capitals(office: Office) -> None:
    office.person("ann")
    with pytest.raises(UsageError, match="already"):
        office.person("ANN")


def test_roles_have_the_scopes_that_the_docs_tell() -> None:
    assert Role.READER.scopes == {Scope.READ}
    assert Role.EDITOR.scopes == {Scope.READ, Scope.ASK, Scope.WRITE}
    assert Role.ADMIN.scopes == set(Scope)
    assert scopes_named(("read,ask", "write")) == Role.EDITOR.scopes
    with pytest.raises(UsageError, match="'root' is no scope"):
        scopes_named(("root",))


def test_there_is_always_an_admin_left(office: Office) -> None:
    office.person("ann", Role.ADMIN)
    for attempt in (
        lambda: office.directory.remove("ann"),
        lambda: office.directory.set_role("ann", Role.READER),
    ):
        with pytest.raises(UsageError, match="only admin"):
            attempt()
    office.person("bob", Role.ADMIN)
    assert office.directory.set_role("ann", Role.READER).role is Role.READER


def test_a_workspace_that_is_not_there_cannot_be_joined(office: Office) -> None:
    with pytest.raises(UsageError, match="no workspace north"):
        office.person("ann", Role.EDITOR, "north")
    assert office.directory.all() == ()
    office.directory.add_workspace("north", now=NOON)
    assert office.person("ann", Role.EDITOR, "north").workspaces == ("north",)
    assert office.directory.join("ann", "default").workspaces == ("default", "north")


def test_two_processes_cannot_give_one_name_twice(office: Office) -> None:
    with Store(office.home, ACCOUNTS) as other:
        directories = [office.directory, Directory(other, Passwords(WEAK))]
        taken: list[str] = []

        def add(directory: Directory) -> None:
            try:
                directory.add("ann", PASSWORD, role=Role.READER, now=later())
            except UsageError:
                taken.append("taken")

        threads = [threading.Thread(target=add, args=(one,)) for one in directories]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert taken == ["taken"]
    assert len(office.directory.all()) == 1
