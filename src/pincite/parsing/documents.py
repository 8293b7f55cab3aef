"""Which document a section belongs to: the chapter, act or part that a lawyer would name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pincite.law.section import Kind

if TYPE_CHECKING:
    from pincite.parsing.pack_row import PackRow

# As the US Code's own identifiers abbreviate them (USLM), where they do.
_SHORT = {
    "title": "t",
    "subtitle": "subt",
    "chapter": "ch",
    "subchapter": "subch",
    "part": "pt",
    "subpart": "subpt",
    "article": "art",
    "division": "div",
}
_BELOW_CHAPTER = frozenset({"part", "subpart", "article", "subchapter", "division"})
_LABEL = re.compile(r"([A-Za-z]+)\s+(\S.*)")
# A level's number has a digit or is a letter or roman numeral; "Chapter act", "Chapter next" are
# what is left of a page's address and number nothing.
_NUMBERED = re.compile(r".*\d.*|[ivxlcdm]+|[a-z]", re.IGNORECASE)
_PART = re.compile(r"Part \d")
_ACT = re.compile(r"(\d+ of (?:18|19|20)\d\d)\s+(\D*[a-z])")
# "COMPENSATION [200. - 452.]": the sections that a level holds.
_SPAN = re.compile(r"\s*\[\d[^\]]*\]?\s*$")


class Place(NamedTuple):
    """A document: its path below the code (`ch407`, `t15/ch94`, `art57-12C`) and its name.

    `common`: other documents of the code may have the same path.
    """

    path: str
    name: str
    common: bool = False


class _Level(NamedTuple):
    word: str
    number: str
    name: str
    spans: bool

    @property
    def segment(self) -> str:
        return _SHORT[self.word] + _slug(self.number)

    @property
    def titled(self) -> str:
        return f"{self.word.capitalize()} {self.number} {self.name}".rstrip()


class Documents:
    """Places a pack's sections one after another, in the pack's order."""

    def __init__(self) -> None:
        self._last = Place("", "")
        self._last_path = ""
        self._taken: set[str] = set()

    def place(self, row: PackRow) -> Place:
        """The document of the row's section; an empty path where the columns tell none.

        Where a pack says no more than "Subchapter 3" of a title whose every chapter has one,
        the sections that follow each other are a document, and the path of all such documents but
        the first ends in the number of their first section.
        """
        if row.jurisdiction == "us" and row.kind is Kind.REGULATION and _PART.match(row.chapter):
            # A part of the CFR is a document whatever its sections' numbers are: 1.61-2, 102-3.5.
            part = row.chapter.removeprefix("Part ")
            return Place(f"pt{_slug(part)}", f"{row.chapter} {row.chapter_name}".rstrip())
        if row.kind is Kind.INTERNAL:
            # A policy is one document, however its sections are numbered.
            return Place("", row.breadcrumb.partition(" > ")[0])
        number = row.number or row.citation.rpartition("§")[2].strip()
        levels = (row.title, row.title_name, row.chapter, row.chapter_name, row.part, row.part_name)
        found = _place(_beneath(number), _first_part(number), levels)
        if not found.common:
            return found
        if found != self._last:
            taken = found.path in self._taken
            self._last_path = f"{found.path}-{_slug(number)}" if taken else found.path
            self._taken.add(found.path)
            self._last = found
        return found._replace(path=self._last_path)


class _Beneath(NamedTuple):
    """What a section stands beneath by its own number, and the last part of that, if it has two.

    `57-12C` and `12C` of `57-12C-5`, `59.1` and nothing of `59.1-284.39`.
    """

    prefix: str
    last: str


def _beneath(number: str) -> _Beneath:
    separator = "-" if "-" in number else "."
    *parts, tail = number.split(separator)
    if not tail[:1].isdigit() or (separator == "." and len(parts) < 2):  # noqa: PLR2004
        return _Beneath("", "")
    return _Beneath(separator.join(parts), parts[-1] if len(parts) > 1 else "")


def _first_part(number: str) -> str:
    """`407` of `407.1500`; empty for a number with no dot."""
    return "" if "-" in number else number.partition(".")[0] if "." in number else ""


@lru_cache(maxsize=8192)
def _place(beneath: _Beneath, first: str, columns: tuple[str, str, str, str, str, str]) -> Place:
    levels, rest = _levels(columns)
    if not levels:
        prefix = first or beneath.prefix
        return (
            Place(f"ch{_slug(prefix)}", rest or f"Chapter {prefix}") if prefix else Place("", rest)
        )
    deepest, above = levels[-1], levels[-2] if len(levels) > 1 else None
    if (act := _ACT.match(columns[3])) is not None:
        name = f"Act {act[1]}, {act[2].strip()}"
        return Place(f"{deepest.segment}/act{_slug(act[1])}", name)
    if (prefix := _confirmed(beneath, first, deepest, above)) is not None:
        name = deepest.titled if deepest.name else f"{deepest.word.capitalize()} {prefix}"
        if above is not None and above[:2] == deepest[:2]:
            name = above.titled
        return Place(_SHORT[deepest.word] + _slug(prefix), name)
    if above is None or (above.word == "title" and _same(above.number, deepest.number)):
        # Only the title is told; the number may still tell the chapter.
        deeper = beneath.prefix and not _same(beneath.prefix, deepest.number)
        name = rest or (f"Chapter {beneath.prefix}" if deeper else deepest.titled)
        return Place(f"ch{_slug(beneath.prefix)}" if deeper else deepest.segment, name)
    return _lower(beneath, levels)


def _lower(beneath: _Beneath, levels: list[_Level]) -> Place:
    """A level that the section's number does not show."""
    *outer, deepest = levels
    above = outer[-1]
    if deepest.word == "article" and above.word == "chapter":
        # An article within a chapter is a part of an act.
        return Place(above.segment, above.titled, common=True)
    common = deepest.word in _BELOW_CHAPTER or above.word != "title" or deepest.spans
    deeper = beneath.prefix and not _same(beneath.prefix, above.number)
    if deepest.word in _BELOW_CHAPTER and above.word == "title" and deeper:
        return Place(f"ch{_slug(beneath.prefix)}/{deepest.segment}", deepest.titled, common=True)
    path = "/".join(level.segment for level in levels)
    return Place(path, deepest.titled, common=common)


