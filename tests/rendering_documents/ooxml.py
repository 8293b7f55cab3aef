"""A Word file held against the schema: parts, types, relationships, and the order of elements.

The orders are those of ECMA-376 (fifth edition), part 1, for the elements that are used here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap "
        "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
        "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
        "sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz "
        "szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
        "specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook "
        "tblCaption tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign"
    ),
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg "
        "textDirection bidi rtlGutter docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr "
        "rPr tblPr trPr tcPr tblStylePr"
    ),
    "lvl": (
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"
    ),
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": (
        "writeProtection view zoom removePersonalInformation embedTrueTypeFonts "
        "mirrorMargins defaultTabStop characterSpacingControl footnotePr endnotePr compat "
        "docVars rsids themeFontLang clrSchemeMapping shapeDefaults decimalSymbol "
        "listSeparator"
    ),
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "pBdr": "top left bottom right between bar",
    "p": "pPr *",
    "r": "rPr *",
}


class Package:
    """A Word file's parts, by name."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.trees = {
            name: etree.fromstring(part)
            for name, part in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }

    def text(self, name: str) -> str:
        return "".join(e.text or "" for e in self.trees[name].iter(f"{W}t"))

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Type, target and whether it is outside, by id."""
        folder, _, name = part.rpartition("/")
        tree = self.trees.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        if tree is None:
            return {}
        return {
            one.attrib["Id"]: (
                one.attrib["Type"],
                one.attrib["Target"],
                one.get("TargetMode") == "External",
            )
            for one in tree
        }


def faults(package: Package) -> Iterator[str]:
    """Everything that a strict reader would object to, in words."""
    assert len(set(package.names)) == len(package.names)
    assert package.names[0] == "[Content_Types].xml"
    yield from _types(package)
    yield from _targets(package)
    for name, tree in package.trees.items():
        yield from (f"{name}: {fault}" for fault in _order(tree))
        yield from (f"{name}: {fault}" for fault in _used(package, name, tree))
    yield from _numbers(package)
    yield from _names(package)


def _types(package: Package) -> Iterator[str]:
    tree = package.trees["[Content_Types].xml"]
    defaults = {one.attrib["Extension"] for one in tree.iter(f"{_TYPES}Default")}
    overrides = {one.attrib["PartName"].lstrip("/") for one in tree.iter(f"{_TYPES}Override")}
    for name in package.names[1:]:
        if name not in overrides and name.rpartition(".")[2] != "rels":
            yield f"{name} has no content type of its own"
        if name.rpartition(".")[2] not in defaults:
            yield f"{name} has no default type"
    yield from (f"{name} has a type and is not there" for name in overrides - set(package.names))


def _targets(package: Package) -> Iterator[str]:
    reached = set()
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels")).lstrip("/")
        if owner and owner not in package.parts:
            yield f"{name} belongs to no part"
        for kind, target, outside in package.relations(owner).values():
            if outside:
                if not target.startswith(("http://", "https://")):
                    yield f"{name}: {target} is no address"
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
            reached.add(path)
            if path not in package.parts:
                yield f"{name}: {target} ({kind}) is not there"
    parts = {n for n in package.names[1:] if not n.endswith(".rels")}
    yield from (f"nothing leads to {name}" for name in parts - reached)


def _order(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(f"{W}*"):
        name = str(element.tag).removeprefix(W)
        if name not in _ORDER:
            continue
        order = _ORDER[name].split()
        places = []
        for child in element:
            local = str(child.tag).removeprefix(W)
            if local not in order and "*" not in order:
                yield f"{local} has no place in {name}"
                continue
            places.append(order.index(local) if local in order else len(order))
        if places != sorted(places):
            yield f"the children of {name} are out of order: {[c.tag for c in element]}"
        if name == "tc" and (not len(element) or element[-1].tag != f"{W}p"):
            yield "a cell does not end with a paragraph"


def _used(package: Package, name: str, tree: etree._Element) -> Iterator[str]:
    """Every relationship that is used is there, and every one that is there is used."""
    known = package.relations(name)
    used = {
        value
        for element in tree.iter()
        for key, value in element.attrib.items()
        if key.startswith(R)
    }
    yield from (f"{one} is no relationship" for one in used - set(known))
    outside = {one for one, (_, _, external) in known.items() if external}
    yield from (f"{one} is not used" for one in outside - used)


def _numbers(package: Package) -> Iterator[str]:
    """Footnotes and their references, bookmarks and what refers to them, lists."""
    document, notes = package.trees["word/document.xml"], package.trees["word/footnotes.xml"]
    there = [one.attrib[f"{W}id"] for one in notes.iter(f"{W}footnote")]
    real = [one for one in notes.iter(f"{W}footnote") if one.get(f"{W}type") is None]
    cited = [one.attrib[f"{W}id"] for one in document.iter(f"{W}footnoteReference")]
    if len(set(there)) != len(there):
        yield "two footnotes have one number"
    if cited != [one.attrib[f"{W}id"] for one in real]:
        yield "references and footnotes differ"
    named = [
        one.attrib[f"{W}id"] for one in package.trees["word/settings.xml"].iter(f"{W}footnote")
    ]
    special = [one.attrib[f"{W}id"] for one in notes.iter(f"{W}footnote") if one.get(f"{W}type")]
    if named != special:
        yield "the settings name other separators than there are"
    starts = [one.attrib[f"{W}id"] for one in document.iter(f"{W}bookmarkStart")]
    ends = [one.attrib[f"{W}id"] for one in document.iter(f"{W}bookmarkEnd")]
    if starts != ends or len(set(starts)) != len(starts):
        yield "bookmarks do not end as they start"
    names = {one.attrib[f"{W}name"] for one in document.iter(f"{W}bookmarkStart")}
    for field in document.iter(f"{W}fldSimple"):
        words = field.attrib[f"{W}instr"].split()
        if words[0] == "NOTEREF" and words[1] not in names:
            yield f"{words[1]} is no bookmark"
    for table in document.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            if sum(1 if one is None else int(one.attrib[f"{W}val"]) for one in spans) != columns:
                yield "a row has other columns than its table"


def _names(package: Package) -> Iterator[str]:
    """Every style that is used is defined."""
    styles = {
        one.attrib[f"{W}styleId"] for one in package.trees["word/styles.xml"].iter(f"{W}style")
    }
    for name, tree in package.trees.items():
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            for one in tree.iter(f"{W}{kind}"):
                if one.attrib[f"{W}val"] not in styles:
                    yield f"{name}: there is no style {one.attrib[f'{W}val']}"
