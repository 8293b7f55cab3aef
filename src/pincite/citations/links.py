"""The official page of a section, where its publisher has one a section."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from pincite.citations.parse import from_identifier

# What a number may have in it that is one section's: no range, no list, no words.
_NUMBER = re.compile(r"[0-9][0-9A-Za-z.-]*")


@dataclass(frozen=True, slots=True)
class LinkForm:
    """How the addresses of a code's sections are made; `split` cuts a number into its parts."""

    jurisdiction: str
    codes: tuple[str, ...]
    not_codes: tuple[str, ...]
    split: str
    url: str
    example: tuple[str, str]

    def takes(self, jurisdiction: str, code: str) -> bool:
        if jurisdiction != self.jurisdiction:
            return False
        return code in self.codes if self.codes else code not in self.not_codes

    def fill(self, code: str, title: str, number: str) -> str | None:
        """The address, or `None` for a number with other parts than the form has."""
        parts = [quote(part, safe="") for part in number.split(self.split)] if self.split else []
        wanted = set(re.findall(r"\{(\d)\}", self.url))
        if self.split and wanted != {str(place) for place in range(len(parts))}:
            return None
        whole = quote(number)
        return self.url.format(*parts, n=whole, N=whole.upper(), t=quote(title), C=code.upper())


@cache
def link_forms() -> tuple[LinkForm, ...]:
    text = files("pincite.citations").joinpath("links.toml").read_text("utf-8")
    return tuple(
        LinkForm(
            jurisdiction=one["jurisdiction"],
            codes=tuple(one.get("codes", ())),
            not_codes=tuple(one.get("not_codes", ())),
            split=one.get("split", ""),
            url=one["url"],
            example=(one["example"][0], one["example"][1]),
        )
        for one in tomllib.loads(text)["link"]
    )


@cache
def _form_of(jurisdiction: str, code: str) -> LinkForm | None:
    return next((one for one in link_forms() if one.takes(jurisdiction, code)), None)


def official_link(identifier: str) -> str | None:
    """The official page of the section with this identifier; `None` where none can be built."""
    _, _, whose = identifier.partition("/")
    jurisdiction, _, rest = whose.partition("/")
    code = rest.partition("/")[0]
    form = _form_of(jurisdiction, code)
    if form is None:
        return None
    citation = from_identifier(identifier)
    if citation is None or citation.unit != "section" or citation.through is not None:
        return None
    if not citation.sure or not _NUMBER.fullmatch(citation.number):
        return None
    if "{t}" in form.url and not citation.title:
        return None
    return form.fill(code, citation.title, citation.number)
