"""Citations found in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.citations import pinpoint
from pincite.citations.citation import Citation, Found
from pincite.citations.listed import items as items_of
from pincite.citations.load import code_form, jurisdictions, squash
from pincite.citations.matcher import bare, matchers
from pincite.citations.number import plain, range_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.citations.listed import Item
    from pincite.citations.load import CodeForm
    from pincite.citations.matcher import Matcher

_THIS_TITLE = re.compile(r"\s+of\s+this\s+(?:title|chapter|part|act|code)\b", re.IGNORECASE)


def find(
    text: str, *, jurisdiction: str | None = None, within: Citation | None = None
) -> tuple[Found, ...]:
    """The citations in `text`, in order, none overlapping another.

    `jurisdiction` is the one that the text speaks of: it gives `section 407.1500` its meaning and
    decides between codes that share a name. `within` is the section whose text it is: then
    `section 6802 of this title` has a meaning too.
    """
    home = within.jurisdiction if within is not None else jurisdiction
    candidates: list[tuple[bool, Found]] = []
    for name in _which(text, home):
        for matcher in matchers(name):
            if not matcher.home or name == home:
                candidates += ((name == home, found) for found in _scan(text, matcher))
    if within is not None and (form := code_form(within.jurisdiction, within.code)) is not None:
        candidates += ((True, found) for found in _scan_within(text, within, form))
    return _without_overlap(candidates)


def _which(text: str, home: str | None) -> Iterator[str]:
    """The jurisdictions one of whose anchors is in the text, and the text's own."""
    squashed = squash(text)
    for name, anchors in jurisdictions().items():
        if name == home or any(anchor in squashed for anchor in anchors):
            yield name


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
        # Where the code's name stands after the number, any of the family's forms reads the number.
        form = _form(matcher, groups) or next(iter(matcher.names.values()))
        items = list(items_of(text, match, matcher, form))
        if not items:
            continue
        end = items[-1].end
        if matcher.tail is not None:
            tail = matcher.tail.match(text, end)
            if tail is None:
                continue
            groups |= tail.groupdict()
            form, end = _form(matcher, groups) or form, tail.end()
        yield from _found(text, form, _value(groups, "t"), items, end)


def _scan_within(text: str, within: Citation, form: CodeForm) -> Iterator[Found]:
    """`§ 6802 of this title` in a section of title 15; `section 3` in a section of chapter 93H."""
    matcher = bare(form, form.number)
    for match in matcher.pattern.finditer(text):
        items = list(items_of(text, match, matcher, form))
        if not items:
            continue
        end = items[-1].end
        this = _THIS_TITLE.match(text, end)
        if "{t}" in form.official and this is None and not form.id.startswith("c"):
            continue
        yield from _found(text, form, within.title, items, this.end() if this else end)


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


def _form(matcher: Matcher, groups: dict[str, str | None]) -> CodeForm | None:
    return matcher.names.get(squash(_value(groups, "c") or _value(groups, "k")))


def _value(groups: dict[str, str | None], name: str) -> str:
    values = (v for key, v in groups.items() if v and key != name and key.startswith(name))
    return next(values, "")
