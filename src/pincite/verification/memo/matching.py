"""A quotation found in a section's text: as it stands, or nearly so."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pincite.library.words import word_edits
from pincite.verification.memo.pieces import Gap
from pincite.verification.memo.tokens import is_word, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pincite.change import Edit
    from pincite.verification.memo.pieces import QuotedPiece, Word
    from pincite.verification.memo.tokens import LawTokens

    Span = tuple[int, int]

_REPLACED = 30  # words of law for which others may stand in brackets
_MOST_TRIES = 400
_FURTHER = 12  # words around the place that most looks like the quotation
_WIDER = 1.3
_BETWEEN = " … "


class Located(NamedTuple):
    """Where each piece stands in the law, in characters; `recased` where a capital was changed."""

    spans: tuple[Span, ...]
    recased: bool

    @property
    def around(self) -> Span:
        return self.spans[0][0], self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Near:
    """The place that a quotation is nearest to: `likeness` is the share of its words found there.

    `edits` turn `law` into `told`.
    """

    span: Span
    likeness: float
    law: str
    told: str
    edits: tuple[Edit, ...]


def locate(
    pieces: Sequence[QuotedPiece],
    law: LawTokens,
    allowed: Callable[[tuple[Span, ...]], bool] | None = None,
) -> Located | None:
    """The first place where all pieces stand in order, or `None`; `allowed` judges the spans."""
    if not pieces:
        return None
    for tries, chain in enumerate(_chains(pieces, law, 0, 0, len(law.all))):
        if tries > _MOST_TRIES:
            break
        spans = tuple(
            (law.all[at].start, law.all[at + len(piece.words) - 1].end)
            for at, piece in zip(chain, pieces, strict=True)
        )
        if allowed is None or allowed(spans):
            return Located(spans, _recased(pieces, chain, law))
    return None


def _chains(
    pieces: Sequence[QuotedPiece], law: LawTokens, number: int, low: int, high: int
) -> Iterator[tuple[int, ...]]:
    """Places of the pieces from `number` on, none before token `low`, the first before `high`."""
    if number == len(pieces):
        yield ()
        return
    piece = pieces[number]
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    for at in _places(piece.words, law):
        if at < low:
            continue
        if at > high:
            return
        end = at + len(piece.words)
        reach = len(law.all)
        if following is not None and following.gap is Gap.REPLACED:
            reach = end + _REPLACED
        for rest in _chains(pieces, law, number + 1, end, reach):
            yield (at, *rest)
            if following is not None and following.gap is not Gap.REPLACED:
                break  # what comes after an omission is as good at its first place


def _places(words: Sequence[Word], law: LawTokens) -> Iterator[int]:
    """Where the words stand one after another, by the rarest of them."""
    rarest: list[int] | None = None
    offset = 0
    for place, word in enumerate(words):
        if word.altered is not None:
            continue
        here = law.places.get(word.text.casefold())
        if here is None:
            return
        if rarest is None or len(here) < len(rarest):
            rarest, offset = here, place
    if rarest is None:
        rarest = list(range(len(law.all)))
    for at in rarest:
        first = at - offset
        if first >= 0 and first + len(words) <= len(law.all) and _same(words, law, first):
            yield first


def _same(words: Sequence[Word], law: LawTokens, first: int) -> bool:
    for place, word in enumerate(words):
        there = law.all[first + place].text
        if word.altered is not None:
            if word.altered.fullmatch(there) is None:
                return False
        elif word.text != there and (place or word.text.casefold() != there.casefold()):
            return False
    return True


def _recased(pieces: Sequence[QuotedPiece], chain: Sequence[int], law: LawTokens) -> bool:
    """Whether the first word of a piece has another capital than the law, and no bracket."""
    return any(
        piece.words[0].altered is None and piece.words[0].text != law.all[at].text
        for piece, at in zip(pieces, chain, strict=True)
    )


def nearest(pieces: Sequence[QuotedPiece], law: LawTokens, memo: str) -> Near | None:
    """The place in the law that looks most like the pieces; `memo` is the text that they are of.

    Each piece is sought by itself: what is left out between them is left out with a mark.
    """
    found = [(piece, _nearest_piece(piece, law)) for piece in pieces]
    count = sum(is_word(word) for piece in pieces for word in piece.plain)
    known = [(piece, near) for piece, near in found if near is not None]
    if not known or not count:
        return None
    spans = [near[0] for _, near in known]
    old = _BETWEEN.join(law.text[slice(*span)] for span in spans)
    told = _BETWEEN.join(memo[piece.start : piece.end] for piece, _ in found)
    span = min(a for a, _ in spans), max(b for _, b in spans)
    likeness = sum(near[1] for _, near in known) / count
    return Near(span=span, likeness=likeness, law=old, told=told, edits=_edits(old, told))


def _nearest_piece(piece: QuotedPiece, law: LawTokens) -> tuple[Span, int] | None:
    """Where one piece is or nearly is, and how many of its words are there."""
    exact = locate([piece], law)
    if exact is not None:
        return exact.around, sum(is_word(word) for word in piece.plain)
    window = _window(piece.plain, law) if law.all else None
    if window is None:
        return None
    low, high = window
    folded = [one.casefold() for one in piece.plain]
    there = [token.text.casefold() for token in law.all[low:high]]
    matcher = SequenceMatcher(None, folded, there, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    matched = sum(is_word(folded[b.a + n]) for b in blocks for n in range(b.size))
    first = low + max(0, blocks[0].b - blocks[0].a)
    last = low + min(len(there), blocks[-1].b + len(folded) - blocks[-1].a)
    first, last = _trimmed(first, last, low + blocks[0].b, low + blocks[-1].b + blocks[-1].size)
    return (law.all[first].start, law.all[last - 1].end), matched


def _trimmed(first: int, last: int, known_first: int, known_last: int) -> tuple[int, int]:
    """At most a few words beyond those that are known to be alike."""
    return max(first, known_first - _FURTHER), max(min(last, known_last + _FURTHER), first + 1)


def _edits(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that change what is compared: white space and the shape of marks are no change."""
    return tuple(e for e in word_edits(old, new) if _compared(e.old) != _compared(e.new))


def _compared(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def _window(quoted: Sequence[str], law: LawTokens) -> Span | None:
    """The stretch of law that holds the most pairs of words that the quotation holds, too."""
    wanted = {(a.casefold(), b.casefold()) for a, b in pairwise(quoted)}
    hits: list[tuple[int, tuple[str, str]]] = []
    for a, b in wanted:
        behind = set(law.places.get(b, ()))
        hits += [(at, (a, b)) for at in law.places.get(a, ()) if at + 1 in behind]
    if not hits:
        words = {one.casefold() for one in quoted if is_word(one)}
        hits = [(at, (word, "")) for word in words for at in law.places.get(word, ())]
    if not hits:
        return None
    hits.sort()
    reach = int(len(quoted) * _WIDER) + _FURTHER
    best, best_at = 0, 0
    counts: dict[tuple[str, str], int] = {}
    low = 0
    for at, pair in hits:
        counts[pair] = counts.get(pair, 0) + 1
        while at - hits[low][0] > reach:
            gone = hits[low][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            low += 1
        if len(counts) > best:
            best, best_at = len(counts), low
    start = hits[best_at][0]
    return max(0, start - _FURTHER), min(len(law.all), start + reach + _FURTHER)
