"""Rules on names: citation, number, heading, hierarchy and link must tell of one section."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pincite.citations.number import order
from pincite.library.lint.standing import Asked, Mark, parts, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.law.section import Section
    from pincite.library.lint.standing import Standing

_TO_NUMBER = re.compile(r"\s*(?:to|through|thru|and|,|–|—|-)\s*(?:§+\s*)?\d", re.IGNORECASE)
_LEVEL = re.compile(
    r"(?P<word>title|subtitle|chapter|article|part|agency)\s+(?P<number>\d[\w.\-]*)", re.IGNORECASE
)
_SPAN = re.compile(r"\[(?P<first>\d[\w.]*?)\.?\s*-\s*(?P<last>\d[\w.]*?)\.?\]")
"""`[1300. - 1313.]`: the sections that a level says it holds."""
_ABOVE = re.compile(r"/(?:t|c|ch|p)(\d[^/]*)(?=/)")
_RANGE = re.compile(r"\b(?:to|through|thru|and)\b|,|—|–", re.IGNORECASE)
_NUMBERED = re.compile(
    r"[^\w§]{0,3}(?P<sign>§+|Sec(?:tion|s?\.)|RCW|WAC)?\s*"
    r"(?P<number>\d[0-9A-Za-z]*(?:[-.:–][0-9A-Za-z]+)*)(?P<after>\.?(?=\s|$)|\W)"
)
_CONTINUES = frozenset(",;–—-")  # the rest of a range: `— 40-13.1-5. [Repealed.]`
_LAST = re.compile(r"^(?P<stem>.*?)(?P<last>\d+)$")
_WIDEST_GAP = 5
_NEAR = 20  # sections


def citation_number(standing: Standing) -> Mark | None:
    """The pack's section number is not the one in its citation."""
    given, section = standing.given, standing.section
    if not given or not section.number:
        return None
    number = squash(given)
    if not number or number in standing.own or number.endswith(squash(section.number)):
        return None
    cited = squash(section.citation)
    if cited.endswith(number) and any(own.endswith(number) for own in standing.own):
        return None
    if any(number.startswith(own) for own in standing.own) and _RANGE.search(given):
        return None
    return Mark(f"the citation has {section.number}, the section number is {given}", given)


def row_names(standing: Standing) -> Iterator[Asked]:
    """A pack whose row ids end with the section's number: one that ends with another."""
    section = standing.section
    name = section.act_id.rpartition("/")[2]
    if not name or not any(character.isdigit() for character in name):
        return
    tail = squash(name)
    kept = any(tail.endswith(own) for own in standing.own) or squash(section.number) in tail
    mark = Mark(f"the row id does not end with {section.number}", name)
    yield _one("row id", mark, kept=kept)


def citation_heading(standing: Standing) -> Mark | None:
    """The heading starts with the number of another section."""
    section = standing.section
    found = other_number(section, section.heading)
    if found is None:
        return None
    return Mark(f"the heading is that of {found}, the citation is {section.citation}", found)


def other_number(section: Section, text: str) -> str | None:
    """The section number other than the section's own with which a text starts, if any.

    A number with separators counts if it has as many as the section's own; one without, only
    behind a section sign. `§ 5 of this act` at the start of a sentence names no section's heading.
    """
    match = _NUMBERED.match(text)
    if match is None or text.lstrip()[:1] in _CONTINUES:
        return None
    number = match["number"].rstrip(".-:–")
    mine, its = parts(section.number), parts(number)
    if not mine or squash(number) == squash(section.number):
        return None
    # An inserted number has a part more: § 226 and § 226.5.
    if match["sign"] is None:
        if len(its) == 1 or _shape(number) != _shape(section.number):
            return None
    elif len(its) != len(mine) and not (abs(len(its) - len(mine)) == 1 and _near(its[0], mine[0])):
        return None
    rest = text[match.end() :].lstrip(" .—–-:\u2002\u2003]")
    if not rest[:1].isupper() and rest[:1] not in {"", "(", "[", '"', "“"}:
        return None
    ranged = _TO_NUMBER.match(text, match.end()) is not None
    return None if ranged and order(number) <= order(section.number) else number


