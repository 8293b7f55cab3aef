"""Check a memo: its bytes read, and held against the library."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.assistant.installed_law import InstalledLaw, lacking_title
from pincite.citations.number import order
from pincite.citations.resolve import Outcome, Resolution, resolve
from pincite.index.lexical import Phrase, Term, tokens
from pincite.parsing.memo_files import read_memo
from pincite.retrieval.past import words_as_of
from pincite.verification.memo import check_memo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pincite.citations import Citation
    from pincite.citations.resolve import Law, Near
    from pincite.law.section import Section
    from pincite.memo import MemoCheck
    from pincite.retrieval.shelf import Shelf

    _Key = tuple[tuple[int, int, str], ...]

_RAREST = 12  # words
_PHRASES = 6
_LONGEST_RUN = 6  # words
_LONGEST = 400  # words
_FEWEST = 3  # sections of each pack
_TOGETHER = 2.0  # words side by side say more than the same words apart
_WHOLE = ".00"  # 201 CMR 17.00 names all of chapter 17
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\w.:\-–]*\w")


def check(
    data: bytes, name: str, shelf: Shelf, *, as_of: date, jurisdiction: str | None
) -> MemoCheck:
    """Raises ParseError for a memo that cannot be read."""
    passages = read_memo(data, name)
    law = LibraryLaw(shelf, as_of)
    return check_memo(passages, law, name=name, as_of=as_of, jurisdiction=jurisdiction)


class LibraryLaw:
    """The installed law as a memo is held against it."""

    def __init__(self, shelf: Shelf, as_of: date) -> None:
        self._shelf, self._as_of = shelf, as_of
        self._library = shelf.library
        self._installed = InstalledLaw(shelf.library, as_of)
        self._holders: dict[str, tuple[str, ...]] = {}
        self._near = _NearLaw(self._installed)

    def resolve(self, citation: Citation) -> Resolution:
        later = self._library.section(citation.id, self._as_of) is None
        if later and self._library.versions(citation.id):
            message = f"{citations.official(citation.section)} is not law on {self._as_of}."
            return Resolution(
                citation=citation,
                outcome=Outcome.NOT_IN_FORCE,
                sections=(citation.id,),
                message=message,
            )
        single = citation.unit == "section" and citation.through is None
        law: Law = self._installed
        if single and not citation.number.endswith(_WHOLE):
            self._near.number = _key(citation.id)
            law = self._near
        found = resolve(citation, law)
        return self._unless_left_out(found) if found.outcome is Outcome.NO_SECTION else found

    def _unless_left_out(self, found: Resolution) -> Resolution:
        """What a pack leaves out is not installed: whether there is such law cannot be told."""
        citation = found.citation
        title = lacking_title(citation, self._library)
        if title is None and self._part_left_out(citation):
            message = f"{found.message} The installed pack has no section of that part."
            return replace(found, outcome=Outcome.NOT_INSTALLED, message=message)
        excerpts = any(
            pack.excerpts and citation.code in pack.codes
            for pack in self._shelf.packs(citation.jurisdiction)
        )
        if title is None and not excerpts:
            return found
        what = "all but excerpts" if title is None else str(title)
        message = f"{found.message} The installed pack leaves out {what}."
        return replace(found, outcome=Outcome.NOT_INSTALLED, message=message)

    def _part_left_out(self, citation: Citation) -> bool:
        """Whether nothing is installed of a part of the federal regulations.

        Packs of those hold titles in part, and their parts are numbered with gaps: a part of which
        there is nothing may be law all the same.
        """
        part, dot, _ = citation.number.partition(".")
        if citation.code != "cfr" or not dot:
            return False
        first = replace(citation, number=part, unit="part", path=())
        return resolve(first, self._installed).outcome is not Outcome.FOUND

    def section(self, identifier: str) -> Section | None:
        return self._library.section(identifier, self._as_of) or self._library.section(identifier)

    def versions(self, identifier: str) -> tuple[Section, ...]:
        return self._library.versions(identifier)

    def holding(self, words: str, jurisdiction: str | None, limit: int) -> Iterator[Section]:
        """By words that stand side by side, and by the rarest ones; some of every pack."""
        packs = self._shelf.packs(jurisdiction)
        each = max(_FEWEST, limit // max(1, len(packs)))
        runs = _runs(words)
        kept = {one for run in runs for one in run}
        scores: dict[int, float] = {}
        for pack in packs:
            index = words_as_of(pack, self._as_of, self._shelf) or self._shelf.index(pack)
            common = {one: index.frequency("text", one) for one in kept}
            rarest = sorted(kept, key=lambda one: (common[one], one))[:_RAREST]
            parts: list[Term | Phrase] = [Term("text", one) for one in rarest]
            parts += [Phrase("text", run, _TOGETHER) for run in runs[:_PHRASES] if len(run) > 1]
            scores |= dict(index.search(parts, limit=each))
        best = sorted(scores, key=lambda key: (-scores[key], key))
        for section in self._library.by_keys(best).values():
            if section.validity.covers(self._as_of):
                yield section

    def holders(self, number: str) -> tuple[str, ...]:
        found = _NUMBER.search(number)
        if found is None:
            return ()
        if found[0] not in self._holders:
            self._holders[found[0]] = tuple(self._held(found[0]))
        return self._holders[found[0]]

    def _held(self, number: str) -> list[str]:
        choices: list[str] = []
        for jurisdiction in dict.fromkeys(pack.jurisdiction for pack in self._shelf.packs()):
            citation = citations.parse(number, jurisdiction=jurisdiction)
            if citation is not None and self._installed.status(citation.id) is not None:
                choices.append(citations.official(citation))
        return choices


class _NearLaw:
    """The law as one section is looked up in it: of a code only rows that may hold the `number`.

    A memo may cite many sections that are not there, and a large code has 200,000 rows to read for
    each of them.
    """

    def __init__(self, law: InstalledLaw) -> None:
        self.number: _Key = ()
        self._law = law
        self.installed_codes = law.installed_codes
        self.status = law.status
        self.inside = law.inside
        self._rows: dict[tuple[str, str], dict[_Key, list[str]]] = {}

    def sections(self, jurisdiction: str, code: str, near: Near) -> tuple[str, ...]:
        """Read once, whatever is asked for, and told apart by more than `near` tells."""
        if (jurisdiction, code) not in self._rows:
            rows: dict[_Key, list[str]] = {}
            everything = replace(near, beginning=f"/{jurisdiction}/{code}/", low=None, high=None)
            for identifier in self._law.sections(jurisdiction, code, everything):
                several = "..." in identifier or "," in identifier
                rows.setdefault(() if several else _key(identifier), []).append(identifier)
            self._rows[jurisdiction, code] = rows
        known = self._rows[jurisdiction, code]
        return (*known.get((), ()), *known.get(self.number, ()))


def _key(identifier: str) -> _Key:
    """The last number of an identifier, in which neither case nor leading zeros count."""
    return order(identifier.rpartition("/")[2])


def _runs(text: str) -> list[tuple[str, ...]]:
    """Words side by side in the text that the index knows, the longest runs first.

    It leaves out words like "of", and with them the phrase that goes over them.
    """
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(text)[:_LONGEST]:
        known = tokens(word)
        if known and len(runs[-1]) < _LONGEST_RUN:
            runs[-1] += known
        else:
            runs.append(known)
    return sorted((tuple(run) for run in runs if run), key=len, reverse=True)
