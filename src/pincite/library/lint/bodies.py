"""Rules on the body: empty, doubled, cut short, merged, or the text of something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.law.outline_notes import note_start
from pincite.law.section import Status
from pincite.library.lint.naming import other_number
from pincite.library.lint.standing import ENTRY, Mark, entries, excerpt, squash

if TYPE_CHECKING:
    from pincite.law.section import Section
    from pincite.library.lint.standing import Standing

_LONG = 120
_MOST = 500
_HEAD = 60
_BODY = 40
_WHOLE = 2_000
ENDS = frozenset(".;:!?)]}”\"'’*…>")
_WORD = re.compile(r"[a-z]{3,}")
_ALIKE = 0.75  # of the words of the shorter heading
_COMMANDS = re.compile(r"\b(?:shall|must|may|means)\b")
_CASES = re.compile(
    r"\b\d{1,3}\s(?:P\.[23]d|P\.|A\.[23]d|S\.E\.2d|N\.[EW]\.2d|N\.W\.|S\.W\.[23]d|So\.\s?[23]d|F\.[23]d|F\.\s?Supp\.(?:\s[23]d)?)\s\d{1,4}\b"
)
# A reference starts the sentence: `RCW 4.72.010 (2), (3) ... shall be`, `Section 5 (relating to`.
_REFERRED = re.compile(
    r"[^(\[]{0,40}(?:\((?:relating|pertaining|concerning|as)\b"
    r"|(?:\(\w{1,5}\)\s*)+(?:,|and\b|or\b|to\b|through\b))"
)
# The number that the act gave, and in brackets the one under which it stands: `33-6801 [33-6901].`
_GIVEN = re.compile(r"[^(\[]{0,40}\[(?P<number>[^\]]{1,30})\]")
_WHITE = re.compile(r"\s+")
_BREAK = re.compile(r"\n\s*\n|(?<=[.;])\s+(?=[A-Z(])")


def empty(standing: Standing) -> Mark | None:
    """A section in force has no text of its own."""
    section = standing.section
    if section.status is not Status.IN_FORCE:
        return None
    if len(section.text) > _MOST and section.text[:_MOST].strip():
        return None
    if len(standing.listed) > 2:  # noqa: PLR2004 -- `contents` says so of a list of sections
        return None
    letters = squash(section.text)
    own, heading = squash(section.number), squash(section.heading)
    if letters and letters not in {heading, f"{own}{heading}", *standing.own}:
        return None
    sentence = section.text.rstrip().endswith(".") and _COMMANDS.search(section.text)
    if sentence and "repealed" not in section.text:
        # A section of one sentence, which is its heading too.
        return None
    return Mark("it is in force and has no text", excerpt(section.text, 0, 60, 0))


def doubled_row(standing: Standing) -> Mark | None:
    """An earlier row of the pack has the same citation and, maybe, the same text."""
    if not standing.double:
        return None
    return Mark(f"{standing.section.citation} stands in the pack more than once")


def doubled_text(standing: Standing) -> Mark | None:
    """Another section of the pack has exactly this text."""
    other, section = standing.twin, standing.section
    if other is None or standing.double:
        return None
    # A clause that many chapters share is no fault, nor one that stands under the same heading.
    near = {one.citation for one in standing.before}
    if other.citation not in near or _same_subject(section.heading, other.heading):
        return None
    # Notes of an editor are the same for many sections.
    if section.document != other.document or not _COMMANDS.search(section.text):
        return None
    return Mark(f"its text is that of {other.citation}", excerpt(section.text, 0, 80, 0))


def _same_subject(one: str, other: str) -> bool:
    """Whether two headings name one subject: a clause that an act has for each of two funds."""
    mine, its = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(mine & its) >= _ALIKE * min(len(mine), len(its)) > 0


def repeated_body(standing: Standing) -> Mark | None:
    """The body stands in the text twice, one after the other."""
    text = standing.section.text
    if len(text) < 2 * _HEAD:
        return None
    head = text.lstrip()[:_HEAD]
    start = len(text) - len(text.lstrip())
    again = text.find(head, start + _HEAD)
    if again < 0:
        return None
    first, rest = squash(text[start:again]), squash(text[again:])
    if len(first) < _BODY or not (rest.startswith(first) or first == rest):
        return None
    return Mark(
        "the body stands in the text twice", excerpt(text, again, again + 40), again, len(text)
    )


def heading_in_body(standing: Standing) -> Mark | None:
    """The text starts with its own heading."""
    section = standing.section
    heading = _WHITE.sub(" ", section.heading).strip(" .")
    if heading.count(" ") < 2:  # noqa: PLR2004 -- one or two words may start any sentence
        return None
    text = section.text.lstrip()
    body = _past_number(section, text)
    if not _WHITE.sub(" ", body[: len(heading) + 20]).startswith(heading):
        return None
    start = section.text.find(body[:20])
    if standing.section.status is not Status.IN_FORCE or len(text) < len(heading) + 40:
        return None
    after = body[len(heading) : len(heading) + 1]
    if after not in {".", "\n", "—", "-", ":"}:
        return None  # a sentence that begins with the words of the heading
    return Mark("the heading is repeated in the text", heading[:120], start, start + len(heading))


def _past_number(section: Section, text: str) -> str:
    match = ENTRY.match(text)
    return (
        text[match.end() :] if match and squash(match["number"]) == squash(section.number) else text
    )


def other_start(standing: Standing) -> Mark | None:
    """The text starts with the number and heading of another section."""
    section = standing.section
    text = section.text.lstrip(" \n\t]")
    found = other_number(section, text[:200])
    if found is None or len(standing.listed) > 2:  # noqa: PLR2004 -- a list of contents
        return None
    given = _GIVEN.match(text)
    if _REFERRED.match(text) or (given and squash(given["number"]) in standing.own):
        return None
    start = section.text.find(text[:20])
    return Mark(
        f"the text starts as that of {found}",
        excerpt(text, 0, 80, 0),
        start,
        start + min(80, len(text)),
    )


def contents(standing: Standing) -> Mark | None:
    """A list of sections stands where the text should be."""
    section = standing.section
    headed = entries(section, section.heading) if len(section.heading) > _LONG else ()
    for where, text, found in (
        ("heading", section.heading, headed),
        ("text", section.text, standing.listed),
    ):
        if len(found) < 3:  # noqa: PLR2004 -- two sections are a reference, three a list
            continue
        first, last = found[0], found[-1]
        reach = min(len(text), last.end() + _LONG) - first.start()
        if reach / len(found) > 2 * _LONG or (first.start() > _LONG and reach < 0.7 * len(text)):
            continue
        message = f"a list of {len(found) + 1} sections stands in the {where}"
        span = (
            (None, None) if where == "heading" else (first.start(), min(len(text), last.end() + 40))
        )
        evidence = excerpt(text, first.start(), first.end() + 100)
        return Mark(message, evidence, *span, count=len(found))
    return None


def merged(standing: Standing) -> Mark | None:
    """Another section, with its number and heading, stands in the text behind this one."""
    section = standing.section
    text = section.text
    if (mark := _swallowed(standing)) is not None:
        return mark
    if not standing.listed:
        return None
    found = [
        entry
        for entry in standing.listed
        if entry["stop"].strip()
        and _new_paragraph(text, entry.start())
        and text[entry.end()].isalpha()
    ]
    if not found or found[0].start() >= len(standing.body) or contents(standing) is not None:
        return None
    first = found[0]
    if first.start() < _BODY:
        return None
    message = f"{first['number']} stands in the text of {section.number}"
    evidence = excerpt(text, first.start(), first.end() + 60, 0)
    return Mark(message, evidence, first.start(), len(text), len(found))


def _new_paragraph(text: str, at: int) -> bool:
    """Whether a line starts here and the sentence before it has ended."""
    before = text[max(0, at - 8) : at]
    return "\n" in before and before.rstrip()[-1:] in ENDS


def _swallowed(standing: Standing) -> Mark | None:
    """The next section's whole text as a paragraph of this one."""
    text, other = standing.section.text, next(iter(standing.after), None)
    if other is None or other.status is not Status.IN_FORCE:
        return None
    if text.find(other.text.lstrip()[:_LONG], 1) < 0:
        return None
    body = other.text[: note_start(other.text)].strip()[:_WHOLE]
    if len(body) < _LONG or len(text) < len(body):
        return None
    at = text.find(body, 1)
    if at < 0 or "\n" not in text[at - 3 : at]:
        return None
    message = f"the text of {other.citation} stands in it"
    return Mark(message, excerpt(text, at, at + 60), at, len(text))


def case_notes(standing: Standing) -> Mark | None:
    """Reports of court cases stand in the text: an editor's notes, not law."""
    text = standing.section.text
    if not any(sign in text for sign in ("2d ", "3d ", "P. ", "Supp")):
        return None
    found = list(_CASES.finditer(text))
    if len(found) < 2:  # noqa: PLR2004 -- a compact may name one case
        return None
    start, end = found[0].span()
    return Mark(
        "an editor's notes on cases stand in the text",
        excerpt(text, start, end),
        start,
        end,
        len(found),
    )
