"""Words of a provision that point at other law."""

from __future__ import annotations

import re

from pincite.reading.provision import Reference
from pincite.reading.scan import matches

_UNIT = (
    r"(?i:subsections?|subdivisions?|paragraphs?|subparagraphs?|clauses?|subclauses?|sections?|"
    r"sec\.|chapters?|subchapters?|articles?|titles?|parts?|subparts?|acts?|divisions?)"
)
# One label: "(2)(a)", "407.020", "57-12C-9", "A", "IV". Possessive, so that nothing backtracks.
_LABEL = (
    r"(?:\([A-Za-z0-9]{1,5}\)(?:\s?\([A-Za-z0-9]{1,5}\))*+"
    r"|\d(?:[.:-]?\w)*+(?:\([A-Za-z0-9]{1,5}\))*+|[A-Z]{1,2}(?![A-Za-z]))"
)
_JOIN = r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|through)\s)"
# What follows "and" is no label when it begins another citation or counts something.
_OTHER = r"(?!\d+\s(?:U\.?\s?S|C\.?\s?F|percent|days?|weeks?|months?|years?|hours?|or\smore))"
_LIST = rf"{_LABEL}(?:{_JOIN}{_OTHER}{_LABEL}){{0,20}}"
_THIS = rf"(?:this|the\ssame)\s{_UNIT}(?![a-z])"
_OF = rf"\s(?:of|in)\s(?:{_THIS}|(?:the\s)?{_UNIT}\s{_LIST})"
_FORM = (
    r"(?:\d{1,3}\s(?:U\.?\s?S\.?\s?C\.?A?\.?|C\.?\s?F\.?\s?R\.?|CSR|CCR|CMR|NYCRR)"
    r"(?:\s(?:§{1,2}|[Ss]ections?|[Pp]arts?))?\s?|§{1,2}\s?|(?:RCW|WAC|NRS|COMAR|IC|HRS)\s)"
)
_REFERENCE = re.compile(
    rf"(?P<section>{_FORM}{_LIST}|\b[Ss]ec(?:tions?|s?\.)\s\d(?:[.:-]?\w)*+(?:\([A-Za-z0-9]{{1,5}}\))*+"
    rf"(?:{_JOIN}{_OTHER}\d(?:[.:-]?\w)*+(?:\([A-Za-z0-9]{{1,5}}\))*+){{0,20}})"
    rf"|(?P<internal>\b{_UNIT}\s{_LIST}(?:{_OF}){{0,3}}|\b(?i:this)\s{_UNIT}(?![a-z]))"
    r"|(?P<act>\b[Tt]he\s(?:federal\s)?(?:[A-Z][\w'’-]*+\s(?:(?:and|of|for|in|the|on|to)\s){0,2}){1,10}"
    r"(?:Act|Code|Law)(?:\sof\s\d{4})?\b)",
)
# Where a reference may begin: a unit's word, "this", "the" before a capital, a sign or a number.
_BEGINS = re.compile(
    r"[Ss](?:ub)?s?(?:ec|div|para|cl|ch|part)\w*[.\s]|[Pp]ar[at]\w*\s|[Cc](?:lause|hapter)|[Aa](?:rticle|cts?\s)"
    r"|[Tt]itle|[Dd]ivision|[Tt]his\s|[Tt]he\s(?:federal\s)?[A-Z]|§|\d{1,3}\s[UC]|RCW|WAC|NRS|COMAR|IC\s"
    r"|HRS"
)


def references(text: str, start: int = 0, end: int | None = None) -> tuple[Reference, ...]:
    """Words in `text[start:end]` that name law: an own subdivision, a section, an act by name."""
    return tuple(
        Reference(start=m.start(), end=_without_stop(text, m), kind=m.lastgroup or "section")
        for m in matches(_BEGINS, _REFERENCE, text, start, len(text) if end is None else end)
    )


def _without_stop(text: str, match: re.Match[str]) -> int:
    return match.end() - 1 if text[match.end() - 1] in ".:-" else match.end()