def _shape(number: str) -> str:
    """The separators of a number: `12-3-4` is no number of a code of `56-484.13`."""
    return "".join(character for character in number if not character.isalnum())


def _near(one: str, other: str) -> bool:
    if one.isdecimal() and other.isdecimal():
        return abs(int(one) - int(other)) <= _NEAR
    return one == other


def _one(name: str, mark: Mark, *, kept: bool) -> Asked:
    return Asked(name, (name,) if kept else (), () if kept else (name,), mark)


def hierarchy(standing: Standing) -> Iterator[Asked]:
    """A level of the hierarchy whose number is, in nearly all rows, a part of the section's."""
    section = standing.section
    related = None
    for level in section.hierarchy[1:]:
        spanned, named = _read_level(level)
        if spanned is not None:
            mark = Mark(f"{section.citation} stands under {level[:80]}", level[:120])
            yield _one("span", mark, kept=_within(section.number, *spanned))
        if named is None:
            continue
        related = related or _related(section)
        word, number = named
        mark = Mark(f"{section.citation} stands under {level[:80]}", level[:80])
        kept = tuple(where for where, expected in related if number == expected)
        yield Asked(word, kept, tuple(where for where, _ in related if where not in kept), mark)


@lru_cache(maxsize=1024)
def _read_level(level: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The range that a level says it holds, and its word and number; neighbours share levels."""
    spanned, match = _SPAN.search(level), _LEVEL.match(level)
    return (
        None if spanned is None else (spanned["first"], spanned["last"]),
        None if match is None else (match["word"].lower(), _plain(match["number"])),
    )


def _within(number: str, first: str, last: str) -> bool:
    """Whether a number is of a range, its decimals read as a whole number or as decimals."""
    if order(first) <= order(number) <= order(last):
        return True
    try:
        return float(first) <= float(number) <= float(last)
    except ValueError:
        return False


def _related(section: Section) -> list[tuple[str, str]]:
    """What a level's number may be: a part of the section's number, or its first two or three."""
    found = [(f"above {at}", _plain(n)) for at, n in enumerate(_ABOVE.findall(section.id))]
    for cut in ("-", r"[-.:/ ]"):
        pieces = [piece for piece in re.split(cut, section.number) if piece]
        found += [(f"{cut} part {at}", _plain(p)) for at, p in enumerate(pieces[:3])]
        found += [
            (f"{cut} first {length}", _plain("".join(pieces[:length])))
            for length in (2, 3)
            if len(pieces) >= length
        ]
    return found


def _plain(number: str) -> str:
    return squash(number).lstrip("0")


def link(standing: Standing) -> Iterator[Asked]:
    """A link whose last part is, in nearly all rows of its site, the section's number."""
    section = standing.section
    if not section.url:
        return
    address = urlsplit(section.url)
    last = unquote(address.path).rstrip("/").rpartition("/")[2] or address.query
    numbered = re.search(r"\d", last)
    mark = Mark(f"the link of {section.citation} leads elsewhere", section.url[-120:])
    if numbered is None:
        yield _one(f"link {address.hostname}", mark, kept=False)
        return
    tail = last[numbered.start() :].removesuffix(".html").removesuffix(".htm")
    tail = tail.removesuffix(".aspx")
    kept = _names(tail, standing)
    yield _one(f"link {address.hostname}", mark, kept=kept)


def _names(tail: str, standing: Standing) -> bool:
    """Whether the link's end is the section's number, alone or as the first of a range or list."""
    if squash(tail) in standing.own:
        return True
    its, mine = parts(tail.lower()), parts(_RANGE.split(_bare(standing.section.number))[0])
    if its[: len(mine)] == mine:
        rest = its[len(mine)]
        # A site that has two pages of one section sets the second off with `-1`.
        return (
            not rest[0].isdigit()
            or rest == mine[0]
            or (len(rest) == 1 and len(its) == len(mine) + 1)
        )
    return any(
        squash(tail).endswith(own) for own in standing.own if 2 * len(own) > len(squash(tail))
    )


def _bare(number: str) -> str:
    """The number without the words of a citation that fits no form and was taken whole."""
    return re.sub(r"^\D*", "", number.lower())


def unknown_form(standing: Standing) -> Mark | None:
    """The citation fits no form of its jurisdiction, so its identifier is made of its words."""
    section = standing.section
    if "%20" not in section.id or not re.search(r"[A-Za-z]{2}.*\d", section.number):
        return None
    return Mark(f"{section.citation} fits no form of citation that is known", section.citation)


def headless(standing: Standing) -> Iterator[Asked]:
    """A row without a heading in a pack where nearly all rows have one."""
    section = standing.section
    if section.status == "in_force":
        mark = Mark(f"{section.citation} has no heading, unlike its neighbours")
        yield _one("heading", mark, kept=bool(section.heading.strip()))


def gap(standing: Standing) -> Mark | None:
    """Numbers are missing from a run that otherwise goes step by step."""
    if len(standing.before) < 2 or len(standing.after) < 1:  # noqa: PLR2004 -- a run needs three
        return None
    section = standing.section
    run = [*reversed(standing.before[:3]), section, *standing.after[:1]]
    here = len(standing.before[:3])
    numbers = [_last(one) for one in run]
    mine, last = numbers[here], numbers[here - 1]
    if mine is None or last is None or mine[0] != last[0]:
        return None
    step = _step([n for n in numbers if n is not None and n[0] == mine[0]], mine[1])
    missing = (mine[1] - last[1]) // step - 1 if step else 0
    if not step or (mine[1] - last[1]) % step or not 0 < missing <= _WIDEST_GAP:
        return None
    if _spans(standing.before[0]) or (missing > 1 and _opens_group(standing, mine[1], step)):
        return None
    first = f"{mine[0]}{str(last[1] + step).zfill(mine[2])}"
    until = f"{mine[0]}{str(mine[1] - step).zfill(mine[2])}"
    told = first if missing == 1 else f"{first} to {until}"
    message = f"between {standing.before[0].number} and {section.number} there is no {told}"
    absent = section.id.removesuffix(section.number) + first
    return Mark(message, told, absent=absent if section.id.endswith(section.number) else "")


def _opens_group(standing: Standing, number: int, step: int) -> bool:
    """Whether a chapter's part starts here: at a round number, or under another heading."""
    section = standing.section
    above = standing.before[0].hierarchy
    return section.hierarchy != above or number % (5 * step) in {0, step}


def _last(section: Section) -> tuple[str, int, int] | None:
    match = _LAST.match(section.number)
    if match is None or _RANGE.search(section.number):
        return None
    last = match["last"]
    return match["stem"], int(last), len(last) if last.startswith("0") else 0


def _step(numbers: list[tuple[str, int, int]], mine: int) -> int:
    """The one step of a run of at least four numbers apart from the step to `mine`, else 0."""
    values = [value for _, value, _ in numbers]
    steps = [b - a for a, b in pairwise(values) if b != mine]
    return steps[0] if len(steps) > 1 and len(set(steps)) == 1 and steps[0] in {1, 10} else 0


def _spans(section: Section) -> bool:
    """Whether the row stands for several numbers: `7-46-101 to 7-46-103`."""
    text = f"{section.heading[:80]} {section.text[:120]}"
    return re.search(r"(?i)\b(?:to|through|thru|and|—|–)\s*(?:§+\s*)?\d|,\s*\d", text) is not None
