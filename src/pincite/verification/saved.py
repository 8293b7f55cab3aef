"""Verify a saved answer: every quote, statement and source of it against the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pincite import citations
from pincite.answer import Fault, FaultKind, Quote, Statement, StatementKind
from pincite.errors import UsageError
from pincite.verification.checks import check
from pincite.verification.grounds import Context, Readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pincite.law.section import Section

    Lookup = Callable[[str], Section | None]

_NOT_ASKED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong at one place of a saved answer (`blocks[1].statements[0]`, `sources[2]`).

    `text` is the statement's, or the source's citation; no faults means that it holds.
    """

    place: str
    text: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Every place of a saved answer that was checked, in its order."""

    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.faulty

    @property
    def faulty(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.faults)


def verify_answer(saved: Mapping[str, object], lookup: Lookup) -> Verified:
    """Check a saved answer, in the wire format, against the law as the library has it.

    `lookup` gives the section of an identifier, or `None`. Raises `UsageError`, saying where, for
    what is no saved answer.
    """
    sources = _sources(saved)
    sections = {id_: found for id_, _ in sources.values() if (found := lookup(id_)) is not None}
    asked = frozenset(
        _text(item, "id", f"jurisdictions[{place}]")
        for place, item in enumerate(_list(saved, "jurisdictions", ""))
    )
    as_of = _date(_text(saved, "as_of", ""))
    readings = Readings()
    findings: list[Finding] = []
    cited: list[str] = []
    for where, raw in _statements(saved):
        statement, labels, unknown = _statement(raw, where, sources)
        cited += labels
        # Federal law may stand beside a state's: it binds there too.
        faults = check(
            statement,
            sections,
            as_of=as_of,
            jurisdictions=asked | {"us"} if asked else _NOT_ASKED,
            context=Context(readings=readings),
        )
        findings.append(Finding(place=where, text=statement.text, faults=(*unknown, *faults)))
    findings += _source_findings(saved, sections, cited, readings)
    return Verified(findings=tuple(findings))


def _statements(saved: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for place, raw in enumerate(_list(saved, "summary", "")):
        yield f"summary[{place}]", raw
    for number, block in enumerate(_list(saved, "blocks", "")):
        where = f"blocks[{number}]"
        for place, raw in enumerate(_list(block, "statements", where)):
            yield f"{where}.statements[{place}]", raw


def _statement(
    raw: Mapping[str, object], where: str, sources: Mapping[str, tuple[str, str]]
) -> tuple[Statement, list[str], tuple[Fault, ...]]:
    """The statement, the labels that it cites, and a fault for each label with no source."""
    quotes: list[Quote] = []
    labels: list[str] = []
    faults: list[Fault] = []
    for place, cite in enumerate(_list(raw, "cites", where)):
        at = f"{where}.cites[{place}]"
        label = _text(cite, "source", at)
        labels.append(label)
        if label not in sources:
            detail = f"{label} is no source of the answer"
            faults.append(Fault(kind=FaultKind.NOT_RETRIEVED, detail=detail))
            continue
        quotes.append(_quote(cite, at, sources[label][0]))
    kind = _text(raw, "kind", where)
    if kind not in set(StatementKind):
        raise UsageError(f"not a saved answer: {where}.kind is {kind!r}")
    text = _text(raw, "text", where)
    statement = Statement(text=text, kind=StatementKind(kind), quotes=tuple(quotes))
    return statement, labels, tuple(faults)


def _quote(cite: Mapping[str, object], at: str, section: str) -> Quote:
    return Quote(
        section=section,
        pinpoint=_text(cite, "pinpoint", at),
        start=_number(cite, "start", at),
        end=_number(cite, "end", at),
        text=_text(cite, "quote", at),
    )


def _sources(saved: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Identifier and citation by label."""
    found: dict[str, tuple[str, str]] = {}
    for place, raw in enumerate(_list(saved, "sources", "")):
        where = f"sources[{place}]"
        label = _text(raw, "label", where)
        if label in found:
            raise UsageError(f"not a saved answer: two sources are labelled {label}")
        found[label] = (_text(raw, "id", where), _text(raw, "citation", where))
    return found


