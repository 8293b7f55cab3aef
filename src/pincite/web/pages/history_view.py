"""The versions of a section, and what changed from each to the next, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pincite.change import Edit, History, SectionChange
    from pincite.law.section import Section

Piece: TypeAlias = tuple[str, str]
"""`("old" | "new" | "same", text)`."""

_AROUND = 90  # characters of unchanged text on each side of a change
_MOST = 4_000  # characters of one edit that are shown
_EDITS = 200  # of one version that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version, the newest first; `passages` and `fields` are what it changed in the last."""

    title: str
    href: str
    status: str
    through: str
    sha256: str
    current: bool
    fields: tuple[tuple[str, str, str], ...] = ()
    passages: tuple[tuple[Piece, ...], ...] = ()

    @property
    def changes(self) -> bool:
        return bool(self.fields or self.passages)


def version_views(
    versions: Sequence[Section], shown: Section, history: History | None
) -> tuple[VersionView, ...]:
    """The newest first; with a `history` also what changed."""
    steps: dict[int, SectionChange] = {}
    if history is not None and len(history.versions) == len(versions):
        steps = dict(enumerate(history.steps, start=1))
    views = [_view(one, shown, steps.get(at)) for at, one in enumerate(versions)]
    return tuple(reversed(views))


def _view(section: Section, shown: Section, step: SectionChange | None) -> VersionView:
    passages = tuple(passages_of(step)) if step is not None else ()
    return VersionView(
        title=_title(section),
        href=f"{section.id}?text={section.text_sha256[:16]}",
        status=section.status.value,
        through=section.current_through,
        sha256=section.text_sha256,
        current=section == shown,
        fields=step.fields if step is not None else (),
        passages=passages,
    )


def _title(section: Section) -> str:
    from pincite.web.pages.templates import day

    start, end = section.validity.start, section.validity.end
    if start is None and end is None:
        return "No dates told by the pack"
    first = f"From {day(start)}" if start else "From the beginning"
    return f"{first} until {day(end)}" if end else first


def passages_of(step: SectionChange) -> Iterator[tuple[Piece, ...]]:
    """Edits with the words around them; those that stand close together share a passage."""
    if step.before is None:
        return
    old = step.before.text
    group: list[Edit] = []
    for edit in step.edits[:_EDITS]:
        if group and edit.start - group[-1].end > 2 * _AROUND:
            yield _passage(old, group)
            group = []
        group.append(edit)
    if group:
        yield _passage(old, group)


def _passage(old: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    start, end = edits[0].start, edits[-1].end
    pieces: list[Piece] = [("same", _left(old, start))]
    at = start
    for edit in edits:
        pieces.append(("same", old[at : edit.start]))
        pieces.append(("old", _short(edit.old)))
        pieces.append(("new", _short(edit.new)))
        at = edit.end
    pieces.append(("same", _right(old, end)))
    return tuple(piece for piece in pieces if piece[1])


def _left(text: str, end: int) -> str:
    """The words before, cut at a space, with a mark where more stands there."""
    start = max(0, end - _AROUND)
    part = text[start:end]
    return "… " + (part.partition(" ")[2] or part) if start else part


def _right(text: str, start: int) -> str:
    end = min(len(text), start + _AROUND)
    part = text[start:end]
    return (part.rpartition(" ")[0] or part) + " …" if end < len(text) else part


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST] + " …"
