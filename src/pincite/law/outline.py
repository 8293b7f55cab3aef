"""Outlines: the tree of a section's subdivisions, found from its text alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.law.outline_markers import Marker, Setting, markers
from pincite.law.outline_notes import note_start
from pincite.law.outline_runs import choose
from pincite.law.outline_spans import LEFT_OUT, Node, name_and_doubt, nest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A lettered or numbered unit inside a section.

    `label` is as printed, without punctuation; `path` ends with it. `start` is the offset of the
    first character of its marker, `body` of the first after the marker and the spaces behind it,
    `end` the offset after its last character, its children included. `sure` is False where a
    pinpoint would be doubtful: it or a unit around it breaks the sequence of its list, or its
    path is not the only one of its kind.
    """

    label: str
    path: tuple[str, ...]
    start: int
    body: int
    end: int
    sure: bool
    children: tuple[Subdivision, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The subdivisions of a text of `length` code points.

    `note_start` is where a trailing source note begins, or `length`. `breaks` says in words where
    labels do not follow each other.
    """

    length: int
    roots: tuple[Subdivision, ...]
    note_start: int
    breaks: tuple[str, ...]

    def walk(self) -> Iterator[Subdivision]:
        """Every subdivision in reading order."""
        waiting = list(reversed(self.roots))
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting.extend(reversed(unit.children))

    def at(self, start: int, end: int) -> Subdivision | None:
        """The deepest subdivision that is sure and holds the whole of `[start, end)`."""
        best: Subdivision | None = None
        level = self.roots
        while level:
            around = next((u for u in level if u.start <= start and end <= u.end), None)
            if around is None or not around.sure:
                break
            best = around
            level = around.children
        return best

    def find(self, path: Sequence[str]) -> Subdivision | None:
        """The subdivision with exactly this path; another case of letters if only one has it."""
        wanted = tuple(path)
        exact = [unit for unit in self.walk() if unit.path == wanted]
        if exact:
            return exact[0]
        folded = tuple(label.lower() for label in wanted)
        alike = [u for u in self.walk() if tuple(label.lower() for label in u.path) == folded]
        return alike[0] if len(alike) == 1 else None

    def tiles(self) -> tuple[tuple[int, int], ...]:
        """The spans of leaves and of the text between them: they tile `[0, length)`."""
        edges = {0, self.length}
        for unit in self.walk():
            edges.update((unit.start, unit.end))
        if self.note_start:
            edges.add(self.note_start)
        ordered = sorted(edges)
        return tuple(pairwise(ordered))


def outline(text: str) -> Outline:
    """The outline of a section's text, in time linear in its length.

    A text that holds a second version of the section after the first one's source note gets the
    subdivisions of both; those that have a path twice are not sure.
    """
    nodes: list[Node] = []
    begin = 0
    excerpts = LEFT_OUT in text
    while True:
        stop = note_start(text, begin)
        found = markers(text, stop, begin)
        choices = choose(found, _explained(text, found, begin, stop), excerpts=excerpts)
        nodes += nest(text, stop, choices, len(nodes))
        second = _SECOND_VERSION.search(text, stop)
        if second is None:
            break
        begin = second.end()
    breaks = name_and_doubt(nodes, excerpts=excerpts)
    return Outline(len(text), _freeze(nodes), stop, breaks)


_SECOND_VERSION = re.compile(r"^PDF(?:RCW|WAC)[^\n]*\n", re.MULTILINE)
"""What Washington's pages print between two versions of a section."""
_GONE = re.compile(
    r"\*\s?\*\s?\*|"
    r"(?i:(?:\[|^|\.\s)[^\n\[\]]{0,80}\b"
    r"(?:repealed|reserved|deleted|omitted|expired|vacant|blank|rescinded|obsolete|vetoed))",
    re.MULTILINE,
)
_OWN_WORDS = 12


def _explained(text: str, found: list[Marker], begin: int, stop: int) -> list[bool]:
    """For each marker, whether the text since the one before says that labels are left out."""
    if LEFT_OUT in text:
        return [marker.setting <= Setting.CLAUSE for marker in found]
    gone = [match.end() for match in _GONE.finditer(text, begin, stop)]
    if not gone:
        return [False] * len(found)
    answers = []
    since = begin
    for marker in found:
        at = bisect_left(gone, since)
        answers.append(at < len(gone) and gone[at] <= marker.start)
        if marker.setting <= Setting.STACK:
            # A unit's own "Repealed" explains its own emptiness and no gap after it.
            since = marker.body + _OWN_WORDS
    return answers


def _freeze(nodes: list[Node]) -> tuple[Subdivision, ...]:
    """Values out of nodes, the last first, so that children stand before what holds them."""
    children: dict[int, list[Subdivision]] = {}
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        below = tuple(reversed(children.pop(index, [])))
        unit = Subdivision(node.label, node.path, node.start, node.body, node.end, node.sure, below)
        children.setdefault(node.parent, []).append(unit)
    return tuple(reversed(children.get(-1, [])))
