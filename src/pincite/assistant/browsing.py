"""What there is to go to: questions that were asked before, and the sections of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.assistant.opening_chapters import chapter_contents

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.assistant.compose import Assistant
    from pincite.library.kept import SavedBodies
    from pincite.opened import Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBefore:
    """A question whose answer is kept under `id`."""

    id: str
    question: str
    asked_at: datetime


def asked_before(
    assistant: Assistant, limit: int, *, workspace: str = "default"
) -> tuple[AskedBefore, ...]:
    """The questions asked last whose answers were kept, the newest first."""
    from pincite.library.answers import SavedAnswers

    with SavedAnswers(assistant.home, workspace=workspace) as saved:
        return _last(saved, limit)


def compared_before(
    assistant: Assistant, limit: int, *, workspace: str = "default"
) -> tuple[AskedBefore, ...]:
    """The questions that were compared last, the newest first."""
    from pincite.library.comparisons import SavedComparisons

    with SavedComparisons(assistant.home, workspace=workspace) as saved:
        return _last(saved, limit)


def _last(saved: SavedBodies, limit: int) -> tuple[AskedBefore, ...]:
    return tuple(
        AskedBefore(id=one, question=question, asked_at=asked_at)
        for one, question, asked_at in saved.recent(limit)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer that is kept; `asked_at` is as it is stored, to go on from there."""

    id: str
    question: str
    asked_at: str
    sha256: str


def answers_kept(
    assistant: Assistant,
    limit: int,
    *,
    after: tuple[str, str] | None = None,
    workspace: str = "default",
) -> tuple[KeptAnswer, ...]:
    """Answers, the newest first; `after` is the time and the id of the last one that is known."""
    from pincite.library.answers import SavedAnswers

    with SavedAnswers(assistant.home, workspace=workspace) as saved:
        return tuple(
            KeptAnswer(id=row[0], question=row[1], asked_at=row[2], sha256=row[3])
            for row in saved.listed(limit, after=after)
        )


def document_contents(assistant: Assistant, identifier: str) -> Contents | None:
    """The sections of the document with that identifier; `None` where none is installed."""
    return chapter_contents(identifier, assistant.library)


def document_of(assistant: Assistant, identifier: str) -> tuple[str, ...]:
    """Where the document stands, outermost first, its own name last; empty where it is not here."""
    lines = assistant.library.document_lines(identifier)
    section = assistant.library.section(lines[0].id) if lines else None
    return () if section is None else section.hierarchy
