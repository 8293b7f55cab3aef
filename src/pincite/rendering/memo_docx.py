"""A copy of a memo's Word file with what was found in it, as comments on the very words."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pincite.errors import ParseError, UsageError
from pincite.parsing.memo_docx import W, block_styles, check_package, read_docx, walk
from pincite.rendering.memo import NAMES, marked, verdict
from pincite.rendering.paper import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from pincite.memo import MemoCheck, MemoFinding
    from pincite.parsing.memo_docx import DocxPassage, Piece

_AUTHOR, _INITIALS = "Pincite", "P"


def mark_docx(data: bytes, check: MemoCheck) -> bytes:
    """A copy with a comment and a highlight where somebody must look.

    What is found in a note is told at the note's mark in the text. Raises UsageError where the
    extra `documents` is not installed, ParseError where the file is no Word file.
    """
    try:
        import docx
    except ImportError as error:
        raise UsageError(
            "a marked copy needs the extra 'documents', which is not installed",
            at_console="pip install 'pincite[documents]'",
        ) from error
    original = read_docx(data, source=check.name)
    check_package(data, check.name)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as error:
        raise ParseError(f"the file cannot be marked up ({error})", source=check.name) from error
    styles = block_styles(document.part._styles_part.element)  # noqa: SLF001
    passages = list(walk(document.element, styles))
    if [one.passage for one in passages] != list(original[: len(passages)]):
        raise ParseError(
            "the file reads otherwise when it is opened to be marked", source=check.name
        )
    names = {number: one.note for number, one in enumerate(original)}
    _comment_whole(document, passages, check)
    # From the last to the first: a run that is cut does not move what stands before it.
    for finding in reversed(check.faulty):
        if finding.passage < len(passages):
            runs = _runs_of(passages[finding.passage], finding.start, finding.end)
            _highlight(runs)
        else:
            runs = _mark_of(passages, names[finding.passage])
        if runs:
            _comment(document, runs, _told(finding))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _told(finding: MemoFinding) -> str:
    lines = [f"{NAMES[finding.standing].capitalize()}. {finding.message}"]
    if finding.law and finding.edits:
        lines.append(f"The law: {marked(finding)}")
    if finding.choices:
        lines.append(f"It may be: {'; '.join(finding.choices)}")
    return "\n".join(clean(line) for line in lines)


def _comment_whole(document: Any, passages: Sequence[DocxPassage], check: MemoCheck) -> None:  # noqa: ANN401
    first = next((one for one in passages if any(p.length for p in one.pieces)), None)
    if first is not None:
        runs = [piece.run for piece in first.pieces if piece.length]
        about = f"{clean(verdict(check))} As of {check.as_of.isoformat()}."
        _comment(document, runs, about)


def _comment(document: Any, runs: Sequence[Element], text: str) -> None:  # noqa: ANN401
    from docx.text.run import Run

    wrapped = [Run(run, document) for run in (runs[0], runs[-1])]  # type: ignore[arg-type]
    document.add_comment(wrapped, text=text, author=_AUTHOR, initials=_INITIALS)


def _runs_of(passage: DocxPassage, start: int, end: int) -> list[Element]:
    """The runs of exactly these words; those that hold more are cut."""
    runs: list[Element] = []
    for piece in passage.pieces:
        low, high = max(start, piece.start), min(end, piece.start + piece.length)
        if low < high:
            runs.append(_cut(piece, low - piece.start, high - piece.start))
    return runs


def _cut(piece: Piece, low: int, high: int) -> Element:
    """A run of the piece's words `[low, high)`; what stands before them stays in the run itself.

    So what is still to be marked, further to the front, is found where it was.
    """
    run = piece.run
    if low == 0 and high >= piece.length:
        return run
    held = _held(run)
    if high < held:
        run.addnext(_part(run, high, held))
    if low == 0:
        _keep(run, 0, high)
        return run
    middle = _part(run, low, min(high, held))
    run.addnext(middle)
    _keep(run, 0, low)
    return middle


def _held(run: Element) -> int:
    """How many characters are in the run now; another finding may have taken its end."""
    return sum(len(child.text or "") if child.tag == f"{W}t" else _wide(child) for child in run)


def _part(run: Element, low: int, high: int) -> Element:
    other = deepcopy(run)
    _keep(other, low, high)
    return other


def _keep(run: Element, low: int, high: int) -> None:
    """Leave the words `[low, high)` in the run, and what has no words only where it belongs."""
    at = 0
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        length = len(child.text or "") if child.tag == f"{W}t" else _wide(child)
        first, last = max(low - at, 0), min(high - at, length)
        if child.tag == f"{W}t" and first < last:
            child.text = (child.text or "")[first:last]
            child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif not (low <= at < high if length == 0 else first < last):
            run.remove(child)
        at += length


def _wide(child: Element) -> int:
    return int(child.tag in {f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"})


def _highlight(runs: Sequence[Element]) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    for run in runs:
        Run(run, None).font.highlight_color = WD_COLOR_INDEX.YELLOW  # type: ignore[arg-type]


def _mark_of(passages: Sequence[DocxPassage], name: str) -> list[Element]:
    """The run that refers to the note with this name (`footnote 2`)."""
    kind, _, number = name.partition(" ")
    for one in passages:
        for piece in one.pieces:
            for child in piece.run.findall(f"{W}{kind}Reference"):
                if child.get(f"{W}id") == number:
                    return [piece.run]
    return []
