"""XML from outside, read a unit at a time: no entities, no network, nothing without end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING, NamedTuple

from pincite.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

# The largest known file is title 40 of the CFR with some 150 MB; the longest section has 2 MB.
LARGEST_FILE = 1 << 30
LARGEST_UNIT = 64 << 20
_LONGEST_NAME = 60
_PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html[\s>])")


class Tags(NamedTuple):
    """What a format's elements are, by local name.

    `units` hold sections' text and are yielded whole, those within one (a section quoted by
    another) as part of it; `asides` are passed over with all that they hold; `heads` are yielded,
    too, and only what stands before the first unit.
    """

    roots: Collection[str]
    units: Collection[str]
    asides: Collection[str] = ()
    heads: Collection[str] = ()


def units(stream: IO[bytes], tags: Tags, *, source: str) -> Iterator[Element]:
    """Every unit in the file's order, with the elements around it in place.

    An element is only good until the next one is asked for: then it is gone, so that memory
    does not grow with the file. Raises ParseError, with the line, for what is no such XML.
    """
    from lxml import etree

    reader = _Reader(stream, source)
    _expect(reader, tags, source)
    names = (*tags.units, *tags.asides, *tags.heads)
    events = etree.iterparse(
        reader,
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        yield from _whole(events, tags, reader)
    except etree.XMLSyntaxError as error:
        raise ParseError(
            f"this is not well-formed XML ({_brief(error)}); the file is cut off or damaged",
            source=source,
            line=error.lineno,
        ) from error


def _whole(events: Iterator[tuple[str, Element]], tags: Tags, reader: _Reader) -> Iterator[Element]:
    """The units as they end; each is dropped when the next event comes."""
    inside: Element | None = None
    done: Element | None = None
    for event, element in events:
        if done is not None and (around := done.getparent()) is not None:
            around.remove(done)
        done = None
        name = local(element)
        if event == "start":
            if inside is None and (name in tags.units or name in tags.asides):
                inside = element
            continue
        if inside is not None and element is not inside:
            continue
        if inside is not None or name in tags.heads:
            reader.mark()
            if name not in tags.asides:
                yield element
            if inside is not None:
                inside = None
                element.clear()
                done = element


def root_name(stream: IO[bytes], *, source: str) -> str:
    """The local name of the file's outermost element."""
    from lxml import etree

    reader = _Reader(stream, source)
    events = etree.iterparse(
        reader, events=("start",), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            if element.getroottree().docinfo.doctype:
                raise ParseError(_DECLARED, source=source, line=1)
            return local(element)
    except etree.XMLSyntaxError as error:
        raise ParseError(
            f"this is not XML ({_brief(error)})", source=source, line=error.lineno
        ) from error
    raise ParseError("the file is empty", source=source)


_DECLARED = (
    "the file declares a document type; the official formats have none, and one could "
    "make a small file unfold without end, so it is refused"
)


def _expect(reader: _Reader, tags: Tags, source: str) -> None:
    """Raise ParseError where the outermost element is not one of the format's."""
    name = root_name(reader.peek(), source=source)
    if name not in tags.roots and name not in tags.units:
        wanted = " or ".join(f"<{root}>" for root in sorted(tags.roots))
        raise ParseError(
            f"the outermost element is <{name[:_LONGEST_NAME]}>, where {wanted} is expected; is "
            "the file of another kind, or has the format changed?",
            source=source,
            line=1,
        )


class _Reader:
    """The file's bytes, counted and looked at before they are believed."""

    def __init__(self, stream: IO[bytes], source: str) -> None:
        self._stream, self._source = stream, source
        self._head = stream.read(1 << 16)
        self._count = self._marked = 0
        start = self._head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        if not start:
            raise ParseError("the file is empty", source=source)
        if _PAGE.match(start):
            raise ParseError(
                "this is a web page, not XML; the site answered with a page of its own, perhaps "
                "an error or a captcha: try again later",
                source=source,
                line=1,
            )
        if start.startswith((b"{", b"[")):
            raise ParseError("this is JSON, not XML", source=source, line=1)

    def peek(self) -> IO[bytes]:
        """The start of the file, for a look that takes nothing away."""
        from io import BytesIO

        return BytesIO(self._head)

    def mark(self) -> None:
        """A unit is complete."""
        self._marked = self._count

    def read(self, size: int = -1) -> bytes:
        data, self._head = self._head, b""
        data = data or self._stream.read(size if size > 0 else 1 << 16)
        self._count += len(data)
        if self._count > LARGEST_FILE:
            raise ParseError(
                f"the file goes on past {LARGEST_FILE:,} bytes, more than any title of a code",
                source=self._source,
            )
        if self._count - self._marked > LARGEST_UNIT:
            raise ParseError(
                f"no section ends within {LARGEST_UNIT:,} bytes; the file is refused",
                source=self._source,
            )
        return data


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return _bare(str(element.tag))


@lru_cache(maxsize=4096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def child(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    for one in element:
        if _bare(str(one.tag)) == name:
            return one
    return None


def words(element: Element | None) -> str:
    """All words of the element, in one line; nothing for `None`."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def fault(element: Element, message: str, *, source: str) -> ParseError:
    """The error for an element that is not as the format has it."""
    return ParseError(
        f"<{local(element)}> {message}; the format may have changed",
        source=source,
        line=element.sourceline,
    )


def _brief(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200] or type(error).__name__
