"""The audit log: whatever is done to the past of it is found."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.accounts.conftest import NOON, later

from pincite.accounts.audit import AuditLog, Head, head_noted
from pincite.accounts.people import Caller, Role
from pincite.accounts.store import AUDIT, Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.accounts.conftest import Office

ANN = Caller(account="1", name="ann", workspace="north", scopes=Role.EDITOR.scopes, via="session")


def fill(log: AuditLog, count: int = 6) -> None:
    for number in range(count):
        log.add(
            ANN,
            "ask",
            now=later(minutes=number),
            detail={"law": [{"id": "/us-fr/fs/s1", "text_sha256": "ab"}]},
            question=f"May I do thing {number}?",
            answer=f"a{number}",
        )


def tampered(home: Path, script: str) -> None:
    """What somebody with the file and a database tool can do."""
    with closing(sqlite3.connect(home / AUDIT.name)) as db:
        db.executescript("DROP TRIGGER entries_stay; DROP TRIGGER entries_are_as_written;" + script)


def test_a_log_that_nobody_touched_is_whole(office: Office) -> None:
    assert office.audit.verify().troubles == ()
    fill(office.audit)
    found = office.audit.verify()
    assert (found.entries, found.troubles, found.head) == (6, (), office.audit.head())
    entry = next(office.audit.entries(after=2))
    assert (entry.seq, entry.actor, entry.question) == (3, "ann", "May I do thing 2?")
    assert entry.detail["law"] == [{"id": "/us-fr/fs/s1", "text_sha256": "ab"}]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("UPDATE entries SET actor = 'bob' WHERE seq = 3;", "entry 3 was changed"),
        ("UPDATE entries SET at = '2020' WHERE seq = 1;", "entry 1 was changed"),
        ("UPDATE entries SET detail = '{}' WHERE seq = 6;", "entry 6 was changed"),
        ("UPDATE entries SET detail = 'x' WHERE seq = 6;", "entry 6 was changed"),
        ("UPDATE entries SET detail = '[]' WHERE seq = 6;", "entry 6 was changed"),
        ("DELETE FROM entries WHERE seq = 3;", "entry 3 is not there"),
        ("DELETE FROM entries WHERE seq = 1;", "entry 1 is not there"),
        (
            "DELETE FROM entries WHERE seq = 3; UPDATE entries SET seq = seq - 1 WHERE seq > 3;",
            "entry 3 does not follow",
        ),
        (
            ("UPDATE entries SET seq = 99 WHERE seq = 2; UPDATE entries SET seq = 2 WHERE seq = 3;"
            "UPDATE entries SET seq = 3 WHERE seq = 99;"),
            "entry 2 does not follow",
        ),
        (
            ("INSERT INTO entries SELECT 7, at, actor, account, via, workspace, action, detail, "
            "hash, hash FROM entries WHERE seq = 6;"),
            "entry 7 was changed",
        ),
        ("UPDATE texts SET text = 'May I not?' WHERE seq = 2;", "the question of entry 2"),
        ("UPDATE texts SET seq = 77 WHERE seq = 2; UPDATE texts SET seq = 2 WHERE seq = 3;",
         "the question of entry 2"),
    ],
)  # fmt: skip
def test_a_change_a_deletion_and_another_order_are_found(
    office: Office, script: str, told: str
) -> None:
    fill(office.audit)
    tampered(office.home, script)
    assert told in " / ".join(office.audit.verify().troubles)


def test_a_log_cut_off_at_its_end_is_found_by_a_head_noted_elsewhere(office: Office) -> None:
    fill(office.audit)
    noted = head_noted(str(office.audit.head()))
    tampered(office.home, "DELETE FROM entries WHERE seq > 4;")
    assert office.audit.verify().troubles == ()
    assert "cut off" in office.audit.verify(noted).troubles[0]


def test_a_chain_computed_anew_is_found_by_a_head_noted_elsewhere(office: Office) -> None:
    fill(office.audit)
    noted = office.audit.head()
    tampered(office.home, "DELETE FROM texts; DELETE FROM entries;")
    fill(office.audit)
    fill(office.audit, 2)
    assert office.audit.verify().troubles == ()
    assert "not the one whose hash was noted" in office.audit.verify(noted).troubles[0]


def test_a_head_that_grew_since_it_was_noted_is_no_trouble(office: Office) -> None:
    fill(office.audit, 3)
    noted = office.audit.head()
    fill(office.audit, 3)
    assert office.audit.verify(noted).troubles == ()
    assert office.audit.verify(Head(0, "0" * 64)).troubles == ()


@pytest.mark.parametrize("text", ["", "3", "3:xyz", "x:" + "0" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"head|invalid literal"):
        head_noted(text)


def test_the_program_itself_cannot_change_the_past(office: Office) -> None:
    fill(office.audit, 2)
    for statement in ("DELETE FROM entries", "UPDATE entries SET actor = 'bob'"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            office.audit_store.rows(statement)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_any_change_of_any_field_of_any_entry_is_found(office: Office, data: st.DataObject) -> None:
    if office.audit.head().seq == 0:
        fill(office.audit, 4)
        tampered(office.home, "")
    seq = data.draw(st.integers(1, 4))
    column = data.draw(st.sampled_from(
        ["at", "actor", "account", "via", "workspace", "action", "detail", "before", "hash"]
    ))  # fmt: skip
    statement = f"SELECT {column} FROM entries WHERE seq = ?"
    ((before,),) = office.audit_store.rows(statement, seq)
    after = data.draw(st.text(max_size=80).filter(lambda text: "\0" not in text and text != before))
    after = after.encode("utf-8", "replace").decode()
    if after == before:
        return
    office.audit_store.rows(f"UPDATE entries SET {column} = ? WHERE seq = ?", after, seq)
    assert office.audit.verify().troubles
    office.audit_store.rows(f"UPDATE entries SET {column} = ? WHERE seq = ?", before, seq)
    assert office.audit.verify().troubles == ()


def test_many_writers_make_one_chain(office: Office) -> None:
    def write() -> None:
        with Store(office.home, AUDIT) as store:
            fill(AuditLog(store), 10)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (office.audit.verify().entries, office.audit.verify().troubles) == (40, ())


def test_a_deleted_question_leaves_a_commitment_that_tells_nothing(office: Office) -> None:
    fill(office.audit, 3)
    assert office.audit.forget("north", ("a1",)) == 1
    assert office.audit.purge()
    assert b"thing 1" not in b"".join(p.read_bytes() for p in office.home.iterdir())
    found = office.audit.verify()
    assert (found.entries, found.deleted_texts, found.troubles) == (3, 1, ())
    gone = next(office.audit.entries(after=1))
    assert gone.question is None
    # Not even somebody who guesses the question can tell that it was asked.
    import hashlib

    guesses = {hashlib.sha256(text.encode()).hexdigest() for text in ("May I do thing 1?",)}
    assert not guesses & {gone.detail["question_commitment"], gone.hash}


def test_one_workspace_forgets_nothing_of_another(office: Office) -> None:
    fill(office.audit, 2)
    assert office.audit.forget("south", ("a0", "a1")) == 0
    assert office.audit.forget("south") == 0
    assert [one.question for one in office.audit.entries(workspace="south")] == []
    assert office.audit.verify().deleted_texts == 0


def test_a_line_of_the_export_has_every_field(office: Office) -> None:
    office.audit.add(ANN, "login", now=NOON)
    row = json.loads(json.dumps(next(office.audit.entries()).as_row()))
    assert list(row) == ["seq", "at", "actor", "account", "via", "workspace", "action", "detail",
                         "question", "before", "hash"]  # fmt: skip
