"""PDF: agencies' regulations and office documents, with the page that each word stands on."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from pincite.errors import ParseError
from pincite.parsing.files.block import Reading
from pincite.parsing.files.pdf_columns import columns
from pincite.parsing.files.pdf_margins import without_margins
from pincite.parsing.files.pdf_page import segments
from pincite.parsing.files.pdf_paragraphs import Paragraphs
from pincite.parsing.files.wrapped import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

    from pincite.parsing.files.pdf_page import Segment

MOST_PAGES = 5_000
_MOST_SEGMENTS = 2_000_000
_FEWEST_LETTERS = 8  # on a page that is not blank
_HEAD, _TAIL = 1024, 2048
# PDFium keeps state for the whole process and may be called by one thread at a time.
_PDFIUM = threading.Lock()


def read_pdf(data: bytes, *, source: str) -> Reading:
    """The words of a PDF as blocks. Raises ParseError for what is no whole, readable PDF."""
    _check_bytes(data, source)
    with _PDFIUM:
        document = _opened(data, source)
        try:
            title = document.get_metadata_dict(skip_empty=True).get("Title", "").strip()
            pages, unread = _pages(document, source)
        finally:
            document.close()
    body = without_margins(pages)
    flows = [columns(page) for page in body]
    lines = [line for page in flows for flow in page for line in flow]
    paragraphs = Paragraphs(_body_size(lines), Words(line.text for line in lines))
    for number, page in enumerate(flows, start=1):
        for flow in page:
            paragraphs.add(flow, number)
    return Reading(blocks=paragraphs.blocks(), title=title, notes=tuple(_notes(unread)))


def _check_bytes(data: bytes, source: str) -> None:
    if b"%PDF-" not in data[:_HEAD]:
        raise ParseError("this is not a PDF: it does not start as one", source=source)
    if b"%%EOF" not in data[-_TAIL:]:
        raise ParseError(
            "the PDF is cut off: its end is missing; fetch or copy it again", source=source
        )


def _opened(data: bytes, source: str) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ParseError(
                "the PDF asks for a password; save a copy of it without one", source=source
            ) from error
        raise ParseError(f"the PDF is damaged ({_brief(error)})", source=source) from error
    if count > MOST_PAGES:
        document.close()
        raise ParseError(
            f"the PDF has {count:,} pages; give it in parts of at most {MOST_PAGES:,}",
            source=source,
        )
    if not count:
        document.close()
        raise ParseError("the PDF has no pages", source=source)
    return document


def _pages(
    document: pypdfium2.PdfDocument, source: str
) -> tuple[list[list[Segment]], tuple[int, ...]]:
    """Each page's segments, and the pages that hold pictures and no words."""
    import pypdfium2

    pages: list[list[Segment]] = []
    unread: list[int] = []
    letters = total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            try:
                found = segments(page)
                if sum(len(one.text) for one in found) < _FEWEST_LETTERS and _has_picture(page):
                    unread.append(number + 1)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise ParseError(
                f"page {number + 1} of the PDF is damaged ({_brief(error)})", source=source
            ) from error
        letters += sum(len(one.text) for one in found)
        total += len(found)
        if total > _MOST_SEGMENTS:
            raise ParseError("the PDF holds more words than any code of law", source=source)
        pages.append(found)
    if letters < _FEWEST_LETTERS:
        raise ParseError(_no_words(unread), source=source)
    return pages, tuple(unread)


def _no_words(pictures: list[int]) -> str:
    if pictures:
        return (
            "the PDF is a scan: its pages are pictures and hold no text; run text recognition "
            "(OCR) over it first, or get the publisher's text"
        )
    return "the PDF holds no text"


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def _body_size(lines: list[Segment]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _notes(unread: tuple[int, ...]) -> Iterator[str]:
    if unread:
        shown = ", ".join(str(page) for page in unread[:20]) + (" …" if len(unread) > 20 else "")  # noqa: PLR2004
        several = "pages" if len(unread) > 1 else "page"
        yield f"{several} {shown} of the PDF hold pictures and no text, and were not read"


def _brief(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:120]
