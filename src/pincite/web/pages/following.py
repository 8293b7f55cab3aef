"""What is told of an answer while it is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from pincite import Trace
from pincite.law.jurisdiction import by_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pincite.answer import Statement, Withheld
    from pincite.answering.extractive import Draft
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.understand import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`status` is a line about the work; `draft` a statement that holds and has no place yet.

    Only a language model's statements come as drafts.
    """

    kind: str
    text: str


class Following(Trace):
    """A trace that tells each stage as it ends, in words, from the thread that answers."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        super().__init__()
        self._tell = tell

    @override
    def understood(self, item: Understanding) -> None:
        super().understood(item)
        names = [found.name for found in item.places.jurisdictions]
        if names:
            self._status(f"Searching the law of {_listed(names)}")

    @override
    def retrieved(self, jurisdiction: str, item: Retrieved) -> None:
        super().retrieved(jurisdiction, item)
        name = by_id(jurisdiction).name
        self._status(f"{name}: reading the best of {item.candidates:,} sections that were found")

    @override
    def checked(self, jurisdiction: str, kept: Draft, withheld: Sequence[Withheld]) -> None:
        super().checked(jurisdiction, kept, withheld)
        held = len(kept.summary) + sum(len(block.statements) for block in kept.blocks)
        away = f", {len(withheld)} withheld" if withheld else ""
        self._status(f"{by_id(jurisdiction).name}: {held} statements hold{away}")

    @override
    def held(self, statement: Statement) -> None:
        super().held(statement)
        self._tell(Event(kind="draft", text=statement.text))

    def _status(self, text: str) -> None:
        self._tell(Event(kind="status", text=text))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
