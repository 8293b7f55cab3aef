"""How a Word file looks: its styles, its lists, its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.docx.notes import CONTINUED, SEPARATOR
from pincite.rendering.docx.xml import element, value, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FONT = "Times New Roman"
_INK = "1F3864"
BULLETS = 1


def styles() -> bytes:
    """The part with every style that the text uses; real headings, for outline and navigation."""
    return written(
        element(
            "w:styles",
            _defaults(),
            _style("paragraph", "Normal", "Normal"),
            _style("character", "DefaultParagraphFont", "Default Paragraph Font"),
            _style("table", "TableNormal", "Normal Table", more=[_plain_table()]),
            _heading("Title", "Title", None, 34, before=0, after=120),
            _heading("Heading1", "heading 1", 0, 28, before=320, after=80),
            _heading("Heading2", "heading 2", 1, 24, before=200, after=60),
            _paragraph("Standing", "Standing", [_spacing(0, 40)], _quiet(20)),
            _paragraph("Warning", "Warning", [_box(), _spacing(120, 120)], [element("w:b")]),
            _paragraph("ListBullet", "List Bullet", [_bullet(), _spacing(0, 100)], []),
            _paragraph("Cell", "Cell", [_spacing(20, 20)], _size(20)),
            _paragraph("FootnoteText", "footnote text", [_spacing(0, 40)], _size(18)),
            _paragraph("Header", "header", [_spacing(0, 0)], _quiet(18)),
            _paragraph("Footer", "footer", [_tabs(), _spacing(0, 0)], _quiet(18)),
            _character("FootnoteReference", "footnote reference", _raised()),
            _character("Hyperlink", "Hyperlink", _colour("0B4A8F"), value("w:u", "single")),
            _style("table", "TableGrid", "Table Grid", based="TableNormal", more=[_ruled_table()]),
        )
    )  # fmt: skip


def numbering() -> bytes:
    """The part with the one list: bullets."""
    level = element(
        "w:lvl",
        value("w:start", 1),
        value("w:numFmt", "bullet"),
        value("w:lvlText", "•"),
        value("w:lvlJc", "left"),
        element("w:pPr", element("w:ind", w_left=360, w_hanging=260)),
        element("w:rPr", element("w:rFonts", w_ascii=_FONT, w_hAnsi=_FONT, w_hint="default")),
        w_ilvl=0,
    )
    kinds = element("w:abstractNum", value("w:multiLevelType", "hybridMultilevel"), level,
                    w_abstractNumId=0)  # fmt: skip
    used = element("w:num", value("w:abstractNumId", 0), w_numId=BULLETS)
    return written(element("w:numbering", kinds, used))


def settings() -> bytes:
    """The part with the settings; it names the two rules that stand above footnotes."""
    rules = (element("w:footnote", w_id=number) for number in (SEPARATOR, CONTINUED))
    mode = element("w:compatSetting", w_name="compatibilityMode",
                   w_uri="http://schemas.microsoft.com/office/word", w_val=15)  # fmt: skip
    return written(
        element(
            "w:settings",
            element("w:zoom", w_percent=100),
            value("w:defaultTabStop", 720),
            value("w:characterSpacingControl", "doNotCompress"),
            element("w:footnotePr", *rules),
            element("w:compat", mode),
            element("w:themeFontLang", w_val="en-US"),
            value("w:decimalSymbol", "."),
            value("w:listSeparator", ","),
        )
    )


def _defaults() -> Element:
    fonts = element("w:rFonts", w_ascii=_FONT, w_hAnsi=_FONT, w_eastAsia=_FONT, w_cs=_FONT)
    language = element("w:lang", w_val="en-US", w_eastAsia="en-US", w_bidi="ar-SA")
    look = element("w:rPr", fonts, *_size(24), language)
    space = element("w:pPr", element("w:spacing", w_after=120, w_line=264, w_lineRule="auto"))
    return element("w:docDefaults", element("w:rPrDefault", look), element("w:pPrDefault", space))


def _style(
    kind: str,
    identifier: str,
    name: str,
    *,
    more: list[Element] | None = None,
    based: str = "",
) -> Element:
    """A style; one that is based on none is the default of its kind."""
    usual = {} if based else {"w_default": "1"}
    return element(
        "w:style",
        value("w:name", name),
        value("w:basedOn", based) if based else None,
        *(more or []),
        w_type=kind,
        w_styleId=identifier,
        **usual,
    )


def _heading(
    identifier: str, name: str, level: int | None, size: int, *, before: int, after: int
) -> Element:
    outline = [] if level is None else [value("w:outlineLvl", level)]
    about = element("w:pPr", element("w:keepNext"), element("w:keepLines"),
                    _spacing(before, after), *outline)  # fmt: skip
    look = element("w:rPr", element("w:b"), _colour(_INK), *_size(size))
    return element("w:style", value("w:name", name), value("w:basedOn", "Normal"),
                   value("w:next", "Normal"), element("w:qFormat"), about, look,
                   w_type="paragraph", w_styleId=identifier)  # fmt: skip


def _paragraph(identifier: str, name: str, about: list[Element], look: list[Element]) -> Element:
    more = [element("w:pPr", *about)] + ([element("w:rPr", *look)] if look else [])
    return _style("paragraph", identifier, name, based="Normal", more=more)


def _character(identifier: str, name: str, *look: Element) -> Element:
    more = [element("w:rPr", *look)]
    return _style("character", identifier, name, based="DefaultParagraphFont", more=more)


def _plain_table() -> Element:
    sides = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    margins = (element(f"w:{side}", w_w=width, w_type="dxa") for side, width in sides)
    return element(
        "w:tblPr", element("w:tblInd", w_w=0, w_type="dxa"), element("w:tblCellMar", *margins)
    )


def _ruled_table() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (
        element(f"w:{side}", w_val="single", w_sz=4, w_space=0, w_color="BFBFBF") for side in sides
    )
    return element("w:tblPr", element("w:tblBorders", *lines))


def _box() -> Element:
    sides = ("top", "left", "bottom", "right")
    return element("w:pBdr", *(
        element(f"w:{side}", w_val="single", w_sz=8, w_space=4, w_color="8A1C0A") for side in sides
    ))  # fmt: skip


def _bullet() -> Element:
    return element("w:numPr", value("w:ilvl", 0), value("w:numId", BULLETS))


def _tabs() -> Element:
    return element("w:tabs", element("w:tab", w_val="right", w_pos=9360))


def _spacing(before: int, after: int) -> Element:
    return element("w:spacing", w_before=before, w_after=after)


def _raised() -> Element:
    return value("w:vertAlign", "superscript")


def _quiet(half_points: int) -> list[Element]:
    return [_colour("595959"), *_size(half_points)]


def _colour(rgb: str) -> Element:
    return value("w:color", rgb)


def _size(half_points: int) -> list[Element]:
    return [value("w:sz", half_points), value("w:szCs", half_points)]
