"""How deep a page nests, estimated before it is parsed: parsing takes depth times length."""

from __future__ import annotations

import re

from pincite.errors import ParseError

# Elements that every page closes; those that close by themselves (p, li, td) do not add up.
_BLOCKS = (
    "div|ol|ul|dl|menu|dir|section|article|aside|blockquote|pre|listing|center|fieldset|details|"
    "figure|header|footer|main|nav|address|table|form|hgroup|search|summary|dialog"
)
# Elements that the HTML standard opens again in each later block until they are closed.
_FORMATTING = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_TAG = re.compile(
    rf"<(?P<close>/?)(?:(?P<block>{_BLOCKS})|(?P<formatting>{_FORMATTING})|[a-z][a-z0-9]*)"
    r"(?=[\s/>]|$)",
    re.IGNORECASE,
)
# For each block the parser looks through those that are open; a second goes to so many.
_MOST_LOOKED_AT = 500_000_000
_MOST_OPENED_AGAIN = 2_000_000


def check_nesting(text: str, *, source: str) -> None:
    """Raise ParseError for a page whose elements lie so deep that parsing would have no end.

    The estimate is of tags alone and errs on the side of depth only where tags are left open.
    """
    depth = formatting = again = looked = 0
    for tag in _TAG.finditer(text):
        if tag["formatting"]:
            formatting = max(0, formatting - 1) if tag["close"] else formatting + 1
            continue
        if tag["block"]:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
        if not tag["close"]:
            again += formatting
            looked += depth
        if looked > _MOST_LOOKED_AT:
            raise ParseError(
                f"elements lie {depth:,} deep in each other; the page is refused",
                source=source,
                line=text.count("\n", 0, tag.start()) + 1,
            )
        if again > _MOST_OPENED_AGAIN:
            raise ParseError(
                "<b>, <font> and the like are opened and not closed, over and over; the page "
                "unfolds without end and is refused",
                source=source,
            )
