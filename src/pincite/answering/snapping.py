"""From words that a model gives to the bytes of the law: the anchor is found, the law is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind
from pincite.verification.quoting import labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading.provision import Provision, Span
    from pincite.reading.readings import Readings, ReadSection

# A model copies loosely: other white space, other quotation marks and dashes, a lost hyphen.
_ALIKE = ('"“”„«»', "'’‘`´", "-‐‑‒–—−")
_GAP = "[\\s\u00ad\u200b]*"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_OMISSION = re.compile(r"\s*(?:…|\.\s?\.\s?\.)\s*")
_OMITTED = r"[\s\S]{0,600}?"
_LONGEST = 400  # characters of an anchor; what is longer is no anchor
_LIST_WORDS = 140  # a list of this many words is shown whole with its lead-in


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as a model gives it: a label, words of the law, perhaps a subdivision."""

    source: str
    anchor: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where an anchor stands: the provision that holds it, and the spans that make it whole."""

    read: ReadSection
    provision: Provision
    spans: tuple[Span, ...]


def snapped(
    cite: Cite,
    labelled: Mapping[str, Section],
    readings: Readings,
    preferred: Mapping[str, Sequence[Span]],
) -> Snapped | Fault:
    """The law that the citation points at, or why there is none.

    `labelled` are the sections given to the model; `preferred` are, by section, the provisions
    that were found for the question: one of them settles which of several places is meant.
    """
    label = cite.source.strip().strip("[]()").upper()
    section = labelled.get(label)
    if section is None:
        detail = f"“{cite.source[:20]}” is no label of the law that was given"
        return Fault(kind=FaultKind.NOT_RETRIEVED, detail=detail)
    read = readings.of(section)
    places = occurrences(section.text, cite.anchor)
    if not places:
        return _not_there(cite, label, labelled)
    place = _meant(places, cite, read.outline, preferred.get(section.id, ()))
    if place is None:
        detail = f"“{cite.anchor[:60]}” stands {len(places)} times in {label}; say where"
        return Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)
    held = [p for p in read.provisions if p.start < place[1] and place[0] < p.end]
    if not held:
        detail = f"“{cite.anchor[:60]}” is not in the operative text of {label}"
        return Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)
    return Snapped(read, held[0], tuple(_spans(held, read)))


def occurrences(text: str, anchor: str) -> tuple[Span, ...]:
    """Where the words stand: as they are; else in other white space and marks; else in other case.

    Whole words only, and no two places overlap. Empty where they stand nowhere.
    """
    anchor = anchor.strip()[: _LONGEST + 1]
    if len(anchor) > _LONGEST or not re.search(r"\w", anchor):
        return ()
    for pattern in _patterns(anchor):
        found = tuple(match.span() for match in pattern.finditer(text))
        if found:
            return found
    return ()


@lru_cache(maxsize=256)
def _patterns(anchor: str) -> tuple[re.Pattern[str], ...]:
    exact = _whole(re.escape(anchor), anchor)
    parts = [part for part in _OMISSION.split(anchor) if re.search(r"\w", part)]
    trimmed = [part.strip(' \t\n.,;:"“”') for part in parts]
    loose = _whole(_OMITTED.join(map(_loose, parts)), anchor)
    looser = _whole(_OMITTED.join(map(_loose, trimmed)), trimmed[0] + trimmed[-1])
    return (
        re.compile(exact),
        re.compile(loose),
        re.compile(looser, re.IGNORECASE),
    )


def _loose(part: str) -> str:
    return _GAP.join(_token(token) for token in _TOKEN.findall(part))


def _token(token: str) -> str:
    for alike in _ALIKE:
        if token in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(token)


def _whole(pattern: str, words: str) -> str:
    """The pattern, not beginning or ending inside a word."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _not_there(cite: Cite, label: str, labelled: Mapping[str, Section]) -> Fault:
    elsewhere = [
        other for other, section in labelled.items() if occurrences(section.text, cite.anchor)
    ]
    where = f"; it stands in {', '.join(elsewhere)}" if elsewhere else ""
    detail = f"“{cite.anchor[:80]}” is not in {label}{where}"
    return Fault(kind=FaultKind.NOT_VERBATIM, detail=detail)


def _meant(
    places: Sequence[Span], cite: Cite, outline: Outline, preferred: Sequence[Span]
) -> Span | None:
    """The one place that is meant: the only one, that in the subdivision named, that found."""
    if len(places) == 1:
        return places[0]
    path = labels(cite.at)
    if path:
        inside = [place for place in places if _path(outline, place)[: len(path)] == path]
        return inside[0] if len(inside) == 1 else None
    near = [
        place
        for place in places
        if any(start <= place[0] and place[1] <= end for start, end in preferred)
    ]
    return near[0] if len(near) == 1 else None


def _path(outline: Outline, place: Span) -> list[str]:
    unit = outline.at(*place)
    return labels(" ".join(unit.path)) if unit is not None else []


def _spans(held: Sequence[Provision], read: ReadSection) -> Iterator[Span]:
    """The provisions whole, with the lead-ins that they complete; a lead-in with its short list."""
    first = held[0]
    yield from first.leads
    for provision in held:
        end = provision.end
        if provision is held[-1] and provision.opens:
            own = (provision.start, provision.end)
            below = [item.end for item in read.provisions if own in item.leads]
            last = max(below, default=end)
            if len(read.section.text[provision.start : last].split()) <= _LIST_WORDS:
                end = last
        if (provision.start, provision.end) not in first.leads:
            yield (provision.start, end)
