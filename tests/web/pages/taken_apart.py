"""A page taken apart, so that tests speak of what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def parsed(text: str) -> HtmlElement:
    page = lxml_html.document_fromstring(text)
    assert isinstance(page, lxml_html.HtmlElement)
    return page


def texts(page: HtmlElement, selector: str) -> list[str]:
    """The text of every element of a class or a tag, white space made single."""
    return [" ".join(one.text_content().split()) for one in found(page, selector)]


def found(page: HtmlElement, selector: str) -> list[HtmlElement]:
    """`tag`, `.class` or `tag.class`, in order."""
    tag, _, name = selector.partition(".")
    where = f".//{tag or '*'}"
    if name:
        where += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    return page.xpath(where)


def law_text(page: HtmlElement) -> str:
    """Every character between the tags of the section's text."""
    (law,) = page.xpath("//*[@data-law]")
    return law.text_content()


def marked(page: HtmlElement) -> str:
    return "".join(one.text_content() for one in page.xpath("//*[@data-law]//mark"))
