"""Two states of a pack compared: added, removed, changed and renumbered sections, word by word."""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.change import ChangeKind, Difference, History, SectionChange
from pincite.errors import PackMissing
from pincite.law.identifiers import lookup_key
from pincite.law.section import Status
from pincite.library.words import word_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pincite.law.section import Section
    from pincite.library.protocol import Library

_OWN_WORDS = 40  # letters and digits: shorter texts are alike by nature
_MOVED = re.compile(
    r"(?i)\b(?:renumbered|redesignated|recompiled|recodified|transferred|codified|reclassified)\b"
)
_FORMERLY = re.compile(r"(?i)\bformer(?:ly)?\b|\b(?:renumbered|recodified|transferred)\s+from\b")
_REACH = 120  # characters behind "renumbered" in which the new number stands


@dataclass(frozen=True, slots=True)
class State:
    """One state of law: its name to people, and its sections, as often as they are asked for."""

    name: str
    sections: Callable[[], Iterator[Section]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of each section of a state: not its text."""

    whole: bytes
    words: bytes
    live: bool


_Key = tuple[str, str, int]


def compare(before: State, after: State) -> Difference:
    """What differs. Each state is read twice, and only the texts that differ are held."""
    old, new = _seen(before), _seen(after)
    same = {key for key in new if key in old and old[key].whole == new[key].whole}
    olds = {k: s for k, s in _keyed(before.sections()) if k not in same}
    news = {k: s for k, s in _keyed(after.sections()) if k not in same}
    moved = _moved(olds, news, old, new)
    arrived = set(moved.values())
    changes = [renumbering(olds[k], news[to]) for k, to in moved.items() if k not in news]
    for key, section in news.items():
        if key in moved:
            changes.append(renumbering(olds[key], news[moved[key]]))
        elif key in olds:
            changes.append(section_change(olds[key], section))
        elif key not in arrived:
            changes.append(SectionChange(kind=ChangeKind.ADDED, before=None, after=section))
    changes += [
        SectionChange(kind=ChangeKind.REMOVED, before=section, after=None)
        for key, section in olds.items()
        if key not in news and key not in moved
    ]
    return Difference(
        before=before.name, after=after.name, unchanged=len(same), changes=tuple(changes)
    )


def section_change(before: Section, after: Section) -> SectionChange:
    """What changed from one version of a section to another."""
    return SectionChange(
        kind=ChangeKind.CHANGED,
        before=before,
        after=after,
        edits=word_edits(before.text, after.text),
        fields=_fields(before, after),
    )


def history(library: Library, identifier: str) -> History:
    """A section's versions, what changed between them, and where a renumbering leads."""
    versions = library.versions(identifier)
    if not versions:
        return History(versions=(), steps=())
    steps = tuple(section_change(one, two) for one, two in pairwise(versions))
    latest = versions[-1]
    return History(
        versions=versions,
        steps=steps,
        moved_to=successors(latest),
        moved_from=predecessors(latest),
    )


def successors(section: Section) -> tuple[str, ...]:
    """The identifiers to which a section that is no longer law says that it was moved."""
    if section.status in {Status.IN_FORCE, Status.RESERVED}:
        return ()
    return _named(section, _MOVED, f"{section.heading}\n{section.text[:600]}")


def predecessors(section: Section) -> tuple[str, ...]:
    """The identifiers that a section says it had before."""
    tail = section.text[-400:]
    return _named(section, _FORMERLY, f"{section.source_note}\n{tail}")


def _named(section: Section, sign: re.Pattern[str], text: str) -> tuple[str, ...]:
    from pincite import citations

    found: dict[str, None] = {}
    for match in sign.finditer(text):
        near = text[match.start() : match.end() + _REACH]
        for one in citations.find(near, jurisdiction=section.jurisdiction)[:1]:
            if lookup_key(one.citation.id) != lookup_key(section.id):
                found[one.citation.id] = None
    return tuple(found)


def installed_state(home: Path, pack: str, snapshot: int | None = None) -> State:
    """An installed pack as it is, or as its n-th snapshot had it. Raises PackMissing."""
    from pincite.library.rows import SELECT_SECTION, section_from
    from pincite.library.store import LAW, open_file

    with closing(open_file(home, LAW, create=False)) as connection:
        found = connection.execute("SELECT key, name FROM packs WHERE name = ?", (pack,)).fetchone()
        if found is None:
            raise PackMissing(f"{pack} is not installed; `pincite library list` shows what is")
        keys = [
            row[0]
            for row in connection.execute(
                "SELECT key FROM snapshots WHERE pack = ? ORDER BY key", (found[0],)
            )
        ]
    if snapshot is not None and not 1 <= snapshot <= len(keys):
        raise PackMissing(f"{found[1]} has snapshots 1 to {len(keys)}, not {snapshot}")
    at = keys[-1 if snapshot is None else snapshot - 1]

    def sections() -> Iterator[Section]:
        with closing(open_file(home, LAW, create=False)) as connection:
            rows = connection.execute(
                f"{SELECT_SECTION} WHERE s.pack = ? AND s.seen_from <= ? "
                "AND (s.seen_to IS NULL OR s.seen_to > ?) ORDER BY s.position, s.key",
                (found[0], at, at),
            )
            for row in rows:
                yield section_from(row)

    return State(found[1] if snapshot is None else f"{found[1]}@{snapshot}", sections)


def file_state(path: Path, name: str) -> State:
    """The law of a pack's file."""
    from pincite.library.lint.packs import file_rows

    return State(name, lambda: (section for section, _ in file_rows(path, name)))


def _seen(state: State) -> dict[_Key, _Seen]:
    return {key: _digest(section) for key, section in _keyed(state.sections())}


def _keyed(sections: Iterator[Section]) -> Iterator[tuple[_Key, Section]]:
    """Sections by identifier and first day; the n-th with the same has n beside them."""
    met: dict[tuple[str, str], int] = {}
    for section in sections:
        whole, _, copy = lookup_key(section.id).rpartition("~")
        identifier = whole if whole and copy.isdigit() else lookup_key(section.id)
        key = identifier, str(section.validity.start or "")
        met[key] = met.get(key, 0) + 1
        yield (*key, met[key]), section


def _digest(section: Section) -> _Seen:
    whole = (
        f"{section.text_sha256}\x1f{section.heading}\x1f{section.status}\x1f{section.source_note}"
    )
    return _Seen(
        hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()[:12],
        _words(section),
        section.status is Status.IN_FORCE,
    )


def _words(section: Section) -> bytes:
    letters = "".join(c for c in section.text if c.isalnum()).casefold()
    if len(letters) < _OWN_WORDS:
        return b""
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).digest()[:12]


