"""The audit log: only added to, and chained by hashes so that a change of the past is found."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from pincite.accounts.people import Caller
    from pincite.accounts.store import Store

_START = "0" * 64
_COLUMNS = "seq, at, actor, account, via, workspace, action, detail, before, hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log. `question` is its text, or `None` if there is none or it was deleted."""

    seq: int
    at: str
    actor: str
    account: str
    via: str
    workspace: str
    action: str
    detail: Mapping[str, Any]
    before: str
    hash: str
    question: str | None = None

    def as_row(self) -> dict[str, object]:
        """As it is exported: the fields in the order of the table."""
        return {
            "seq": self.seq,
            "at": self.at,
            "actor": self.actor,
            "account": self.account,
            "via": self.via,
            "workspace": self.workspace,
            "action": self.action,
            "detail": dict(self.detail),
            "question": self.question,
            "before": self.before,
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash: noted elsewhere, it proves that nothing was cut off."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the log found; with no trouble it is whole."""

    entries: int
    head: Head
    deleted_texts: int
    troubles: tuple[str, ...]


class AuditLog:
    """The log of all workspaces, in the order in which things were done."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        caller: Caller,
        action: str,
        *,
        now: datetime,
        detail: Mapping[str, Any] | None = None,
        question: str | None = None,
        answer: str = "",
    ) -> Head:
        """Write an entry down; it is on the disk when this returns.

        A question's text is kept beside the chain under the id of its answer.
        """
        told = dict(detail or {})
        nonce = secrets.token_hex(16)
        if question is not None:
            told["question_commitment"] = commitment(nonce, question)
        with self._store.writing() as db:
            head = _head(db)
            fields = (
                head.seq + 1,
                now.isoformat(),
                caller.name,
                caller.account,
                caller.via,
                caller.workspace,
                action,
                json.dumps(told, ensure_ascii=False, sort_keys=True),
                head.hash,
            )
            new = Head(head.seq + 1, _hash(fields))
            marks = ", ".join("?" * (len(fields) + 1))
            db.execute(f"INSERT INTO entries VALUES ({marks})", (*fields, new.hash))  # noqa: S608
            if question is not None:
                values = (new.seq, caller.workspace, answer, nonce, question)
                db.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", values)
        return new

    def head(self) -> Head:
        (row,) = self._store.rows("SELECT coalesce(max(seq), 0) FROM entries")
        found = self._store.row("SELECT seq, hash FROM entries WHERE seq = ?", row[0])
        return Head(0, _START) if found is None else Head(*found)

    def entries(self, *, workspace: str | None = None, after: int = 0) -> Iterator[Entry]:
        """The entries in order, of one workspace or of all, read in parts."""
        while True:
            rows = self._store.rows(
                f"SELECT {_prefixed('e')}, t.text FROM entries e "  # noqa: S608 -- our own columns
                "LEFT JOIN texts t ON t.seq = e.seq WHERE e.seq > ? "
                "AND (? IS NULL OR e.workspace = ?) ORDER BY e.seq LIMIT 1000",
                after,
                workspace,
                workspace,
            )
            if not rows:
                return
            yield from (_entry(row) for row in rows)
            after = rows[-1][0]

    def forget(self, workspace: str, answers: tuple[str, ...] | None = None) -> int:
        """Delete questions' texts of a workspace: of these answers, or of all. The chain stays."""
        with self._store.writing() as db:
            if answers is None:
                return db.execute("DELETE FROM texts WHERE workspace = ?", (workspace,)).rowcount
            return sum(
                db.execute(
                    "DELETE FROM texts WHERE workspace = ? AND answer = ?", (workspace, answer)
                ).rowcount
                for answer in answers
            )

    def forget_before(self, moment: datetime) -> int:
        """Delete the texts of questions that were asked before, in every workspace."""
        rows = self._store.rows("SELECT t.seq, e.at FROM texts t JOIN entries e ON e.seq = t.seq")
        old = [(seq,) for seq, at in rows if datetime.fromisoformat(at) < moment]
        with self._store.writing() as db:
            db.executemany("DELETE FROM texts WHERE seq = ?", old)
        return len(old)

    def purge(self) -> bool:
        return self._store.purge()

    def verify(self, noted: Head | None = None) -> Verified:
        """Compute the chain anew. `noted` is a head written down elsewhere, which must be in it.

        Whoever can write the file can also compute a new chain for all of it: that, and a log cut
        off at its end, are found by a noted head alone.
        """
        troubles: list[str] = []
        last = Head(0, _START)
        deleted = 0
        seen = noted is None or noted.seq == 0
        for row in self._all():
            fields, text = row[:10], row[10:]
            troubles += _troubles(fields, last)
            last = Head(fields[0], fields[9])
            trouble, gone = _text_trouble(fields, text)
            deleted += gone
            troubles += trouble
            if noted is not None and noted.seq == last.seq:
                seen = True
                if noted.hash != last.hash:
                    troubles.append(f"entry {last.seq} is not the one whose hash was noted")
        if not seen and noted is not None:
            troubles.append(f"entry {noted.seq} was noted and is not there: the log was cut off")
        return Verified(last.seq, last, deleted, tuple(troubles))

    def _all(self) -> Iterator[Any]:
        """Rows with their texts, in the order in which they claim to have been written."""
        after = -1 << 62
        while rows := self._store.rows(
            f"SELECT {_prefixed('e')}, t.nonce, t.text FROM entries e "  # noqa: S608
            "LEFT JOIN texts t ON t.seq = e.seq WHERE e.seq > ? ORDER BY e.seq LIMIT 1000",
            after,
        ):
            yield from rows
            after = rows[-1][0]


def commitment(nonce: str, text: str) -> str:
    """What stands in the chain for a question: it can be proved, and not guessed."""
    return hashlib.sha256(f"{nonce}\n{text}".encode()).hexdigest()


def head_noted(text: str) -> Head:
    """A head as it is printed, `12:abcd...`. Raises ValueError."""
    seq, _, digest = text.strip().partition(":")
    if len(digest) != len(_START) or set(digest) - set("0123456789abcdef"):
        raise ValueError(f"{text!r} is no head: it is a number, a colon and 64 hex digits")
    return Head(int(seq), digest)


def _head(db: sqlite3.Connection) -> Head:
    row = db.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(0, _START) if row is None else Head(*row)


def _hash(fields: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode()).hexdigest()


def _troubles(fields: Any, last: Head) -> Iterator[str]:  # noqa: ANN401 (as SQLite has it)
    seq = fields[0]
    if seq != last.seq + 1:
        yield f"entry {last.seq + 1} is not there: the next is {seq}"
    elif fields[8] != last.hash:
        yield f"entry {seq} does not follow entry {last.seq}"
    if _hash(tuple(fields[:9])) != fields[9]:
        yield f"entry {seq} was changed"


def _text_trouble(fields: Any, text: Any) -> tuple[list[str], int]:  # noqa: ANN401
    """What is wrong with the text beside an entry, and 1 where it was deleted."""
    try:
        committed = json.loads(fields[7]).get("question_commitment")
    except (ValueError, AttributeError):
        return [], 0  # it was changed, which its hash tells
    nonce, words = text
    if words is None:
        return [], int(committed is not None)
    if committed != commitment(nonce, words):
        return [f"the question of entry {fields[0]} is not the one that was asked"], 0
    return [], 0


def _entry(row: Any) -> Entry:  # noqa: ANN401
    return Entry(
        seq=row[0],
        at=row[1],
        actor=row[2],
        account=row[3],
        via=row[4],
        workspace=row[5],
        action=row[6],
        detail=json.loads(row[7]),
        before=row[8],
        hash=row[9],
        question=row[10],
    )


def _prefixed(table: str) -> str:
    return ", ".join(f"{table}.{name.strip()}" for name in _COLUMNS.split(","))
