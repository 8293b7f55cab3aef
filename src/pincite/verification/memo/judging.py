"""Whether a citation leads to law, and whether a quotation stands where it is said to stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pincite import citations
from pincite.citations.resolve import Outcome
from pincite.law.outline import outline
from pincite.memo import MemoPlace, Standing
from pincite.verification.memo.matching import locate, nearest
from pincite.verification.memo.pieces import pieces, whole
from pincite.verification.memo.scope import NOTHING, covered, holds
from pincite.verification.memo.tokens import LawTokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.citations import Citation
    from pincite.citations.resolve import Resolution
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.verification.memo.law import MemoLaw
    from pincite.verification.memo.matching import Located, Near
    from pincite.verification.memo.mentions import Mention
    from pincite.verification.memo.pieces import QuotedPiece
    from pincite.verification.memo.scope import Scope

STANDINGS = {
    Outcome.FOUND: Standing.GOOD,
    Outcome.NOT_INSTALLED: Standing.NOT_INSTALLED,
    Outcome.NO_SECTION: Standing.NO_SECTION,
    Outcome.NO_SUBDIVISION: Standing.NO_SUBDIVISION,
    Outcome.DOUBTFUL_SUBDIVISION: Standing.DOUBTFUL,
    Outcome.REPEALED: Standing.REPEALED,
    Outcome.RENUMBERED: Standing.NOT_IN_FORCE,
    Outcome.NOT_IN_FORCE: Standing.NOT_IN_FORCE,
}
_MOST_SECTIONS = 80  # of a range or chapter
_LONGEST = 5  # words
_KNOWN = 400  # sections whose words are kept


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a quotation: as the memo marks them, and as they would be in the law itself."""

    memo: str
    marked: tuple[QuotedPiece, ...]
    plain: tuple[QuotedPiece, ...]

    @classmethod
    def of(cls, memo: str, start: int, end: int) -> Words:
        return cls(memo, pieces(memo, start, end), whole(memo, start, end))

    def longest(self) -> tuple[str, ...]:
        """A few words that the law must have if it has the quotation."""
        plain = {
            word.text.casefold()
            for piece in self.marked
            for word in piece.words
            if word.altered is None and word.text.isascii() and word.text.isalpha()
        }
        return tuple(sorted(plain, key=lambda word: (-len(word), word))[:_LONGEST])


@dataclass(frozen=True, slots=True)
class Match:
    """Where the words of a quotation stand in a section; `inside` what is cited of it."""

    section: Section
    located: Located
    inside: bool


@dataclass(frozen=True, slots=True)
class NearMatch:
    section: Section
    near: Near


