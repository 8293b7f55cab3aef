"""Keeping faulty rows out of answers: what the linter calls serious is not told as law."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.library.lint import serious

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pincite.answer import Applicability, Evidence
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.retrieval.search import Retrieved

_BESIDE = 3  # sections on each side, among which a merged one is known


@dataclass(slots=True)
class Soundness:
    """Tells sound sections from faulty ones, and remembers those that it kept out.

    With `all_rows` it lets everything through: the asker wants faulty rows too.
    """

    library: Library
    all_rows: bool = False
    kept_out: dict[str, str] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def evidence(self, retrieved: Retrieved, wanted: int) -> Retrieved:
        """What was retrieved, with the best `wanted` sections sound; what is behind is not read."""
        sound: list[Evidence] = []
        for place, one in enumerate(retrieved.evidence):
            if len(sound) == wanted:
                rest = retrieved.evidence[place:]
                return replace(retrieved, evidence=(*sound, *rest))
            if self.holds(one.section):
                sound.append(one)
        return replace(retrieved, evidence=tuple(sound))

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(one for one in sections if self.holds(one))

    def bound(self, bound: Mapping[str, Applicability]) -> dict[str, Applicability]:
        """Whom documents bind, without what only a faulty section says."""
        return {document: self._based(found) for document, found in bound.items()}

    def holds(self, section: Section) -> bool:
        if self.all_rows:
            return True
        key = f"{section.pack}\x1f{section.id}\x1f{section.text_sha256}"
        if key not in self._known:
            before, after = self._beside(section)
            found = serious(section, before=before, after=after)
            self._known[key] = found is None
            if found is not None:
                self.kept_out[section.id] = section.citation
        return self._known[key]

    def _based(self, found: Applicability) -> Applicability:
        basis = tuple(quote for quote in found.basis if quote.section not in self.kept_out)
        if found.basis and not basis:
            return replace(found, binds="", verdict=Verdict.UNCLEAR, basis=())
        return replace(found, basis=basis)

    def _beside(self, section: Section) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
        """The sections before, nearest first, and after."""
        key = self.library.key_of(section.id)
        place = None if key is None else self.library.places([key]).get(key)
        if place is None:
            return (), ()
        around = self.library.around(section.pack, place.position, _BESIDE)
        ids = [one.id for one in around]
        if section.id not in ids:
            return (), ()
        here = ids.index(section.id)
        return tuple(reversed(around[:here])), around[here + 1 :]
