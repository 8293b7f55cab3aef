"""What goes into an answer and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from pincite.law.section import Section, Status

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked. `jurisdictions` and `facts` are those given beside the text, if any."""

    text: str
    as_of: date
    asked_at: datetime
    jurisdictions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A section that was retrieved, its score (higher is better) and which searches found it."""

    section: Section
    score: float
    found_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A span of a section: `section.text[start:end] == text`, offsets in Unicode code points.

    `section` is the section's identifier; `pinpoint` is the deepest subdivision that is sure and
    holds the whole span, as printed after the citation (`2(1)(a)`), or empty.
    """

    section: str
    pinpoint: str
    start: int
    end: int
    text: str


class StatementKind(StrEnum):
    """A quote shows the law's words, a paraphrase tells them, a note is about the search."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of an answer, with the spans of law that it rests on (none for a note)."""

    text: str
    kind: StatementKind
    quotes: tuple[Quote, ...] = ()


class FaultKind(StrEnum):
    """Why a statement or a quote does not hold."""

    NOT_CITED = "not_cited"
    NOT_RETRIEVED = "not_retrieved"
    NOT_VERBATIM = "not_verbatim"
    NOT_IN_FORCE = "not_in_force"
    WRONG_JURISDICTION = "wrong_jurisdiction"
    WRONG_PINPOINT = "wrong_pinpoint"
    NUMBER = "number"
    CITATION = "citation"
    MODALITY = "modality"
    NEGATION = "negation"
    EXCEPTION = "exception"
    ACTOR = "actor"
    DEFINITION = "definition"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    kind: FaultKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A statement that was not shown, and why."""

    statement: Statement
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Statements under a plain heading."""

    heading: str
    statements: tuple[Statement, ...]


class Verdict(StrEnum):
    """Whether a document binds the asker, as far as the facts tell."""

    APPLIES = "applies"
    ONLY_IF = "only_if"
    NOT_YOU = "not_you"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """Whom a document binds, in the law's words where it says so, and where it says so."""

    binds: str
    verdict: Verdict
    basis: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cited section. `label` is `d.s`: document, then section, in order of first citation."""

    label: str
    id: str
    citation: str
    local_citation: str
    heading: str
    code: str
    hierarchy: tuple[str, ...]
    document: str
    document_name: str
    status: Status
    effective_date: date | None
    current_through: str
    url: str | None
    text_sha256: str
    applicability: Applicability


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionFound:
    """A jurisdiction that the question is about, and how that is known."""

    id: str
    name: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A code that was searched: how much of it is installed, and how current it is."""

    code: str
    pack: str
    sections: int
    current_through: str
    titles_missing: tuple[str, ...] = ()
    excerpts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched, and what of the jurisdiction's law was not there to search."""

    searched: tuple[Searched, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Which library, index, writer and release made the answer."""

    library: str
    index: str
    writer: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Statements that hold, the sources that they cite, and an honest word on the rest."""

    question: Question
    jurisdictions: tuple[JurisdictionFound, ...]
    facts: tuple[str, ...]
    summary: tuple[Statement, ...]
    blocks: tuple[Block, ...]
    withheld: tuple[Withheld, ...]
    sources: tuple[Source, ...]
    coverage: Coverage
    abstained: bool
    reason: str | None
    choices: tuple[str, ...]
    provenance: Provenance

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement shown, in reading order."""
        return self.summary + tuple(s for block in self.blocks for s in block.statements)
