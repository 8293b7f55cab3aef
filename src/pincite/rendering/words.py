"""The words around an answer that every rendering shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Verdict

if TYPE_CHECKING:
    from pincite.answer import Answer, Quote, Searched, Source, Statement

VERDICTS = {
    Verdict.APPLIES: "applies",
    Verdict.ONLY_IF: "only if",
    Verdict.NOT_YOU: "not you",
    Verdict.UNCLEAR: "unclear whom it binds",
}
# Everything below U+0020 but tab and newline, DEL and the C1 set: a terminal obeys them. The
# directional overrides reorder what a reader sees.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text as data: control characters, which law text has no use for, become visible marks."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def labels_of(answer: Answer) -> dict[str, str]:
    """The label of each cited section's identifier."""
    return {source.id: source.label for source in answer.sources}


def marks(statement: Statement, labels: dict[str, str]) -> str:
    """The citations of a statement, as `[1.2 (A)][1.3]`, each once, in order."""
    seen = dict.fromkeys(mark(quote, labels) for quote in statement.quotes)
    return "".join(seen)


def mark(quote: Quote, labels: dict[str, str]) -> str:
    label = labels.get(quote.section, "?")
    return f"[{label} {quote.pinpoint}]" if quote.pinpoint else f"[{label}]"


def currency_line(answer: Answer) -> str:
    """`Missouri · law as the pack has it, current through "..."`."""
    names = ", ".join(found.name for found in answer.jurisdictions)
    currencies = dict.fromkeys(
        item.current_through for item in answer.coverage.searched if item.current_through
    )
    if not currencies:
        return shown(names)
    through = ", ".join(
        f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
        for text in currencies
    )
    return shown(f"{names} · law as the pack has it, current through {through}")


def searched_line(item: Searched) -> str:
    count = f"{item.sections:,} section{'s' if item.sections != 1 else ''}"
    kind = ", excerpts only" if item.excerpts else ""
    return shown(f"{item.code} ({count}{kind})")


def by_document(answer: Answer) -> list[tuple[str, list[Source]]]:
    """Sources grouped as they are numbered: document-major, in order of first citation."""
    groups: dict[str, list[Source]] = {}
    for source in answer.sources:
        groups.setdefault(source.document, []).append(source)
    return [(one[0].document_name or one[0].code, one) for one in groups.values()]


def applicability_line(source: Source) -> str:
    verdict = VERDICTS[source.applicability.verdict]
    binds = source.applicability.binds
    return shown(f"{verdict}: {binds}" if binds else verdict)


def source_line(source: Source) -> str:
    """One source as a lawyer files it: both citations, heading, status, date and link."""
    both = source.citation
    if source.local_citation and source.local_citation != source.citation:
        both += f" ({source.local_citation})"
    parts = [f"{both}, {source.heading}" if source.heading else both]
    parts.append(source.status.value.replace("_", " "))
    if source.effective_date is not None:
        parts.append(f"effective {source.effective_date.isoformat()}")
    if source.url:
        parts.append(source.url)
    return shown(" · ".join(parts))