class Reader:
    """Sections as they are compared with quotations: read once for a memo."""

    def __init__(self, law: MemoLaw) -> None:
        self.law = law
        self._resolved: dict[Citation, Resolution] = {}
        self._words: dict[str, LawTokens] = {}
        self._trees: dict[str, Outline] = {}
        self._sections: dict[str, Section | None] = {}
        self._scopes: dict[tuple[str, tuple[str, ...]], Scope] = {}

    def resolve(self, mention: Mention) -> Resolution | None:
        """What the citation leads to: the first thing that it may mean and that is there."""
        found = [self._resolve(one) for one in mention.candidates]
        for wanted in (Outcome.FOUND, Outcome.DOUBTFUL_SUBDIVISION):
            for one in found:
                if one.outcome is wanted:
                    return one
        return found[0] if found else None

    def _resolve(self, citation: Citation) -> Resolution:
        if citation not in self._resolved:
            self._resolved[citation] = self.law.resolve(citation)
        return self._resolved[citation]

    def words(self, text: str) -> LawTokens:
        if text not in self._words:
            if len(self._words) >= _KNOWN:
                self._words.clear()
            self._words[text] = LawTokens(text)
        return self._words[text]

    def outline(self, text: str) -> Outline:
        if text not in self._trees:
            if len(self._trees) >= _KNOWN:
                self._trees.clear()
            self._trees[text] = outline(text)
        return self._trees[text]

    def match(self, words: Words, resolutions: Sequence[Resolution]) -> Match | None:
        """The quotation in the sections that are cited, best inside of what is cited of them."""
        outside: Match | None = None
        for section, scopes in self._cited(resolutions):
            law = self.words(section.text)
            for parts in (words.marked, words.plain):
                found = locate(parts, law, partial(holds, scopes))
                if found is not None:
                    return Match(section, found, inside=True)
            for parts in (words.marked, words.plain):
                found = locate(parts, law) if outside is None else None
                if found is not None:
                    outside = Match(section, found, inside=False)
        return outside

    def apart(self, words: Words, resolutions: Sequence[Resolution]) -> tuple[Match, ...]:
        """The pieces of a quotation in several cited sections, each piece in one of them."""
        cited = self._cited(resolutions)
        if len(cited) < 2 or len(words.marked) < 2:  # noqa: PLR2004 - pieces of two sections
            return ()
        out: list[Match] = []
        for piece in words.marked:
            for section, scopes in cited:
                inside = partial(holds, scopes)
                found = locate((piece,), self.words(section.text), inside)
                if found is not None:
                    out.append(Match(section, found, inside=True))
                    break
            else:
                return ()
        return tuple(out)

    def near(self, words: Words, sections: Iterable[Section]) -> NearMatch | None:
        """The most alike place in the sections."""
        best: NearMatch | None = None
        for section in sections:
            found = nearest(words.marked, self.words(section.text), words.memo)
            if found is not None and (best is None or found.likeness > best.near.likeness):
                best = NearMatch(section, found)
        return best

    def exact(self, words: Words, sections: Iterable[Section]) -> tuple[Match, ...]:
        """The quotation wherever it stands in these sections."""
        out: list[Match] = []
        longest = words.longest()
        for section in sections:
            # Most of what an index offers lacks one of the words: that is seen without reading it.
            folded = section.text.casefold()
            if any(word not in folded for word in longest):
                continue
            law = self.words(section.text)
            found = locate(words.marked, law) or locate(words.plain, law)
            if found is not None:
                out.append(Match(section, found, inside=False))
        return tuple(out)

    def sections(self, resolutions: Iterable[Resolution]) -> tuple[Section, ...]:
        """The sections that are cited, each once."""
        return tuple(section for section, _ in self._cited(tuple(resolutions)))

    def _cited(self, resolutions: Sequence[Resolution]) -> list[tuple[Section, list[Scope]]]:
        """Each cited section, and what of it is cited."""
        scopes: dict[str, list[Scope]] = {}
        for one in resolutions:
            for identifier in one.sections[:_MOST_SECTIONS]:
                if (section := self.section(identifier)) is None:
                    continue
                if one.outcome is Outcome.NO_SUBDIVISION:
                    scope: Scope = NOTHING
                else:
                    path = one.citation.path if len(one.sections) == 1 else ()
                    scope = self._scope(section, path)
                scopes.setdefault(identifier, []).append(scope)
        found = ((self.section(identifier), wanted) for identifier, wanted in scopes.items())
        return [(section, wanted) for section, wanted in found if section is not None]

    def section(self, identifier: str) -> Section | None:
        """The version that is law on the day or, where none is, the latest."""
        if identifier not in self._sections:
            if len(self._sections) >= _KNOWN:
                self._sections.clear()
            self._sections[identifier] = self.law.section(identifier)
        return self._sections[identifier]

    def _scope(self, section: Section, path: tuple[str, ...]) -> Scope:
        if (section.id, path) not in self._scopes:
            self._scopes[section.id, path] = covered(self.outline(section.text), path)
        return self._scopes[section.id, path]

    def place(self, section: Section, start: int, end: int, last: tuple[int, int]) -> MemoPlace:
        """The place in full, with the deepest subdivision that holds it."""
        tree = self.outline(section.text)
        unit = tree.at(start, end) or tree.at(*last)
        own = citations.from_identifier(section.id)
        citation, pinpoint = section.citation, ""
        if unit is not None and own is not None:
            citation = citations.official(replace(own, path=unit.path))
            pinpoint = citations.printed_pinpoint(section.jurisdiction, section.code, unit.path)
        return MemoPlace(
            citation=citation,
            section=section.id,
            pinpoint=pinpoint,
            start=start,
            end=end,
            text=section.text[start:end],
            url=section.url,
        )

    def place_of(self, match: Match) -> MemoPlace:
        start, end = match.located.around
        return self.place(match.section, start, end, match.located.spans[-1])
