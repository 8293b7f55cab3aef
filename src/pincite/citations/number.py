"""Section numbers: dashes, brackets, ranges and lists made one, and their place in identifiers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.identifiers import escape, unescape

if TYPE_CHECKING:
    from pincite.citations.citation import Unit

_DASHES = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"}
)
_TO = re.compile(r"\s*(?:\bto\b|\bthrough\b|\bthru\b)\s*", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_UNIT_LETTER: dict[Unit, str] = {"chapter": "c", "part": "p"}
# `ch407` is the chapter as a document of a pack, `c407` the same as it is cited.
_UNIT: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"ch?(?P<n>[^a-z/].*)", re.DOTALL)),
    ("part", re.compile(r"pt?(?P<n>[^a-z/].*)", re.DOTALL)),
)
_WORDS = re.compile(r"[A-Za-z]{3,}\.?-")


def plain(number: str) -> str:
    """`number` with plain hyphens and without the editor's brackets: `[28–3852.01]`."""
    number = re.sub(r"\s+(?=\.)", "", number.strip()) if " ." in number else number.strip()
    if number.isascii() and "[" not in number:
        return number
    return number.translate(_DASHES).replace("[", "").replace("]", "").strip()


def order(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key that orders numbers as a code prints them: 9 before 10, 10 before 10A."""
    parts = (part for part in re.split(r"(\d+)|[.:\-/ ]", number) if part)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts)


def range_of(number: str, ends: re.Pattern[str] | None) -> tuple[str, str | None]:
    """`number` as first and last section, `None` for the last where it is one section.

    `4306 to 4308` is a range anywhere. `41-43` is one only where both sides are whole numbers of
    the code (`ends`) and rise: in 7 U.S.C. § 13-1 they fall, and 57-12C-5 is one number.
    """
    parts = _TO.split(number)
    if len(parts) == 2:  # noqa: PLR2004 - two ends
        return parts[0], whole_end(parts[0], parts[1])
    if ends is None or "-" not in number:
        return number, None
    for at in (m.start() for m in re.finditer("-", number)):
        first, last = number[:at], number[at + 1 :]
        if last.startswith("."):
            last = whole_end(first, last)
        if ends.fullmatch(first) and ends.fullmatch(last) and order(last) > order(first):
            return first, last
    return number, None


def whole_end(first: str, last: str) -> str:
    """The range's last number in full: `375.1427` for `.1427` after `375.1400`."""
    if last.isdecimal() and (tail := re.search(r"[.\-]\d+$", first)):
        return first[: tail.start() + 1] + last
    mark = last[:1]
    if mark in ".-" and mark in first:
        return first[: first.rindex(mark)] + last
    return last


def to_segments(template: str, title: str, number: str, through: str | None, unit: Unit) -> str:
    """The path of a section below its code: `t15/s6801`, `s4306...4308`, `c407` for a chapter."""
    if unit != "section":
        head = template.partition("/")[0].replace("{t}", escape(title)) + "/" if title else ""
        return f"{head}{_UNIT_LETTER[unit]}{escape(number)}"
    act, _, number_in_act = number.rpartition("/") if "{a}" in template else ("", "", number)
    text = number_in_act.replace(", ", ",")
    if through is not None:
        text = f"{text}...{through.rpartition('/')[2] if act else through}"
    return (
        template.replace("{t}", escape(title))
        .replace("{a}", escape(act))
        .replace("{n}", escape(_TO.sub("...", text) if " " in text else text))
    )


def from_segments(
    template: str, section: str, pattern: re.Pattern[str]
) -> tuple[str, str, str | None] | None:
    """Title, number and end of range of a section's path, or `None` where it has another shape."""
    shape = re.escape(template).replace(r"\{", "{").replace(r"\}", "}")
    for name in "tan":
        shape = shape.replace(f"{{{name}}}", f"(?P<{name}>[^/]+)")
    match = re.fullmatch(shape, section, re.IGNORECASE)
    if match is None or (template == "{n}" and not section[0].isdigit()):
        return None
    groups = {name: unescape(value) for name, value in match.groupdict().items()}
    act = f"{groups['a']}/" if "a" in groups else ""
    number, through = groups["n"], None
    if pattern.fullmatch(number):
        pass  # A comma is part of some numbers: K.S.A. 50-6,139.
    elif "," in number:
        number = number.replace(",", ", ").replace("...", " to ")
    elif "..." in number:
        number, _, last = number.partition("...")
        through = act + last
    return groups.get("t", ""), act + number, through


def unit_from_segments(template: str, section: str) -> tuple[str, str, Unit] | None:
    """Title, number and unit of a chapter's or part's path (`t16/p314`, `c93H`), or `None`.

    A path that is made of a name (`chSubtitle-A`) has no number to print.
    """
    head, _, last = section.rpartition("/")
    title = ""
    if head:
        letter = template[0]
        if not template.startswith(f"{letter}{{t}}/") or not head.startswith(letter):
            return None
        title = unescape(head[1:])
    for unit, pattern in _UNIT:
        match = pattern.fullmatch(last)
        if match is not None and _WORDS.match(match["n"]) is None:
            return title, unescape(match["n"]), unit
    return None