def _confirmed(beneath: _Beneath, first: str, deepest: _Level, above: _Level | None) -> str | None:
    """The part of the section's number that is the level's number, if it shows there."""
    if beneath.last and _same(beneath.last, deepest.number):
        return beneath.prefix
    for prefix in filter(None, (beneath.prefix, first)):
        is_title = above is not None and above.word == "title" and _same(prefix, above.number)
        if _same(prefix, deepest.number) and deepest.word != "title" and not is_title:
            return prefix
    return None


def _levels(columns: tuple[str, str, str, str, str, str]) -> tuple[list[_Level], str]:
    """The numbered levels, outermost first, and the deepest name that stands beside no number."""
    levels: list[_Level] = []
    rest = ""
    for label, name in zip(columns[::2], columns[1::2], strict=True):
        match = _LABEL.match(label.rstrip(". "))
        tidy = _SPAN.sub("", name).strip()
        tidy = tidy if re.search(r"[A-Za-z]{3}", tidy) else ""
        if match is None or match[1].lower() not in _SHORT or not _NUMBERED.fullmatch(match[2]):
            rest = tidy or rest
            continue
        levels.append(_Level(match[1].lower(), match[2], tidy, _SPAN.search(name) is not None))
    return levels, rest


def _same(one: str, other: str) -> bool:
    """Whether two numbers are the same but for case and leading zeros (`07`, `7`; `12c`, `12C`)."""
    return one.lower().lstrip("0") == other.lower().lstrip("0")


def _slug(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.]+", "-", text).strip("-.")
