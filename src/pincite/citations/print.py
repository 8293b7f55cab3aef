"""Citations printed in official and in local form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.citations import pinpoint
from pincite.citations.load import code_form

if TYPE_CHECKING:
    from pincite.citations.citation import Citation

_PLURAL = (("§ ", "§§ "), ("section ", "sections "), ("Section ", "Sections "))


def official(citation: Citation, markers: tuple[str, ...] = ()) -> str:
    """The form for a brief or a memo: `Mo. Rev. Stat. § 407.1500.2(1)`.

    `markers` are the labels as the section's text prints them, where that is known.
    """
    form = code_form(citation.jurisdiction, citation.code)
    return _fill(citation, form.official, form.pinpoint, markers) if form else citation.number


def local(citation: Citation, markers: tuple[str, ...] = ()) -> str:
    """The form that the jurisdiction itself uses: `section 407.1500.2(1), RSMo`."""
    form = code_form(citation.jurisdiction, citation.code)
    return _fill(citation, form.local, form.local_pinpoint, markers) if form else citation.number


def printed_pinpoint(
    jurisdiction: str, code: str, path: tuple[str, ...], markers: tuple[str, ...] = ()
) -> str:
    """What goes after the citation: `2(1)(a)` in Missouri, `subd. 1(a)` in Minnesota, `(C)`.

    `markers` are the labels as the section's text prints them, outermost first.
    """
    form = code_form(jurisdiction, code)
    return pinpoint.printed(form.pinpoint if form else "parentheses", path, markers)


def _fill(citation: Citation, template: str, style: str, markers: tuple[str, ...]) -> str:
    if not citation.sure:
        return citation.number
    if citation.unit != "section":
        return _unit(citation, template)
    number = citation.number
    if citation.through is not None:
        number = f"{number} to {citation.through}"
    if citation.through is not None or ", " in number:
        for one, many in _PLURAL:
            template = template.replace(one + "{n}", many + "{n}")
    return (
        template.replace("{t}", citation.title)
        .replace("{n}", number)
        .replace("{p}", pinpoint.joined(style, citation.path, markers))
    )


def _unit(citation: Citation, template: str) -> str:
    """A chapter or part: `Wash. Admin. Code ch. 508-14`, `16 C.F.R. pt. 314`."""
    word = "ch." if citation.unit == "chapter" else "pt."
    template = re.sub(r"(?:§|\bsections?\b)?\s*\{n\}", " {n}", template, flags=re.IGNORECASE)
    text = template.replace("{p}", "").replace("{n}", f"{word} {citation.number}")
    if not citation.title:
        # A code of chapters (Mass. Gen. Laws ch. 93H) names the chapter where a title would stand.
        text = re.sub(r"\b(?:ch|c|tit)\.\s*\{t\},?\s*", "", text)
    return re.sub(r"\s+", " ", text.replace("{t}", citation.title)).strip()
