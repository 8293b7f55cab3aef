"""Sessions, keys and failed logins: what opens, for how long, and what closes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.conftest import NOON, PASSWORD, later

from pincite.accounts.attempts import Backoff
from pincite.accounts.limits import Buckets, Rate
from pincite.accounts.people import Role, Scope
from pincite.accounts.sessions import form_token, form_token_right
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.accounts.conftest import Office

READ = frozenset({Scope.READ})


def test_a_session_is_told_by_its_id_of_which_only_a_hash_is_kept(office: Office) -> None:
    ann = office.person()
    token = office.sessions.begin(ann, now=NOON)
    caller = office.sessions.caller(token, now=NOON)
    assert caller is not None
    assert (caller.name, caller.workspace, caller.scopes) == ("ann", "default", ann.role.scopes)
    everything = b"".join(path.read_bytes() for path in office.home.iterdir())
    assert token.encode() not in everything
    assert len(token) >= 43
    for wrong in ("", token[:-1], token + "x", "\ud800"):
        assert office.sessions.caller(wrong, now=NOON) is None


def test_a_login_never_takes_over_the_id_that_the_browser_brought(office: Office) -> None:
    ann = office.person()
    planted = office.sessions.begin(ann, now=NOON)
    fresh = office.sessions.begin(ann, now=NOON, old=planted)
    assert fresh != planted
    assert office.sessions.caller(planted, now=NOON) is None
    assert office.sessions.caller(fresh, now=NOON) is not None


def test_a_session_ends_unused_and_ends_with_age(office: Office) -> None:
    ann = office.person()
    idle = office.sessions.begin(ann, now=NOON)
    assert office.sessions.caller(idle, now=later(hours=12.1)) is None
    assert office.sessions.caller(idle, now=NOON) is None
    used = office.sessions.begin(ann, now=NOON)
    for hours in range(6, 7 * 24, 6):
        assert office.sessions.caller(used, now=later(hours=hours)) is not None
    assert office.sessions.caller(used, now=later(days=7, hours=1)) is None


def test_a_session_ends_by_leaving_with_a_new_password_and_with_its_account(
    office: Office,
) -> None:
    ann = office.person()
    left, other = (office.sessions.begin(ann, now=NOON) for _ in range(2))
    office.sessions.end(left)
    assert office.sessions.caller(left, now=NOON) is None
    assert office.sessions.caller(other, now=NOON) is not None
    office.directory.set_password("ann", "another ferry, at ten")
    assert office.sessions.caller(other, now=NOON) is None
    last = office.sessions.begin(ann, now=NOON)
    office.directory.remove("ann")
    assert office.sessions.caller(last, now=NOON) is None


def test_a_session_and_a_key_lose_what_the_role_loses_at_once(office: Office) -> None:
    ann = office.person("ann", Role.EDITOR)
    token = office.sessions.begin(ann, now=NOON)
    key = office.keys.add(ann, scopes=ann.role.scopes, workspace="default", label="", now=NOON)
    office.directory.set_role("ann", Role.READER)
    for caller in (office.sessions.caller(token, now=NOON), office.keys.caller(key, now=NOON)):
        assert caller is not None
        assert caller.scopes == READ


def test_a_session_ends_when_its_workspace_is_left(office: Office) -> None:
    office.directory.add_workspace("north", now=NOON)
    ann = office.person("ann", Role.EDITOR, "north", "default")
    north = office.sessions.begin(ann, now=NOON, workspace="north")
    home = office.sessions.begin(ann, now=NOON)
    key = office.keys.add(ann, scopes=READ, workspace="north", label="", now=NOON)
    office.directory.leave("ann", "north")
    assert office.sessions.caller(north, now=NOON) is None
    assert office.keys.caller(key, now=NOON) is None
    assert office.sessions.caller(home, now=NOON) is not None
    with pytest.raises(LookupError):
        office.sessions.begin(office.directory.named("ann"), now=NOON, workspace="north")


def test_a_forms_token_belongs_to_one_session() -> None:
    assert form_token_right("one", form_token("one"))
    for wrong in ("", form_token("two"), "one", "é"):
        assert not form_token_right("one", wrong)


def test_a_key_is_shown_once_and_kept_as_a_hash(office: Office) -> None:
    ann = office.person()
    key = office.keys.add(ann, scopes=READ, workspace="default", label="nightly", now=NOON)
    everything = b"".join(path.read_bytes() for path in office.home.iterdir())
    assert key.encode() not in everything
    (known,) = office.keys.all()
    assert key.startswith(known.prefix + "_")
    assert (known.label, known.scopes, known.used_at) == ("nightly", (Scope.READ,), None)
    caller = office.keys.caller(key, now=later(minutes=5))
    assert caller is not None
    assert (caller.via, caller.scopes) == (known.prefix, READ)
    assert office.keys.all()[0].used_at == later(minutes=5)


def test_a_key_opens_nothing_once_it_is_over_or_revoked(office: Office) -> None:
    ann = office.person()
    short = office.keys.add(
        ann, scopes=READ, workspace="default", label="", now=NOON, expires_at=later(days=1)
    )
    assert office.keys.caller(short, now=later(hours=23)) is not None
    assert office.keys.caller(short, now=later(days=1)) is None
    other = office.keys.add(ann, scopes=READ, workspace="default", label="", now=NOON)
    office.keys.revoke(other.rpartition("_")[0][:16], now=NOON)
    assert office.keys.caller(other, now=NOON) is None
    for wrong in (other[:-1], "pincite_", "", "x" * 10_000, "pincite_\ud800"):
        assert office.keys.caller(wrong, now=NOON) is None


def test_nobody_gives_a_key_more_than_they_have(office: Office) -> None:
    ann = office.person("ann", Role.READER)
    with pytest.raises(UsageError, match="cannot give ask"):
        office.keys.add(
            ann,
            scopes=frozenset({Scope.READ, Scope.ASK}),
            workspace="default",
            label="",
            now=NOON,
        )
    with pytest.raises(UsageError, match="no member"):
        office.keys.add(ann, scopes=READ, workspace="north", label="", now=NOON)
    with pytest.raises(UsageError, match="before it begins"):
        office.keys.add(ann, scopes=READ, workspace="default", label="", now=NOON, expires_at=NOON)


def test_nobody_revokes_the_key_of_another(office: Office) -> None:
    ann, bob = office.person("ann"), office.person("bob")
    office.keys.add(ann, scopes=READ, workspace="default", label="", now=NOON)
    (known,) = office.keys.all(ann.id)
    assert office.keys.all(bob.id) == ()
    with pytest.raises(UsageError, match="no key"):
        office.keys.revoke(known.prefix, now=NOON, account=bob.id)


def test_after_five_failures_each_next_one_waits_longer(office: Office) -> None:
    waits = []
    now = NOON
    for _ in range(12):
        if wait := office.attempts.begin("ann", "127.0.0.1", now=now):
            waits.append(wait)
            now += timedelta(seconds=wait)
            assert office.attempts.begin("ann", "127.0.0.1", now=now) == 0
    assert waits == [2, 4, 8, 16, 32, 64, 128]


def test_an_account_that_does_not_exist_waits_just_the_same(office: Office) -> None:
    office.person("ann")
    for name in ("ann", "nobody"):
        waits = [office.attempts.begin(name, "127.0.0.1", now=NOON) for _ in range(8)]
        assert waits == [0, 0, 0, 0, 0, 2, 2, 2]


def test_a_stranger_cannot_keep_somebody_out_for_long(office: Office) -> None:
    now = NOON
    for number in range(500):
        now += timedelta(seconds=office.attempts.begin("ann", f"10.0.0.{number}", now=now))
    assert office.attempts.begin("ann", "192.0.2.1", now=now) <= 30


def test_a_login_that_succeeds_forgets_the_failures(office: Office) -> None:
    for _ in range(5):
        office.attempts.begin("ann", "127.0.0.1", now=NOON)
    office.attempts.succeeded("ann", "127.0.0.1")
    assert office.attempts.begin("ann", "127.0.0.1", now=NOON) == 0


@given(st.integers(0, 10_000))
def test_the_wait_never_shrinks_and_never_passes_its_limit(failures: int) -> None:
    backoff = Backoff(free=5, first_seconds=2.0, longest_seconds=900.0)
    assert backoff.wait(failures) <= backoff.wait(failures + 1) <= 900.0


def test_a_bucket_gives_its_burst_and_then_its_rate(tmp_path: Path) -> None:
    buckets = Buckets(tmp_path)
    rate = Rate(burst=3, a_minute=60)
    assert [buckets.take("ann", rate, at=100.0) for _ in range(3)] == [0, 0, 0]
    assert buckets.take("ann", rate, at=100.0) == pytest.approx(1.0)
    assert buckets.take("bob", rate, at=100.0) == 0
    assert buckets.take("ann", rate, at=100.5) == pytest.approx(0.5)
    assert buckets.take("ann", rate, at=101.0) == 0
    buckets.close()


def test_workers_share_their_buckets(tmp_path: Path) -> None:
    one, other = Buckets(tmp_path), Buckets(tmp_path)
    rate = Rate(burst=2, a_minute=1)
    assert one.take("ann", rate, at=0.0) == 0
    assert other.take("ann", rate, at=0.0) == 0
    assert one.take("ann", rate, at=0.0) > 0
    one.close()
    other.close()


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 5))
def test_no_more_is_given_than_burst_and_rate_allow(pauses: list[float], burst: int) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        buckets = Buckets(Path(folder))
        rate, at, given_ = Rate(burst=burst, a_minute=30), 1000.0, 0
        for pause in pauses:
            at += pause
            given_ += buckets.take("x", rate, at=at) == 0
        assert given_ <= burst + (at - 1000.0) * 0.5 + 1e-6
        buckets.close()


def test_a_password_that_is_right_still_opens_after_all_this(office: Office) -> None:
    office.person()
    assert office.directory.checked("ann", PASSWORD) is not None
