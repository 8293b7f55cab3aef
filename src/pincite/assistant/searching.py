"""Search the installed law by words, phrases and citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.assistant.passage import best_passage, exactly
from pincite.citations import printed_pinpoint
from pincite.errors import UsageError
from pincite.index.lexical import Phrase, Term, tokens
from pincite.law.jurisdiction import INTERNAL
from pincite.law.outline import outline
from pincite.law.section import Kind, Status
from pincite.opened import Hit, Hits
from pincite.retrieval.past import words_as_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.index.protocol import WordIndex
    from pincite.law.section import Section
    from pincite.library.read import InstalledPack
    from pincite.retrieval.shelf import Shelf

_QUOTED = re.compile('["\u201c]([^"\u201c\u201d]+)["\u201d]')
_LONGEST = 2_000  # characters
_WIDER = 20  # candidates for each hit wanted, where what is found is filtered further
_TOGETHER = 6  # words
_PASSAGE = 400  # characters
_HEADING = 2.0  # a word in a heading says more of what a section is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for: words, `"quoted phrases"` (or all of it one, with `phrase`), a citation.

    `status` of `None` takes sections of any status; `as_of` those that were law on the day.
    """

    words: str
    jurisdictions: tuple[str, ...] = ()
    kind: Kind | None = None
    status: Status | None = Status.IN_FORCE
    as_of: date | None = None
    phrase: bool = False
    limit: int = 10


def search_law(search: Search, shelf: Shelf) -> Hits:
    """The best sections, each once. Raises UsageError where there is nothing to look for."""
    text = " ".join(search.words.split())
    if not text:
        raise UsageError("nothing to look for was given; give words, or a phrase in quotes")
    if len(text) > _LONGEST:
        raise UsageError(f"{len(text):,} characters are too many to look for; give a few words")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UsageError("what to look for is no text: it holds half of a surrogate pair")
    packs = tuple(pack for pack in shelf.packs() if _wanted(pack, search))
    have = {pack.jurisdiction for pack in shelf.packs()}
    phrases = [text.strip('"“”')] if search.phrase else _QUOTED.findall(text)
    words = tokens("" if search.phrase else _QUOTED.sub(" ", text))
    hits = _cited(text, search, packs, shelf) if not phrases else []
    taken = {hit.section.id for hit in hits}
    for section, score in _scored(words, phrases, search, packs, shelf):
        if len(hits) >= search.limit:
            break
        if section.id not in taken:
            taken.add(section.id)
            hits.append(_hit(section, score, words, phrases))
    return Hits(
        words=text,
        hits=tuple(hits[: search.limit]),
        packs=tuple(pack.name for pack in packs),
        not_installed=tuple(one for one in search.jurisdictions if one not in have),
    )


def _wanted(pack: InstalledPack, search: Search) -> bool:
    places = search.jurisdictions
    if pack.kind is Kind.INTERNAL:
        # What is no law is found only where it is asked for.
        return search.kind is Kind.INTERNAL or (INTERNAL.id in places and search.kind is None)
    return (not places or pack.jurisdiction in places) and search.kind in (None, pack.kind)


def _scored(
    words: Sequence[str],
    phrases: Sequence[str],
    search: Search,
    packs: Sequence[InstalledPack],
    shelf: Shelf,
) -> list[tuple[Section, float]]:
    """Sections that hold every phrase and, where there is none, any word; best first."""
    live, day = search.status is Status.IN_FORCE, search.as_of
    narrow = bool(phrases) or not live or day is not None
    limit = search.limit * (_WIDER if narrow else 2) + 10
    scores: dict[int, float] = {}
    for pack in packs:
        past = None if day is None else words_as_of(pack, day, shelf)
        index = past or shelf.index(pack)
        # What is no longer law may have been on the day that is asked for.
        only = live and (day is None or past is not None)
        scores |= _in_pack(index, words, phrases, limit=limit, live=only)
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    sections = _each_once(shelf.library.by_keys(key for key, _ in best), search, shelf)
    patterns = [exactly(phrase) for phrase in phrases]
    return [
        (sections[key], score)
        for key, score in best
        if key in sections and _fits(sections[key], search, patterns)
    ]


