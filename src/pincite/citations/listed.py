"""The sections that one citation names: one, a list of them, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.citations import pinpoint
from pincite.citations.number import order, plain, whole_end
from pincite.citations.pattern import END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.citations.load import CodeForm
    from pincite.citations.matcher import Matcher

_END = re.compile(END, re.IGNORECASE)
_WORD_END = re.compile(r"(?!\w)(?![-–‑]\w)")
_RANGE = re.compile(
    r"\s*(?:[-–—]|\bto\b|\bthrough\b|\bthru\b)\s*(?:§+\s*)?(?=[.\-–]?\d)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"[.\-–]\d+[A-Za-z]{0,3}")
_LIST = re.compile(r"(?:\s*[,;]\s*(?:and|or|&)?|\s+(?:and|or|&))\s*(?:§+\s*)?(?=\d)", re.IGNORECASE)
_PLURAL = re.compile(r"§\s?§|\b(?:sections|sects|secs|ss)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\s*(?:%|percent|million|billion|days?|hours?|years?|times)", re.IGNORECASE)
_OTHER_CODE = re.compile(r"\s+[A-Z§]")


@dataclass(frozen=True, slots=True)
class Item:
    """One section or range, with where its words stand; a first one starts with the code's name."""

    start: int
    end: int
    number: str
    through: str | None
    path: tuple[str, ...]


def items(
    text: str,
    match: re.Match[str],
    matcher: Matcher,
    form: CodeForm,
    *,
    start: int | None = None,
) -> Iterator[Item]:
    """The sections named one after another: `§§ 407.1500, 407.020 and 375.1400 to .1427`.

    `start` is where the first begins, if before `match`.
    """
    plural = bool(_PLURAL.search(match[0]))
    start, number = match.start() if start is None else start, match.span("n")
    while True:
        item = _item(text, start, number, matcher, form, plural=plural)
        if item is None:
            return
        yield item
        following = _LIST.match(text, item.end)
        if following is None:
            return
        more = matcher.number.match(text, following.end())
        if more is None or not _continues(text, more, plural=plural, titled="{t}" in form.official):
            return
        start, number = more.start(), more.span()


def _continues(text: str, more: re.Match[str], *, plural: bool, titled: bool) -> bool:
    """Whether a number after `and` is one more section: 5 in `§ 6801 and 5 others` is not."""
    if titled and _OTHER_CODE.match(text, more.end()):
        return False
    return plural or not (more[0].isalnum() or _AMOUNT.match(text, more.end()))


def _item(
    text: str, start: int, span: tuple[int, int], matcher: Matcher, form: CodeForm, *, plural: bool
) -> Item | None:
    number = text[slice(*span)]
    path, end = pinpoint.read(text, span[1], form.reading)
    through: str | None = None
    if not path:
        if form.ends_pattern is not None and not _END.match(text, end):
            # The number's own pattern ran into the range's hyphen: 4.516-4(.518).
            whole = form.ends_pattern.match(text, span[0])
            if whole is not None:
                number, end = whole[0], whole.end()
        through, end = _through(text, end, plain(number), matcher, plural=plural)
    clear = _END if through is None and not path else _WORD_END
    if not clear.match(text, end):
        return None
    return Item(start, end, plain(number), through, path)


def _through(
    text: str, at: int, first: str, matcher: Matcher, *, plural: bool
) -> tuple[str | None, int]:
    """The last section of a range that goes on at `at`, and where it ends."""
    to = _RANGE.match(text, at)
    if to is None:
        return None, at
    match = matcher.number.match(text, to.end()) or _ABBREVIATED.match(text, to.end())
    if match is None or not _END.match(text, match.end()):
        return None, at
    last = whole_end(first, plain(match[0]))
    hyphen = not to[0].strip(" §").isalpha()
    # 4 CCR 904-3 is one number of Colorado, no range of California: a hyphen between whole
    # numbers makes a range only after a plural sign, and only one that rises.
    whole_numbers = first.isdecimal() and last.isdecimal()
    if hyphen and (order(last) <= order(first) or (whole_numbers and not plural)):
        return None, at
    return last, match.end()
