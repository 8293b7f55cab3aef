"""How far a definition or a rule of scope reaches: this section, this chapter, sections 1 to 9."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.reading.definitions import is_definitions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pincite.law.section import Section

_UNIT = (
    r"subsection|subdivision|paragraph|subparagraph|section|subchapter|chapter|subarticle|article|subpart|part|"
    r"subtitle|title|division|act|code|law|rule|regulation|regulations|compact"
)
_NUMBER = r"\d[\w:.-]*\w|\d"
_OPENS = (
    r"(?:as\s+)?(?:used|defined|provided|set\s+forth)\s+(?:in|under)|for\s+(?:the\s+)?purposes?\s+(?:of|under)|"
    r"appl(?:y|ies|icable)\s+(?:in|to|throughout|under)|^\W*(?:\w+\W{0,3}){0,4}in|throughout|the\s+provisions\s+of|"
    r"requirements?\s+(?:of|in)|^\W*(?:[\w.()]+\s+){0,3}"
)
_REACH = re.compile(
    rf"(?:{_OPENS})\s*(?:(?:this|the\s+same)\s+(?P<unit>{_UNIT})\b"
    rf"|(?:§{{1,2}}|sections?|secs?\.)\s*(?P<first>{_NUMBER})"
    rf"(?:(?P<rest>(?:\s*(?:,|and|or|,\s*and)\s*(?:{_NUMBER}))*)"
    rf"\s*,?\s*(?:to|through|thru|—|–)\s*(?:§\s*)?(?P<last>{_NUMBER}))?)",
    re.IGNORECASE,
)
# "Except as provided in section 12, this chapter applies": the chapter, not the section.
_APPLYING = re.compile(
    rf"\bthis\s+(?P<unit>{_UNIT})(?:\s+\d+)?\s+(?:(?:shall|does|do)\s+)?(?:not\s+)?appl(?:y|ies)\b",
    re.IGNORECASE,
)
# "The definitions in this section apply throughout this chapter": the section is not their reach.
_WHERE = re.compile(
    r"\b(?:definitions?|terms?)\s+(?:contained\s+|set\s+forth\s+)?in\s+this\s+\w+", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:and|or|,)\s+(?:in\s+)?this\s+(" + _UNIT + r")\b", re.IGNORECASE)
# Headings with which another act begins.
_BEGINS_ACT = re.compile(
    r"\b(?:how\s+cited|short\s+title|may\s+be\s+cited|citation\s+of\s+(?:act|law)|terms?,\s+defined)\b",
    re.IGNORECASE,
)
_LEAD = 420  # characters in which a section says how far its definitions reach
# Units that are smaller than a section.
_INNER = frozenset({"subsection", "subdivision", "paragraph", "subparagraph"})
# Units that a hierarchy often does not name: those run on to the next section of definitions.
_WHOLE_CODE = frozenset({"code", "title"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`unit` is the word after "this", or empty; `first` and `last` a run of sections."""

    unit: str = ""
    first: str = ""
    last: str = ""

    @property
    def inner(self) -> bool:
        """Whether it reaches no farther than a part of its own section."""
        return self.unit in _INNER


_NAME = r"the\s+(?:[A-Z][\w’'-]*\s+(?:(?:and|of|for|in|the)\s+)*){1,8}(?:Act|Law)"
_NAMED_ACT = re.compile(
    rf"(?:[Pp]rovisions\s+of|[Rr]equirements\s+of|[Nn]othing\s+in|[Ee]xempt\s+from)\s+{_NAME}\b"
    rf"|^\W*[Tt]{_NAME[1:]}\s+(?:shall|does|do)\s+not\s+apply\b"
)


def reach_of(words: str) -> Reach | None:
    """The reach that the words tell ("As used in this chapter"), or `None`."""
    words = words[:_LEAD]
    if (where := _WHERE.search(words)) and (wider := _REACH.search(words, where.end())):
        return _told(words, wider)
    if applying := _APPLYING.search(words):
        return Reach(unit=applying["unit"].lower())
    found = _REACH.search(words)
    if found is not None:
        return _told(words, found)
    # An act that says its own name: "The Franklin Privacy Act shall not apply to".
    return Reach(unit="act") if _NAMED_ACT.search(words) else None


def _told(words: str, found: re.Match[str]) -> Reach:
    if found["unit"]:
        unit = found["unit"].lower().rstrip("s")
        more = _ALSO.match(words, found.end() + 1)
        # "this section and this chapter" is the wider of the two.
        return Reach(unit=more[1].lower() if more and unit in {"section", *_INNER} else unit)
    return Reach(
        first=found["first"].rstrip("."), last=(found["last"] or found["first"]).rstrip(".")
    )


def governs(reach: Reach | None, own: Section, other: Section, order: Sequence[Section]) -> bool:
    """Whether what `own` says with this reach holds for `other`, another section.

    `order` are the sections of the neighbourhood as they follow each other in the code. What is
    not sure is no.
    """
    if own.id == other.id or (own.jurisdiction, own.code) != (other.jurisdiction, other.code):
        return own.id == other.id
    places = {section.number: place for place, section in enumerate(order)}
    if reach is None:
        return _runs_on(own, other, order, places)
    if reach.first:
        return _in_run(reach, other, places)
    if reach.inner or reach.unit in {"section", "rule", "regulation"}:
        return False
    level = _level(reach.unit, own.hierarchy)
    if level is not None:
        return other.hierarchy[: level + 1] == own.hierarchy[: level + 1]
    same = own.document == other.document or own.hierarchy == other.hierarchy
    # An act may be a part of a chapter; where both stand under the same headings it is one act.
    whole = reach.unit in _WHOLE_CODE or (reach.unit == "act" and own.hierarchy == other.hierarchy)
    return same if whole else _runs_on(own, other, order, places)


def _in_run(reach: Reach, other: Section, places: Mapping[str, int]) -> bool:
    first, last = places.get(reach.first), places.get(reach.last)
    here = places.get(other.number)
    if here is None:
        return False
    if first is not None and last is not None:
        return first <= here <= last
    # One end is not in the neighbourhood: the numbers themselves must tell.
    one, two, own = (_number(each) for each in (reach.first, reach.last, other.number))
    return (
        len(one) == len(two) == len(own)
        and one[:-1] == two[:-1] == own[:-1]
        and (one[-1] <= own[-1] <= two[-1])
    )


def _number(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", label))


def _level(unit: str, hierarchy: Sequence[str]) -> int | None:
    """Where the hierarchy has the unit, the innermost."""
    for place in range(len(hierarchy) - 1, 0, -1):
        words = hierarchy[place].lower()
        if words.startswith((f"{unit} ", f"chapter {unit} ")):
            return place
    return None


def _runs_on(
    own: Section, other: Section, order: Sequence[Section], places: Mapping[str, int]
) -> bool:
    """Whether `other` comes after `own` in the same unit, before any other definitions."""
    here, there = places.get(own.number), places.get(other.number)
    if here is None or there is None:
        return False
    if own.hierarchy != other.hierarchy and own.document != other.document:
        return False
    # Definitions that end an act come without a sure sign where the act begins.
    return here < there and not any(
        (is_definitions(section.heading) or _BEGINS_ACT.search(section.heading))
        for section in order[here + 1 : there]
        if section.heading
    )
