"""An answer laid out to be filed: its parts, numbered notes, and authorities by kind."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.answer import StatementKind
from pincite.citations.load import code_form
from pincite.law.identifiers import parse_identifier
from pincite.law.section import Kind
from pincite.rendering import words
from pincite.rendering.wire import render_json

if TYPE_CHECKING:
    from pincite.answer import Answer, Quote, Source, Statement, Withheld

_LONGEST_TITLE = 220
_GROUPS = {
    Kind.STATUTE: "Statutes",
    Kind.REGULATION: "Regulations",
    Kind.INTERNAL: "Internal policies",
}
_OTHER = "Other law"
# What no XML may hold, and what no program can write as UTF-8.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Letters that RFC 3986 has in an address; anything else is no link that is made here.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{3,2000}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A cited place: its full citation with the pinpoint, and the words that are quoted from it."""

    label: str
    citation: str
    url: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A numbered note: every place that one statement rests on."""

    number: int
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement as it is shown; `quoted` says that it is the law's own words."""

    text: str
    quoted: bool
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Statements under a heading, as running text or as a list."""

    heading: str
    lines: tuple[Line, ...]
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A cited section, and the numbers of the notes that cite it."""

    label: str
    citation: str
    local_citation: str
    heading: str
    standing: str
    url: str | None
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The authorities of one document, and whom it binds."""

    name: str
    applicability: str
    authorities: tuple[Authority, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The authorities of one kind, by document, in the order of their labels."""

    heading: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """A statement that was withheld, and why, a line a fault."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """All that a filed answer shows, every text in one line and fit for any format.

    `standing` are lines on the day and the currency; `searched` rows of code, size and currency;
    `record` names the answer, the library and the program, as pairs. `warning` is printed first.
    """

    title: str
    question: str
    standing: tuple[str, ...]
    refusal: str
    choices: tuple[str, ...]
    parts: tuple[Part, ...]
    groups: tuple[Group, ...]
    withheld: tuple[Fallen, ...]
    searched: tuple[tuple[str, str, str], ...]
    remarks: tuple[str, ...]
    record: tuple[tuple[str, str], ...]
    warning: str = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note, in the order of their numbers."""
        lines = (line for part in self.parts for line in part.lines)
        return tuple(line.note for line in lines if line.note is not None)


def paper(answer: Answer, *, warning: str = "") -> Paper:
    """The answer to be filed; `warning` is a sentence that must stand on it, if any."""
    sources = {source.id: source for source in answer.sources}
    parts = _parts(answer, sources)
    question = clean(answer.question.text)
    return Paper(
        title=shortened(question, _LONGEST_TITLE),
        question=question,
        standing=_standing(answer),
        refusal=clean(answer.reason or "No answer.") if answer.abstained else "",
        choices=tuple(clean(choice) for choice in answer.choices),
        parts=parts,
        groups=_groups(answer, parts),
        withheld=tuple(_fallen(item) for item in answer.withheld),
        searched=_searched(answer),
        remarks=_remarks(answer),
        record=_record(answer),
        warning=clean(warning),
    )


def clean(text: str) -> str:
    """One line of text that every format can hold, with nothing that a terminal would obey."""
    shown = words.shown(" ".join(text.split()))
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", shown)


