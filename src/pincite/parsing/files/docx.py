"""Word documents: paragraphs with the labels that Word shows, headings, tables, footnotes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import IO, TYPE_CHECKING

from pincite.errors import ParseError
from pincite.law.pages import PageStart
from pincite.parsing.files.block import Block, Reading
from pincite.parsing.files.docx_numbering import Numbering, Styles
from pincite.parsing.safe_xml import Tags, child, local, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from pincite.law.pages import Pages

_BODY = "word/document.xml"
_LARGEST_PART = 256 << 20
# Documents compress to a tenth or, with little in them, a fortieth.
_MOST_FOLDED = 200
_SMALL = 1 << 20
_MOST_MEMBERS = 20_000
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_HEADING = "heading "


def read_docx(data: bytes, *, source: str) -> Reading:
    """The document's blocks. Raises ParseError for what is no whole Word document."""
    with _opened(data, source) as archive:
        styles = Styles(_elements(archive, "word/styles.xml", "styles", ("style",), source))
        numbering = Numbering(
            _elements(archive, "word/numbering.xml", "numbering", ("abstractNum", "num"), source),
            styles,
        )
        notes = _footnotes(archive, source)
        body = _Body(styles, numbering, notes)
        with _part(archive, _BODY, source) as stream:
            for element in units(stream, Tags(("document",), ("p", "tbl")), source=source):
                body.take(element)
    return Reading(blocks=body.blocks(), title=body.title, notes=body.told)


def _opened(data: bytes, source: str) -> zipfile.ZipFile:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ParseError(
            "this is an encrypted document or one of Word's old format (.doc); save it as an "
            "ordinary .docx",
            source=source,
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ParseError(
            f"this is not a Word document, or it is cut off ({str(error)[:80]})", source=source
        ) from error
    if len(members) > _MOST_MEMBERS or not any(one.filename == _BODY for one in members):
        archive.close()
        raise ParseError("this is a ZIP file, but no Word document", source=source)
    return archive


def _part(archive: zipfile.ZipFile, name: str, source: str) -> IO[bytes]:
    info = archive.getinfo(name)
    folded = info.file_size > _MOST_FOLDED * max(1, info.compress_size)
    if info.file_size > _LARGEST_PART or (folded and info.file_size > _SMALL):
        raise ParseError(
            f"{name} unfolds from {info.compress_size:,} to {info.file_size:,} bytes; the file is "
            "refused",
            source=source,
        )
    try:
        return _Bounded(archive.open(info), name, source)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError) as error:
        raise ParseError(f"{name} cannot be read ({str(error)[:80]})", source=source) from error


class _Bounded(BytesIO):
    """A member of the archive, read so far and no farther whatever its header says."""

    def __init__(self, stream: IO[bytes], name: str, source: str) -> None:
        import zlib

        super().__init__()
        self._stream, self._name, self._source = stream, name, source
        self._count = 0
        self._damage = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError)

    def read(self, size: int | None = -1, /) -> bytes:  # pyrefly: ignore[missing-override-decorator]
        try:
            data = self._stream.read(1 << 16 if size is None or size < 0 else size)
        except self._damage as error:
            raise ParseError(
                f"{self._name} is damaged ({str(error)[:80]})", source=self._source
            ) from error
        self._count += len(data)
        if self._count > _LARGEST_PART:
            raise ParseError(f"{self._name} unfolds without end", source=self._source)
        return data

    def close(self) -> None:  # pyrefly: ignore[missing-override-decorator]
        self._stream.close()
        super().close()


def _elements(
    archive: zipfile.ZipFile, name: str, root: str, tags: tuple[str, ...], source: str
) -> Iterator[Element]:
    """The parts of an optional file of the archive; nothing where it is not there."""
    if name not in archive.namelist():
        return
    with _part(archive, name, source) as stream:
        yield from units(stream, Tags((root,), tags), source=source)


def _footnotes(archive: zipfile.ZipFile, source: str) -> dict[tuple[str, str], str]:
    """The words of foot- and endnotes, by what refers to them and their number."""
    found: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        for note in _elements(archive, f"word/{kind}s.xml", f"{kind}s", (kind,), source):
            if attribute(note, "type") not in ("separator", "continuationSeparator"):
                words = " ".join("".join(_Run().words(note)).split())
                found[f"{kind}Reference", attribute(note, "id")] = words
    return found


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, of Word's namespace or none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


