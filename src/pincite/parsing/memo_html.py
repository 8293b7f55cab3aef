"""Memos as HTML: paragraphs, block quotes, cells and notes, with nothing run or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.memo_passages import Passage, check_size

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    ["head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object"]
)
_DEEPEST = 250


def read_html(data: bytes, *, source: str) -> tuple[Passage, ...]:
    """The passages that a reader of the page sees. Raises ParseError for what is no page."""
    from lxml import etree

    check_size(len(data) // 4, source)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"this is not HTML ({error})", source=source) from error
    if root is None:
        raise ParseError("the page is empty", source=source)
    reader = _Reader(source)
    reader.walk(root, 0)
    reader.close()
    check_size(sum(len(one.text) for one in reader.passages), source)
    return tuple(reader.passages)


class _Reader:
    """Takes a tree in document order and puts what stands between blocks into passages."""

    def __init__(self, source: str) -> None:
        self.passages: list[Passage] = []
        self._source = source
        self._words: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._length = 0
        self._quotes: int = 0
        self._note = ""

    def walk(self, element: Element, depth: int) -> None:
        if depth > _DEEPEST:
            raise ParseError(f"elements lie {_DEEPEST} deep in each other", source=self._source)
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN:
            return
        block = tag in _BLOCKS
        note = self._note
        if block:
            self.close()
            if tag in {"li", "p", "div", "aside", "section", "td"} and element.get("id"):
                self._note = element.get("id") or ""
        self._quotes += tag == "blockquote"
        self._enter(element, tag)
        for child in element:
            self.walk(child, depth + 1)
            self._add(child.tail or "")
        self._add("”" if tag == "q" else "")
        if block:
            self.close()
            self._note = note
        self._quotes -= tag == "blockquote"

    def _enter(self, element: Element, tag: str) -> None:
        target = element.get("href", "") if tag == "a" else ""
        if target.startswith("#") and len(target) > 1 and "backlink" not in element.get("role", ""):
            words = "".join(element.itertext()).strip("[]() \n")
            if words.isdigit() or words in {"*", "†", "‡"}:
                # The number that refers to a note is no word of the text.
                self._marks.append((self._length, target[1:]))
                for child in list(element):
                    element.remove(child)
                return
        self._add("“" if tag == "q" else "\n" if tag == "br" else "")
        self._add(element.text or "")

    def _add(self, text: str) -> None:
        squeezed = " ".join(text.split())
        if text[:1].isspace() and self._length and not self._ends_with_space():
            squeezed = f" {squeezed}"
        if text[-1:].isspace() and squeezed.strip():
            squeezed += " "
        if not self._length:
            squeezed = squeezed.lstrip()
        self._words.append(squeezed)
        self._length += len(squeezed)

    def _ends_with_space(self) -> bool:
        last = next((one for one in reversed(self._words) if one), "")
        return last.endswith(" ")

    def close(self) -> None:
        """End the passage that is under way."""
        text = "".join(self._words).rstrip()
        if text:
            count = len(self.passages) + 1
            where = f"note {self._note}" if self._note else f"paragraph {count}"
            passage = Passage(
                text=text,
                where=where,
                note=self._note,
                marks=tuple((min(at, len(text)), name) for at, name in self._marks),
                block=self._quotes > 0,
            )
            self.passages.append(passage)
        self._words.clear()
        self._marks.clear()
        self._length = 0
