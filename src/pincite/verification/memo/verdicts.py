"""What is said of each citation and each quotation of a memo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.memo import MemoFinding, MemoPart, MemoPlace, Standing
from pincite.verification.memo.judging import STANDINGS, Reader, Words
from pincite.verification.memo.pieces import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.change import Edit
    from pincite.citations.resolve import Resolution
    from pincite.law.section import Section
    from pincite.parsing.memo_passages import Passage
    from pincite.verification.memo.judging import Match, NearMatch
    from pincite.verification.memo.mentions import Mention
    from pincite.verification.memo.quotations import Quotation
    from pincite.verification.memo.tying import Tied

_FEW = 4  # words: fewer are a term, which many things may be called
_ALIKE = 0.6  # of the words: the quotation is of this place, with changes
_ALIKE_ELSEWHERE = 0.8
_LONG = 12  # words
_SEARCHED = 40  # sections that are read for words found by the index
_READ_FOR_LIKE = 8
_PLACES = 5
_MOST_SEARCHES = 300
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class _Said:
    """What becomes a finding, once it is known where the words stand."""

    standing: Standing
    message: str
    citation: str = ""
    section: str = ""
    law: str = ""
    told: str = ""
    edits: tuple[Edit, ...] = ()
    places: tuple[MemoPlace, ...] = ()
    choices: tuple[str, ...] = ()


class Verdicts:
    """Judges one memo; `searches` counts how often words were sought outside of what is cited."""

    def __init__(self, reader: Reader, passages: Sequence[Passage], home: str | None) -> None:
        self._reader, self._passages, self._home = reader, passages, home
        self.searches = 0

    @property
    def exhausted(self) -> bool:
        return self.searches >= _MOST_SEARCHES

    def citation(self, mention: Mention) -> MemoFinding | None:
        """`None` for what need not be one: "paragraph (2)" that leads nowhere."""
        found = self._reader.resolve(mention)
        if mention.case:
            said = _Said(Standing.NOT_CHECKED, "A case: it is not held against the library.")
        elif found is None:
            choices = self._reader.law.holders(mention.text)
            said = _Said(
                Standing.AMBIGUOUS,
                f"“{mention.text}” does not say whose law it is.",
                choices=choices,
            )
        else:
            standing = STANDINGS[found.outcome]
            if mention.loose and standing is not Standing.GOOD:
                return None
            printed = citations.official(found.citation)
            message = found.message or "There is such law, and it is in force."
            said = _Said(
                standing, message, printed, found.sections[0] if len(found.sections) == 1 else ""
            )
        return self._finding(MemoPart.CITATION, mention.passage, mention.start, mention.end, said)

    def quotation(self, quotation: Quotation, tied: Tied) -> MemoFinding:
        said = self._quotation(quotation, tied)
        return self._finding(
            MemoPart.QUOTATION, quotation.passage, quotation.start, quotation.end, said
        )

    def _quotation(self, quotation: Quotation, tied: Tied) -> _Said:
        memo = self._passages[quotation.passage].text
        words = Words.of(memo, quotation.start, quotation.end)
        few = count_words(memo, quotation.start, quotation.end) < _FEW or quotation.named
        if not words.marked:
            return _Said(Standing.NOT_CHECKED, "No words of law stand in it.")
        if tied.firm and tied.firm[0].case:
            told = f"It is attributed to a case ({tied.firm[0].text})."
            return _Said(Standing.NOT_CHECKED, told)
        resolved = [r for one in tied.firm if (r := self._reader.resolve(one)) is not None]
        said = self._where_cited(words, resolved, tied)
        if said is not None and not (few and said.standing is Standing.ELSEWHERE):
            return said
        if few:
            return _Said(Standing.NOT_CHECKED, "Too few words to be held against the law.")
        if not resolved or tied.weak:
            near = self._nearly(words, self._reader.sections(resolved))
            if near is None:
                return self._unattributed(words)
        return self._amiss(words, resolved, tied)

    def _where_cited(
        self, words: Words, resolved: Sequence[Resolution], tied: Tied
    ) -> _Said | None:
        """The quotation as it stands in what is cited: with it or, failing that, beside it."""
        match = self._reader.match(words, resolved)
        if match is not None and match.inside:
            cited = next(r for r in resolved if match.section.id in r.sections)
            return self._stands(match, cited)
        for one in tied.beside:
            found = self._reader.resolve(one)
            beside = self._reader.match(words, [found]) if found is not None else None
            if found is not None and beside is not None and beside.inside:
                return self._stands(beside, found)
        if pieces := self._reader.apart(words, resolved):
            places = tuple(self._reader.place_of(one) for one in pieces)
            printed = citations.official(resolved[0].citation)
            return _Said(Standing.GOOD, "Its pieces are the words of the sections cited.", printed,
                         places=places)  # fmt: skip
        if match is None:
            return None
        place = self._reader.place_of(match)
        told = citations.official(resolved[0].citation)
        message = f"The words are right and the place is not: they stand in {place.citation}."
        if STANDINGS[resolved[0].outcome] is Standing.NO_SUBDIVISION:
            message = f"{resolved[0].message} The words stand in {place.citation}."
        return _Said(Standing.ELSEWHERE, message, told, match.section.id, places=(place,))

    def _stands(self, match: Match, cited: Resolution) -> _Said:
        place = self._reader.place_of(match)
        standing = STANDINGS[cited.outcome]
        message = "These are the law's words."
        if standing in {Standing.REPEALED, Standing.NOT_IN_FORCE}:
            message = f"The words stand there, but {_lower(cited.message)}"
        else:
            standing = Standing.GOOD
            if match.located.recased:
                message = (
                    "These are the law's words, but for a capital that is not put in brackets."
                )
        printed = citations.official(cited.citation)
        return _Said(standing, message, printed, match.section.id, place.text, places=(place,))

    def _unattributed(self, words: Words) -> _Said:
        places = self._elsewhere(self._sought(words, self._home), words)
        if places:
            message = f"Nothing is cited for it. The words stand in {_listed(places)}."
        else:
            message = "Nothing is cited for it, and the words were not found in the installed law."
        return _Said(Standing.UNATTRIBUTED, message, places=places)

    def _amiss(self, words: Words, resolved: Sequence[Resolution], tied: Tied) -> _Said:
        """The words do not stand where they are said to stand."""
        first = resolved[0]
        if STANDINGS[first.outcome] is Standing.NOT_INSTALLED:
            printed = citations.official(first.citation)
            return _Said(Standing.NOT_INSTALLED, first.message, printed)
        return self._of_another_day(words, resolved) or self._sought_for(words, resolved, tied)

    def _sought_for(self, words: Words, resolved: Sequence[Resolution], tied: Tied) -> _Said:
        """The words elsewhere; else nearly so where they are cited, or beside it, or elsewhere."""
        first = resolved[0]
        printed = citations.official(first.citation)
        sought = self._sought(words, first.citation.jurisdiction)
        places = self._elsewhere(sought, words)
        near = self._reader.near(words, self._reader.sections(resolved))
        near = near if near is not None and near.near.likeness >= _ALIKE else None
        if places and not (near is not None and self._likelier(words, near)):
            message = f"The citation is wrong: the words stand in {_listed(places)}."
            message += f" {printed} reads nearly so." if near is not None else ""
            return _Said(Standing.ELSEWHERE, message, printed, places=places)
        near = near or self._beside(words, tied)
        if near is not None:
            said = self._misquoted(near, printed)
            if not places:
                return said
            message = f"{said.message} The words as they are quoted stand in {_listed(places)}."
            return replace(said, message=message)
        if (other := self._nearly(words, sought[:_READ_FOR_LIKE])) is not None:
            said = self._misquoted(other, printed)
            message = f"Not in {printed}. {said.places[0].citation} reads nearly so."
            return replace(said, standing=Standing.ELSEWHERE, message=message)
        if first.sections:
            message = f"{printed} has no such words, nor were they found in the installed law."
        else:
            message = f"{first.message} The words were not found in the installed law."
        return _Said(Standing.NOT_FOUND, message, printed)

    def _likelier(self, words: Words, near: NearMatch) -> bool:
        """Whether a slip in what is cited is likelier than the citation of the wrong section.

        A few words stand elsewhere by chance; a long run of them does not.
        """
        count = sum(len(piece.words) for piece in words.marked)
        return count < _LONG and near.near.likeness >= _ALIKE_ELSEWHERE

    def _of_another_day(self, words: Words, resolved: Sequence[Resolution]) -> _Said | None:
        """The words of a version of the cited section that is not law on the day."""
        for one in resolved:
            for identifier in one.sections[:1]:
                now = self._reader.section(identifier)
                others = [
                    section
                    for section in self._reader.law.versions(identifier)
                    if now is None or section.text_sha256 != now.text_sha256
                ]
                for match in self._reader.exact(words, others):
                    place = self._reader.place_of(match)
                    when = match.section.validity
                    period = f"{when.start or 'an earlier day'} to {when.end or 'a later one'}"
                    message = f"These are the words of another version, law from {period}."
                    printed = citations.official(one.citation)
                    return _Said(Standing.NOT_IN_FORCE, message, printed, identifier, place.text,
                                 places=(place,))  # fmt: skip
        return None

    def _misquoted(self, match: NearMatch, printed: str) -> _Said:
        near = match.near
        place = self._reader.place(match.section, *near.span, near.span)
        if near.edits:
            message = f"{place.citation} reads otherwise: {described(near.edits)}."
        else:
            message = f"{place.citation} has these words in another order or with others between."
        return _Said(
            Standing.MISQUOTED,
            message,
            printed,
            match.section.id,
            near.law,
            near.told,
            near.edits,
            (place,),
        )

    def _beside(self, words: Words, tied: Tied) -> NearMatch | None:
        """Nearly the words of a section that is cited beside it."""
        resolved = [self._reader.resolve(one) for one in tied.beside]
        return self._nearly(words, self._reader.sections(r for r in resolved if r is not None))

    def _elsewhere(self, found: Sequence[Section], words: Words) -> tuple[MemoPlace, ...]:
        """Where the words stand in these sections, a few places at most."""
        matches = self._reader.exact(words, found)
        return tuple(self._reader.place_of(match) for match in matches[:_PLACES])

    def _nearly(self, words: Words, sections: Sequence[Section]) -> NearMatch | None:
        near = self._reader.near(words, sections)
        return near if near is not None and near.near.likeness >= _ALIKE_ELSEWHERE else None

    def _sought(self, words: Words, jurisdiction: str | None) -> tuple[Section, ...]:
        """Sections of the installed law that may hold the words; none once too much was sought."""
        if self.exhausted:
            return ()
        self.searches += 1
        text = words.memo[words.marked[0].start : words.marked[-1].end]
        return tuple(self._reader.law.holding(text, jurisdiction, _SEARCHED))

    def _finding(
        self, part: MemoPart, passage: int, start: int, end: int, said: _Said
    ) -> MemoFinding:
        here = self._passages[passage]
        return MemoFinding(
            part=part,
            standing=said.standing,
            where=here.where,
            passage=passage,
            start=start,
            end=end,
            text=here.text[start:end],
            message=said.message,
            citation=said.citation,
            section=said.section,
            law=said.law,
            told=said.told,
            edits=said.edits,
            places=said.places,
            choices=said.choices,
        )


def described(edits: Sequence[Edit]) -> str:
    """The first edits in words: `“shall”, not “may”`."""
    out = []
    for edit in edits[:3]:
        old, new = _short(edit.old), _short(edit.new)
        if not new:
            out.append(f"“{old}” is left out")
        elif not old:
            out.append(f"“{new}” is not there")
        else:
            out.append(f"“{old}”, not “{new}”")
    more = len(edits) - len(out)
    return "; ".join(out) + (f"; and {more} more" if more else "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _listed(places: Sequence[MemoPlace]) -> str:
    names = tuple(dict.fromkeys(place.citation for place in places))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:] if message.startswith("The ") else message