def _source_findings(
    saved: Mapping[str, object],
    sections: Mapping[str, Section],
    cited: list[str],
    readings: Readings,
) -> Iterator[Finding]:
    """Each source as the library has it: the text's hash, and every field that is printed."""
    sources = _sources(saved)
    for place, raw in enumerate(_list(saved, "sources", "")):
        where = f"sources[{place}]"
        id_, citation = sources[_text(raw, "label", where)]
        section = sections.get(id_)
        faults: list[Fault] = []
        if section is None:
            detail = f"{id_} is not in the library"
            faults.append(Fault(kind=FaultKind.NOT_RETRIEVED, detail=detail))
        else:
            faults += _changed(raw, section)
            faults += _basis(raw, where, sources, sections, readings)
        if _text(raw, "label", where) not in cited:
            faults.append(Fault(kind=FaultKind.NOT_CITED, detail="no statement cites this source"))
        yield Finding(place=where, text=citation, faults=tuple(faults))


def _changed(raw: Mapping[str, object], section: Section) -> Iterator[Fault]:
    if raw.get("text_sha256") != section.text_sha256:
        detail = "the text of the section is not the one that the answer was made from"
        yield Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)
    effective = section.effective_date
    code = citations.code(section.jurisdiction, section.code)
    held = {
        "citation": section.citation,
        "local_citation": section.local_citation,
        "heading": section.heading,
        "code": section.code if code is None else code.name,
        "hierarchy": list(section.hierarchy),
        "document": section.document,
        "document_name": section.document_name,
        "status": section.status.value,
        "effective_date": effective.isoformat() if effective else None,
        "current_through": section.current_through,
        "url": section.url,
    }
    for name, value in held.items():
        if raw.get(name) != value:
            detail = f"{name} is {raw.get(name)!r} in the answer, {value!r} in the library"
            yield Fault(kind=FaultKind.CITATION, detail=detail)


def _basis(
    raw: Mapping[str, object],
    where: str,
    sources: Mapping[str, tuple[str, str]],
    sections: Mapping[str, Section],
    readings: Readings,
) -> Iterator[Fault]:
    """The quotes that say whom the source binds."""
    applicability = raw.get("applicability")
    if not isinstance(applicability, dict):
        raise UsageError(f"not a saved answer: {where}.applicability is missing")
    for place, cite in enumerate(_list(applicability, "basis", f"{where}.applicability")):
        at = f"{where}.applicability.basis[{place}]"
        label = _text(cite, "source", at)
        id_ = sources[label][0] if label in sources else label
        quote = _quote(cite, at, id_)
        section = sections.get(id_)
        if section is None or section.text[quote.start : quote.end] != quote.text:
            detail = f"{at}: {id_} does not read so at {quote.start}:{quote.end}"
            yield Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)
        elif quote.start < 0 or quote.start >= quote.end:
            detail = f"{at}: {quote.start}:{quote.end} is no span"
            yield Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)
        elif quote.pinpoint and readings.outline(section.text).at(quote.start, quote.end) is None:
            detail = f"{at}: no sure subdivision holds the quote"
            yield Fault(kind=FaultKind.WRONG_PINPOINT, detail=detail)


def _list(raw: Mapping[str, object], name: str, where: str) -> list[Mapping[str, object]]:
    value = raw.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UsageError(f"not a saved answer: {_at(where, name)} is no list of objects")
    return value


def _text(raw: Mapping[str, object], name: str, where: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str):
        raise UsageError(f"not a saved answer: {_at(where, name)} is no text")
    return value


def _number(raw: Mapping[str, object], name: str, where: str) -> int:
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise UsageError(f"not a saved answer: {_at(where, name)} is no whole number")
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"not a saved answer: as_of is {text!r}, no date") from error


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
