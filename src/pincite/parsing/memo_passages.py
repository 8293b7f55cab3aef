"""The passages of a memo: its paragraphs, cells and notes, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_FILE = 64 << 20
LONGEST_MEMO = 2_000_000  # characters: some thousand pages
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"(?<=[\w.,;:)\]”\"’])\s?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?<=[.,;:”\"])(\d{1,3})(?=\s|$)")
_NOTE = re.compile(r"\s*(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*|(\d{1,3})(?:[.)]?\s+|(?=[A-Z§“\"])))(?=\S)")
_MOST_JOINED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, a cell of a table, or a note.

    `where` says in words where it stands. `note` is the name of the note that it is, empty for
    the text itself; `marks` are the places in the text that refer to notes, with their names.
    `block` says that it is set off as a quotation.
    """

    text: str
    where: str
    note: str = ""
    marks: tuple[tuple[int, str], ...] = ()
    block: bool = False


def check_size(text_length: int, source: str) -> None:
    """Raise ParseError for a memo that is too long to be one."""
    if text_length > LONGEST_MEMO:
        raise ParseError(
            f"it holds {text_length:,} characters, and at most {LONGEST_MEMO:,} are checked at "
            "once; give it in parts",
            source=source,
        )


def numbered_notes(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Notes of a text without structure, told by their numbers: `both.”4` and `4 Frank. Stat. ...`.

    A number in the text is a mark only where a passage starts with it, and the other way round.
    """
    starts: dict[int, str] = {}
    for place, passage in enumerate(passages):
        found = _NOTE.match(passage.text)
        if found is not None and not passage.note:
            starts[place] = (found[1] or found[2]).translate(_DIGITS)
    marks = [
        tuple(
            (match.start(), (match[1] or match[2]).translate(_DIGITS))
            for match in _MARK.finditer(passage.text)
        )
        for passage in passages
    ]
    wanted = {name for one in marks for _, name in one}
    names = set(starts.values()) & wanted
    out: list[Passage] = []
    for place, passage in enumerate(passages):
        if starts.get(place) in names:
            # The number is no word of the note; glued to a citation it would hide it.
            text = _NOTE.sub("", passage.text, count=1)
            out.append(replace(passage, note=starts[place], text=text))
        else:
            here = tuple(one for one in marks[place] if one[1] in names)
            out.append(replace(passage, marks=passage.marks + here))
    return tuple(out)


def parted_notes(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Notes that were read as one paragraph, each by itself: `... both.” 5Frank. Stat. ...`."""
    out: list[Passage] = []
    for passage in passages:
        rest = passage
        while (found := _NOTE.match(rest.text)) is not None:
            number = str(int((found[1] or found[2]).translate(_DIGITS)) + 1)
            either = f"(?:{number}|{number.translate(_RAISED)})"
            following = re.search(rf"(?<=[.,;:”\")])\s*(?={either}\s?[A-Z§“\"])", rest.text)
            if following is None:
                break
            out.append(replace(rest, text=rest.text[: following.start()]))
            rest = replace(rest, text=rest.text[following.end() :])
        out.append(rest)
    return tuple(out)


def whole_quotations(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages put together where a quotation is opened in one and closed in one of the next."""
    out: list[Passage] = []
    at = 0
    while at < len(passages):
        here = passages[at]
        at += 1
        for ahead in range(1, _MOST_JOINED):
            following = passages[at : at + ahead]
            if not following or here.text.count("“") <= here.text.count("”"):
                break
            first, closes = following[-1].text.find("“"), following[-1].text.find("”")
            if closes >= 0 and not 0 <= first < closes:
                here = replace(here, text=" ".join((here.text, *(one.text for one in following))))
                at += ahead
                break
        out.append(here)
    return tuple(out)