def _each_once(found: dict[int, Section], search: Search, shelf: Shelf) -> dict[int, Section]:
    """The sections as they were on the day asked for, and of one pack where two have them."""
    overlapping = shelf.library.overlapping()
    told: dict[int, Section] = {}
    for key, section in found.items():
        version: Section | None = section
        if search.as_of is not None or section.pack in overlapping:
            version = shelf.library.section(section.id, search.as_of)
        if version is not None:
            told[key] = version
    return told


def _in_pack(
    index: WordIndex, words: Sequence[str], phrases: Sequence[str], *, limit: int, live: bool
) -> dict[int, float]:
    parts: list[Term | Phrase] = [
        part
        for word in dict.fromkeys(words)
        for part in (Term("text", word), Term("heading", word, _HEADING))
    ]
    if len(words) > 1:
        # Words that stand together as they were given say more than the same words apart.
        together = tuple(words[:_TOGETHER])
        parts.append(Phrase("text", together, _HEADING, slop=len(together)))
    ordered = dict(index.search(parts, limit=limit, live_only=live)) if parts else {}
    if not phrases:
        return ordered
    each = [
        dict(index.search(_phrase_parts(phrase), limit=limit, live_only=live)) for phrase in phrases
    ]
    everywhere = set.intersection(*(set(found) for found in each))
    return {key: sum(found[key] for found in each) + ordered.get(key, 0.0) for key in everywhere}


def _phrase_parts(phrase: str) -> list[Term | Phrase]:
    """The index leaves out words like "of", whose places in the phrase stay empty: hence slop."""
    kept = tuple(tokens(phrase))
    if not kept:
        raise UsageError(f"the phrase {phrase[:60]!r} has no word that can be looked for")
    # "keeper_of_bees" is one word here, and three of the index.
    slop = max(len(re.findall(r"\w+", phrase)) - len(kept), 0)
    if len(kept) == 1:
        return [Term("text", kept[0]), Term("heading", kept[0], _HEADING)]
    return [Phrase("text", kept, slop=slop), Phrase("heading", kept, _HEADING, slop=slop)]


def _fits(section: Section, search: Search, patterns: Sequence[re.Pattern[str]]) -> bool:
    if search.status is not None and section.status is not search.status:
        return False
    if search.as_of is not None and not section.validity.covers(search.as_of):
        return False
    return all(p.search(section.text) or p.search(section.heading) for p in patterns)


def _cited(text: str, search: Search, packs: Sequence[InstalledPack], shelf: Shelf) -> list[Hit]:
    """The section that the words name, where they are a citation."""
    home = search.jurisdictions[0] if len(search.jurisdictions) == 1 else None
    citation = citations.parse(text, jurisdiction=home)
    section = None if citation is None else shelf.library.section(citation.id, search.as_of)
    if citation is None or section is None or section.pack not in {pack.name for pack in packs}:
        return []
    unit = outline(section.text).find(citation.path) if citation.path else None
    start, end = (unit.start, unit.end) if unit is not None else (0, len(section.text))
    pinpoint = (
        printed_pinpoint(section.jurisdiction, section.code, unit.path)
        if unit is not None and unit.sure
        else ""
    )
    return [
        Hit(
            section=section,
            code=_code_name(section),
            score=1.0,
            start=start,
            end=min(end, start + _PASSAGE),
            pinpoint=pinpoint,
            found_by="citation",
        )
    ]


def _hit(section: Section, score: float, words: Sequence[str], phrases: Sequence[str]) -> Hit:
    tree = outline(section.text)
    start, end = best_passage(section.text, tree, words, phrases)
    unit = tree.at(start, end) if end > start else None
    pinpoint = (
        "" if unit is None else printed_pinpoint(section.jurisdiction, section.code, unit.path)
    )
    return Hit(
        section=section,
        code=_code_name(section),
        score=score,
        start=start,
        end=end,
        pinpoint=pinpoint,
        found_by="phrase" if phrases else "words",
    )


def _code_name(section: Section) -> str:
    code = citations.code(section.jurisdiction, section.code)
    return (*section.hierarchy, section.code)[0] if code is None else code.name
