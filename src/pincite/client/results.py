"""What a server gives, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.answer import Answer, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """An answer: `json` is as the server gave it, to the byte, for `verify` and to be kept.

    `id` is the one under which the server keeps it, empty where it could not be kept. From a
    stream `json` has the same values, written in another way.
    """

    answer: Answer
    id: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A stage of an answer that has ended: `understood`, `retrieved`, `read`, `checked`."""

    stage: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """A statement that holds, told before the answer is whole.

    `heading` is empty for the summary. `draft` is set for what a language model wrote, while its
    place in the answer is not known yet.
    """

    statement: Statement
    jurisdiction: str
    heading: str
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """A section named in a list."""

    id: str
    citation: str
    heading: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What stands at a citation or identifier.

    Where `found` is false, `reason`, `message` and `advice` say why, and `text` is what stands
    there all the same (a repealed section), if anything. For a chapter or a range `sections` are
    its sections. `text[start:end]` is the subdivision that was asked for. `raw` is all of it:
    outline, definitions, versions, neighbours.
    """

    found: bool
    id: str = ""
    citation: str = ""
    local_citation: str = ""
    heading: str = ""
    status: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    current_through: str = ""
    url: str | None = None
    text_sha256: str = ""
    sections: tuple[SectionLine, ...] = ()
    reason: str = ""
    message: str = ""
    advice: str = ""
    choices: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A section that was found, and its best passage; `raw` is all that the server tells of it."""

    id: str
    citation: str
    heading: str
    jurisdiction: str
    status: str
    pinpoint: str
    start: int
    end: int
    passage: str
    score: float
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitList:
    """A page of hits, best first; `next` gives the page after it, and is `None` on the last."""

    hits: tuple[Hit, ...]
    packs: tuple[str, ...]
    not_installed: tuple[str, ...]
    note: str
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFound:
    """A citation at `text[start:end]` of what was given, and what it leads to.

    `outcome` is `found`, or why not; `message` says it in a sentence.
    """

    start: int
    end: int
    text: str
    id: str
    citation: str
    local_citation: str
    jurisdiction: str
    outcome: str
    message: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFault:
    """What does not hold, and where in the answer."""

    place: str
    text: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What checking an answer found."""

    holds: bool
    checked: int
    recorded: bool
    notes: tuple[str, ...]
    faults: tuple[CheckFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer that the server keeps."""

    id: str
    question: str
    asked_at: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchKept:
    """A question that the server asks again; `last_answer` is the id of what stands for it."""

    id: str
    question: str
    jurisdictions: tuple[str, ...]
    facts: tuple[str, ...]
    created_at: str
    last_run_at: str | None
    last_answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKept:
    """A document of the workspace; `kind` is what it is read as, `None` where it is only kept.

    `notes` say what of a document that was just added was not read.
    """

    id: str
    name: str
    bytes: int
    sha256: str
    kind: str | None
    cited_as: str
    pack: str | None
    sections: int
    added_at: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that the server has installed."""

    name: str
    jurisdiction: str
    kind: str
    codes: tuple[str, ...]
    sections: int
    in_force: int
    current_through: str
    titles_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryList:
    """What is installed; `digest` stands in the answers made from it."""

    digest: str
    packs: tuple[Pack, ...]
