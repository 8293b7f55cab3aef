"""Tells that a question asks for the law of a city or county, which no pack holds."""

from __future__ import annotations

import re

_UNIT = "city|county|town|village|township|municipal|local|noise|zoning|borough|parish"
_ORDINANCE = r"ordinances?|by-?laws?"
_LOCAL = re.compile(
    rf"\b(?:(?:{_UNIT})(?:['’]s)?\s+(?:own\s+|zoning\s+|noise\s+|health\s+|fire\s+|building\s+)?"
    rf"(?:{_ORDINANCE}|codes?|rules?)|ordinances?|zoning\s+(?:laws?|regulations?|permit)|"
    r"municipal\s+law)\b",
    re.IGNORECASE,
)
# These are about the state's law on local law.
_STATE_LAW = re.compile(
    r"\bpre-?empt|\bstate law\b|\bstatewide\b|\boverrid|"
    r"\b(?:can|may)\s+(?:a|the|my|our)\s+(?:city|county|town|village)\b",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w.’'-]*\s+){0,2}[A-Z][\w.-]*"
_OWNER_BEFORE = re.compile(rf"({_NAME})['’]s?\s+(?:own\s+)?$")
_NAME_BEFORE = re.compile(
    r"\b(?!The|A|Does|Is|Can|What|Which|Do|Any|My|Our|Under|If)([A-Z][\w.-]*)\s+$"
)
_OWNER_AFTER = re.compile(rf"\s+(?:of|in|for|from)\s+(?:the\s+)?({_NAME})")


def local_law(text: str) -> tuple[str, ...]:
    """The words that ask for an ordinance or a municipal code, with the place's own name."""
    if _STATE_LAW.search(text):
        return ()
    found: list[str] = []
    for match in _LOCAL.finditer(text):
        before, words = text[max(0, match.start() - 50) : match.start()], match.group()
        if words.startswith(("City", "County")) and (name := _NAME_BEFORE.search(before)):
            unit = "City" if words.startswith("City") else "County"  # "Kansas City's own ..."
            found.append(f"{name.group(1)} {unit}: {words.partition(' ')[2]}")
            continue
        owner = _OWNER_BEFORE.search(before) or _OWNER_AFTER.match(text, match.end())
        found.append(f"{owner.group(1)}: {words.lower()}" if owner else words.lower())
    return tuple(dict.fromkeys(found))
