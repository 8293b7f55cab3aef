"""Sections as they are read: outline and provisions, each section once a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.outline import Outline, outline
from pincite.reading.definitions import definitions
from pincite.reading.read import read
from pincite.reading.scope import scope
from pincite.reading.units import units

if TYPE_CHECKING:
    from pincite.law.section import Section
    from pincite.reading.provision import Definition, Provision, ScopeRule
    from pincite.reading.units import Unit


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its outline and its provisions in reading order."""

    section: Section
    outline: Outline
    provisions: tuple[Provision, ...]

    def words_of(self, provision: Provision) -> str:
        """The provision's words after the lead-ins that they complete."""
        return whole_words(self.section.text, provision)


def whole_words(text: str, part: Provision | Unit) -> str:
    """The words of a part of the text after the lead-ins that they complete."""
    spans = (*part.leads, (part.start, part.end))
    return " ".join(text[start:end] for start, end in spans)


class Readings:
    """Reads each section the first time that it is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, ReadSection] = {}
        self._outlines: dict[str, Outline] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}
        self._defined: dict[str, tuple[Definition, ...]] = {}
        self._scopes: dict[str, tuple[ScopeRule, ...]] = {}

    def of(self, section: Section) -> ReadSection:
        found = self._known.get(section.id)
        if found is None:
            tree = self.outline_of(section)
            provisions = read(section.text, tree, section.heading, self.units_of(section))
            found = self._known[section.id] = ReadSection(section, tree, provisions)
        return found

    def outline_of(self, section: Section) -> Outline:
        """The section's outline; of a section that is not read whole, this alone."""
        found = self._outlines.get(section.id)
        if found is None:
            found = self._outlines[section.id] = outline(section.text)
        return found

    def units_of(self, section: Section) -> tuple[Unit, ...]:
        """The section's sentences in reading order, of which its provisions are made."""
        found = self._units.get(section.id)
        if found is None:
            found = self._units[section.id] = units(section.text, self.outline_of(section))
        return found

    def definitions_of(self, section: Section) -> tuple[Definition, ...]:
        """The section's definitions in reading order."""
        found = self._defined.get(section.id)
        if found is None:
            tree = self.outline_of(section)
            found = self._defined[section.id] = definitions(section.text, tree, section.heading)
        return found

    def scope_of(self, section: Section) -> tuple[ScopeRule, ...]:
        """What the section says of whom law binds, in reading order."""
        found = self._scopes.get(section.id)
        if found is None:
            own = self.of(section)
            rules = scope(section.text, own.outline, section.heading, own.provisions)
            found = self._scopes[section.id] = rules
        return found
