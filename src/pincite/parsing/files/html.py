"""HTML: the words of a page's main part; navigation, scripts and styles are no part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.files.block import Block, Reading
from pincite.parsing.files.html_nesting import check_nesting
from pincite.parsing.files.labels import counted
from pincite.parsing.files.plain_text import decoded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEVER = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template svg math iframe object embed canvas audio video "
        "picture img button select input textarea head nav dialog datalist map",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div section article main li dt dd blockquote pre tr caption figcaption h1 h2 h3 "
        "h4 h5 h6 ul ol dl table thead tbody tfoot header footer aside form fieldset address "
        "figure hr body details summary center",
    )
)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"))
# Names of parts that are the site's and not the document's.
_SITE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|site-?header|"
    r"site-?footer|page-?footer|masthead|skip(?:-?(?:link|nav|to-?\w+))?|social|share|sharing|"
    r"advert(?:isement)?|ads?|banner|toolbar|pagination|pager|newsletter|subscribe|login|"
    r"search-?(?:box|form|bar)|back-?to-?top|related-?links|print-?only|sr-only|visually-?hidden)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_DEEPEST = 2_000
_MOST_NODES = 5_000_000
_FEWEST_WORDS = 0.4  # of the whole page that a main part holds
_LARGEST = 64 << 20
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(data: bytes, *, source: str) -> Reading:
    """The page's blocks. Raises ParseError for what is no page or has no end."""
    from selectolax.lexbor import LexborHTMLParser

    if len(data) > _LARGEST:
        raise ParseError(f"the page has {len(data):,} bytes; give it in parts", source=source)
    declared = _CHARSET.search(data[:4096])
    text = decoded(data, source=source, declared=declared[1].decode() if declared else None)
    check_nesting(text, source=source)
    tree = LexborHTMLParser(text.replace("\0", ""))
    body = tree.body
    if body is None:
        raise ParseError("the page has no body", source=source)
    title = tree.css_first("title")
    walk = _Walk(source)
    walk.through(_main(tree) or body)
    return Reading(
        blocks=tuple(walk.blocks), title="" if title is None else " ".join(title.text().split())
    )


def _main(tree: object) -> LexborNode | None:
    """The part that the page marks as its main one, where that holds most of the words."""
    whole = len(tree.body.text() or "")  # type: ignore[attr-defined]
    for selector in ("main", '[role="main"]', "article"):
        found = tree.css(selector)  # type: ignore[attr-defined]
        if len(found) == 1 and len(found[0].text() or "") > _FEWEST_WORDS * whole:
            return found[0]
    return None


class _Walk:
    """Goes through a page in its order, with no recursion: pages nest as deep as they like."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._level = 0
        self._lists: list[tuple[str, str, int]] = []  # tag, style, next number
        self._cells = 0
        self._pre = 0

    def through(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        seen = 0
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node.tag or "")
                continue
            seen += 1
            if seen > _MOST_NODES or len(stack) > _MOST_NODES:
                raise ParseError("the page has no end; it is refused", source=self._source)
            tag = node.tag or ""
            if tag == "-text":
                self._words(node.text_content or "")
                continue
            if tag.startswith("-") or tag in _NEVER or _is_site(node, tag):
                continue
            self._enter(node, tag)
            stack.append((node, True))
            children = []
            child = node.first_child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))
        self._end()

    def _words(self, text: str) -> None:
        if self._pre:
            self._open.append(text)
        elif text.strip():
            self._open.append(re.sub(r"\s+", " ", text))
        elif text and self._open:
            self._open.append(" ")

    def _enter(self, node: LexborNode, tag: str) -> None:
        self._part(tag)
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "tr":
            self._cells = 0
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ol", "ul"):
            self._lists.append((tag, node.attributes.get("type") or "1", _start(node)))
        elif tag == "li":
            self._open.append(self._label(node))

    def _part(self, tag: str) -> None:
        """What the start of an element puts between words: a line, a cell, a block."""
        if tag == "br":
            self._open.append("\n")
        elif tag in ("td", "th"):
            self._open.append(" | " if self._cells else "")
            self._cells += 1
        elif tag in _BLOCKS:
            if self._cells and tag not in ("tr", "table"):
                self._open.append(" ")
            else:
                self._end()

    def _leave(self, tag: str) -> None:
        if tag == "tr":
            self._cells = 0
        if tag in _BLOCKS and not self._cells:
            self._end()
        if tag == "pre":
            self._pre -= 1
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _label(self, node: LexborNode) -> str:
        if not self._lists or self._lists[-1][0] == "ul":
            return "• "
        _, style, number = self._lists[-1]
        given = node.attributes.get("value") or ""
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else number  # noqa: PLR2004
        self._lists[-1] = ("ol", style, number + 1)
        return f"{counted(number, style)}. "

    def _end(self) -> None:
        text = "".join(self._open)
        lines = (
            text.splitlines() if self._pre else (" ".join(one.split()) for one in text.split("\n"))
        )
        text = "\n".join(one for one in lines if one.strip())
        if text.strip(" •|\n\t"):
            self.blocks.append(Block(text=text, level=self._level))
        self._open.clear()
        self._level = 0


def _is_site(node: LexborNode, tag: str) -> bool:
    """Whether a part is the site's: hidden, or by its role or name navigation or the like."""
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(attributes.get("style") or ""):
        return True
    if (attributes.get("role") or "").lower() in _ROLES:
        return True
    if tag in ("body", "main", "article", "html", "p", "td", "li", *_HEADINGS):
        return False
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return _SITE.search(names) is not None


def _start(node: LexborNode) -> int:
    given = node.attributes.get("start") or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1  # noqa: PLR2004
