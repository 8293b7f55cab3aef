"""Names of a document's sections: the code's own citation where it has one, else the document's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.identifiers import escape
from pincite.law.section import Kind
from pincite.parsing.naming import Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from pincite.law.code import Code
    from pincite.parsing.files.sectioning import Found

_ABBREVIATED = {
    "article": "art.",
    "part": "pt.",
    "subpart": "subpt.",
    "chapter": "ch.",
    "subchapter": "subch.",
    "title": "tit.",
    "division": "div.",
    "appendix": "app.",
    "schedule": "sched.",
    "exhibit": "ex.",
    "annex": "annex",
}
_UNIT = "|".join(re.escape(short) for short in _ABBREVIATED.values())
_CITED = re.compile(
    rf"(?P<name>.+?)(?:\s+§\s*(?P<number>\S+)|,?\s+(?P<unit>{_UNIT})\s*(?P<of>\S+)"
    r"|,\s+[“\"](?P<heading>.+)[”\"])?"
)
_TITLE = re.compile(r"title\s+(\d+[A-Z]?)\b", re.IGNORECASE)
_LONGEST_SLUG = 60


def known_code(jurisdiction: str, name: str, kind: Kind | None) -> Code | None:
    """The code that a person means by a name: `Code of State Regulations`, `CSR`, `csr`."""
    from pincite import citations
    from pincite.citations.load import squash

    wanted = squash(name)
    codes = [one for one in citations.codes(jurisdiction) if kind in (None, one.kind)]
    for exact in (True, False):
        for code in codes:
            names = {squash(code.name), squash(code.short), squash(code.slug)}
            if wanted in names or (not exact and squash(code.name).endswith(wanted)):
                return code
    return None


def citing(jurisdiction: str, code: Code | None) -> Callable[[str], tuple[str, int] | None]:
    """What tells whether a block starts with a citation of the code's own form."""
    from pincite import citations

    def cited(text: str) -> tuple[str, int] | None:
        if code is None:
            return None
        found = citations.find(text, jurisdiction=jurisdiction)
        first = found[0] if found else None
        if first is None or first.start or first.citation.code != code.slug:
            return None
        if first.citation.path or first.citation.through or first.citation.unit != "section":
            return None
        return text[: first.end], first.end

    return cited


def citation_of(found: Found, jurisdiction: str, code: Code | None, name: str) -> tuple[str, str]:
    """The citation of a section and its number: `Mo. Code Regs. Ann. tit. 20, § 2150-2.001`."""
    from pincite import citations
    from pincite.citations.load import code_form

    if code is not None and found.number and not found.unit:
        parsed = citations.parse(found.number, jurisdiction=jurisdiction)
        if parsed is not None and parsed.code == code.slug:
            return citations.official(parsed), parsed.number
        form = code_form(jurisdiction, code.slug)
        title = next((m[1] for one in found.hierarchy if (m := _TITLE.match(one))), "")
        fits = form is not None and form.number_pattern.fullmatch(found.number) is not None
        if form is not None and fits and (title or "{t}" not in form.official):
            made = citations.Citation(
                jurisdiction=jurisdiction,
                code=code.slug,
                number=found.number,
                title=title if "{t}" in form.official else "",
            )
            return citations.official(made), found.number
    if found.unit:
        return f"{name} {_ABBREVIATED[found.unit]} {found.number}", found.number
    if found.number:
        return f"{name} § {found.number}", found.number
    return (f"{name}, “{found.heading}”" if found.heading else name), ""


def by_document(citation: str, *, jurisdiction: str, kind: Kind) -> Named:
    """The name that a section of a document has; `by_form`'s where its citation is a code's."""
    from pincite import citations
    from pincite.parsing.naming import by_form

    if kind is not Kind.INTERNAL:
        parsed = citations.parse(citation, jurisdiction=jurisdiction)
        if parsed is not None and parsed.jurisdiction == jurisdiction and not parsed.path:
            return by_form(citation, jurisdiction=jurisdiction, kind=kind)
    match = _CITED.fullmatch(citation)
    if match is None:
        raise AssertionError("every citation has a name")
    code = code_slug(jurisdiction, match["name"])
    number = match["number"] or ""
    if number:
        segment = f"s{escape(number)}"
    elif match["unit"]:
        word = next(word for word, short in _ABBREVIATED.items() if short == match["unit"])
        number = match["of"]
        segment = f"s-{word}-{escape(number.lower())}"
    else:
        segment = f"s-{slug(match['heading'] or '') or 'text'}"
    return Named(f"/{jurisdiction}/{code}/{segment}", code, number, citation, citation)


def code_slug(jurisdiction: str, name: str) -> str:
    """What stands for a document in identifiers; never a real code's slug."""
    from pincite.citations.load import code_form

    made = slug(name) or "document"
    return f"{made}-document" if code_form(jurisdiction, made) is not None else made


def slug(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", text.casefold())[:_LONGEST_SLUG].strip("-")
