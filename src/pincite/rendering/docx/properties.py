"""What a Word file says of itself: title, dates, and which answer and library it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.rendering.paper import Paper

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format identifier that Word gives to every property of a user's own.
_OWN = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2


def core(filed: Paper, asked_at: datetime) -> bytes:
    """Title, subject, language, and the time at which the question was asked."""
    from datetime import UTC

    from lxml import etree

    spaces = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=spaces)
    # A time with no offset is taken as UTC, so that the bytes depend on no machine's place.
    moment = asked_at.replace(tzinfo=UTC) if asked_at.tzinfo is None else asked_at.astimezone(UTC)
    time = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (
        (f"{{{_DC}}}title", filed.title),
        (f"{{{_DC}}}subject", " · ".join(filed.standing)),
        (f"{{{_DC}}}creator", "Pincite"),
        (f"{{{_CORE}}}lastModifiedBy", "Pincite"),
        (f"{{{_TERMS}}}created", time),
        (f"{{{_TERMS}}}modified", time),
        (f"{{{_DC}}}language", "en-US"),
    )
    for name, text in values:
        one = etree.SubElement(root, name)
        one.text = text
        if name.startswith(f"{{{_TERMS}}}"):
            one.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return _bytes(root)


def app() -> bytes:
    """The program that wrote it."""
    from lxml import etree

    root = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})
    etree.SubElement(root, f"{{{_APP}}}Application").text = "Pincite"
    return _bytes(root)


def custom(filed: Paper) -> bytes:
    """The record of the answer, so that a file that has lost its name can still be traced."""
    from lxml import etree

    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    for number, (name, text) in enumerate(filed.record, start=_FIRST):
        one = etree.SubElement(root, f"{{{_CUSTOM}}}property")
        one.set("fmtid", _OWN)
        one.set("pid", str(number))
        one.set("name", name)
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = text
    return _bytes(root)


def _bytes(root: object) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # type: ignore[arg-type]