class _Run:
    """Reads the words of an element: deleted and hidden ones, and fields' codes, are none."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self.changed = False
        self.page_breaks: list[int] = []
        self._length = 0

    def words(self, element: Element) -> list[str]:
        found: list[str] = []
        waiting = [iter(element)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
                continue
            name = local(one)
            if name in ("del", "moveFrom"):
                self.changed = True
                continue
            if name in ("pPr", "instrText", "Fallback", "delText", "drawing", "pict") or (
                name == "r" and _hidden(one)
            ):
                continue
            text = self._text(one, name)
            if text:
                found.append(text)
                self._length += len(text)
            if name == "ins":
                self.changed = True
            if name == "p" and found and found[-1] != "\n":
                found.append("\n")
                self._length += 1
            waiting.append(iter(one))
        return found

    def _text(self, one: Element, name: str) -> str:
        if name == "t":
            return one.text or ""
        if name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name, attribute(one, "id")))
            return f" [{len(self.notes)}]"
        if name == "lastRenderedPageBreak":
            self.page_breaks.append(self._length)
            return ""
        if name == "sym":
            return "•"
        return _BREAKS.get(name, "")


def _hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    hidden = None if properties is None else child(properties, "vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false")


class _Body:
    """Takes the paragraphs and tables of a document in order."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], str]
    ) -> None:
        self._styles, self._numbering, self._notes = styles, numbering, notes
        self._blocks: list[tuple[str, int, tuple[int, ...], int]] = []
        self.title = ""
        self._page = 1
        self._paged = False
        self._noted = 0
        self._changed = False

    def take(self, element: Element) -> None:
        if local(element) == "tbl":
            self._table(element)
        else:
            self._paragraph(element)

    def blocks(self) -> tuple[Block, ...]:
        """With pages only where Word wrote down where they began when it last showed them."""
        return tuple(
            Block(text=text, level=level, pages=self._pages(breaks, page))
            for text, level, breaks, page in self._blocks
        )

    @property
    def told(self) -> tuple[str, ...]:
        if not self._changed:
            return ()
        return ("the document holds tracked changes; it is read as if they were accepted",)

    def _pages(self, breaks: tuple[int, ...], page: int) -> Pages:
        if not self._paged:
            return ()
        pages = {0: page} | {at: number for number, at in enumerate(breaks, start=page + 1)}
        return tuple(PageStart(at, number) for at, number in sorted(pages.items()))

    def _paragraph(self, element: Element) -> None:
        run = _Run()
        raw = "".join(run.words(element))
        style = self._styles.of(element)
        label = self._numbering.label(element) if raw.strip() else ""
        lead = len(raw) - len(raw.lstrip())
        text = "\n".join(" ".join(line.split()) for line in raw.split("\n") if line.strip())
        if style.name == "title" and not self.title:
            self.title = text
        if label:
            text = f"{label} {text}"
        if text.strip():
            # Offsets of breaks are those of the raw words; spaces between words were made one.
            shift = len(label) + 1 if label else 0
            breaks = tuple(
                0 if at <= lead else min(len(text) - 1, shift + len(" ".join(raw[:at].split())))
                for at in run.page_breaks
            )
            self._add(text, style.level, breaks)
        else:
            self._add("", 0, tuple(0 for _ in run.page_breaks))
        self._after(run)

    def _add(self, text: str, level: int, breaks: tuple[int, ...]) -> None:
        self._paged = self._paged or bool(breaks)
        self._page += sum(at == 0 for at in breaks)
        later = tuple(at for at in breaks if at)
        if text:
            self._blocks.append((text, level, later, self._page))
        self._page += len(later)

    def _table(self, table: Element) -> None:
        run = _Run()
        rows: list[str] = []
        for row in table.iter("{*}tr"):
            cells = (cell for cell in row if local(cell) == "tc")
            words = [" ".join("".join(run.words(cell)).split()) for cell in cells]
            if any(words):
                rows.append(" | ".join(words))
        self._add("\n".join(rows), 0, ())
        self._paged = self._paged or bool(run.page_breaks)
        self._page += len(run.page_breaks)
        self._after(run)

    def _after(self, run: _Run) -> None:
        """The notes that a paragraph refers to stand behind it."""
        self._changed = self._changed or run.changed
        for number, key in enumerate(run.notes, start=1):
            if words := self._notes.get(key, ""):
                self._add(f"[{number}] {words}", 0, ())
