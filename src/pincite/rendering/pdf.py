"""An answer as a PDF file, set by Typst from data: no text of it is ever read as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.errors import PinciteError, UsageError
from pincite.rendering.paper import paper, shortened

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.answer import Answer

_LAYOUT = Path(__file__).parent / "paper.typ"
_RUNNING_TITLE = 90  # characters: one line


def render_pdf(answer: Answer, *, warning: str = "") -> bytes:
    """The whole answer as a tagged PDF with its fonts in it, the same bytes for the same answer.

    `warning` is a sentence that must stand on it, if any. Raises UsageError where the extra
    `documents` is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise UsageError(
            "PDF needs the extra 'documents', which is not installed",
            at_console="pip install 'pincite[documents]'",
        ) from error
    filed = paper(answer, warning=warning)
    data = asdict(filed) | {"running": shortened(filed.title, _RUNNING_TITLE)}
    # The layout is ours and the same for every answer. What an answer says comes in as JSON, and
    # Typst sets a string as its letters; the empty root leaves it no file to read.
    compiler = typst.Compiler(ignore_system_fonts=True)
    try:
        made = compiler.compile(
            _LAYOUT.read_bytes(),
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            timestamp=_seconds(answer.question.asked_at),
        )
    except typst.TypstError as error:
        raise PinciteError(f"the PDF could not be set: {error}") from error
    if not isinstance(made, bytes):
        raise PinciteError("the PDF could not be set: nothing came of it")
    return made


def _seconds(moment: datetime) -> int:
    """A time with no offset is taken as UTC, so that the bytes depend on no machine's place."""
    return int((moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).timestamp())
