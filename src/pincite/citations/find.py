"""Citations found in running text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pincite.citations import pinpoint
from pincite.citations.citation import Citation, Found
from pincite.citations.listed import items as items_of
from pincite.citations.load import code_form, jurisdictions, squash
from pincite.citations.matcher import bare, matchers
from pincite.citations.named import names_of
from pincite.citations.named import scan as scan_names
from pincite.citations.number import plain, range_of
from pincite.citations.pattern import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pincite.citations.listed import Item
    from pincite.citations.load import CodeForm
    from pincite.citations.matcher import Matcher

# No citation goes across so much white space; patterns would try every way to divide it.
_GAP = re.compile(r"\s{80,}")
_SURE = 6  # letters: a longer anchor is not in a text by chance
_END = re.compile(END, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_THIS_TITLE = re.compile(
    r"\s+of\s+(?:this\s+(?:title|chapter|part|act|code)|(?:title|chapter)\s+(?P<t>\d+[A-Z]{0,2}))\b",
    re.IGNORECASE,
)


def find(
    text: str, *, jurisdiction: str | None = None, within: Citation | None = None
) -> tuple[Found, ...]:
    """The citations in `text`, in order, none overlapping another.

    `jurisdiction` is the one that the text speaks of: it gives `section 407.1500` its meaning and
    decides between codes that share a name. `within` is the section whose text it is: then
    `section 6802 of this title` has a meaning too.
    """
    found: list[Found] = []
    at = 0
    for gap in (*_GAP.finditer(text), None):
        end = len(text) if gap is None else gap.start()
        part = _find(text[at:end], jurisdiction, within)
        found += (replace(one, start=one.start + at, end=one.end + at) for one in part)
        at = end if gap is None else gap.end()
    return tuple(found)


def _find(text: str, jurisdiction: str | None, within: Citation | None) -> tuple[Found, ...]:
    home = within.jurisdiction if within is not None else jurisdiction
    if _DIGIT.search(text) is None:
        return ()
    candidates: list[tuple[bool, Found]] = []
    for name in _which(text, home):
        for matcher in matchers(name):
            if not matcher.home or name == home:
                candidates += ((name == home, found) for found in _scan(text, matcher))
        for names in names_of(name):
            for form, items, end in scan_names(text, names, home=name == home):
                candidates += ((name == home, f) for f in _found(text, form, "", items, end))
    if within is not None and (form := code_form(within.jurisdiction, within.code)) is not None:
        candidates += ((True, found) for found in _scan_within(text, within, form))
    return _without_overlap(candidates)


def _which(text: str, home: str | None) -> tuple[str, ...]:
    """The jurisdictions one of whose anchors is in the text, and the text's own."""
    squashed, starts = squash(text), _anchor_starts()
    found: set[str] = set() if home is None else {home}
    in_words: set[str] = set()  # short anchors that start no word of the text
    for at in range(len(squashed) - 1):
        for anchor, name in starts.get(squashed[at : at + 2], ()):
            if name in found or anchor in in_words or not squashed.startswith(anchor, at):
                continue
            # Short anchors must start a word: `ny` is no part of `company`.
            if len(anchor) > _SURE or _starts_word(anchor).search(text):
                found.add(name)
            else:
                in_words.add(anchor)
    return tuple(name for name in jurisdictions() if name in found)


@cache
def _anchor_starts() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Every anchor with its jurisdiction, by its first two characters."""
    starts: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, anchors in jurisdictions().items():
        for anchor in anchors:
            starts[anchor[:2]] = (*starts.get(anchor[:2], ()), (anchor, name))
    return starts


@cache
def _starts_word(anchor: str) -> re.Pattern[str]:
    letters = r"[\W_]*".join(map(re.escape, anchor))
    return re.compile(rf"(?<![^\W_]){letters}", re.IGNORECASE)


def _without_overlap(candidates: list[tuple[bool, Found]]) -> tuple[Found, ...]:
    """Of overlapping ones the earliest, then the longest, then the one at home."""
    chosen: list[Found] = []
    for _, found in sorted(candidates, key=lambda c: (c[1].start, -c[1].end, not c[0])):
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
    return tuple(chosen)


def _scan(text: str, matcher: Matcher) -> Iterator[Found]:
    for match in matcher.pattern.finditer(text):
        groups = match.groupdict()
        form = matcher.form
        if matcher.unit:
            yield from _unit(text, match, matcher, form)
            continue
        items = list(items_of(text, match, matcher, form))
        if not items:
            continue
        end = items[-1].end
        if matcher.tail is not None:
            tail = matcher.tail.match(text, end)
            if tail is None:
                continue
            groups |= tail.groupdict()
            end = tail.end()
        yield from _found(text, form, _value(groups, "t"), items, end)


def _unit(text: str, match: re.Match[str], matcher: Matcher, form: CodeForm) -> Iterator[Found]:
    """A chapter or a part; a section named in it is another matcher's, and longer."""
    tail = matcher.tail.match(text, match.end()) if matcher.tail else match
    if tail is None or not _END.match(text, match.end()):
        return
    groups = match.groupdict()
    yield Found(
        start=match.start(),
        end=tail.end(),
        citation=Citation(
            jurisdiction=form.code.jurisdiction,
            code=form.code.slug,
            number=plain(match["n"]),
            title=_value(groups, "t"),
            unit="chapter" if _value(groups, "u")[:1] in {"c", "C"} else "part",
        ),
    )


def _scan_within(text: str, within: Citation, form: CodeForm) -> Iterator[Found]:
    """`§ 6802 of this title` in a section of title 15; `section 3` in a section of chapter 93H."""
    matcher = bare(form, form.number)
    for match in matcher.pattern.finditer(text):
        items = list(items_of(text, match, matcher, form))
        if not items:
            continue
        end = items[-1].end
        this = _THIS_TITLE.match(text, end)
        titled = "{t}" in form.official
        if titled and this is None and not form.id.startswith("c"):
            continue
        title = within.title
        if titled and this is not None and this["t"]:
            title = this["t"]
        yield from _found(text, form, title, items, this.end() if this else end)


def _found(text: str, form: CodeForm, title: str, items: list[Item], end: int) -> Iterator[Found]:
    before, start = pinpoint.read_before(text, items[0].start)
    for count, item in enumerate(items):
        through = item.through
        number = item.number
        if through is None and title not in form.ends_not_in:
            number, through = range_of(number, form.ends_pattern)
        yield Found(
            start=start if count == 0 else item.start,
            end=end if count == len(items) - 1 else item.end,
            citation=Citation(
                jurisdiction=form.code.jurisdiction,
                code=form.code.slug,
                number=number,
                title=plain(title),
                path=(before if count == 0 else ()) + item.path,
                through=through,
            ),
        )


def _value(groups: dict[str, str | None], name: str) -> str:
    values = (v for key, v in groups.items() if v and key != name and key.startswith(name))
    return next(values, "")
