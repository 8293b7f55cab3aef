"""Sections of a document: found from its headings and the numbers of its sections."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pincite.citations.number import order
from pincite.law.pages import PageStart
from pincite.parsing.files.block import Block, joined
from pincite.parsing.files.headings import (
    LONGEST,
    UNITS,
    Numbered,
    Shape,
    is_contents,
    like_heading,
    numbered,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pincite.law.pages import Pages

_NOTE = re.compile(
    r"(?:AUTHORITY|Authority|Statutory Authority|STATUTORY AUTHORITY|HISTORY|History|Source|SOURCE|"
    r"Specific Authority|Law Implemented|Rulemaking Authority)\s*[:—]|\[\d[\w.\-]* NMAC - "
)
_FEWEST_WHOLE = 3
_CONTENTS = re.compile(r"(?:table of )?contents|index of sections", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A section as the document has it. `number` is empty for one that has none."""

    number: str
    heading: str
    hierarchy: tuple[str, ...]
    text: str
    source_note: str = ""
    pages: Pages = ()
    unit: str = ""


class _Mark(NamedTuple):
    """A block that heads something: a section (`depth` 0) or a level of the hierarchy above it."""

    at: int
    depth: int
    found: Numbered | None
    heading: str
    body: int


def sections(
    blocks: Sequence[Block], cited: Callable[[str], tuple[str, int] | None]
) -> tuple[Found, ...]:
    """The document's sections in order; one with all its paragraphs where it has no headings."""
    blocks = [block for block in blocks if block.text.strip()]
    marks = _marks(blocks, cited)
    marks, listed = _without_contents(marks, len(blocks))
    found = list(_cut(blocks, marks, listed))
    return tuple(_told_apart(found))


def _marks(blocks: Sequence[Block], cited: Callable[[str], tuple[str, int] | None]) -> list[_Mark]:
    numbers = [_numbered(block, cited) for block in blocks]
    shape = _shape(blocks, numbers)
    if shape is None:
        return _by_headings(blocks)
    styles = _styles(blocks, numbers, shape)
    marks: list[_Mark] = []
    last: Numbered | None = None
    for at, (block, number) in enumerate(zip(blocks, numbers, strict=True)):
        if number is not None and number.shape is shape and _heads(block, number, shape):
            if shape is not Shape.WHOLE and _goes_back(last, number):
                continue
            heading, begin = split(number.rest)
            marks.append(_Mark(at, 0, number, heading, number.at + begin))
            last = number
        elif (depth := _above(block, number, shape, styles)) > 0:
            marks.append(_Mark(at, depth, number, block.text, len(block.text)))
            last = None if number is not None and number.shape is Shape.UNIT else last
    return marks


def _numbered(block: Block, cited: Callable[[str], tuple[str, int] | None]) -> Numbered | None:
    """The number at the block's start; a bare one counts where it is printed as a heading's."""
    found = None if is_contents(block.text) else numbered(block.text, cited)
    if found is not None and found.shape is Shape.BARE:
        heading = (block.level or block.strong) and like_heading(found.rest)
        return replace(found, shape=Shape.WHOLE) if heading else None
    return found


def _above(block: Block, number: Numbered | None, shape: Shape, styles: frozenset[int]) -> int:
    """How deep in the hierarchy a heading that is no section's own stands; 0 for no heading."""
    if number is None:
        if block.level and shape is not Shape.UNIT:
            return len(UNITS) + 1 + block.level
        styled = block.strong in styles and like_heading(block.text)
        return len(UNITS) + 1 + block.strong if styled else 0
    if number.shape is Shape.UNIT and _is_unit(block, number):
        return UNITS.index(number.unit) + 1
    whole = number.shape is Shape.WHOLE and shape is Shape.DECIMAL
    heads = whole and _heads(block, number, shape)
    return len(UNITS) + 1 + (block.level or block.strong) if heads else 0


