"""Policies held against law, as the page shows them: both sides, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.covering import CoverVerdict
from pincite.rendering.covering import cited, differing, quoted
from pincite.web.pages.answer_view import span_href

if TYPE_CHECKING:
    from pincite.answer import Quote
    from pincite.covering import Covered, Covering

TITLES = {
    CoverVerdict.NOT_FOUND: "Not found",
    CoverVerdict.DIFFERS: "Differs, or covers a part",
    CoverVerdict.COVERED: "Covered",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """Words of one side, where they stand, and the reader's address of that place."""

    words: str
    cited: str
    href: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    kind: str
    law: QuoteView
    places: tuple[QuoteView, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveringView:
    """`groups` are the requirements by verdict: the anchor, the title, and the items."""

    policies: tuple[str, ...]
    laws: tuple[tuple[str, str, str], ...]
    as_of: str
    count: int
    groups: tuple[tuple[str, str, tuple[ItemView, ...]], ...]
    notes: tuple[str, ...]


def covering_view(found: Covering) -> CoveringView:
    hashes = {section.id: section.text_sha256 for section in found.laws}
    return CoveringView(
        policies=tuple(one.name for one in found.policies),
        laws=tuple((section.id, section.citation, section.heading) for section in found.laws),
        as_of=found.as_of.isoformat(),
        count=len(found.items),
        groups=tuple(
            (verdict.value, title, tuple(_item(one, hashes) for one in found.of(verdict)))
            for verdict, title in TITLES.items()
        ),
        notes=found.notes,
    )


def _item(one: Covered, hashes: dict[str, str]) -> ItemView:
    requirement = one.requirement
    lead = " … ".join(quoted(quote) for quote in requirement.leads)
    return ItemView(
        kind=requirement.kind.value,
        law=QuoteView(
            words=quoted(requirement.quote),
            cited=requirement.citation,
            href=_href(requirement.quote, hashes),
            lead=lead,
        ),
        places=tuple(
            QuoteView(
                words=quoted(place.quote),
                cited=cited(place),
                href=_href(place.quote, hashes),
            )
            for place in one.places
        ),
        differences=tuple(differing(difference) for difference in one.differences),
    )


def _href(quote: Quote, hashes: dict[str, str]) -> str:
    return span_href(quote.section, [(quote.start, quote.end)], hashes.get(quote.section, ""))
