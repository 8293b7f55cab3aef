"""Answers to compliance questions about US law, every statement pinned, quoted and checked.

    from pincite import Assistant, load_settings

    assistant = Assistant(load_settings(), now=datetime.now(UTC))
    answer = asyncio.run(assistant.ask("... in Missouri?", as_of=date.today()))

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_WHERE = {
    "Answer": "pincite.answer",
    "Assistant": "pincite.assistant",
    "PinciteError": "pincite.errors",
    "Section": "pincite.law.section",
    "Settings": "pincite.settings",
    "Trace": "pincite.answering.trace",
    "load_settings": "pincite.settings",
    "render_docx": "pincite.rendering.docx",
    "render_html": "pincite.rendering.html",
    "render_json": "pincite.rendering.wire",
    "render_markdown": "pincite.rendering.markdown",
    "render_pdf": "pincite.rendering.pdf",
    "render_text": "pincite.rendering.text",
}

if TYPE_CHECKING:
    from pincite.answer import Answer
    from pincite.answering.trace import Trace
    from pincite.assistant import Assistant
    from pincite.errors import PinciteError
    from pincite.law.section import Section
    from pincite.rendering.docx import render_docx
    from pincite.rendering.html import render_html
    from pincite.rendering.markdown import render_markdown
    from pincite.rendering.pdf import render_pdf
    from pincite.rendering.text import render_text
    from pincite.rendering.wire import render_json
    from pincite.settings import Settings, load_settings

__all__ = [
    "Answer",
    "Assistant",
    "PinciteError",
    "Section",
    "Settings",
    "Trace",
    "__version__",
    "load_settings",
    "render_docx",
    "render_html",
    "render_json",
    "render_markdown",
    "render_pdf",
    "render_text",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
