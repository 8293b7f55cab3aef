"""A Word file as a package: its parts, their types, their relationships, as a ZIP archive."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.rendering.docx.xml import R

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# The earliest date that a ZIP archive can hold: the same answer gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class Relations:
    """The relationships of one part, numbered as they are asked for; a target is kept once."""

    _known: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def add(self, kind: str, target: str) -> str:
        """A part of the package; `kind` is a whole address or a name of the Office's own."""
        return self._id(kind, target, outside=False)

    def link(self, url: str) -> str:
        """An address outside of the package."""
        return self._id("hyperlink", url, outside=True)

    def _id(self, kind: str, target: str, *, outside: bool) -> str:
        whole = kind if "://" in kind else f"{R}/{kind}"
        return self._known.setdefault((whole, target, outside), f"rId{len(self._known) + 1}")

    def written(self) -> bytes | None:
        """The part that holds them, or `None` where there are none."""
        from lxml import etree

        if not self._known:
            return None
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        for (kind, target, outside), identifier in self._known.items():
            one = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
            one.set("Id", identifier)
            one.set("Type", kind)
            one.set("Target", target)
            if outside:
                one.set("TargetMode", "External")
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One part: where it stands (`word/document.xml`), its type, its bytes, its relationships."""

    name: str
    content_type: str
    data: bytes
    relations: Relations | None = None


def packed(parts: Iterable[PackagePart], relations: Relations) -> bytes:
    """The package's bytes; `relations` are those of the package itself."""
    parts = tuple(parts)
    files = [("[Content_Types].xml", _content_types(parts)), ("_rels/.rels", relations.written())]
    for part in parts:
        files.append((part.name, part.data))
        if part.relations is not None:
            folder, _, name = part.name.rpartition("/")
            files.append((f"{folder}/_rels/{name}.rels", part.relations.written()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files:
            if data is not None:
                entry = zipfile.ZipInfo(name, _NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, data)
    return out.getvalue()


def _content_types(parts: tuple[PackagePart, ...]) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    usual = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    for extension, content_type in usual.items():
        one = etree.SubElement(root, f"{{{_TYPES}}}Default")
        one.set("Extension", extension)
        one.set("ContentType", content_type)
    for part in parts:
        one = etree.SubElement(root, f"{{{_TYPES}}}Override")
        one.set("PartName", f"/{part.name}")
        one.set("ContentType", part.content_type)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
