"""What a search found, as text and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.law.jurisdiction import by_id
from pincite.rendering.markdown import escaped
from pincite.rendering.page import Page
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from pincite.opened import Hit, Hits


def hits_text(found: Hits, *, width: int, colour: bool) -> str:
    page = Page(width, colour=colour)
    for number, hit in enumerate(found.hits, start=1):
        page.heading(shown(f"{number}. {_name(hit)}"))
        page.paragraph(shown(_passage(hit)), indent=3)
        page.quiet(shown(f"   {hit.section.id} {hit.start}:{hit.end}"))
    for line in _last(found):
        page.heading(line)
    return page.text()


def hits_markdown(found: Hits) -> str:
    lines = [f"# {escaped(found.words)}", ""]
    for number, hit in enumerate(found.hits, start=1):
        lines += [f"{number}. **{escaped(_name(hit))}**  ", f"   {escaped(_passage(hit))}"]
    lines += ["", *(escaped(line) for line in _last(found))]
    return "\n".join(lines).rstrip() + "\n"


def _name(hit: Hit) -> str:
    section = hit.section
    where = f", at {hit.pinpoint}" if hit.pinpoint else ""
    status = "" if section.status == "in_force" else f" ({section.status.value.replace('_', ' ')})"
    heading = f", {section.heading}" if section.heading else ""
    return f"{section.citation}{heading}{status}{where}"


def _passage(hit: Hit) -> str:
    """The passage on one line, `…` where the text goes on."""
    text = " ".join(hit.passage.split())
    before = "… " if hit.start and hit.section.text[: hit.start].strip() else ""
    after = " …" if hit.section.text[hit.end :].strip() else ""
    return f"{before}{text}{after}"


def _last(found: Hits) -> list[str]:
    lines = []
    if not found.hits:
        where = ", ".join(found.packs) if found.packs else "nothing, for nothing is installed there"
        lines.append(shown(f"Nothing was found. Searched: {where}."))
    if found.not_installed:
        names = ", ".join(by_id(one).name for one in found.not_installed)
        lines.append(f"Not installed: the law of {names}.")
    return lines
