"""What became of cited law since an answer was given: which sections, and which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.change import ChangeKind, SectionChange
from pincite.law.section import Status
from pincite.library.diff import renumbering, same_words, section_change, successors
from pincite.watching import Became, LawChange

if TYPE_CHECKING:
    from datetime import date

    from pincite.law.section import Section
    from pincite.library.protocol import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A section as an answer cites it: its text's hash and status then, and the quoted spans."""

    id: str
    citation: str
    text_sha256: str
    status: Status = Status.IN_FORCE
    spans: tuple[tuple[int, int], ...] = ()


def law_since(cited: Cited, library: Library, *, as_of: date) -> LawChange | None:
    """What became of the section by the day; `None` where it stands as it was cited."""
    versions = library.versions(cited.id)
    then = next((one for one in reversed(versions) if one.text_sha256 == cited.text_sha256), None)
    now = library.section(cited.id, as_of)
    if now is not None and now.text_sha256 == cited.text_sha256 and now.status is cited.status:
        return None
    live = now is not None and now.status is Status.IN_FORCE
    to = _where_it_went(then, now, library, as_of) if then is not None and not live else None
    change, became = None, Became.NOT_INSTALLED
    if then is not None and to is not None:
        change, became = renumbering(then, to), Became.RENUMBERED
    elif now is None:
        if then is not None:
            change = SectionChange(kind=ChangeKind.REMOVED, before=then, after=None)
        if versions:
            became = Became.REMOVED
    else:
        # Without the text that was cited (its pack was removed meanwhile) no words can be told.
        change = None if then is None else section_change(then, now)
        became = Became.AMENDED if live else Became.REPEALED
    return LawChange(
        id=cited.id,
        citation=cited.citation,
        became=became,
        change=change,
        touched=() if then is None else _touched(then, cited, change),
    )


def _where_it_went(
    then: Section, now: Section | None, library: Library, as_of: date
) -> Section | None:
    """The section in force that has its words, or that the old number's own note names."""
    for other in library.came_for(then.id):
        if other.status is Status.IN_FORCE and same_words(then, other):
            return other
    for identifier in successors(now) if now is not None else ():
        other = library.section(identifier, as_of)
        if other is not None and other.status is Status.IN_FORCE:
            return other
    return None


def _touched(then: Section, cited: Cited, change: SectionChange | None) -> tuple[str, ...]:
    """The quotes that hold words that changed; all of them, where the section is gone."""
    quotes = dict.fromkeys(cited.spans)
    if change is not None and change.after is not None:
        edits = change.edits
        quotes = dict.fromkeys(
            (start, end)
            for start, end in quotes
            if any(edit.start < end and max(edit.end, edit.start + 1) > start for edit in edits)
        )
    return tuple(then.text[start:end] for start, end in quotes)
