"""Keeping, handing out and deleting for good what was asked and answered."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pincite.accounts.audit import AuditLog
from pincite.accounts.feedback import FeedbackBox, draft
from pincite.accounts.store import AUDIT, KEPT, Store
from pincite.library import workspaces
from pincite.library.answers import SavedAnswers
from pincite.library.comparisons import SavedComparisons
from pincite.library.requests import forget_replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pincite.library.kept import SavedBodies


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many answers were deleted. `whole`: nothing of them is left in any file.

    It is not whole while another process reads at that moment; forgetting again mends that.
    """

    answers: int
    whole: bool


def expire(home: Path, days: int, *, now: datetime) -> Forgotten:
    """Forget what every workspace was answered more than so many days ago."""
    before = now - timedelta(days=days)
    count, whole = 0, True
    for workspace in workspaces_with_comparisons(home):
        done = forget_comparisons(home, workspace, compared_before(home, workspace, before))
        count, whole = count + done.answers, whole and done.whole
    for workspace in workspaces_with_answers(home):
        if ids := kept_before(home, workspace, before):
            done = forget(home, workspace, ids)
            count, whole = count + done.answers, whole and done.whole
    with _there(home) as (audit, _):
        # Questions of which no answer is kept.
        if audit is not None and AuditLog(audit).forget_before(before):
            whole &= audit.purge()
    return Forgotten(count, whole)


def workspaces_with_answers(home: Path) -> tuple[str, ...]:
    with SavedAnswers(home) as saved:
        return saved.workspaces()


def workspaces_with_comparisons(home: Path) -> tuple[str, ...]:
    with SavedComparisons(home) as saved:
        return saved.workspaces()


def compared_before(home: Path, workspace: str, moment: datetime) -> tuple[str, ...]:
    """The ids of the comparisons that were made before this moment."""
    with SavedComparisons(home, workspace=workspace) as saved:
        return tuple(one.id for one in saved.all() if one.asked_at < moment)


def forget_comparisons(home: Path, workspace: str, comparisons: Iterable[str]) -> Forgotten:
    """Delete comparisons with their questions for good."""
    ids = tuple(dict.fromkeys(comparisons))
    if not ids:
        return Forgotten(0, whole=True)
    whole = forget_replies(home, workspace)
    with _there(home) as (audit, _):
        if audit is not None:
            AuditLog(audit).forget(workspace, ids)
            whole &= audit.purge()
    with SavedComparisons(home, workspace=workspace) as saved:
        count = saved.remove(ids)
    with SavedAnswers(home, workspace=workspace) as answers:
        whole &= answers.purge()
    return Forgotten(count, whole)


def kept_before(home: Path, workspace: str, moment: datetime) -> tuple[str, ...]:
    """The ids of the answers that were given before this moment."""
    with SavedAnswers(home, workspace=workspace) as saved:
        return tuple(one.id for one in saved.all() if one.asked_at < moment)


def forget(home: Path, workspace: str, answers: Iterable[str]) -> Forgotten:
    """Delete answers with their questions, and what was said of them, for good.

    The answers go last: after a stop half-way they are still there to be forgotten again.
    """
    ids = tuple(dict.fromkeys(answers))
    whole = True
    with _there(home) as (audit, kept):
        if kept is not None:
            FeedbackBox(kept, workspace).forget(ids)
            whole &= kept.purge()
        if audit is not None:
            AuditLog(audit).forget(workspace, ids)
            whole &= audit.purge()
    whole &= forget_replies(home, workspace)
    with SavedAnswers(home, workspace=workspace) as saved:
        count = saved.remove(ids)
        whole &= saved.purge()
    return Forgotten(count, whole)


def forget_workspace(home: Path, workspace: str) -> Forgotten:
    """Delete all that a workspace keeps: answers, watches, documents, feedback, questions."""
    with SavedAnswers(home, workspace=workspace) as saved:
        ids = tuple(one.id for one in saved.all())
        saved.remove_watches()
    with _there(home) as (audit, kept):
        if kept is not None:
            with kept.writing() as db:
                for table in ("documents", "feedback"):
                    db.execute(f"DELETE FROM {table} WHERE workspace = ?", (workspace,))  # noqa: S608
        if audit is not None:
            AuditLog(audit).forget(workspace)
    workspaces.forget(home, workspace)
    with SavedComparisons(home, workspace=workspace) as compared:
        compared.remove(one.id for one in compared.all())
    return forget(home, workspace, ids)


def export(home: Path, workspace: str) -> Iterator[str]:
    """What a workspace keeps, answers first, the oldest first, one JSON object a line."""
    with SavedAnswers(home, workspace=workspace) as saved:
        yield from _lines(saved, workspace, "answer")
    with SavedComparisons(home, workspace=workspace) as compared:
        yield from _lines(compared, workspace, "comparison")


def _lines(saved: SavedBodies, workspace: str, kind: str) -> Iterator[str]:
    for one in reversed(saved.all()):
        row = {
            "id": one.id,
            "workspace": workspace,
            "question": one.question,
            "asked_at": one.asked_at.isoformat(),
            "sha256": one.sha256,
            kind: json.loads(one.body),
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"


def listed(home: Path, workspace: str, limit: int) -> tuple[dict[str, str], ...]:
    """Id, time and question of the answers that a workspace keeps, the newest first."""
    with SavedAnswers(home, workspace=workspace) as saved:
        return tuple(
            {"id": name, "asked_at": at.isoformat(timespec="seconds"), "question": question}
            for name, question, at in saved.recent(limit)
        )


def drafts(
    home: Path, workspace: str, row_of: Callable[[str], str | None]
) -> Iterator[dict[str, Any]]:
    """A draft of an evaluation question for each answer of which anything was said."""
    with _there(home) as (_, kept), SavedAnswers(home, workspace=workspace) as saved:
        if kept is None:
            return
        box = FeedbackBox(kept, workspace)
        for answer in dict.fromkeys(one.answer for one in box.all()):
            found = saved.get(answer)
            if found is not None:
                yield draft(json.loads(found.body), answer, box.all(answer), row_of)


@contextmanager
def _there(home: Path) -> Iterator[tuple[Store | None, Store | None]]:
    """The audit log and what workspaces keep, where there are such files."""
    opened = [Store(home, file) if (home / file.name).is_file() else None for file in (AUDIT, KEPT)]
    try:
        yield opened[0], opened[1]
    finally:
        for store in opened:
            if store is not None:
                store.close()
