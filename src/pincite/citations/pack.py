"""A pack row's citation string made a citation, fast and without fail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pincite.citations.citation import Citation
from pincite.citations.load import CodeForm, forms
from pincite.citations.number import plain, range_of
from pincite.citations.parse import parse

_CHAPTER = re.compile(r"(?:chapter|ch\.)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Shape:
    form: CodeForm
    prefix: str
    pattern: re.Pattern[str]


def from_pack(citation: str, *, jurisdiction: str, kind: str) -> Citation:
    """The citation of a row; never raises.

    What fits no form of the jurisdiction is kept whole as the number in the jurisdiction's first
    code of that kind, with `sure` false: the row still has an identifier, the same every time.
    """
    for shape in _shapes(jurisdiction, kind):
        if shape.prefix and not citation.startswith(shape.prefix):
            continue
        match = shape.pattern.fullmatch(citation)
        if match is not None:
            title = match["t"] if "{t}" in shape.form.official else ""
            return _made(shape.form, title, match["n"], citation)
    read = parse(citation, jurisdiction=jurisdiction)
    if read is not None and read.jurisdiction == jurisdiction:
        return read
    slug = next((s.form.code.slug for s in _shapes(jurisdiction, kind)), kind)
    number = " ".join(citation.split()) or "unnumbered"
    return Citation(jurisdiction=jurisdiction, code=slug, number=number, sure=False)


def _made(form: CodeForm, title: str, number: str, whole: str) -> Citation:
    code = form.code
    number = plain(number)
    if chapter := _CHAPTER.match(number):
        return Citation(
            jurisdiction=code.jurisdiction,
            code=code.slug,
            number=number[chapter.end() :],
            title=title,
            unit="chapter",
        )
    through: str | None = None
    # A list that holds ranges ("2841, 2851 to 2856") is one row and stays one number.
    if ", " not in number and title not in form.ends_not_in:
        number, through = range_of(number, form.ends_pattern)
    if form.number_pattern.fullmatch(number) is None and ", " not in number:
        return Citation(jurisdiction=code.jurisdiction, code=code.slug, number=whole, sure=False)
    return Citation(
        jurisdiction=code.jurisdiction,
        code=code.slug,
        number=number,
        title=title,
        through=through,
    )


@cache
def _shapes(jurisdiction: str, kind: str) -> tuple[_Shape, ...]:
    known = forms(jurisdiction)
    if known is None:
        return ()
    return tuple(
        _shape(form, template.replace("{p}", ""))
        for form in known.codes
        if form.code.kind.value == kind
        for template in dict.fromkeys((*form.pack, form.official, form.local))
    )


def _shape(form: CodeForm, template: str) -> _Shape:
    pattern = re.escape(template).replace(r"\{t\}", rf"(?P<t>{form.title})")
    pattern = pattern.replace(r"\{n\}", "(?P<n>.+)")
    prefix = template[: template.index("{")]
    return _Shape(form, prefix, re.compile(pattern))