def shortened(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def linkable(url: str | None) -> str | None:
    """The address, if it is one of the web and nothing but an address."""
    return url if url is not None and _ADDRESS.fullmatch(url) else None


def pinned(source: Source | None, identifier: str, pinpoint: str) -> str:
    """The full citation of a place: `Mo. Rev. Stat. § 407.1500.2(1)`."""
    if source is not None:
        whole = source.citation
    else:
        own = citations.from_identifier(identifier)
        whole = identifier if own is None else citations.official(own)
    if not pinpoint:
        return clean(whole)
    found = parse_identifier(identifier)
    form = None if found is None else code_form(found.jurisdiction, found.code)
    dot = form is not None and form.pinpoint == "missouri"
    join = "" if pinpoint.startswith("(") else "." if dot else ", "
    return clean(f"{whole}{join}{pinpoint}")


def _parts(answer: Answer, sources: dict[str, Source]) -> tuple[Part, ...]:
    number = 0
    parts: list[Part] = []
    groups = [("Short answer", answer.summary, False)] if answer.summary else []
    groups += [(block.heading, block.statements, True) for block in answer.blocks]
    for heading, statements, listed in groups:
        lines: list[Line] = []
        for statement in statements:
            note = None
            if statement.quotes:
                number += 1
                note = Note(number=number, cites=_cites(statement, sources))
            quoted = statement.kind is StatementKind.QUOTE
            lines.append(Line(text=clean(statement.text), quoted=quoted, note=note))
        parts.append(Part(heading=clean(heading), lines=tuple(lines), listed=listed))
    return tuple(parts)


def _cites(statement: Statement, sources: dict[str, Source]) -> tuple[Cite, ...]:
    """The places of a statement, each once, with all that is quoted from it."""
    places: dict[tuple[str, str], list[Quote]] = {}
    for quote in statement.quotes:
        places.setdefault((quote.section, quote.pinpoint), []).append(quote)
    return tuple(
        Cite(
            label=clean(sources[section].label) if section in sources else "?",
            citation=pinned(sources.get(section), section, pinpoint),
            url=linkable(sources[section].url) if section in sources else None,
            quotes=tuple(clean(quote.text) for quote in quotes),
        )
        for (section, pinpoint), quotes in places.items()
    )


def _standing(answer: Answer) -> tuple[str, ...]:
    day = answer.question.as_of
    # In a paper to be filed quotation marks are the law's alone.
    currency = re.sub("[“”]", "", words.currency_line(answer))
    lines = [currency] if answer.jurisdictions else []
    lines.append(f"The law as of {day.day} {day:%B %Y}")
    if answer.facts:
        lines.append(f"About who asks: {'; '.join(answer.facts)}")
    return tuple(clean(line) for line in lines)


def _groups(answer: Answer, parts: tuple[Part, ...]) -> tuple[Group, ...]:
    cited: dict[str, list[int]] = {}
    for note in (line.note for part in parts for line in part.lines if line.note is not None):
        for cite in note.cites:
            cited.setdefault(cite.label, []).append(note.number)
    found: dict[str, list[Chapter]] = {name: [] for name in (*_GROUPS.values(), _OTHER)}
    for name, sources in words.by_document(answer):
        chapter = Chapter(
            name=clean(name),
            applicability=clean(words.applicability_line(sources[0])),
            authorities=tuple(
                _authority(source, tuple(dict.fromkeys(cited.get(clean(source.label), ()))))
                for source in sources
            ),
        )
        found[_kind(sources[0])].append(chapter)
    return tuple(
        Group(heading=name, chapters=tuple(items)) for name, items in found.items() if items
    )


def _kind(source: Source) -> str:
    """The kind of the code that the identifier names."""
    named = parse_identifier(source.id)
    code = None if named is None else citations.code(named.jurisdiction, named.code)
    return _OTHER if code is None else _GROUPS[code.kind]


def _authority(source: Source, notes: tuple[int, ...]) -> Authority:
    standing: list[str] = [source.status.value.replace("_", " ")]
    if source.effective_date is not None:
        standing.append(f"effective {source.effective_date.isoformat()}")
    if source.current_through:
        standing.append(f"current through {source.current_through}")
    local = source.local_citation
    return Authority(
        label=clean(source.label),
        citation=clean(source.citation),
        local_citation=clean(local) if local != source.citation else "",
        heading=clean(source.heading),
        standing=clean("; ".join(standing)),
        url=linkable(source.url),
        notes=notes,
    )


def _fallen(item: Withheld) -> Fallen:
    reasons = (f"{fault.kind.value.replace('_', ' ')}: {fault.detail}" for fault in item.faults)
    return Fallen(text=clean(item.statement.text), reasons=tuple(clean(one) for one in reasons))


def _searched(answer: Answer) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            clean(item.code),
            f"{item.sections:,}" + (" (excerpts only)" if item.excerpts else ""),
            clean(item.current_through),
        )
        for item in answer.coverage.searched
    )


def _remarks(answer: Answer) -> tuple[str, ...]:
    coverage = answer.coverage
    lines = [
        f"{item.code}: not in the pack: {', '.join(item.titles_missing)}."
        for item in coverage.searched
        if item.titles_missing
    ]
    lines += [f"Not installed, and so not searched: {name}." for name in coverage.missing]
    return tuple(clean(line) for line in (*lines, *coverage.notes))


def _record(answer: Answer) -> tuple[tuple[str, str], ...]:
    provenance = answer.provenance
    asked = answer.question.asked_at.isoformat(timespec="seconds")
    sha256 = hashlib.sha256(render_json(answer).encode("utf-8", "surrogatepass")).hexdigest()
    pairs = (
        ("Answer (SHA-256)", sha256),
        ("Library", provenance.library),
        ("Index", provenance.index),
        ("Writer", provenance.writer),
        ("Asked", asked),
        ("Program", f"Pincite {provenance.version}"),
    )
    return tuple((name, clean(value)) for name, value in pairs if value)
