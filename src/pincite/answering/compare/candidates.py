"""Which provisions of an answer's law may give a core fact, the best first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from pincite.answer import StatementKind, Verdict
from pincite.answering.applicability import OFFICIAL
from pincite.answering.trace import Trace
from pincite.law.section import Status
from pincite.reading import Role
from pincite.retrieval.search import is_law_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pincite.answer import Applicability, Statement
    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.reading import Provision
    from pincite.reading.readings import Readings
    from pincite.retrieval.understand import Understanding

_ORDER = {Verdict.APPLIES: 0, Verdict.UNCLEAR: 0, Verdict.ONLY_IF: 1, Verdict.NOT_YOU: 2}
_ENFORCING = re.compile(
    r"\b(?:penalt\w+|violations?|enforcement|remed(?:y|ies)|damages|unlawful|offen[sc]es?|fines?"
    r"|liability|civil\s+actions?)\b",
    re.IGNORECASE,
)
_ENFORCES = frozenset({Role.PENALTY, Role.REMEDY})
# "Whoever violates this chapter": of what it is the penalty.
_WHOLE = re.compile(
    r"\b(?:violat\w+|compl\w+|contrary|enforc\w+|required|provisions?)\b[^.;]{0,80}?"
    r"\bthis\s+(?:chapter|subchapter|article|act|part)\b",
    re.IGNORECASE,
)
_MOST_ENFORCING = 4


class Heard(Trace):
    """A trace that keeps what was understood and every finding, for one jurisdiction."""

    def __init__(self) -> None:
        super().__init__()
        self.understanding: Understanding | None = None
        self.findings: tuple[Finding, ...] = ()

    @override
    def understood(self, item: Understanding) -> None:
        self.understanding = item

    @override
    def found(self, jurisdiction: str, items: Sequence[Finding]) -> None:
        self.findings = tuple(items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A finding that may give a fact.

    `applicability` tells whom its law binds, where that is known. `statement` is the answer's own
    that shows the whole of it, if one does, and `together` all provisions that this shows, in
    reading order; `shown` says that one shows at least a part.
    """

    finding: Finding
    applicability: Applicability | None = None
    statement: Statement | None = None
    shown: bool = False
    together: tuple[Provision, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return Verdict.UNCLEAR if self.applicability is None else self.applicability.verdict

    @property
    def official(self) -> bool:
        """Whether an agency, a court or another public body is the one that is bound."""
        return self.finding.provision.actor_class in OFFICIAL


def candidates(
    statements: Iterable[Statement],
    bound: Mapping[str, Applicability],
    findings: Sequence[Finding],
) -> tuple[Candidate, ...]:
    """The provisions of the sections that an answer cites, best first.

    `statements` are the answer's, `bound` says by section whom its law binds. What the answer
    shows comes before what it does not; law that binds the asker before law that binds one trade.
    Law that does not bind the asker gives no fact.
    """
    spans: dict[str, list[tuple[int, int, Statement]]] = {}
    for statement in statements:
        for quote in statement.quotes:
            spans.setdefault(quote.section, []).append((quote.start, quote.end, statement))
    cited = [finding for finding in findings if finding.section.id in bound]
    found = [
        _candidate(finding, bound, spans.get(finding.section.id, ()), cited) for finding in cited
    ]
    binding = [one for one in found if one.verdict is not Verdict.NOT_YOU]
    return tuple(sorted(binding, key=lambda one: (not one.shown, _ORDER[one.verdict])))


def _candidate(
    finding: Finding,
    bound: Mapping[str, Applicability],
    spans: Sequence[tuple[int, int, Statement]],
    cited: Sequence[Finding],
) -> Candidate:
    start, end = finding.provision.start, finding.provision.end
    whole = [
        one
        for first, last, one in spans
        if one.kind is StatementKind.QUOTE and first <= start and end <= last
    ]
    statement = min(whole, key=lambda one: len(one.text), default=None)
    beside = [f.provision for f in cited if f.section.id == finding.section.id]
    shown = () if statement is None else statement.quotes
    together = [p for p in beside if any(q.start <= p.start and p.end <= q.end for q in shown)]
    if not together:
        leads = [p for p in beside if (p.start, p.end) in finding.provision.leads]
        together = [*leads, finding.provision]
    return Candidate(
        finding=finding,
        applicability=bound[finding.section.id],
        statement=statement,
        shown=any(first < end and start < last for first, last, _ in spans),
        together=tuple(sorted(together, key=lambda p: p.start)),
    )


def enforcing(
    lead: Finding,
    bound: Mapping[str, Applicability],
    library: Library,
    readings: Readings,
    as_of: date,
) -> Iterator[Candidate]:
    """Penalties and remedies of the lead's document that stand in sections of their own.

    Only those that say of what they are the penalty: of the whole chapter, or of the lead's
    section by its number.
    """
    lines = [
        line
        for line in library.document_lines(lead.section.document)
        if line.id != lead.section.id and _ENFORCING.search(line.heading)
    ]
    for line in lines[:_MOST_ENFORCING]:
        section = library.section(line.id, as_of)
        if (
            section is None
            or section.status is not Status.IN_FORCE
            or not is_law_on(section, as_of)
        ):
            continue
        read = readings.of(section)
        for provision in read.provisions:
            words = read.words_of(provision)
            if provision.role in _ENFORCES and _is_of(words, lead.section):
                yield Candidate(
                    finding=replace(
                        lead, section=section, outline=read.outline, provision=provision
                    ),
                    applicability=bound.get(section.id),
                    together=(
                        *(one for one in read.provisions if _leads(one, provision)),
                        provision,
                    ),
                )


def _leads(one: Provision, to: Provision) -> bool:
    return (one.start, one.end) in to.leads


def _is_of(words: str, section: Section) -> bool:
    return (
        bool(_WHOLE.search(words))
        or re.search(rf"(?<![\w.-]){re.escape(section.number)}(?![\w-])", words) is not None
    )
