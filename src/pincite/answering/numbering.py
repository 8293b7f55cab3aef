"""Sources, numbered `d.s`: document-major, in order of first citation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.answer import Applicability, Source, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pincite.answer import Statement
    from pincite.law.section import Section

UNKNOWN = Applicability(binds="", verdict=Verdict.UNCLEAR)


def sources(
    statements: Iterable[Statement],
    sections: Mapping[str, Section],
    bound: Mapping[str, Applicability],
    code_names: Mapping[str, str],
) -> tuple[Source, ...]:
    """The cited sections as sources; `bound` is by section, or else by document."""
    cited = [quote.section for statement in statements for quote in statement.quotes]
    order: dict[str, list[str]] = {}
    for identifier in dict.fromkeys(cited):
        order.setdefault(sections[identifier].document, []).append(identifier)
    return tuple(
        _source(
            f"{d}.{s}",
            sections[identifier],
            _shown(bound.get(identifier) or bound.get(document, UNKNOWN), cited),
            code_names,
        )
        for d, (document, identifiers) in enumerate(order.items(), start=1)
        for s, identifier in enumerate(identifiers, start=1)
    )


def _shown(bound: Applicability, cited: Collection[str]) -> Applicability:
    """Less the basis in sections that no statement cites: they have no label."""
    return replace(bound, basis=tuple(quote for quote in bound.basis if quote.section in cited))


def _source(
    label: str, section: Section, bound: Applicability, code_names: Mapping[str, str]
) -> Source:
    return Source(
        label=label,
        id=section.id,
        citation=section.citation,
        local_citation=section.local_citation,
        heading=section.heading,
        code=code_names.get(section.code, section.code),
        hierarchy=section.hierarchy,
        document=section.document,
        document_name=section.document_name,
        status=section.status,
        effective_date=section.effective_date,
        current_through=section.current_through,
        url=section.url,
        text_sha256=section.text_sha256,
        applicability=bound,
    )
