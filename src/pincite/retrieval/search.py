"""From an understood question to evidence: candidates by words, lifted by their neighbours."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.answer import Evidence
from pincite.index.lexical import Phrase, Term, tokens
from pincite.law.section import Status
from pincite.library.once import of_one_pack, ranks
from pincite.reading.effective import effective_period
from pincite.retrieval.evened import evened
from pincite.retrieval.neighbours import Hit, Nearness, lift_by_neighbours
from pincite.retrieval.past import words_as_of
from pincite.retrieval.query import Weights, query_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from pincite.index.protocol import WordIndex
    from pincite.law.section import Section
    from pincite.library.read import InstalledPack, Place
    from pincite.retrieval.rerank import Closeness
    from pincite.retrieval.shelf import Shelf
    from pincite.retrieval.topics import TopicMatch

_CANDIDATES = 300
_WORD = re.compile(r"\w+")
# Of the nearest in meaning that words did not find, so many stand behind so many that they did.
_NEAREST, _ADDED, _BEFORE = 40, 6, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for.

    `words` are analysed; `phrases` are those that the asker quoted; `sections` are the
    identifiers of the sections that the question names.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    topics: tuple[TopicMatch, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """Evidence, best first, how many sections were looked at, and how close the best stand."""

    evidence: tuple[Evidence, ...]
    candidates: int
    closeness: Mapping[str, Closeness] = field(default_factory=dict)


def search(
    query: Query,
    packs: Sequence[InstalledPack],
    *,
    shelf: Shelf,
    as_of: date,
    limit: int = 100,
    weights: Weights | None = None,
) -> Retrieved:
    """The sections of these packs that bear on the query, in force on the day, best first."""
    parts = query_parts(query.words, query.topics, weights or Weights())
    parts += _phrase_parts(query.phrases)
    past = {
        pack.name: words for pack in packs if (words := words_as_of(pack, as_of, shelf)) is not None
    }
    hits = lift_by_neighbours(_candidates(parts, packs, shelf, past), Nearness())
    named = _named(query.sections, packs, shelf, as_of)
    chosen = hits[: limit + len(named)]
    sections = shelf.library.by_keys(hit.key for hit in chosen)
    taken = {item.section.id for item in named}
    evidence = list(named)
    doubtful = shelf.library.overlapping() | past.keys()
    for hit in chosen:
        found = sections.get(hit.key)
        if found is None or found.id in taken:
            continue
        section = _on_the_day(found, as_of, shelf, doubtful=found.pack in doubtful)
        if section is None or section.id in taken:
            continue
        taken.add(section.id)
        evidence.append(Evidence(section=section, score=hit.score, found_by=("words",)))
    return Retrieved(evidence=tuple(evidence[:limit]), candidates=len(hits))


def is_law_on(section: Section, day: date) -> bool:
    """Whether the section is law on the day, by its dates and by what its heading says."""
    return section.validity.covers(day) and effective_period(section.heading).covers(day)


def _on_the_day(section: Section, day: date, shelf: Shelf, *, doubtful: bool) -> Section | None:
    """The version of a found section that was law on the day; of one pack, where two have it.

    It is `doubtful` whether that is the one that was found where two packs have it, or where the
    day is before the pack's own.
    """
    if not doubtful and section.status is Status.IN_FORCE and is_law_on(section, day):
        return section
    version = shelf.library.section(section.id, day)
    if version is None or version.status is not Status.IN_FORCE or not is_law_on(version, day):
        return None
    return version


def _candidates(
    parts: Sequence[Term | Phrase],
    packs: Iterable[InstalledPack],
    shelf: Shelf,
    past: Mapping[str, WordIndex],
) -> list[Hit]:
    """The sections that hold the words best, each once; `past` is what to search of some packs."""
    hits: list[Hit] = []
    overlapping = shelf.library.overlapping()
    rank = ranks(shelf.library.packs()) if overlapping else {}
    named: list[tuple[str, str, Hit]] = []
    packs = list(packs)
    # A word is never rare in a pack of five sections: what it holds would always come last.
    largest = max((math.log1p(pack.sections) for pack in packs), default=0.0)
    for pack in packs:
        scale = largest / max(math.log1p(pack.sections), 1.0)
        even = evened(parts, pack, packs, shelf)
        index = past.get(pack.name) or shelf.index(pack)
        found = index.search(even, limit=_CANDIDATES)
        places = shelf.library.places(key for key, _ in found)
        if pack.name in past:
            found = _each_once(found, places)
        of_pack = [
            (places[key].id, pack.name, Hit(pack.name, key, places[key].position, score * scale))
            for key, score in found
            if key in places
        ]
        if pack.name in overlapping:
            named += of_pack
        else:
            hits += [hit for _, _, hit in of_pack]
    hits += [hit for _, _, hit in of_one_pack(named, rank, lambda one: one[:2])]
    return sorted(hits, key=lambda hit: (-hit.score, hit.pack, hit.position))[:_CANDIDATES]


def _each_once(
    found: Iterable[tuple[int, float]], places: Mapping[int, Place]
) -> list[tuple[int, float]]:
    """Of several versions of a section the first, which holds the words best."""
    first: dict[str, tuple[int, float]] = {}
    for key, score in found:
        if key in places:
            first.setdefault(places[key].id, (key, score))
    return list(first.values())


def with_nearest(
    found: Retrieved,
    question: NDArray[np.float32],
    packs: Iterable[InstalledPack],
    *,
    shelf: Shelf,
    model: str,
    as_of: date,
) -> Retrieved:
    """Put the sections nearest in meaning among the first, for packs whose vectors are made.

    They stand behind the best by words and come under the same reranking.
    """
    nearest: list[tuple[float, int]] = []
    doubtful = set(shelf.library.overlapping())
    for pack in packs:
        if words_as_of(pack, as_of, shelf) is not None:
            doubtful.add(pack.name)
        segment = shelf.segment(pack, model)
        if segment is not None:
            nearest += [(cosine, key) for key, cosine in segment.search(question, _NEAREST)]
    if not nearest:
        return found
    have = {item.section.id for item in found.evidence}
    nearest.sort(key=lambda pair: (-pair[0], pair[1]))
    sections = shelf.library.by_keys(key for _, key in nearest)
    new: dict[str, Section] = {}
    for one in sections.values():
        if one.id not in have and one.id not in new and len(new) < _ADDED:
            section = _on_the_day(one, as_of, shelf, doubtful=one.pack in doubtful)
            if section is not None and section.id not in have:
                new[section.id] = section
    first, rest = found.evidence[:_BEFORE], found.evidence[_BEFORE:]
    score = first[-1].score if first else 1.0
    added = tuple(Evidence(section=one, score=score, found_by=("nearest",)) for one in new.values())
    return Retrieved(evidence=(*first, *added, *rest), candidates=found.candidates + len(added))


def _phrase_parts(phrases: Iterable[str]) -> list[Term | Phrase]:
    parts: list[Term | Phrase] = []
    for phrase in phrases:
        words = tuple(tokens(phrase))
        if len(words) == 1:
            parts.append(Term("text", words[0], 2.0))
        elif words:
            # Stop words are not in the index, but they keep their places.
            slop = max(len(_WORD.findall(phrase)) - len(words), 0)
            parts += [Phrase("text", words, 2.0, slop), Phrase("heading", words, 3.0, slop)]
    return parts


def _named(
    identifiers: Iterable[str], packs: Sequence[InstalledPack], shelf: Shelf, as_of: date
) -> tuple[Evidence, ...]:
    """The sections that the question names, of any status, first of all evidence."""
    names = {pack.name for pack in packs}
    found: list[Evidence] = []
    for identifier in dict.fromkeys(identifiers):
        section = shelf.library.section(identifier, as_of)
        if section is not None and section.pack in names:
            found.append(Evidence(section=section, score=2.0, found_by=("citation",)))
    return tuple(found)