def _styles(
    blocks: Sequence[Block], numbers: Sequence[Numbered | None], shape: Shape
) -> frozenset[int]:
    """How numbered headings are printed, where others are likely to be printed so, too."""
    if shape not in (Shape.DECIMAL, Shape.WHOLE):
        return frozenset()
    return frozenset(
        block.strong
        for block, number in zip(blocks, numbers, strict=True)
        if block.strong and number is not None and number.shape in (Shape.DECIMAL, Shape.WHOLE)
    )


def _shape(blocks: Sequence[Block], numbers: Sequence[Numbered | None]) -> Shape | None:
    """The surest way of numbering that the document's sections have, if they have one."""
    heads: Counter[Shape] = Counter()
    for block, number in zip(blocks, numbers, strict=True):
        if number is not None and _heads(block, number, number.shape):
            # What the format itself marks as a heading needs no second one beside it.
            heads[number.shape] += 2 if block.level else 1
    # A handful of references must not win over the headings that part the document.
    rival = max(heads[Shape.DECIMAL], heads[Shape.WHOLE] if _runs(blocks, numbers) else 0)
    if heads[Shape.CITED]:
        return Shape.CITED
    if heads[Shape.SIGN] > 1 or (heads[Shape.SIGN] and rival <= _FEWEST_WHOLE):
        return Shape.SIGN
    if heads[Shape.DECIMAL] > 1:
        return Shape.DECIMAL
    if _runs(blocks, numbers):
        return Shape.WHOLE
    return Shape.UNIT if heads[Shape.UNIT] > 1 else None


def _runs(blocks: Sequence[Block], numbers: Sequence[Numbered | None]) -> bool:
    """Whether 1., 2., 3. ... head sections: in order, most with a heading of their own."""
    some = [
        (block, number)
        for block, number in zip(blocks, numbers, strict=True)
        if number is not None and number.shape is Shape.WHOLE
    ]
    good = [
        number for block, number in some if block.level or block.strong or split(number.rest)[0]
    ]
    rising = {int(number.number) for number in good}
    run = next((n for n in range(1, len(rising) + 2) if n not in rising), 1) - 1
    return run >= _FEWEST_WHOLE and 2 * len(good) >= len(some)


def _heads(block: Block, number: Numbered, shape: Shape) -> bool:
    """Whether a block with a number at its start is a heading of that shape."""
    if number.shape is Shape.UNIT:
        return _is_unit(block, number)
    if block.level or (block.strong and len(block.text) <= 2 * LONGEST):
        return True
    if number.shape in (Shape.CITED, Shape.SIGN):
        return not number.rest or number.rest[:1].isupper() or number.rest[:1] in '([“"—'
    heading, _ = split(number.rest)
    if number.shape is Shape.WHOLE and shape is Shape.WHOLE:
        return bool(heading)
    return bool(heading) and like_heading(number.rest) and heading[:1].isupper()


def _is_unit(block: Block, number: Numbered) -> bool:
    titled = bool(block.level or block.strong) or like_heading(number.rest) or not number.rest
    capital = block.text[:1].isupper()
    return capital and titled and len(block.text) <= LONGEST and not block.text.endswith(".")


def _goes_back(last: Numbered | None, number: Numbered) -> bool:
    """Whether a number comes before the one that stands open: it names a section, and heads none.

    The same number again is a running head.
    """
    if last is None or last.number == number.number:
        return last is not None and not number.rest.strip()
    return order(number.number) < order(last.number) and not number.rest.strip()


def _by_headings(blocks: Sequence[Block]) -> list[_Mark]:
    """Headings without numbers: those that the format marks, else those printed as such."""
    if any(block.level for block in blocks):
        levels = [block.level for block in blocks]
    else:
        levels = [
            block.strong if block.strong and like_heading(block.text) else 0 for block in blocks
        ]
    return [
        _Mark(at, level, None, block.text.strip(), len(block.text))
        for at, (block, level) in enumerate(zip(blocks, levels, strict=True))
        if level
    ]


