"""Words with which a web site speaks of itself, sought without reading a text for each of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = "«»‹›<>|©"
# On both sides of a word that every match has; none of the patterns is as long without it.
_REACH = 300
_MOST_PLACES = 200


class _Words(NamedTuple):
    """A pattern, and words in small letters of which each match of it has one, where it is slow."""

    pattern: re.Pattern[str]
    near: tuple[str, ...]


class _Table(NamedTuple):
    """`plain` are anchors and their words; `signed` those with a sign, by that sign."""

    plain: tuple[tuple[str, _Words], ...]
    signed: dict[str, tuple[tuple[str, _Words], ...]]


def site_words(text: str) -> Iterator[tuple[int, int]]:
    """Where a site's words stand in a text, in no order."""
    small = text.lower()
    for words in _worth_trying(small):
        yield from _found(words, text, small)


@cache
def _table() -> _Table:
    """Anchors: only where one of its own is need a pattern be tried."""
    data = files("pincite.library.lint").joinpath("site_words.toml").read_text("utf-8")
    flags = re.IGNORECASE | re.MULTILINE | re.VERBOSE
    plain: list[tuple[str, _Words]] = []
    signed: dict[str, tuple[tuple[str, _Words], ...]] = {}
    for entry in tomllib.loads(data)["words"]:
        words = _Words(re.compile(entry["pattern"], flags), tuple(entry.get("near", ())))
        for anchor in entry["anchors"]:
            sign = next((sign for sign in _SIGNS if sign in anchor), None)
            if sign is None:
                plain.append((anchor, words))
            else:
                signed[sign] = (*signed.get(sign, ()), (anchor, words))
    return _Table(tuple(plain), signed)


def _worth_trying(small: str) -> set[_Words]:
    table = _table()
    found = {words for anchor, words in table.plain if anchor in small}
    for sign, anchored in table.signed.items():
        # A sign is looked for many times faster than what it stands in.
        if sign in small:
            found.update(words for anchor, words in anchored if anchor in small)
    return found


def _found(words: _Words, text: str, small: str) -> Iterator[tuple[int, int]]:
    spans = _windows(words.near, text, small)
    found: list[tuple[int, int]] = []
    for start, end in spans:
        for match in words.pattern.finditer(text, start, end):
            if match.end() == end < len(text):
                # It may go on, or end where the text does not.
                yield from (one.span() for one in words.pattern.finditer(text))
                return
            found.append(match.span())
    yield from found


def _windows(near: tuple[str, ...], text: str, small: str) -> list[tuple[int, int]]:
    """The spans of the text outside which no match can be."""
    whole = [(0, len(text))]
    if not near or len(small) != len(text):
        return whole
    places: list[int] = []
    for word in near:
        at = small.find(word)
        while at >= 0:
            places.append(at)
            if len(places) > _MOST_PLACES:
                return whole
            at = small.find(word, at + 1)
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        start, end = max(0, at - _REACH), min(len(text), at + _REACH)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found
