"""A quotation taken apart: its pieces, and the omissions and alterations that it marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pincite.verification.memo.tokens import Token, is_word, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKED = re.compile(
    r"(?P<omission>\[\s*(?:…|\.\s?\.\s?\.)?\s*\](?!\w)|…(?:\s?\.)?|\.\s?\.\s?\.(?:\s?\.)?|\*\s?\*\s?\*)"
    r"|(?P<altered>\w*\[['’]?\w{0,30}\]\w*(?:\[\w{0,30}\]\w*)*)"
    r"|(?P<bracket>\[[^\[\]]{0,400}\])"
)
_REMARK = re.compile(
    r"\[\s*(?:sic|(?:emphasis|citations?|footnotes?|internal quotation marks|alterations?)\b"
    r"[^\]]*)\s*\]",
    re.IGNORECASE,
)
_TRIMMED = frozenset(".,;:-")


class Gap(StrEnum):
    """What stands before a piece: nothing, an omission that is marked, or words put in brackets."""

    NONE = ""
    OMITTED = "omitted"
    REPLACED = "replaced"


class Word(NamedTuple):
    """A word or sign of a piece. `altered` is a pattern where a part of it stands in brackets."""

    text: str
    altered: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """Words that must stand together in the law; `start` and `end` are those in the memo."""

    gap: Gap
    words: tuple[Word, ...]
    start: int
    end: int

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


def pieces(text: str, start: int, end: int) -> tuple[QuotedPiece, ...]:
    """The pieces of the quotation `text[start:end]`, as its marks divide it."""
    found: list[QuotedPiece] = []
    words: list[tuple[Word, int, int]] = []
    gap, at = Gap.NONE, start
    for match in _MARKED.finditer(text, start, end):
        words += _plain(text, at, match.start())
        at = match.end()
        if match["altered"] and (word := _altered(match["altered"])) is not None:
            words.append((word, match.start(), match.end()))
            continue
        if _REMARK.fullmatch(match[0]):
            continue
        _close(found, words, gap)
        gap = Gap.OMITTED if match["omission"] else Gap.REPLACED
        words.clear()
    words += _plain(text, at, end)
    _close(found, words, gap)
    return tuple(found)


def whole(text: str, start: int, end: int) -> tuple[QuotedPiece, ...]:
    """The quotation as one piece in which brackets and points are the law's own."""
    found: list[QuotedPiece] = []
    _close(found, list(_plain(text, start, end)), Gap.NONE)
    return tuple(found)


def count_words(text: str, start: int, end: int) -> int:
    """How many words of law the quotation shows."""
    return sum(is_word(word) for piece in pieces(text, start, end) for word in piece.plain)


def _plain(text: str, start: int, end: int) -> Iterator[tuple[Word, int, int]]:
    for token in tokens(text, start, end):
        yield Word(token.text), token.start, token.end


def _altered(text: str) -> Word | None:
    """`[t]he` is "The" or "the"; `require[d]` begins as the law's word does; `[the]` is no part."""
    inside = re.findall(r"\[(['’]?\w*)\]", text)
    if re.fullmatch(r"\[['’]?\w*\]", text) and not (len(inside[0]) == 1 and inside[0].isalpha()):
        return None
    shape = "".join(
        part if not part.startswith("[") else rf"(?i:{re.escape(part[1:-1])}|\w{{0,6}}'?\w?)"
        for part in (
            re.escape(one) if not one.startswith("[") else one
            for one in re.findall(r"\[[^\]]*\]|[^\[\]]+", text)
        )
    )
    plain = tokens(re.sub(r"[\[\]]", "", text)) or [Token("", 0, 0)]
    return Word(plain[0].text, re.compile(shape))


def _close(found: list[QuotedPiece], words: list[tuple[Word, int, int]], gap: Gap) -> None:
    """Add a piece without the points and commas at its ends, which are the memo's own."""
    while words and words[0][0].text in _TRIMMED:
        words = words[1:]
    while words and words[-1][0].text in _TRIMMED:
        words = words[:-1]
    if not words:
        return
    kept = QuotedPiece(gap, tuple(word for word, _, _ in words), words[0][1], words[-1][2])
    found.append(kept)