def _without_contents(marks: list[_Mark], count: int) -> tuple[list[_Mark], frozenset[int]]:
    """Less the marks of a table of contents, and where these stood.

    Such are numbers that come again, with no words between.
    """
    again = Counter(mark.found.number for mark in marks if mark.found and not mark.depth)
    kept: list[_Mark] = []
    listed: set[int] = set()
    for place, mark in enumerate(marks):
        following = marks[place + 1].at if place + 1 < len(marks) else count
        empty = following == mark.at + 1
        if mark.found and not mark.depth and again[mark.found.number] > 1 and empty:
            again[mark.found.number] -= 1
            listed.add(mark.at)
            continue
        kept.append(mark)
    return kept, frozenset(listed)


def _cut(
    blocks: Sequence[Block], marks: Sequence[_Mark], listed: frozenset[int]
) -> Iterator[Found]:
    """The document cut at its marks; what stands before the first is a section of its own.

    `listed` are the places of lines of a table of contents.
    """

    def between(start: int, end: int) -> list[Block]:
        some = [blocks[at] for at in range(start, end) if at not in listed]
        contents = all(is_contents(one.text) or _CONTENTS.fullmatch(one.text) for one in some)
        return [] if contents and marks else some

    above: list[_Mark] = []
    opening = between(0, marks[0].at if marks else len(blocks))
    if opening:
        yield _section(opening, None, "", ())
    plain = not any(mark.depth == 0 for mark in marks)
    for place, mark in enumerate(marks):
        end = marks[place + 1].at if place + 1 < len(marks) else len(blocks)
        inside = between(mark.at + 1, end)
        head = blocks[mark.at]
        if mark.body < len(head.text):
            inside.insert(0, _tail(head, mark.body))
        if mark.depth:
            above = [one for one in above if one.depth < mark.depth]
        names = tuple(one.heading for one in above)
        titled = mark.depth == 0 or (plain and not _CONTENTS.fullmatch(mark.heading))
        if titled or inside:
            yield _section(inside, mark, _name(mark), names, head)
        if mark.depth:
            above.append(mark)


def _name(mark: _Mark) -> str:
    """A section's heading without its number."""
    if mark.found is None or not mark.depth:
        return mark.heading
    return split(mark.found.rest)[0] or mark.found.rest.strip()


def _tail(block: Block, begin: int) -> Block:
    """The words of a heading's block behind the heading."""
    # The last page that begins before the words behind the heading is the first of theirs.
    pages = {max(0, start - begin): page for start, page in block.pages}
    return Block(
        text=block.text[begin:],
        pages=tuple(PageStart(start, page) for start, page in pages.items()),
    )


def _section(
    blocks: list[Block],
    mark: _Mark | None,
    heading: str,
    hierarchy: tuple[str, ...],
    head: Block | None = None,
) -> Found:
    note: list[str] = []
    while len(blocks) > 1 and _NOTE.match(blocks[-1].text):
        note.insert(0, blocks.pop().text)
    text, pages = joined(blocks)
    if not pages and head is not None:
        pages = head.pages[:1]
    found = mark.found if mark is not None else None
    return Found(
        number=found.number if found is not None else "",
        heading=" ".join(heading.split()),
        hierarchy=tuple(" ".join(one.split()) for one in hierarchy),
        text=text,
        source_note="\n".join(note),
        pages=pages,
        unit=found.unit if found is not None else "",
    )


def _told_apart(found: Iterable[Found]) -> Iterator[Found]:
    """Numbers that begin anew in each part get the part's before them: `II-1`, `II-2`."""
    items = list(found)
    several = Counter((one.unit, one.number) for one in items if one.number)
    for one in items:
        part = re.match(r"\w+\s+([\dIVXLC]+[A-Z]?)\b", one.hierarchy[-1]) if one.hierarchy else None
        if several[one.unit, one.number] > 1 and part is not None and "-" not in one.number:
            yield replace(one, number=f"{part[1]}-{one.number}")
        else:
            yield one
