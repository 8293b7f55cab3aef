"""The citations in a text, each with what it leads to in the installed law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.assistant.installed_law import InstalledLaw
from pincite.citations.resolve import resolve

if TYPE_CHECKING:
    from datetime import date

    from pincite.assistant.compose import Assistant


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationResolved:
    """A citation at `text[start:end]`; `message` is empty where the law was found."""

    start: int
    end: int
    id: str
    official: str
    local: str
    jurisdiction: str
    outcome: str
    message: str
    sections: tuple[str, ...]


def resolve_in(
    assistant: Assistant, text: str, *, jurisdiction: str | None = None, as_of: date | None = None
) -> tuple[CitationResolved, ...]:
    """Every citation in the text, in order; `jurisdiction` is the one that the text speaks of."""
    law = InstalledLaw(assistant.library, as_of)
    found = []
    for one in citations.find(text, jurisdiction=jurisdiction):
        resolution = resolve(one.citation, law)
        found.append(
            CitationResolved(
                start=one.start,
                end=one.end,
                id=one.citation.full_id,
                official=citations.official(one.citation),
                local=citations.local(one.citation),
                jurisdiction=one.citation.jurisdiction,
                outcome=resolution.outcome.value,
                message=resolution.message,
                sections=resolution.sections,
            )
        )
    return tuple(found)
