"""What the columns of a pack's row mean, and the joining of long sections from their pieces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from pincite.law.jurisdiction import by_pack_code, jurisdiction
from pincite.law.pages import pages_from
from pincite.law.section import Kind, Status
from pincite.parsing.pack_row import PackRow, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TELLS_JURISDICTION = ("state", "jurisdiction")
TELLS_KIND = ("document_type", "category")
_LONGEST_SECTION = 64 << 20
_MOST_CHUNKS = 10_000

_STATUS = {
    **{status.value: status for status in Status},
    "": Status.IN_FORCE,
    "active": Status.IN_FORCE,
    "current": Status.IN_FORCE,
    "recodified": Status.RENUMBERED,
    "transferred": Status.RENUMBERED,
    "superseded": Status.REPEALED,
}
_KIND = {
    "statute": Kind.STATUTE,
    "statutes": Kind.STATUTE,
    "regulation": Kind.REGULATION,
    "regulations": Kind.REGULATION,
    "internal": Kind.INTERNAL,
}


class _Chunk(NamedTuple):
    index: int
    of: int


class RowReader:
    """Turns rows into sections, joining the pieces of long ones."""

    def __init__(self) -> None:
        self._jurisdiction: str | None = None
        self._jurisdictions: dict[str, str | None] = {}
        self._pieces: dict[tuple[str, str], dict[int, PackRow]] = {}

    def take(self, row: int, values: Mapping[str, object]) -> PackRow | Skipped | None:
        """The section that the row completes, `None` for a piece of one, or why it is skipped."""
        citation = _text(values, "citation").strip()
        whose, kind = self._whose(values), _kind(values)
        text = values.get("text")
        text = text if isinstance(text, str) else ""
        reason = self._refusal(citation, whose, kind, text)
        if reason is not None or whose is None or kind is None:
            return Skipped(row, citation, reason or "its kind is not known")
        found = _pack_row(row, whose, kind, citation, text, values)
        chunk = _chunk(values)
        if chunk.of > 1:
            return self._join(found, chunk)
        if not text.strip() and not found.heading.strip():
            return Skipped(row, citation, "it has neither heading nor text")
        return found

    def _refusal(
        self, citation: str, whose: str | None, kind: Kind | None, text: str
    ) -> str | None:
        if whose is None:
            return "its jurisdiction is not known"
        # A pack is the law of one jurisdiction: the first row's.
        self._jurisdiction = self._jurisdiction or whose
        if whose != self._jurisdiction:
            return "it is of another jurisdiction than the rest of the pack"
        if kind is None:
            return "it is neither statute nor regulation"
        if not citation:
            return "it has no citation"
        return "its text is longer than any law" if len(text) > _LONGEST_SECTION else None

    def left_over(self) -> Iterator[Skipped]:
        """Long sections of which a piece never came: half a section must not pass for a whole."""
        for key, pieces in self._pieces.items():
            first = min(piece.row for piece in pieces.values())
            reason = "a piece of the long section is missing"
            yield Skipped(first, key[0], reason)

    def _whose(self, values: Mapping[str, object]) -> str | None:
        given = "\x1f".join(_text(values, column) for column in TELLS_JURISDICTION)
        if given not in self._jurisdictions:
            state, _, name = given.partition("\x1f")
            found = by_pack_code(state.strip()) or jurisdiction(state) or jurisdiction(name)
            self._jurisdictions[given] = None if found is None else found.id
        return self._jurisdictions[given]

    def _join(self, piece: PackRow, chunk: _Chunk) -> PackRow | Skipped | None:
        if chunk.of > _MOST_CHUNKS:
            return Skipped(piece.row, piece.citation, "it claims more pieces than any section has")
        key = (piece.citation, str(piece.effective))
        pieces = self._pieces.setdefault(key, {})
        if chunk.index in pieces:
            return Skipped(piece.row, piece.citation, "a piece of the long section is there twice")
        pieces[chunk.index] = piece
        if len(pieces) < chunk.of:
            return None
        del self._pieces[key]
        ordered = [pieces[index] for index in sorted(pieces)]
        text = "".join(_seams(piece.text for piece in ordered))
        if len(text) > _LONGEST_SECTION:
            return Skipped(piece.row, piece.citation, "its text is longer than any law")
        return _with_text(ordered[0], text)


def _seams(texts: Iterator[str]) -> Iterator[str]:
    """The pieces with a line break between two that neither end nor start with white space."""
    last = ""
    for text in texts:
        if last and text and not last[-1].isspace() and not text[0].isspace():
            yield "\n"
        yield text
        last = text or last


def _with_text(row: PackRow, text: str) -> PackRow:
    # Pages of pieces would have to be moved; what makes packs with pages cuts no section.
    return replace(row, text=text, pages=())


def _pack_row(
    row: int, whose: str, kind: Kind, citation: str, text: str, values: Mapping[str, object]
) -> PackRow:
    return PackRow(
        row=row,
        jurisdiction=whose,
        kind=kind,
        citation=citation,
        text=text,
        act_id=_text(values, "act_id"),
        number=_text(values, "section_number").strip(),
        heading=_text(values, "section_title"),
        title=_text(values, "title").strip(),
        title_name=_text(values, "title_name").strip(),
        chapter=_text(values, "chapter").strip(),
        chapter_name=_text(values, "chapter_name").strip(),
        part=_text(values, "part").strip(),
        part_name=_text(values, "part_name").strip(),
        breadcrumb=_text(values, "breadcrumb"),
        status=_STATUS.get(_text(values, "act_status").strip().lower(), Status.IN_FORCE),
        effective=_date(values.get("effective_date")),
        source_note=_text(values, "source_note"),
        current_through=_text(values, "current_through").strip(),
        url=_text(values, "source_url").strip(),
        pages=pages_from(_text(values, "pages"), len(text)),
    )


def _text(values: Mapping[str, object], column: str) -> str:
    value = values.get(column)
    return value if isinstance(value, str) else "" if value is None else str(value)


def _kind(values: Mapping[str, object]) -> Kind | None:
    for column in TELLS_KIND:
        given = _text(values, column).strip().lower()
        if (kind := _KIND.get(given) or _KIND.get(given.partition("_")[0])) is not None:
            return kind
    return None


def _chunk(values: Mapping[str, object]) -> _Chunk:
    of = _whole(values.get("total_chunks"))
    return _Chunk(_whole(values.get("chunk_index")) or 0, 1 if of is None else of)


def _whole(value: object) -> int | None:
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if isfinite(value) else None
    if isinstance(value, str):
        text = value.strip().removesuffix(".0")
        return int(text) if text.isascii() and text.isdigit() else None
    return None


def _date(value: object) -> date | None:
    """The date as given, ISO if it is text; what cannot be read is no date: none is invented."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    return None
