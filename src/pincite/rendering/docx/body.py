"""The text of a Word file: title, statements with their notes, authorities, what was searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.rendering.docx.notes import number_of, reference
from pincite.rendering.docx.text import fields, link, paragraph, run, table
from pincite.rendering.docx.xml import element, written
from pincite.rendering.paper import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from pincite.rendering.docx.package import Relations
    from pincite.rendering.paper import Authority, Line, Paper, Part

_HEADER = 90  # characters: one line
# Letter paper with margins of an inch, in twentieths of a point; the text is 9360 wide.
_PAGE = {"w_w": 12240, "w_h": 15840}
_MARGINS = {"w_top": 1440, "w_right": 1440, "w_bottom": 1440, "w_left": 1440}


def body(filed: Paper, relations: Relations, header: str, footer: str) -> bytes:
    """The main part; `header` and `footer` are relationships of it."""
    last = element(
        "w:sectPr",
        element("w:headerReference", w_type="default", r_id=header),
        element("w:footerReference", w_type="default", r_id=footer),
        element("w:pgSz", **_PAGE),
        element("w:pgMar", **_MARGINS, w_header=720, w_footer=720, w_gutter=0),
    )
    return written(element("w:document", element("w:body", *_all(filed, relations), last)))


def header(filed: Paper) -> bytes:
    line = paragraph(run(shortened(filed.title, _HEADER)), style="Header")
    return written(element("w:hdr", line))


def footer() -> bytes:
    line = paragraph(
        run("Pincite"),
        element("w:r", element("w:tab")),
        run("Page "),
        fields("PAGE", "1"),
        run(" of "),
        fields("NUMPAGES", "1"),
        style="Footer",
    )
    return written(element("w:ftr", line))


def _all(filed: Paper, relations: Relations) -> Iterator[Element]:
    yield from _head(filed)
    for part in filed.parts:
        yield from _part(part)
    if filed.groups:
        yield from _authorities(filed, relations)
    if filed.searched or filed.remarks:
        yield from _searched(filed)
    if filed.withheld:
        yield from _withheld(filed)
    yield paragraph(run("Record"), style="Heading1")
    for name, text in filed.record:
        yield paragraph(run(f"{name}: {text}"), style="Standing")


def _head(filed: Paper) -> Iterator[Element]:
    yield paragraph(run(filed.title), style="Title")
    if filed.question != filed.title:
        yield paragraph(run(filed.question))
    for line in filed.standing:
        yield paragraph(run(line), style="Standing")
    if filed.warning:
        yield paragraph(run(filed.warning), style="Warning")
    if filed.refusal:
        yield paragraph(run("No answer. ", bold=True), run(filed.refusal))
    for choice in filed.choices:
        yield paragraph(run(choice), style="ListBullet")


def _part(part: Part) -> Iterator[Element]:
    yield paragraph(run(part.heading), style="Heading1")
    if part.listed:
        for line in part.lines:
            yield paragraph(*_line(line), style="ListBullet")
        return
    inside: list[Element] = []
    for line in part.lines:
        inside += [run(" ")] if inside else []
        inside += _line(line)
    yield paragraph(*inside)


def _line(line: Line) -> list[Element]:
    shown = f"“{line.text}”" if line.quoted else line.text
    return [run(shown), *(reference(line.note) if line.note is not None else ())]


def _authorities(filed: Paper, relations: Relations) -> Iterator[Element]:
    yield paragraph(run("Table of authorities"), style="Heading1")
    for group in filed.groups:
        yield paragraph(run(group.heading), style="Heading2")
        rows: list[Sequence[Element]] = []
        for chapter in group.chapters:
            binds = run(f" ({chapter.applicability})", italic=True)
            rows.append([paragraph(run(chapter.name, bold=True), binds, style="Cell")])
            rows += [_authority(item, relations) for item in chapter.authorities]
        yield table((5200, 2960, 1200), ("Authority", "Standing", "Notes"), rows)


def _authority(item: Authority, relations: Relations) -> tuple[Element, Element, Element]:
    about = ". ".join(one.rstrip(".") for one in (item.local_citation, item.heading) if one)
    cited = [link(item.citation, item.url, relations), run(f" [{item.label}]. {about}")]
    numbers: list[Element] = []
    for number in item.notes:
        numbers += [run(", ")] if numbers else []
        numbers.append(number_of(number))
    cells = (cited, [run(item.standing)], numbers or [run("whom it binds")])
    first, second, third = (paragraph(*inside, style="Cell") for inside in cells)
    return first, second, third


def _searched(filed: Paper) -> Iterator[Element]:
    yield paragraph(run("What was searched"), style="Heading1")
    if filed.searched:
        rows = ([paragraph(run(cell), style="Cell") for cell in row] for row in filed.searched)
        yield table((4700, 1400, 3260), ("Code", "Sections", "Current through"), rows)
        yield paragraph()
    for line in filed.remarks:
        yield paragraph(run(line), style="ListBullet")


def _withheld(filed: Paper) -> Iterator[Element]:
    yield paragraph(run("Statements withheld"), style="Heading1")
    yield paragraph(run("A check failed for each of these. They are no part of the answer."))
    for item in filed.withheld:
        yield paragraph(run(item.text), style="ListBullet")
        for reason in item.reasons:
            yield paragraph(run(reason), style="Standing")
