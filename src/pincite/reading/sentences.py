"""Sentences of law text, cut where a sentence ends and not at the full stop of an abbreviation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.reading.words import words

if TYPE_CHECKING:
    from pincite.reading.provision import Span

_ABBREVIATIONS = frozenset(words("sentences", "abbreviations"))
_MAY_END = frozenset(words("sentences", "may_end"))
_STARTERS = frozenset(words("sentences", "starters"))

_GAP = r"[\s\u00ad\u200b]"
# The end of a sentence: a stop with closing marks, then space and a capital, digit or mark; a stop
# glued to a quotation mark or a capital after a lower-case word ("information.The notice").
_STOP = re.compile(
    rf"[.!?][\"”’')\]]*(?:{_GAP}+(?=[\"“‘(\[]*[A-Z0-9§])|(?<=[a-z)\"”][.])(?=[\"“]?[A-Z][a-z]))"
    r"|\n[^\S\n]*\n\s*",
)
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.'’]{0,20}$")
_WORD_AFTER = re.compile(r"[\"“‘(\[]*([A-Za-z]+)")
_SPACE = " \t\r\n\f\v\u00a0\u00ad\u200b"
_LOOK_BACK = 24
_LONGEST_LABEL = 3  # "12." or "A." at the start is a label that the outline does not trust


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the sentences in `text[start:end]`, in order, with no space at either end.

    Lists held together by semicolons stay whole; a blank line ends a sentence unless the words run
    on in lower case.
    """
    found: list[Span] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if not _ends_sentence(text, begin, stop):
            continue
        cut = stop.start() if text[stop.start()] == "\n" else _after_marks(text, stop)
        _add(found, text, begin, cut)
        begin = stop.end()
    _add(found, text, begin, end)
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without space at its ends; empty at `start` when there is nothing else."""
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    start, end = trimmed(text, start, end)
    if start < end:
        found.append((start, end))


def _after_marks(text: str, stop: re.Match[str]) -> int:
    end = stop.start() + 1
    while end < stop.end() and text[end] in "\"”’')]":
        end += 1
    return end


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    at = stop.start()
    if text[at] == "\n":
        return _paragraph_ends(text, begin, stop)
    if text[at] != "." or at - begin <= _LONGEST_LABEL:
        return text[at] != "."
    word = _WORD_BEFORE.search(text, max(begin, at - _LOOK_BACK), at)
    if word is None:
        return not text[at - 1 : at].isspace()
    following = _WORD_AFTER.match(text, stop.end())
    starter = following is not None and following.group(1) in _STARTERS
    return _word_may_end(word.group().lower(), starter=starter)


def _word_may_end(word: str, *, starter: bool) -> bool:
    """Whether a full stop after `word` can end a sentence; `starter`: one seems to begin there."""
    if word in _MAY_END:
        return starter or word == "etc"
    if word in _ABBREVIATIONS:
        return False
    return starter or not (len(word) == 1 or "." in word)


def _paragraph_ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    """A blank line inside a sentence is a line of the source that was broken in print."""
    before = text[begin : stop.start()].rstrip(_SPACE)[-1:]
    after = text[stop.end() : stop.end() + 1]
    return not (after.islower() and (before.isalpha() or before == ","))
