"""An answer in the wire format, as the pages show it: streamed, saved and opened again alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.rendering.wire import (
        AnswerWire,
        CiteWire,
        SourceWire,
        StatementWire,
        WithheldWire,
    )

_HASH = 16  # hexadecimal digits of a text's hash that an address holds

VERDICTS = {
    "applies": "Applies",
    "only_if": "Only if",
    "unclear": "Unclear whom it binds",
    "not_you": "Not you",
}
"""How each verdict is told, in the order in which sources stand."""

FAULTS = {
    "not_cited": "It cites no law",
    "not_retrieved": "It cites law that was not looked at",
    "not_verbatim": "Its quotation is not in the law",
    "not_in_force": "The law that it cites is not in force",
    "wrong_jurisdiction": "It cites another jurisdiction’s law",
    "wrong_pinpoint": "Its pinpoint is not where the words stand",
    "number": "A number, date or amount is not in the law cited",
    "citation": "It names a citation that the law cited does not",
    "modality": "It says must, may or must not otherwise than the law",
    "negation": "It drops or adds a “not”",
    "exception": "It drops an exception or a condition",
    "actor": "It binds somebody else than the law does",
    "definition": "It defines a term otherwise than the law",
    "not_covered": "Its words are not in the law cited",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One `[d.s pinpoint]` behind a statement; `href` opens the section at the exact span."""

    label: str
    pinpoint: str
    citation: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    text: str
    kind: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    heading: str
    anchor: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A cited section; `link` is its official address, or empty where that is no web address.

    `changed` is how the law stands now where it differs from the text that was cited.
    """

    source: SourceWire
    href: str
    history: str
    link: str
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """The cited sections of one document, which has one verdict, and where that is from."""

    name: str
    code: str
    binds: str
    basis: tuple[Mark, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """The documents of one verdict."""

    verdict: str
    title: str
    documents: tuple[DocumentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldView:
    statement: StatementView
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """All that an answer's page shows."""

    answer: AnswerWire
    summary: tuple[StatementView, ...]
    blocks: tuple[BlockView, ...]
    verdicts: tuple[VerdictView, ...]
    withheld: tuple[WithheldView, ...]
    currencies: tuple[str, ...]

    @property
    def only_notes(self) -> bool:
        """Whether the summary says nothing of the law itself."""
        return all(one.kind == "note" for one in self.summary)

    @property
    def changed(self) -> tuple[SourceView, ...]:
        """The sources whose law is not what it was."""
        return tuple(
            source
            for verdict in self.verdicts
            for document in verdict.documents
            for source in document.sources
            if source.changed
        )


def answer_view(answer: AnswerWire, changed: Mapping[str, str] | None = None) -> AnswerView:
    """`changed` says, by identifier, how the law of a source stands now where it differs."""
    marker = Marker(answer.sources)
    searched = answer.coverage.searched
    return AnswerView(
        answer=answer,
        summary=tuple(marker.statement(one) for one in answer.summary),
        blocks=tuple(
            BlockView(
                heading=block.heading,
                anchor=f"part-{number}",
                statements=tuple(marker.statement(one) for one in block.statements),
            )
            for number, block in enumerate(answer.blocks, start=1)
        ),
        verdicts=_verdicts(answer.sources, marker, changed or {}),
        withheld=tuple(_withheld(one, marker) for one in answer.withheld),
        currencies=tuple(dict.fromkeys(o.current_through for o in searched if o.current_through)),
    )


class Marker:
    """Makes the marks of statements from the sources that are known so far."""

    def __init__(self, sources: Iterable[SourceWire] = ()) -> None:
        self._sources = {source.label: source for source in sources}

    def add(self, source: SourceWire) -> None:
        self._sources[source.label] = source

    def statement(self, item: StatementWire) -> StatementView:
        return StatementView(text=item.text, kind=item.kind, marks=self.marks(item.cites))

    def marks(self, cites: Sequence[CiteWire]) -> tuple[Mark, ...]:
        """Each source and pinpoint once, in order, with all of its spans."""
        groups: dict[tuple[str, str], list[CiteWire]] = {}
        for cite in cites:
            groups.setdefault((cite.source, cite.pinpoint), []).append(cite)
        return tuple(self._mark(*where, group) for where, group in groups.items())

    def _mark(self, label: str, pinpoint: str, cites: Sequence[CiteWire]) -> Mark:
        spans = [(cite.start, cite.end) for cite in cites]
        source = self._sources.get(label)
        if source is None:
            # What was withheld may cite a section that nothing shown cites: it has no label.
            return Mark(label="", pinpoint=pinpoint, citation=label, href=span_href(label, spans))
        return Mark(
            label=label,
            pinpoint=pinpoint,
            citation=source.citation,
            href=span_href(source.id, spans, source.text_sha256),
        )


def span_href(identifier: str, spans: Sequence[tuple[int, int]], sha256: str = "") -> str:
    """The reader at these spans of the very text that was quoted."""
    parts = [f"text={sha256[:_HASH]}"] if sha256 else []
    parts.append("span=" + ",".join(f"{start}-{end}" for start, end in spans))
    return f"{_path(identifier)}?{'&'.join(parts)}#quote"


def section_href(source: SourceWire) -> str:
    """The reader with the very text of the section that was cited."""
    return f"{_path(source.id)}?text={source.text_sha256[:_HASH]}"


def official_link(url: str | None) -> str:
    """The address, where it is one that a browser may follow safely, else nothing."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    whole = (
        parts.scheme in {"http", "https"}
        and parts.hostname
        and not any(letter.isspace() or not letter.isprintable() for letter in url)
    )
    return url if whole else ""


def _path(identifier: str) -> str:
    """The identifier as a path of this site, whatever a file that claims to be an answer says."""
    return identifier if identifier.startswith(("/us", "/internal/")) else "/us"


def _withheld(item: WithheldWire, marker: Marker) -> WithheldView:
    return WithheldView(
        statement=marker.statement(item.statement),
        faults=tuple((FAULTS.get(one.kind, one.kind), one.detail) for one in item.faults),
    )


def _verdicts(
    sources: Sequence[SourceWire], marker: Marker, changed: Mapping[str, str]
) -> tuple[VerdictView, ...]:
    """Sources by verdict, then by document; within both as they are numbered."""
    found = []
    for verdict, title in VERDICTS.items():
        documents: dict[str, list[SourceWire]] = {}
        for source in sources:
            if source.applicability.verdict == verdict:
                documents.setdefault(source.document, []).append(source)
        views = tuple(_document(group, marker, changed) for group in documents.values())
        if views:
            found.append(VerdictView(verdict=verdict, title=title, documents=views))
    return tuple(found)


def _document(
    sources: Sequence[SourceWire], marker: Marker, changed: Mapping[str, str]
) -> DocumentView:
    first = sources[0]
    return DocumentView(
        name=first.document_name or first.code,
        code=first.code,
        binds=first.applicability.binds,
        basis=marker.marks(first.applicability.basis),
        sources=tuple(
            SourceView(
                source=source,
                href=section_href(source),
                history=f"{_path(source.id)}#history",
                link=official_link(source.url),
                changed=changed.get(source.id, ""),
            )
            for source in sources
        ),
    )


__all__ = ["AnswerView", "Mark", "Marker", "answer_view", "official_link", "section_href"]
