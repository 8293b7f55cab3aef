"""What checking a saved answer found, as text, Markdown and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.markdown import escaped
from pincite.rendering.page import Page
from pincite.rendering.section_wire import as_json
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.verification import Finding


def checked_text(
    findings: Sequence[Finding], notes: Sequence[str], *, width: int, colour: bool
) -> str:
    page = Page(width, colour=colour)
    page.paragraph(_verdict(findings))
    for finding in _faulty(findings):
        page.heading(shown(f"{finding.place}: {finding.text}"))
        for fault in finding.faults:
            page.item(shown(f"{fault.kind.value}: {fault.detail}"))
    for note in notes:
        page.paragraph(shown(note))
    return page.text()


def checked_markdown(findings: Sequence[Finding], notes: Sequence[str]) -> str:
    lines = [escaped(_verdict(findings)), ""]
    for finding in _faulty(findings):
        lines += [f"## {escaped(finding.place)}", "", escaped(finding.text), ""]
        lines += [f"- {escaped(f'{one.kind.value}: {one.detail}')}" for one in finding.faults]
        lines.append("")
    lines += [escaped(note) for note in notes]
    return "\n".join(lines).rstrip() + "\n"


def checked_json(findings: Sequence[Finding], notes: Sequence[str], *, recorded: bool) -> str:
    return as_json(
        {
            "holds": not _faulty(findings),
            "checked": len(findings),
            "recorded": recorded,
            "notes": list(notes),
            "faults": [
                {
                    "place": finding.place,
                    "text": finding.text,
                    "kind": fault.kind.value,
                    "detail": fault.detail,
                }
                for finding in _faulty(findings)
                for fault in finding.faults
            ],
        }
    )


def _faulty(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.faults]


def _verdict(findings: Sequence[Finding]) -> str:
    bad = len(_faulty(findings))
    places = f"{len(findings)} {'place' if len(findings) == 1 else 'places'} checked"
    return (
        f"The answer holds: {places}."
        if not bad
        else f"The answer does not hold: {places}, {bad} with faults."
    )
