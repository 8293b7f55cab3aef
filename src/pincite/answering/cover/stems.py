"""Words as policies and law are compared by them: stems, those that mean one thing made one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pincite.index.lexical import tokens

# Words that duties are made of whatever they are about.
_FORMAL = (
    "shall must may will can should person persons individual individuals any each every all "
    "such section subsection subdivision paragraph chapter article part title act law pursuant "
    "provide provides provided providing required require requires requirement applicable "
    "following least minimum limited including include includes other otherwise under within "
    "made make making given give upon after before during time times not no never business "
    "company firm controller licensee operator we our us you your team entity covered which who "
    "what when where whether "
    "day days hour hours month months year years calendar in accordance terms provisions also"
)


# Said before stems are taken: "to inform" and "information" have one stem.
_SAID = (
    (re.compile(r"\binform(?:s|ed|ing)?\b", re.IGNORECASE), "notify"),
    (re.compile(r"\bservice providers?\b", re.IGNORECASE), "vendor"),
    (
        re.compile(r"\b(?:at once|without (?:unreasonable|undue) delay)\b", re.IGNORECASE),
        "promptly",
    ),
    (
        re.compile(r"\b(?:gives?|gave|given|hand(?:s|ed)?|sends?|sent) back\b", re.IGNORECASE),
        "return",
    ),
    (re.compile(r"\b(?:what|which) is known\b|\bwe know\b", re.IGNORECASE), "known"),
    (re.compile(r"\breasons? for\b", re.IGNORECASE), "why"),
)


@cache
def formal() -> frozenset[str]:
    return stems(_FORMAL)


def stems(text: str) -> frozenset[str]:
    """The words of a text as stems; of words that mean one thing, the first of their line."""
    alike = _alike()
    for pattern, word in _SAID:
        text = pattern.sub(word, text)
    return frozenset(alike.get(stem, stem) for stem in tokens(text))


@cache
def _alike() -> dict[str, str]:
    data = files("pincite.answering.cover").joinpath("alike.toml").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in tomllib.loads(data)["alike"]:
        first, *others = tokens(line)
        for stem in (first, *others):
            found.setdefault(stem, found.get(first, first))
    return found
