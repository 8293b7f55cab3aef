"""What is asked goes into the audit log, by whom and on which law, and each document of theirs."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pincite.assistant.own_documents import ADDED, REMOVED
from pincite.rendering.comparison_wire import comparison_json
from pincite.rendering.wire import render_json
from pincite.web.auth.desk import WHO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pincite.answer import Answer, Provenance, Source
    from pincite.assistant.own_documents import OwnDocument
    from pincite.comparison import Comparison
    from pincite.web.auth.desk import FrontDesk


class AuditWitness:
    """Writes down each answer and comparison before it is shown; without that none is shown.

    No document is added or removed without it either.
    """

    def __init__(self, desk: FrontDesk) -> None:
        self._desk = desk

    def answered(self, answer: Answer) -> None:
        caller = WHO.get()
        if caller is None:
            return  # the server's own question when it starts
        digest = sha256(render_json(answer).encode()).hexdigest()
        self._desk.record(
            caller,
            "ask",
            detail={
                "as_of": answer.question.as_of.isoformat(),
                "jurisdictions": [one.id for one in answer.jurisdictions],
                "abstained": answer.abstained,
                "answer_sha256": digest,
                "law": _law(answer.sources),
                **_made_by(answer.provenance),
            },
            question=answer.question.text,
            answer=digest[:16],
        )

    def compared(self, comparison: Comparison) -> None:
        caller = WHO.get()
        if caller is None:
            return
        self._desk.record(
            caller,
            "compare",
            detail={
                "as_of": comparison.question.as_of.isoformat(),
                "jurisdictions": [one.jurisdiction for one in comparison.columns],
                "law": _law(source for one in comparison.columns for source in one.sources),
                **_made_by(comparison.provenance),
            },
            question=comparison.question.text,
            answer=sha256(comparison_json(comparison).encode()).hexdigest()[:16],
        )

    def added(self, document: OwnDocument) -> None:
        self._document(ADDED, document)

    def removed(self, document: OwnDocument) -> None:
        self._document(REMOVED, document)

    def _document(self, action: str, document: OwnDocument) -> None:
        caller = WHO.get()
        if caller is not None:
            self._desk.record(caller, action, detail=document.for_audit)


def _law(sources: Iterable[Source]) -> list[dict[str, str]]:
    """Each section that is cited, and the version of it: the hash of its text tells which."""
    return [
        {
            "id": one.id,
            "text_sha256": one.text_sha256,
            "current_through": one.current_through,
        }
        for one in sources
    ]


def _made_by(provenance: Provenance) -> dict[str, str]:
    return {
        "library": provenance.library,
        "writer": provenance.writer,
        "release": provenance.version,
    }
