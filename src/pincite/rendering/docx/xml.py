"""Elements of Office Open XML, made by short names and written the same way every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = "http://www.w3.org/XML/1998/namespace"
_SPACES = {"w": W, "r": R, "xml": _XML}


def element(name: str, *children: Element | None, text: str = "", **values: str | int) -> Element:
    """`element("w:ind", w_left=360)` is `<w:ind w:left="360"/>`; a child that is `None` is not set.

    The names of attributes are `prefix_name`; `text` is its only words, white space kept.
    """
    from lxml import etree

    made = etree.Element(_qualified(name, ":"), nsmap={"w": W, "r": R})
    for key, value in values.items():
        made.set(_qualified(key, "_"), str(value))
    if text:
        made.text = text
        if name in {"w:t", "w:instrText"}:
            made.set(_qualified("xml:space", ":"), "preserve")
    made.extend(child for child in children if child is not None)
    return made


def value(name: str, val: str | int) -> Element:
    """`<w:jc w:val="center"/>`: the commonest shape."""
    return element(name, w_val=val)


def written(root: Element) -> bytes:
    """The part's bytes: one declaration, no white space added, namespaces declared once."""
    from lxml import etree

    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _qualified(name: str, mark: str) -> str:
    prefix, _, rest = name.partition(mark)
    return f"{{{_SPACES[prefix]}}}{rest}"
