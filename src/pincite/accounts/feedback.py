"""What people say of a statement, and the draft questions for the evaluation that come of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pincite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pincite.accounts.store import Store

_LONGEST_NOTE = 4_000


class Verdict(StrEnum):
    """A statement is right or wrong; something that the answer should say is missing."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`place` is where in the answer the statement stands (`summary[0]`), empty for `missing`."""

    id: str
    answer: str
    place: str
    statement: str
    verdict: Verdict
    note: str
    said_by: str
    said_at: datetime


class FeedbackBox:
    """The feedback of one workspace; that of others is not seen."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store = store
        self._workspace = workspace

    def add(  # noqa: PLR0913  (each is a field of what was said)
        self,
        answer: Mapping[str, Any],
        answer_id: str,
        *,
        place: str,
        verdict: Verdict,
        note: str,
        said_by: str,
        now: datetime,
    ) -> Feedback:
        """`answer` is the saved one, as its JSON has it. Raises UsageError for no such place."""
        statement = "" if verdict is Verdict.MISSING and not place else _at(answer, place)["text"]
        if len(note) > _LONGEST_NOTE:
            raise UsageError(f"a note has at most {_LONGEST_NOTE:,} characters")
        if verdict is Verdict.MISSING and not note.strip():
            raise UsageError("say in the note what is missing")
        said = Feedback(
            id=secrets.token_hex(8),
            answer=answer_id,
            place=place,
            statement=statement,
            verdict=verdict,
            note=note.strip(),
            said_by=said_by,
            said_at=now,
        )
        values = (self._workspace, said.id, answer_id, place, statement, verdict.value, said.note)
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, said_by, now.isoformat()),
            )
        return said

    def all(self, answer: str | None = None) -> tuple[Feedback, ...]:
        """What was said of this answer, or of all, the oldest first."""
        rows = self._store.rows(
            "SELECT id, answer, place, statement, verdict, note, said_by, said_at FROM feedback "
            "WHERE workspace = ? AND (? IS NULL OR answer = ?) ORDER BY said_at, rowid",
            self._workspace,
            answer,
            answer,
        )
        return tuple(map(_feedback, rows))

    def forget(self, answers: Iterable[str]) -> int:
        """Delete what was said of these answers."""
        with self._store.writing() as db:
            return sum(
                db.execute(
                    "DELETE FROM feedback WHERE workspace = ? AND answer = ?",
                    (self._workspace, answer),
                ).rowcount
                for answer in answers
            )


def draft(
    answer: Mapping[str, Any],
    answer_id: str,
    said: Iterable[Feedback],
    row_of: Callable[[str], str | None],
) -> dict[str, Any]:
    """A question of an evaluation file, to be finished by somebody who reads law.

    Its gold are the sections that statements cite which were said to be right, and not wrong;
    `row_of` gives a pack's row id for a section's identifier. `draft` holds what a person must
    weigh: the wrong statements, what is missing, and what was said.
    """
    opinions = tuple(said)
    right, wrong = (_cited(answer, opinions, one) for one in (Verdict.RIGHT, Verdict.WRONG))
    gold = []
    for source in answer["sources"]:
        identifier = source["id"]
        if identifier in right and identifier not in wrong and (row := row_of(identifier)):
            gold.append({"act_id": row, "citation": source["citation"], "essential": True})
    missing = any(one.verdict is Verdict.MISSING for one in opinions)
    return {
        "id": f"feedback-{answer_id}",
        "question": answer["question"],
        "jurisdictions": [_name(one["id"]) for one in answer["jurisdictions"]],
        "topic": "",
        "kind": "feedback",
        "gold": gold,
        "facts": [],
        "answerable": bool(gold) or missing or not answer["abstained"],
        "draft": {
            "as_of": answer["as_of"],
            "asker": list(answer["facts"]),
            "abstained": answer["abstained"],
            "said": [
                {
                    "verdict": one.verdict.value,
                    "place": one.place,
                    "statement": one.statement,
                    "note": one.note,
                }
                for one in opinions
            ],
        },
    }


def _cited(
    answer: Mapping[str, Any], opinions: tuple[Feedback, ...], verdict: Verdict
) -> frozenset[str]:
    ids = {source["label"]: source["id"] for source in answer["sources"]}
    statements = [_at(answer, one.place) for one in opinions if one.verdict is verdict]
    return frozenset(ids[cite["source"]] for one in statements for cite in one["cites"])


def _name(jurisdiction: str) -> str:
    """As the evaluation's files name it: `federal`, or the letters of the state."""
    return "federal" if jurisdiction == "us" else jurisdiction.removeprefix("us-")


def places(answer: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every statement of a saved answer by its place, in reading order."""
    found = {f"summary[{i}]": one for i, one in enumerate(answer["summary"])}
    for b, block in enumerate(answer["blocks"]):
        found |= {f"blocks[{b}].statements[{i}]": one for i, one in enumerate(block["statements"])}
    return found


def _at(answer: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    found = places(answer).get(place)
    if found is None:
        raise UsageError(f"the answer has no statement at {place!r}; the first is at 'summary[0]'")
    return found


def _feedback(row: Any) -> Feedback:  # noqa: ANN401 (as SQLite has it)
    return Feedback(
        id=row[0],
        answer=row[1],
        place=row[2],
        statement=row[3],
        verdict=Verdict(row[4]),
        note=row[5],
        said_by=row[6],
        said_at=datetime.fromisoformat(row[7]),
    )
