"""The words of one PDF page as segments: pieces of lines, with their places, upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pincite.parsing.files.pdf_raised import SMALLER, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

# What PDFium has for a hyphen at the end of a line, beside the character itself.
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_SIGNS = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    # Bullets of fonts that have their own places for signs.
    0xF0B7: "\N{BULLET}",
    0xF0A7: "\N{BULLET}",
    0xF0D8: "\N{BULLET}",
}
_SPACES = frozenset({0x20, 0x09, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F})
# Halves of a pair that stands for one character (UTF-16).
_HIGH, _LOW, _PAIRED = 0xD800, 0xDC00, 0xE000
_MOST_GLYPHS = 200_000
_SAMPLED = 20
_ZERO, _NINE = 0x30, 0x39
# Of the height of its box: a figure on the line has 0 at most, a superscript 0.2 to 0.4.
_RAISED = 0.12
_BOLD = 650
_NAME = 128
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")


class Segment(NamedTuple):
    """A piece of a line. Points; `y` grows downwards from the page's top; `size` is its height."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Glyph(NamedTuple):
    """A character and its box, and whether white space or a line's end stands before it.

    `raised` says that it is a figure which its font itself draws above the line.
    """

    index: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool
    breaks: bool
    raised: bool = False


def segments(page: pypdfium2.PdfPage) -> list[Segment]:
    """The page's segments in the file's own order; words set askew of the page are left out."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        count = min(pdfium.FPDFText_CountChars(handle), _MOST_GLYPHS)
        turn = _turn(pdfium, handle, count)
        found: list[Segment] = []
        run: list[Glyph] = []
        for glyph in _glyphs(pdfium, handle, count, turn):
            breaks = glyph.breaks and not _beside(run[-1] if run else glyph, glyph)
            if run and (breaks or _apart(run[-1], glyph)):
                found.append(_segment(pdfium, handle, run))
                run = []
            run.append(glyph)
        if run:
            found.append(_segment(pdfium, handle, run))
        return found
    finally:
        text_page.close()


def _turn(pdfium: Any, handle: Any, count: int) -> int:  # noqa: ANN401 -- ctypes
    """How many quarters the page's words are turned: the most common of a sample."""
    step = max(1, count // 200)
    angles = Counter(
        round(pdfium.FPDFText_GetCharAngle(handle, index) / (math.pi / 2)) % 4
        for index in range(0, count, step)
        if pdfium.FPDFText_GetUnicode(handle, index) > 0x20  # noqa: PLR2004 -- not a space
    )
    return angles.most_common(1)[0][0] if angles else 0


def _glyphs(pdfium: Any, handle: Any, count: int, turn: int) -> Iterator[Glyph]:  # noqa: ANN401
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    angle_of = pdfium.FPDFText_GetCharAngle
    ink = _Ink(pdfium, handle)
    spaced = breaks = False
    high = 0
    askew = False
    for index in range(count):
        code = unicode_of(handle, index)
        if code in _SPACES:
            spaced = True
            continue
        if code in (0x0A, 0x0D):
            breaks = True
            continue
        if code == 0 or not box_of(handle, index, reference):
            continue
        if _HIGH <= code < _LOW:
            high = code
            continue
        if _LOW <= code < _PAIRED:
            if not high:
                continue
            code, high = 0x10000 + ((high - _HIGH) << 10) + (code - _LOW), 0
        if index % _SAMPLED == 0 or breaks:
            quarters = angle_of(handle, index) / (math.pi / 2)
            askew = abs((quarters - turn + 2) % 4 - 2) > 0.1  # noqa: PLR2004 -- some nine degrees
        if askew:
            continue
        left, top, right, bottom = _upright(box, turn)
        text = "-" if code in _HYPHENS else _SIGNS.get(code) or chr(code)
        raised = _ZERO <= code <= _NINE and ink.above_line(index, turn) > _RAISED * (bottom - top)
        yield Glyph(index, text, left, top, right, bottom, spaced, breaks, raised)
        spaced = breaks = False


class _Ink:
    """Where what is drawn of a character stands, which its box does not tell."""

    def __init__(self, pdfium: Any, handle: Any) -> None:  # noqa: ANN401 -- ctypes
        self._box_of, self._origin_of = pdfium.FPDFText_GetCharBox, pdfium.FPDFText_GetCharOrigin
        self._handle = handle
        self._values = [ctypes.c_double() for _ in range(6)]
        self._places = [ctypes.byref(value) for value in self._values]

    def above_line(self, index: int, turn: int) -> float:
        """By how much its lower edge stands above the line that it is written on."""
        if not self._box_of(self._handle, index, *self._places[:4]):
            return 0.0
        if not self._origin_of(self._handle, index, *self._places[4:]):
            return 0.0
        left, right, low, high, x, y = (value.value for value in self._values)
        return (low - y, left - x, y - high, x - right)[turn]


def _upright(box: Any, turn: int) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Left, top, right and bottom with the words' own direction as x, and y downwards."""
    left, low, right, high = box.left, box.bottom, box.right, box.top
    if turn == 0:
        return left, -high, right, -low
    if turn == 1:  # read downwards
        return -high, -right, -low, -left
    if turn == 2:  # noqa: PLR2004 -- upside down
        return -right, low, -left, high
    return low, left, high, right


def _apart(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs that follow each other are of different segments."""
    height = max(one.bottom - one.top, other.bottom - other.top, 1.0)
    level = abs((one.bottom + one.top) - (other.bottom + other.top)) / 2
    gap = other.left - one.right
    return level > 0.6 * height or gap > 0.9 * height or gap < -1.5 * height


def _beside(one: Glyph, other: Glyph) -> bool:
    """Whether a figure of another size stands where PDFium takes another line to begin."""
    high, low = sorted((one.bottom - one.top, other.bottom - other.top), reverse=True)
    small = one if one.bottom - one.top == low else other
    close = -0.3 * high < other.left - one.right < 0.5 * high
    return low < SMALLER * high and close and "0" <= small.text <= "9"


def _segment(pdfium: Any, handle: Any, run: list[Glyph]) -> Segment:  # noqa: ANN401
    heights = sorted(g.bottom - g.top for g in run)
    return Segment(
        text=text_of(run),
        left=min(g.left for g in run),
        top=min(g.top for g in run),
        right=max(g.right for g in run),
        bottom=max(g.bottom for g in run),
        size=round(heights[len(heights) // 2], 1),
        bold=_is_bold(pdfium, handle, run[len(run) // 2].index),
    )


def _is_bold(pdfium: Any, handle: Any, index: int) -> bool:  # noqa: ANN401
    if pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD:
        return True
    buffer = ctypes.create_string_buffer(_NAME)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, _NAME, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(word in name for word in _BOLD_NAMES)
