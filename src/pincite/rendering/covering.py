"""A policy held against law, for people and for programs: text, Markdown, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.covering import CoverVerdict, DifferenceKind
from pincite.rendering.markdown import escaped
from pincite.rendering.page import Page
from pincite.rendering.section_wire import as_json
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from pincite.answer import Quote
    from pincite.covering import Covered, Covering, Difference, PolicyPlace
    from pincite.law.section import Section

_HEADINGS = {
    CoverVerdict.NOT_FOUND: "Not found",
    CoverVerdict.DIFFERS: "Differs, or covers a part",
    CoverVerdict.COVERED: "Covered",
}


def covering_text(covering: Covering, *, width: int, colour: bool) -> str:
    """What is missing first, then what differs, then what is covered, each with both sides."""
    page = Page(width, colour=colour)
    page.heading(shown(_title(covering)))
    page.quiet(shown(_counted(covering)))
    for verdict, heading in _HEADINGS.items():
        items = covering.of(verdict)
        if not items:
            continue
        page.heading(f"{heading} ({len(items)})")
        for item in items:
            law, *rest = _lines(item, covering)
            page.paragraph(shown(law))
            for line in rest:
                page.paragraph(shown(line), indent=4)
            page.line("")
    page.heading("Notes")
    for law in covering.laws:
        page.paragraph(shown(_law(law)))
    for note in covering.notes:
        page.paragraph(shown(note))
    return page.text()


def covering_markdown(covering: Covering) -> str:
    lines = [f"# {escaped(_title(covering))}", "", f"*{escaped(_counted(covering))}*", ""]
    for verdict, heading in _HEADINGS.items():
        items = covering.of(verdict)
        if not items:
            continue
        lines += [f"## {heading} ({len(items)})", ""]
        for item in items:
            law, *rest = _lines(item, covering)
            lines += [f"- {escaped(law)}", *(f"  - {escaped(line)}" for line in rest)]
        lines.append("")
    lines += ["## Notes", "", *(f"- {escaped(_law(law))}" for law in covering.laws)]
    lines += [f"- {escaped(note)}" for note in covering.notes]
    return "\n".join(lines).rstrip() + "\n"


def covering_json(covering: Covering) -> str:
    """`law.quote` and `policy[].quote` are cut from the stored texts: offsets in code points."""
    return as_json(
        {
            "schema_version": 1,
            "as_of": covering.as_of.isoformat(),
            "laws": [_law_wire(section) for section in covering.laws],
            "policies": [
                {"name": one.name, "pack": one.pack, "sections": one.sections, "sha256": one.sha256}
                for one in covering.policies
            ],
            "counts": {verdict.value: len(covering.of(verdict)) for verdict in CoverVerdict},
            "items": [_item_wire(item) for item in covering.items],
            "notes": list(covering.notes),
            "model": covering.model or None,
        }
    )


def _title(covering: Covering) -> str:
    names = ", ".join(one.name for one in covering.policies)
    laws = [section.citation for section in covering.laws]
    said = (
        laws[0] if len(laws) == 1 else f"{laws[0]} and {len(laws) - 1} more" if laws else "no law"
    )
    return f"{names} against {said}"


def _counted(covering: Covering) -> str:
    parts = [
        f"{len(covering.of(verdict))} {word}"
        for verdict, word in (
            (CoverVerdict.COVERED, "covered"),
            (CoverVerdict.DIFFERS, "differing or partly covered"),
            (CoverVerdict.NOT_FOUND, "not found"),
        )
    ]
    return f"{len(covering.items)} requirements: {', '.join(parts)} · as of {covering.as_of}"


def _lines(item: Covered, covering: Covering) -> list[str]:
    requirement = item.requirement
    lead = " … ".join(quoted(quote) for quote in requirement.leads)
    words = f"“{lead} … {quoted(requirement.quote)}”" if lead else f"“{quoted(requirement.quote)}”"
    lines = [f"{words} [{requirement.citation}, {requirement.kind.value}]"]
    if not item.places:
        names = " or ".join(one.name for one in covering.policies)
        return [*lines, f"nothing found in {names}"]
    lines += [f"policy: “{quoted(place.quote)}” [{cited(place)}]" for place in item.places]
    return lines + [differing(one) for one in item.differences]


def quoted(quote: Quote) -> str:
    """The quote's words on one line."""
    return " ".join(quote.text.split())


def cited(place: PolicyPlace) -> str:
    """Where the passage stands: what its section is cited as, and its pages if it has any."""
    return ", ".join(filter(None, (place.citation + place.quote.pinpoint, place.pages)))


def differing(one: Difference) -> str:
    """The difference as a sentence, with the words of both sides."""
    law = ", ".join(f"“{' '.join(words.split())}”" for words in one.law)
    if one.kind is DifferenceKind.WORDS:
        return f"{one.detail}; nothing was found of: {law}" if law else one.detail
    policy = ", ".join(f"“{' '.join(words.split())}”" for words in one.policy)
    return f"{one.detail}: law {law}" + (f", policy {policy}" if policy else "")


def _law(section: Section) -> str:
    parts = [section.citation, section.heading]
    if section.current_through:
        parts.append(f"as the pack has it, current through “{section.current_through}”")
    parts.append(section.url or "no official link")
    return " · ".join(filter(None, parts))


def _law_wire(section: Section) -> dict[str, object]:
    return {
        "id": section.id,
        "citation": section.citation,
        "heading": section.heading,
        "status": section.status.value,
        "current_through": section.current_through,
        "url": section.url,
        "text_sha256": section.text_sha256,
    }


def _item_wire(item: Covered) -> dict[str, object]:
    requirement = item.requirement
    return {
        "verdict": item.verdict.value,
        "kind": requirement.kind.value,
        "law": {
            "citation": requirement.citation,
            "leads": [_quote_wire(lead) for lead in requirement.leads],
            **_quote_wire(requirement.quote),
        },
        "policy": [
            {
                "citation": place.citation,
                "heading": place.heading,
                "pages": place.pages,
                **_quote_wire(place.quote),
            }
            for place in item.places
        ],
        "differences": [
            {
                "kind": one.kind.value,
                "law": list(one.law),
                "policy": list(one.policy),
                "detail": one.detail,
            }
            for one in item.differences
        ],
        "likeness": item.likeness,
    }


def _quote_wire(quote: Quote) -> dict[str, object]:
    return {
        "section": quote.section,
        "pinpoint": quote.pinpoint,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
    }
