"""Memos as Word files: paragraphs, cells, text boxes, footnotes and endnotes, with their runs."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.memo_passages import Passage, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LARGEST_PART = 64 << 20
_LARGEST_ALL = 256 << 20
_MOST_PARTS = 10_000
_INDENTED = 360  # twips on both sides: a block quotation
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError
)  # fmt: skip
_MAIN = "word/document.xml"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
# What stands in the file and is not in the text as it is read: taken out, or only an instruction.
_UNSEEN = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr",
                     f"{W}rPr", f"{_CHOICE}Fallback"})  # fmt: skip
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one run: `passage.text[start:start + length]`."""

    run: Element
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class DocxPassage:
    """A passage and the runs that it is made of; `paragraph` is the element of it."""

    passage: Passage
    paragraph: Element
    pieces: tuple[Piece, ...]


def read_docx(data: bytes, *, source: str) -> tuple[Passage, ...]:
    """The passages of a Word file, notes behind the text. Raises ParseError for what is none."""
    parts = _parts(data, source)
    passages = [one.passage for one in walk(parts[_MAIN], _styles(parts.get("word/styles.xml")))]
    for name, word in _NOTES:
        if name in parts:
            passages += _notes(parts[name], word)
    check_size(sum(len(one.text) for one in passages), source)
    return tuple(passages)


def check_package(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive, if it is one of bearable size. Raises ParseError."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ParseError(
            "this is an old or encrypted Word file; take the password off, or save it as .docx",
            source=source,
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ParseError(
            f"this is not a whole Word file ({error}); it is cut off, damaged or of another kind",
            source=source,
        ) from error
    large = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_PARTS or large > _LARGEST_ALL:
        raise ParseError(
            f"the file unfolds to {large:,} bytes in {len(entries):,} parts, more than any memo "
            "has; it is refused",
            source=source,
        )
    names = {entry.filename for entry in entries}
    if _MAIN not in names:
        raise ParseError("this archive is no Word file: it has no document", source=source)
    return archive


def _parts(data: bytes, source: str) -> dict[str, Element]:
    archive = check_package(data, source)
    wanted = (_MAIN, "word/styles.xml", *(name for name, _ in _NOTES))
    names = set(archive.namelist())
    return {name: _xml(archive, name, source) for name in wanted if name in names}


def _xml(archive: zipfile.ZipFile, name: str, source: str) -> Element:
    """One part as a tree: no entities, no document type, no more bytes than a part may have."""
    from lxml import etree

    where = f"{source} ({name})"
    try:
        with archive.open(name) as stream:
            data = stream.read(_LARGEST_PART + 1)
    except _DAMAGED as error:
        raise ParseError(f"the part cannot be unpacked ({error})", source=where) from error
    if len(data) > _LARGEST_PART:
        raise ParseError(f"the part has more than {_LARGEST_PART:,} bytes", source=where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        said = str(error).split("\n", 1)[0][:200]
        raise ParseError(
            f"this is not well-formed XML ({said})", source=where, line=error.lineno
        ) from error
    if root.getroottree().docinfo.doctype:
        raise ParseError(
            "the part declares a document type, which no Word file has and which could make a "
            "small file unfold without end; it is refused",
            source=where,
        )
    return root


def walk(root: Element, quoting: frozenset[str]) -> Iterator[DocxPassage]:
    """The paragraphs of the main part in reading order; `quoting` are styles of block quotations.

    A text box is read where it is anchored, as paragraphs of its own.
    """
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        if any(up.tag == f"{_CHOICE}Fallback" for up in paragraph.iterancestors()):
            continue
        cell = next((up for up in paragraph.iterancestors(f"{W}tc")), None)
        where = f"paragraph {number}" + (", in a table" if cell is not None else "")
        found = _passage(paragraph, where, "", block=_is_block(paragraph, quoting))
        if found.passage.text.strip():
            yield found


def block_styles(styles: Element | None) -> frozenset[str]:
    """The ids of paragraph styles that set a quotation off: Quote, Block Text and the like."""
    return _styles(styles)


def _styles(styles: Element | None) -> frozenset[str]:
    if styles is None:
        return frozenset()
    found: set[str] = set()
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        words = "" if name is None else (name.get(f"{W}val") or "").casefold()
        if "quot" in words or words.startswith("block"):
            found.add(style.get(f"{W}styleId") or "")
    return frozenset(found)


def _notes(root: Element, word: str) -> Iterator[Passage]:
    """Footnotes or endnotes: each paragraph of a note is a passage with the note's name."""
    for note in root.iter(f"{W}{word}"):
        if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        name = note.get(f"{W}id") or ""
        for paragraph in note.iter(f"{W}p"):
            found = _passage(paragraph, f"{word} {name}", f"{word} {name}", block=False)
            if found.passage.text.strip():
                yield found.passage


def _passage(paragraph: Element, where: str, note: str, *, block: bool) -> DocxPassage:
    words: list[str] = []
    pieces: list[Piece] = []
    marks: list[tuple[int, str]] = []
    length = 0
    for run in _runs(paragraph):
        start = length
        for child in run:
            if child.tag == f"{W}t":
                text = child.text or ""
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                kind = str(child.tag).removeprefix(W).removesuffix("Reference")
                marks.append((length, f"{kind} {child.get(f'{W}id')}"))
                continue
            else:
                text = _SIGNS.get(str(child.tag), "")
            words.append(text)
            length += len(text)
        pieces.append(Piece(run, start, length - start))
    passage = Passage(text="".join(words), where=where, note=note, marks=tuple(marks), block=block)
    return DocxPassage(passage, paragraph, tuple(pieces))


def _runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph, also of links, fields and insertions; not of a text box in it."""
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{W}r":
            yield child
        elif child.tag != f"{W}p":
            yield from _runs(child)


def _is_block(paragraph: Element, quoting: frozenset[str]) -> bool:
    """By its style, or indented on both sides."""
    about = paragraph.find(f"{W}pPr")
    if about is None:
        return False
    style = about.find(f"{W}pStyle")
    if style is not None and style.get(f"{W}val") in quoting:
        return True
    indent = about.find(f"{W}ind")
    if indent is None:
        return False
    left = indent.get(f"{W}left") or indent.get(f"{W}start") or "0"
    right = indent.get(f"{W}right") or indent.get(f"{W}end") or "0"
    return all(_whole(side) >= _INDENTED for side in (left, right))


def _whole(text: str) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return 0
