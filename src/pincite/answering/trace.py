"""What every stage saw and decided, kept when it is asked for."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answer import Evidence, Statement, Withheld
    from pincite.answering.extractive import Draft
    from pincite.answering.findings import Finding
    from pincite.retrieval.search import Retrieved
    from pincite.retrieval.understand import Understanding

_KEPT = 100
_FIRST = 10
_FINDINGS = 24
_WORDS = 160  # characters of a provision


class Trace:
    """Stages in order, each a plain mapping that JSON can hold; empty where nobody asked.

    `retrieval_ms` is the time from the start to the last search's end.
    """

    def __init__(self, *, kept: bool = False) -> None:
        self.kept = kept
        self.stages: list[dict[str, object]] = []
        self._own: tuple[str, ...] = ()
        self._floor: tuple[str, ...] = ()
        self.retrieval_ms = 0.0
        self._started = perf_counter()

    def understood(self, item: Understanding) -> None:
        self._add(
            "understanding",
            jurisdictions=[f"{found.id} ({found.how})" for found in item.places.jurisdictions],
            choices=list(item.places.choices),
            elsewhere=list(item.places.elsewhere),
            local=list(item.places.local),
            facts=list(item.facts),
            asks=[ask.value for ask in item.asks],
            words=list(item.words),
            named=[found.citation.full_id for found in item.named],
            topics=[
                {"id": m.topic.id, "score": round(m.score, 2), "share": round(m.share, 3)}
                for m in item.topics
            ],
            likeness=item.likeness,
        )

    def retrieved(self, jurisdiction: str, item: Retrieved) -> None:
        self._own += tuple(one.section.act_id for one in item.evidence)
        self.retrieval_ms = (perf_counter() - self._started) * 1000
        self._add(
            "retrieval",
            jurisdiction=jurisdiction,
            candidates=item.candidates,
            ranked=[
                {
                    "act_id": one.section.act_id,
                    "citation": one.section.citation,
                    "heading": one.section.heading,
                    "score": round(one.score, 4),
                    "found_by": list(one.found_by),
                }
                for one in item.evidence[:_KEPT]
            ],
        )

    def floor(self, evidence: Sequence[Evidence]) -> None:
        self._floor += tuple(one.section.act_id for one in evidence)
        self._add("federal floor", found=[one.section.citation for one in evidence])

    @property
    def ranked(self) -> tuple[str, ...]:
        """The packs' row ids of all evidence, best first; the federal floor after ten."""
        whole = (*self._own[:_FIRST], *self._floor, *self._own[_FIRST:])
        return tuple(dict.fromkeys(whole))

    def found(self, jurisdiction: str, items: Sequence[Finding]) -> None:
        self._add(
            "reading",
            jurisdiction=jurisdiction,
            provisions=len(items),
            best=[
                {
                    "citation": one.section.citation,
                    "path": list(one.provision.path),
                    "role": one.provision.role.value,
                    "score": round(one.score, 3),
                    "text": " ".join(one.whole.split())[:_WORDS],
                }
                for one in items[:_FINDINGS]
            ],
        )

    def held(self, statement: Statement) -> None:
        """A statement of a language model that holds; its place is not settled yet."""

    def checked(self, jurisdiction: str, kept: Draft, withheld: Sequence[Withheld]) -> None:
        self._add(
            "verification",
            jurisdiction=jurisdiction,
            shown=len(kept.summary) + sum(len(block.statements) for block in kept.blocks),
            withheld=[
                {
                    "text": item.statement.text[:_WORDS],
                    "faults": [f"{fault.kind.value}: {fault.detail}" for fault in item.faults],
                }
                for item in withheld
            ],
        )

    def _add(self, stage: str, **values: object) -> None:
        if self.kept:
            self.stages.append({"stage": stage, **values})
