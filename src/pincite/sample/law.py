"""The sections of Franklin as they are written: TOML files, one a chapter."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pincite.errors import ParseError
from pincite.law.section import Kind, Status

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SNAPSHOTS = (1, 2)
_PACKAGE = "pincite.sample"
_FOLDERS = {Kind.STATUTE: "statutes", Kind.REGULATION: "regulations"}
_LATER = "second_snapshot.toml"
_CHAPTER_KEYS = frozenset({"title", "title_name", "chapter", "chapter_name", "section"})
_SECTION_KEYS = frozenset(
    {"number", "heading", "text", "status", "effective", "note", "url", "outline"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What the sections of one file have in common: `12`, `Commerce`, `12-3`, `Data Privacy`."""

    kind: Kind
    title: str
    title_name: str
    chapter: str
    chapter_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """A section as its file has it.

    `effective` is an ISO date or empty. `outline` holds the paths that the text is meant to have
    (`a/1`), for the tests; it is empty where nobody has marked them, and goes into no pack.
    """

    chapter: Chapter
    number: str
    heading: str = ""
    text: str
    status: Status = Status.IN_FORCE
    effective: str = ""
    note: str = ""
    url: str = ""
    outline: tuple[str, ...] = ()


def written(kind: Kind, snapshot: int = 1) -> tuple[WrittenSection, ...]:
    """Every section of the kind in that snapshot, in the order of the code."""
    folder = files(_PACKAGE) / _FOLDERS[kind]
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    sections = [section for name in names for section in chapter(folder / name, kind)]
    return tuple(sections if snapshot == 1 else _later(sections, kind))


def chapter(file: Traversable, kind: Kind) -> list[WrittenSection]:
    """The sections of one file. Raises ParseError where the file is not as these files are."""
    name = file.name
    told = _read(file)
    if unknown := set(told) - _CHAPTER_KEYS:
        raise ParseError(f"unknown keys {', '.join(sorted(unknown))}", source=name)
    place = Chapter(
        kind=kind,
        title=told["title"],
        title_name=told["title_name"],
        chapter=told["chapter"],
        chapter_name=told["chapter_name"],
    )
    return [_section(entry, place, name) for entry in told["section"]]


def _section(entry: dict[str, str], chapter: Chapter, name: str) -> WrittenSection:
    if unknown := set(entry) - _SECTION_KEYS:
        where = entry.get("number", "a section without a number")
        raise ParseError(f"{where} has unknown keys {', '.join(sorted(unknown))}", source=name)
    return WrittenSection(
        chapter=chapter,
        number=entry["number"],
        heading=entry.get("heading", ""),
        text=entry["text"],
        status=Status(entry.get("status", Status.IN_FORCE)),
        effective=entry.get("effective", ""),
        note=entry.get("note", ""),
        url=entry.get("url", ""),
        outline=tuple(filter(None, entry.get("outline", "").split(", "))),
    )


def _later(sections: list[WrittenSection], kind: Kind) -> list[WrittenSection]:
    """The sections after one more session: some gone, some in other words, some new.

    An entry with the number of a section takes its place; one with a new number stands after the
    section that it names in `after`.
    """
    told = _read(files(_PACKAGE) / _LATER)[_FOLDERS[kind]]
    kept = [section for section in sections if section.number not in told.get("gone", ())]
    for entry in told.get("section", ()):
        number, after = entry["number"], entry.pop("after", entry["number"])
        place = max(i for i, section in enumerate(kept) if section.number == after)
        made = _section(entry, kept[place].chapter, _LATER)
        if after == number:
            kept[place] = made
        else:
            kept.insert(place + 1, made)
    return kept


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ParseError(str(error), source=file.name) from error
