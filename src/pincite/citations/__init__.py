"""Citations to law: found, parsed, printed in both forms, resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.citations.citation import Citation, Found
from pincite.citations.find import find
from pincite.citations.load import code_form, forms, jurisdictions
from pincite.citations.pack import from_pack
from pincite.citations.parse import from_identifier, parse
from pincite.citations.print import local, official, printed_pinpoint

if TYPE_CHECKING:
    from pincite.law.code import Code

__all__ = [
    "Citation",
    "Found",
    "code",
    "codes",
    "find",
    "from_identifier",
    "from_pack",
    "jurisdictions",
    "local",
    "official",
    "parse",
    "printed_pinpoint",
]


def codes(jurisdiction: str) -> tuple[Code, ...]:
    """The codes of a jurisdiction, installed or not, statutes first."""
    known = forms(jurisdiction)
    return () if known is None else tuple(form.code for form in known.codes)


def code(jurisdiction: str, slug: str) -> Code | None:
    form = code_form(jurisdiction, slug)
    return None if form is None else form.code
