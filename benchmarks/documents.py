"""How fast documents are read: `python -m benchmarks.documents`; pages and MB a CPU second."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from typing import TYPE_CHECKING

from pincite.parsing.files.read import read_document
from pincite.parsing.files.sectioning import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

_SENTENCE = (
    "The keeper of an orchard shall post a notice at each gate within ten days after the harvest "
    "begins, and the notice shall name the keeper and the day on which the harvest ends."
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraphs(count: int) -> Iterable[tuple[str, str]]:
    """Headings and texts, a section each."""
    return ((f"{n // 50 + 1}.{n % 50 + 1} Notices", f"{_SENTENCE} {n}.") for n in range(count))


def pdf(pages: int) -> bytes:
    """A PDF of two columns with heads and feet: some 5,000 letters a page."""
    from reportlab.pdfgen import canvas

    sink = io.BytesIO()
    made = canvas.Canvas(sink, pagesize=(612, 792), invariant=True)
    words = _SENTENCE.split()
    for page in range(pages):
        made.setFont("Times-Roman", 9)
        made.drawString(72, 762, "Code of Franklin Rules")
        made.drawString(300, 24, str(page + 1))
        for left in (72, 320):
            made.drawString(left, 744, f"{page + 1}.{1 if left < 100 else 2} Notices")
            for line in range(56):
                start = (page + line * 3) % len(words)
                made.drawString(
                    left, 716 - 12 * line, " ".join((words * 2)[start : start + 8])[:46]
                )
        made.showPage()
    made.save()
    return sink.getvalue()


def docx(count: int) -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{head}</w:t></w:r></w:p><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for head, text in paragraphs(count)
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
    return sink.getvalue()


def main() -> None:
    count, pages = 40_000, 300
    html = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in paragraphs(count)).encode()
    markdown = "".join(f"## {head}\n\n{text}\n\n" for head, text in paragraphs(count)).encode()
    text = "".join(f"{head}\n\n{words}\n\n" for head, words in paragraphs(count)).encode()
    made = (("pdf", pdf(pages)), ("html", html), ("docx", docx(count)), ("md", markdown),
            ("txt", text))  # fmt: skip
    for suffix, data in made:
        start = time.process_time()
        reading = read_document(data, f".{suffix}", source=suffix)
        took = time.process_time() - start
        start = time.process_time()
        found = sections(reading.blocks, lambda _: None)
        cut = time.process_time() - start
        size = len(data) / 1e6
        rate = f"{pages / took:.0f} pages/s" if suffix == "pdf" else f"{size / took:.1f} MB/s"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{suffix}: {size:.1f} MB read at {rate}, {len(found):,} sections in {cut:.2f} s, "
            f"peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()
