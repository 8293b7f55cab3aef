"""What the check of a memo asks of the installed law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pincite.citations import Citation
    from pincite.citations.resolve import Resolution
    from pincite.law.section import Section


class MemoLaw(Protocol):
    """The law on the as-of date, as far as it is installed."""

    def resolve(self, citation: Citation) -> Resolution:
        """What the citation leads to, or a plain word on why not."""
        ...

    def section(self, identifier: str) -> Section | None:
        """The version that is law on the day or, where none is, the latest that there is."""
        ...

    def versions(self, identifier: str) -> tuple[Section, ...]:
        """Every version of a section, the oldest first."""
        ...

    def holding(self, words: str, jurisdiction: str | None, limit: int) -> Iterable[Section]:
        """Sections that may hold these words or most of them, the likeliest first."""
        ...

    def holders(self, number: str) -> tuple[str, ...]:
        """The installed citations that a number alone may mean, for a reader to choose from."""
        ...