def _moved(
    olds: dict[_Key, Section],
    news: dict[_Key, Section],
    old: dict[_Key, _Seen],
    new: dict[_Key, _Seen],
) -> dict[_Key, _Key]:
    """Where sections that are gone, or no longer law under their number, went.

    A new section with the same words is where they went; else the one that the old number's own
    note names, where that one is new.
    """
    fresh = [key for key in news if key not in olds and new[key].live]
    by_words = {new[key].words: key for key in fresh if new[key].words}
    by_id = {key[0]: key for key in fresh}
    moved: dict[_Key, _Key] = {}
    for key in olds:
        if not old[key].live or (key in news and new[key].live):
            continue
        to = by_words.get(old[key].words)
        if to is None and key in news:
            named = (by_id.get(lookup_key(one)) for one in successors(news[key]))
            to = next((one for one in named if one is not None), None)
        if to is not None:
            moved[key] = to
            by_words.pop(new[to].words, None)
            by_id.pop(to[0], None)
    return moved


def same_words(one: Section, other: Section) -> bool:
    """Whether two sections have the same letters and digits, and enough of them to be their own."""
    words = _words(one)
    return bool(words) and words == _words(other)


def renumbering(before: Section, after: Section) -> SectionChange:
    """What changed of a section that goes on under another number, and how that is known."""
    edits = word_edits(before.text, after.text)
    how = "the old number names the new one" if edits else "the same words"
    return SectionChange(
        kind=ChangeKind.RENUMBERED,
        before=before,
        after=after,
        edits=edits,
        fields=_fields(before, after),
        how=how,
    )


def _fields(before: Section, after: Section) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        ("number", before.number, after.number),
        ("heading", before.heading, after.heading),
        ("status", before.status.value, after.status.value),
        ("source note", before.source_note, after.source_note),
        ("effective", str(before.validity.start or ""), str(after.validity.start or "")),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
