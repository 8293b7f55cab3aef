"""Rules on status: what is told of a section against what its heading and text say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.section import Status
from pincite.library.lint.standing import Mark, excerpt

if TYPE_CHECKING:
    from pincite.library.lint.standing import Standing

_WORDS = (
    r"(?:repealed|reserved|expired|omitted|obsolete|recodified|renumbered|recompiled|redesignated|"
    r"transferred|superseded|deleted|vacant|blank|rescinded|executed|decodified|vacated)"
)
_HEADED = re.compile(
    rf"(?i)(?:^\W*(?:(?:and|to|through|thru)\s+[\d.\-:A-Za-z]+\W+)?|[\[(—.–-]\s*){_WORDS}"
    r"(?=\s*(?:[\])—–.;,]|$|by\b|eff|\d|in\b|as\b|to\b|for\b|and\b))"
    r"|(?i:^\W*not\s+applicable\W*$)"
)
_WHOLE = re.compile(
    rf"(?i)^\W*(?:(?:§+|sec(?:tion|s?\.))?\s*[\d\w.\-:]*\d[\w.\-:]*[\s.,—–-]*(?:(?:to|through|thru|and)\s+[\w.\-:]*\d[\w.\-:]*\W*)?)?"
    rf"(?:this\s+section\s+(?:was|is|has\s+been)\s+)?{_WORDS}\b"
    r"(?=\s*(?:[\])—–.;,:]|$|\n|by\b|eff|\d|in\b|as\b|to\b|for\b|and\b|pursuant|under|from|§))"
)
_LATER = re.compile(
    r"(?i)\beffective\s+\w+\.?\s+\d{1,2},?\s+20[2-9]\d|\bon\s+\w+\s+\d{1,2},\s+20[2-9]\d"
)
_GONE_ANYWHERE = re.compile(
    rf"(?i)\b{_WORDS}\b|\bexpires?\b|\bterminat|\bsunset|\bno\s+longer|\bformer(?:ly)?\b|\bsaved\s+from|\bcodified\b"
)
_GONE = re.compile(r"(?i)\b(?:repealed|expired|terminated|sunset|superseded|omitted|renumbered)\b")
_OPERATIVE = re.compile(r"\b(?:shall|must|may|means|is|are)\b")
_SHORT = 300
_LIVE = 250


def gone_in_force(standing: Standing) -> Mark | None:
    """Heading or text say that the section is no law; the status says in force."""
    section = standing.section
    if section.status is not Status.IN_FORCE:
        return None
    text = section.text.strip()
    said = _WHOLE.match(text)
    if said is not None and len(standing.body) < _SHORT and not _lives(text[said.end() :]):
        start = section.text.find(text[:10])
        return Mark(
            "the text says that it is no longer law, the status is in force",
            excerpt(text, 0, said.end(), 60),
            start,
            start + said.end(),
        )
    headed = _HEADED.search(section.heading)
    if headed is None or _LATER.search(section.heading):
        return None
    if len(text) > _SHORT or _lives(text):
        return None
    return Mark(
        "the heading says that it is no longer law, the status is in force",
        excerpt(section.heading, *headed.span()),
    )


def _lives(text: str) -> bool:
    """Whether words of command or definition stand in it, as they do in no note of repeal."""
    return len(text) > 60 and len(_OPERATIVE.findall(text)) > 1  # noqa: PLR2004


def live_not_in_force(standing: Standing) -> Mark | None:
    """The status says that the section is no law; heading and text say nothing of the kind."""
    section = standing.section
    if section.status is Status.IN_FORCE or len(section.text) < _LIVE:
        return None
    if _GONE_ANYWHERE.search(section.heading) or _GONE.search(section.source_note):
        return None
    body = standing.body
    if len(_OPERATIVE.findall(body)) < 2 or _GONE.search(body[:200]):  # noqa: PLR2004
        return None
    if _GONE.search(section.text, len(body)) or _GONE_ANYWHERE.search(" ".join(section.hierarchy)):
        return None
    return Mark(
        f"the status is {section.status.value}, the text reads like law in force",
        excerpt(body, 0, 80, 0),
        0,
        min(80, len(body)),
    )
