"""The words of a text, reduced so that a paraphrase can be compared with the law."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pincite.reading.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ENDINGS = ("ies", "ied", "ing", "ed", "es", "s", "ly")
_SHORTEST = 3
_DOUBLES = frozenset("bdgmnprt")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending, near enough to compare two forms of one word."""
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base == word or len(base) < _SHORTEST or (ending == "s" and base[-1] in "sui"):
            continue
        if ending in {"ies", "ied"}:
            return base + "y"
        if ending in {"ing", "ed"} and base[-1] == base[-2] and base[-1] in _DOUBLES:
            base = base[:-1]
        return base.removesuffix("e")
    return word.removesuffix("e") if len(word) > _SHORTEST else word


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """The stems of the words of `text` that carry a claim, in order."""
    free = free_words()
    return [stem(word) for word in words_of(text) if word not in free]


@cache
def _lexicon() -> dict[str, object]:
    return tomllib.loads(files("pincite.verification").joinpath("plain_words.toml").read_text())


@cache
def free_words() -> frozenset[str]:
    """Words that carry no claim of their own; numbers have checks of their own."""
    numbers = (*words("quantities", "ones"), *words("quantities", "tens"))
    scales = ("hundred", "thousand", "million", "billion")
    return frozenset((*str(_lexicon()["free"]).split(), *numbers, *scales))


@cache
def _alike() -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    groups = _lexicon()["groups"]
    for group in groups if isinstance(groups, list) else ():
        together = {stem(word) for word in str(group).split()}
        for word in together:
            alike.setdefault(word, set()).update(together)
    return {word: frozenset(others) for word, others in alike.items()}


def covered(word: str, by: frozenset[str] | set[str]) -> bool:
    """Whether the stem, or a plain word for it, is among `by`."""
    return word in by or not by.isdisjoint(_alike().get(word, frozenset()))


def share_covered(claims: Iterable[str], by: frozenset[str] | set[str]) -> float:
    """How many of the stems are covered, from 0 to 1; 1 when there are none."""
    told = list(claims)
    return sum(covered(word, by) for word in told) / len(told) if told else 1.0
